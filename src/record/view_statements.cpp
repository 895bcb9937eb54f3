// The view: statements and their reviews.
#include "record/view_state.hpp"

#include <unordered_map>

namespace mithaq::record {

namespace {

// What stands at a place of a paragraph; nothing if it stands outside.
std::string_view words_at(std::string_view text, std::int64_t begin, std::int64_t end) {
  const auto size = static_cast<std::int64_t>(text.size());
  if (begin < 0 || begin > end || end > size) return {};
  return text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

constexpr std::string_view kStatementColumns =
    "t.seq, t.type, t.topic, t.time, t.time_from, t.time_to, t.modality, "
    "t.negated, t.status, t.instrument, "
    "t.value, "
    "t.unit, t.rule, t.confidence, t.review, t.reviewed_by, t.reviewed_at, "
    "d.id, d.name, d.title, d.symbol, "
    "d.date, "
    "t.section, t.paragraph_id, t.paragraph, t.raw, p.text, t.range_begin, t.range_end";
constexpr std::string_view kStatementTables =
    " from statements t join @documents d on d.seq=t.document left join paragraphs p on p.row=t.paragraph ";

}  // namespace

StatementRow View::State::statement_of(const Query& row) {
  StatementRow out{.seq = static_cast<Seq>(row.integer(0)),
                   .type = enum_named(row.text(1), document::StatementType::incident),
                   .topic = std::string(row.text(2)),
                   .time = std::string(row.text(3))};
  if (!row.is_null(4)) {
    out.from = day_text(row.integer(4));
    out.to = day_text(row.integer(5));
  }
  out.modality = enum_named(row.text(6), document::Modality::called_for);
  out.negated = row.integer(7) != 0;
  out.status = enum_named(row.text(8), document::CommitmentStatus::under_discussion);
  out.instrument = row.text(9);
  out.value = row.text(10);
  out.unit = row.text(11);
  out.rule = row.text(12);
  out.confidence = enum_named(row.text(13), document::Confidence::c);
  out.review = enum_named(row.text(14), ReviewState::rejected);
  out.reviewed_by = row.text(15);
  out.reviewed_at = row.text(16);
  out.range_begin = static_cast<std::size_t>(std::max<std::int64_t>(0, row.integer(27)));
  out.citation = {.document = std::string(row.text(17)),
                  .document_name = std::string(row.text(18)),
                  .document_title = std::string(row.text(19)),
                  .symbol = std::string(row.text(20)),
                  .document_date = std::string(row.text(21)),
                  .section = static_cast<std::size_t>(row.integer(22)),
                  .paragraph = std::string(row.text(23)),
                  .paragraph_row = row.integer(24),
                  .raw = spans_from_json(row.text(25)),
                  .words = std::string(words_at(row.text(26), row.integer(27), row.integer(28)))};
  return out;
}

void View::State::attach_lists(std::vector<StatementRow>& rows) {
  const Merges& known = current_merges();
  std::unordered_map<std::int64_t, StatementRow*> by_seq;
  std::vector<std::int64_t> seqs;
  for (StatementRow& row : rows) {
    by_seq[static_cast<std::int64_t>(row.seq)] = &row;
    seqs.push_back(static_cast<std::int64_t>(row.seq));
  }
  query_in_handfuls(database,
                    "select statement, role, found_by, entity, name from statement_parties where statement "
                    "in (#) order by statement, ordinal",
                    seqs, [&](const Query& row) {
                      by_seq[row.integer(0)]->parties.push_back(
                          {.role = enum_named(row.text(1), document::PartyRole::subject),
                           .found_by = enum_named(row.text(2), document::FoundBy::context),
                           .entity = known.resolve(std::string(row.text(3))),
                           .name = std::string(row.text(4))});
                    });
  query_in_handfuls(
      database,
      "select statement, theme from statement_themes where statement in (#) order by statement, ordinal",
      seqs, [&](const Query& row) { by_seq[row.integer(0)]->themes.emplace_back(row.text(1)); });
  query_in_handfuls(
      database,
      "select statement, entity, name from statement_places where statement in (#) order by "
      "statement, ordinal",
      seqs, [&](const Query& row) {
        by_seq[row.integer(0)]->places.push_back(
            {.entity = known.resolve(std::string(row.text(1))), .name = std::string(row.text(2))});
      });
}

Conditions View::State::statement_conditions(const StatementQuery& query, const Analyzer& analyzer) {
  Conditions where;
  if (!query.types.empty()) where.add(where.in_names("t.type", query.types));
  if (!query.statuses.empty()) where.add(where.in_names("t.status", query.statuses));
  if (!query.modalities.empty()) where.add(where.in_names("t.modality", query.modalities));
  if (query.reviews.empty()) {
    where.add("t.review<>'rejected'");
  } else {
    where.add(where.in_names("t.review", query.reviews));
  }
  const auto takes_part = [&](const std::vector<std::string>& parties) {
    std::string text =
        "t.seq in (select y.statement from statement_parties y where " + where.in("y.key", keys_of(parties));
    if (!query.roles.empty()) text += " and " + where.in_names("y.role", query.roles);
    where.add(text + ")");
  };
  if (!query.parties.empty()) {
    if (query.all_parties) {
      for (const std::string& each : query.parties) takes_part({each});
    } else {
      takes_part(query.parties);
    }
  }
  if (!query.themes.empty()) {
    where.add("t.seq in (select y.statement from statement_themes y where " +
              where.in("y.theme", query.themes) + ")");
  }
  if (!query.places.empty()) {
    where.add("t.seq in (select y.statement from statement_places y where " +
              where.in("y.key", keys_of(query.places)) + ")");
  }
  const std::string time = overlaps(where, query.time, "t.time_from", "t.time_to");
  if (!time.empty()) where.add(query.undated ? "t.time_from is null or (" + time + ")" : time);
  if (!query.documents.empty()) {
    where.add(
        "t.seq in (select x.seq from documents d2 join sections s2 on "
        "s2.document=d2.seq join statements x "
        "on "
        "x.paragraph>=(s2.seq<<22) and x.paragraph<((s2.seq+1)<<22) where " +
        where.in("d2.id", query.documents) + ")");
  }
  if (!query.text.empty()) {
    const TextQuestion words = TextQuestion::of({{.text = query.text}}, analyzer);
    if (words.empty()) {
      where.add("1=0");
    } else {
      where.add("t.paragraph in (" + index.select_rows(words, [&where](Value value) {
        return where.argument(std::move(value));
      }) + ")");
    }
  }
  return where;
}

namespace {

// True if the instrument holds all the words that are asked for, a symbol however it is turned.
bool holds_words(const Analyzer& analyzer, const std::vector<std::string>& wanted,
                 std::string_view instrument) {
  const std::vector<std::string> held = analyzer.terms(instrument, AnalyzeFor::index);
  return std::all_of(wanted.begin(), wanted.end(), [&held](const std::string& each) {
    return std::find(held.begin(), held.end(), each) != held.end();
  });
}

}  // namespace

std::vector<StatementRow> View::statements(const StatementQuery& query) const {
  const Conditions where = state_->statement_conditions(query, *analyzer_);
  std::string sql = "select " + std::string(kStatementColumns) + std::string(kStatementTables) + where.sql();
  switch (query.order) {
    case StatementOrder::document:
      sql += " order by t.document, t.paragraph, t.range_begin, t.seq";
      break;
    case StatementOrder::time:
      sql += " order by t.time_from is null, t.time_from, t.time_to, t.seq";
      break;
    case StatementOrder::newest:
      sql += " order by t.seq desc";
      break;
  }
  const std::vector<std::string> instrument = analyzer_->terms(query.instrument, AnalyzeFor::question);
  if (instrument.empty()) {
    sql += " limit " + std::to_string(signed_limit(query.limit)) + " offset " +
           std::to_string(signed_limit(query.offset));
  }
  std::vector<StatementRow> out;
  std::size_t passed = 0;
  SightedQuery rows = state_->tables.query_with(sql, where.values());
  while (rows.step()) {
    if (!instrument.empty()) {
      if (!holds_words(*analyzer_, instrument, rows.text(9)) || passed++ < query.offset) continue;
      if (out.size() >= query.limit) break;
    }
    out.push_back(state_->statement_of(rows));
  }
  state_->attach_lists(out);
  return out;
}

std::size_t View::count_statements(const StatementQuery& query) const {
  const Conditions where = state_->statement_conditions(query, *analyzer_);
  const std::vector<std::string> instrument = analyzer_->terms(query.instrument, AnalyzeFor::question);
  const std::string sql = std::string(instrument.empty() ? "select count(*)" : "select t.instrument") +
                          " from @statements t" + where.sql();
  SightedQuery rows = state_->tables.query_with(sql, where.values());
  if (instrument.empty()) return rows.step() ? static_cast<std::size_t>(rows.integer(0)) : 0;
  std::size_t count = 0;
  while (rows.step()) count += holds_words(*analyzer_, instrument, rows.text(0)) ? 1 : 0;
  return count;
}

StatementRow View::statement(Seq seq) const {
  static const std::string sql =
      "select " + std::string(kStatementColumns) + std::string(kStatementTables) + "where t.seq=?1";
  SightedQuery query = state_->tables.query(sql, seq);
  if (!query.step()) {
    state_->tables.refuse_if_hidden("select 1 from statements where seq=?1", seq);
    throw Error(ErrorKind::not_found, "the record has no statement " + std::to_string(seq));
  }
  std::vector<StatementRow> one{state_->statement_of(query)};
  state_->attach_lists(one);
  return std::move(one.front());
}

StatementBody View::proposed_statement(Seq seq) const {
  SightedQuery query = state_->tables.query(
      "select b.body from @statements t join bodies b "
      "on b.seq=t.seq where t.seq=?1",
      seq);
  if (!query.step()) {
    state_->tables.refuse_if_hidden("select 1 from statements where seq=?1", seq);
    throw Error(ErrorKind::not_found, "the record has no statement " + std::to_string(seq));
  }
  return std::get<StatementBody>(body_from_json(EntryKind::statement, query.text(0)));
}

std::vector<StatementRow> View::statements_of_paragraph(ParagraphRowId row) const {
  std::vector<StatementRow> out = std::move(statements_of({&row, 1}).front());
  if (out.empty()) {
    const std::string_view paragraph = "select 1 from @paragraphs p where row=?1";
    if (!state_->tables.query(paragraph, row).step()) state_->tables.refuse_if_hidden(paragraph, row);
  }
  return out;
}

std::vector<std::vector<StatementRow>> View::statements_of(std::span<const ParagraphRowId> rows) const {
  static const std::string sql = "select " + std::string(kStatementColumns) + std::string(kStatementTables) +
                                 "where t.paragraph in (#) order by t.paragraph, t.range_begin, t.seq";
  std::vector<StatementRow> found;
  query_in_handfuls(state_->tables, sql, rows,
                    [&](const Query& row) { found.push_back(state_->statement_of(row)); });
  state_->attach_lists(found);
  std::unordered_map<ParagraphRowId, std::vector<StatementRow>> by_paragraph;
  for (StatementRow& each : found) by_paragraph[each.citation.paragraph_row].push_back(std::move(each));
  std::vector<std::vector<StatementRow>> out;
  for (const ParagraphRowId row : rows) out.push_back(by_paragraph[row]);
  return out;
}

std::vector<StatementRow> View::statements_at(std::span<const Seq> seqs) const {
  static const std::string sql =
      "select " + std::string(kStatementColumns) + std::string(kStatementTables) + "where t.seq in (#)";
  const std::vector<std::int64_t> keys(seqs.begin(), seqs.end());
  std::unordered_map<Seq, StatementRow> found;
  query_in_handfuls(state_->tables, sql, keys, [&](const Query& row) {
    const auto seq = static_cast<Seq>(row.integer(0));
    if (!found.contains(seq)) found.emplace(seq, state_->statement_of(row));
  });
  std::vector<StatementRow> out;
  for (const Seq seq : seqs) {
    const auto at = found.find(seq);
    if (at == found.end()) continue;
    out.push_back(std::move(at->second));
    found.erase(at);
  }
  state_->attach_lists(out);
  return out;
}

namespace {

constexpr std::string_view kReviewColumns =
    "r.seq, r.statement, r.action, r.reviewer, r.on_behalf_of, r.note, r.withdraws, r.time, "
    "exists (select 1 from reviews w where w.statement=r.statement and w.withdraws=r.seq)";

ReviewRow review_of(const Query& row) {
  ReviewRow out{.seq = static_cast<Seq>(row.integer(0)),
                .statement = static_cast<Seq>(row.integer(1)),
                .action = enum_named(row.text(2), ReviewAction::withdraw),
                .by = std::string(row.text(3)),
                .on_behalf_of = std::string(row.text(4)),
                .note = std::string(row.text(5)),
                .time = std::string(row.text(7))};
  if (!row.is_null(6)) out.withdraws = static_cast<Seq>(row.integer(6));
  out.stands = out.action != ReviewAction::withdraw && row.integer(8) == 0;
  return out;
}

}  // namespace

std::vector<ReviewRow> View::reviews(Seq statement) const {
  static const std::string sql =
      "select " + std::string(kReviewColumns) + " from @reviews r where r.statement=?1 order by r.seq";
  std::vector<ReviewRow> out;
  SightedQuery rows = state_->tables.query(sql, statement);
  while (rows.step()) out.push_back(review_of(rows));
  if (out.empty()) {
    const std::string_view reviewed = "select 1 from @statements t where seq=?1";
    if (!state_->tables.query(reviewed, statement).step()) {
      state_->tables.refuse_if_hidden(reviewed, statement);
    }
  }
  return out;
}

std::vector<ReviewRow> View::latest_reviews(std::size_t limit, std::size_t offset) const {
  static const std::string sql =
      "select " + std::string(kReviewColumns) + " from @reviews r order by r.seq desc limit ?1 offset ?2";
  std::vector<ReviewRow> out;
  SightedQuery rows = state_->tables.query(sql, signed_limit(limit), signed_limit(offset));
  while (rows.step()) out.push_back(review_of(rows));
  return out;
}

Agreement View::agreement(Seq statement) const {
  std::unordered_map<std::string, ReviewAction> last;
  for (const ReviewRow& review : reviews(statement)) {
    if (review.stands) last[review.by] = review.action;
  }
  Agreement out;
  for (const auto& [by, action] : last) {
    out.confirmed += action == ReviewAction::confirm ? 1 : 0;
    out.corrected += action == ReviewAction::correct ? 1 : 0;
    out.rejected += action == ReviewAction::reject ? 1 : 0;
  }
  return out;
}

std::vector<ReviewerCount> View::reviewers() const {
  static const std::string sql =
      "select " + std::string(kReviewColumns) + " from @reviews r order by r.reviewer, r.statement, r.seq";
  std::vector<ReviewerCount> out;
  SightedQuery rows = state_->tables.query(sql);
  std::optional<ReviewRow> last;
  const auto count = [&] {
    if (!last) return;
    if (out.empty() || out.back().by != last->by) out.push_back({.by = last->by});
    out.back().confirmed += last->action == ReviewAction::confirm ? 1 : 0;
    out.back().corrected += last->action == ReviewAction::correct ? 1 : 0;
    out.back().rejected += last->action == ReviewAction::reject ? 1 : 0;
  };
  while (rows.step()) {
    ReviewRow row = review_of(rows);
    if (!row.stands) continue;
    if (last && (last->by != row.by || last->statement != row.statement)) count();
    last = std::move(row);
  }
  count();
  return out;
}

std::vector<SharedDecision> View::decided_by_both(const std::string& first, const std::string& second) const {
  static const std::string sql = "select " + std::string(kReviewColumns) +
                                 " from @reviews r where r.reviewer=?1 or r.reviewer=?2 order by r.seq";
  std::map<Seq, std::pair<std::optional<ReviewAction>, std::optional<ReviewAction>>> by_statement;
  SightedQuery rows = state_->tables.query(sql, first, second);
  while (rows.step()) {
    const ReviewRow row = review_of(rows);
    if (!row.stands) continue;
    auto& [left, right] = by_statement[row.statement];
    if (row.by == first) left = row.action;
    if (row.by == second) right = row.action;
  }
  std::vector<SharedDecision> out;
  for (const auto& [statement, actions] : by_statement) {
    if (actions.first && actions.second) {
      out.push_back({.statement = statement, .first = *actions.first, .second = *actions.second});
    }
  }
  return out;
}

}  // namespace mithaq::record
