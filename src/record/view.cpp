#include "record/view.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/edtf.hpp"
#include "base/error.hpp"
#include "base/fold.hpp"
#include "record/database.hpp"
#include "record/merges.hpp"
#include "record/sighted_database.hpp"
#include "record/text_index.hpp"
#include "record/view_writer.hpp"

namespace mithaq::record {

namespace {

// The part of a statement after "where", with its arguments.
class Conditions {
 public:
  Conditions& add(std::string_view text) {
    sql_ += sql_.empty() ? " where (" : " and (";
    sql_ += text;
    sql_ += ')';
    return *this;
  }
  // A place for an argument: "?7".
  std::string argument(Value value) {
    values_.push_back(std::move(value));
    return "?" + std::to_string(values_.size());
  }
  // "column in (?1,?2)"
  std::string in(std::string_view column, const std::vector<std::string>& alternatives) {
    std::string text = std::string(column) + " in (";
    for (const std::string& each : alternatives) {
      if (text.back() != '(') text += ',';
      text += argument(each);
    }
    return text + ")";
  }
  template <typename Enum>
  std::string in_names(std::string_view column, const std::vector<Enum>& alternatives) {
    std::vector<std::string> names;
    for (const Enum each : alternatives) names.emplace_back(name_of(each));
    return in(column, names);
  }
  const std::string& sql() const { return sql_; }
  std::span<const Value> values() const { return values_; }

 private:
  std::string sql_{};
  std::vector<Value> values_{};
};

// A day as "2018-05-31"; what lies outside the years 1 to 9999 is cut to them.
std::string day_text(std::int64_t day) {
  static const std::int64_t kFirst = day_number({1, 1, 1});
  static const std::int64_t kLast = day_number({9999, 12, 31});
  const CalendarDay date = calendar_day(std::clamp(day, kFirst, kLast));
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", date.year, date.month, date.day);
  return buffer;
}

// A condition that a pair of columns of days overlaps what is asked for; empty if nothing is.
std::string overlaps(Conditions& conditions, const TimeRange& range, const std::string& from_column,
                     const std::string& to_column) {
  const auto bound = [](const std::string& text) {
    const auto days = day_bounds(text);
    if (!days)
      throw Error(ErrorKind::invalid_input,
                  "\"" + text + "\" is no date: write 2018, 2018-05, 2018-05-31 or 199X");
    return *days;
  };
  std::string text;
  if (!range.to.empty()) text += from_column + "<=" + conditions.argument(bound(range.to).to);
  if (!range.from.empty()) {
    if (!text.empty()) text += " and ";
    text += to_column + ">=" + conditions.argument(bound(range.from).from);
  }
  return text;
}

// A condition that a document is one that people mean by an id, the beginning of one, a name or a symbol.
std::string is_meant(Conditions& where, const std::string& reference) {
  std::string digits = reference;
  if (digits.starts_with("sha256-")) digits.erase(0, 7);
  std::string text = "d.id=" + where.argument(reference) + " or d.name=" + where.argument(reference) +
                     " or (d.symbol<>'' and d.symbol=" + where.argument(reference) + ")";
  const bool hexadecimal =
      digits.size() >= 4 && digits.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (hexadecimal) {
    // "g" comes right after the hexadecimal digits.
    text += " or (d.id>=" + where.argument("sha256-" + digits) + " and d.id<" +
            where.argument("sha256-" + digits + "g") + ")";
  }
  return text;
}

std::int64_t signed_limit(std::size_t limit) {
  return static_cast<std::int64_t>(std::min<std::size_t>(limit, std::size_t{1} << 62));
}

constexpr std::string_view kDocumentColumns =
    "d.seq, d.id, d.name, d.format, d.encoding, d.title, d.language, d.symbol, "
    "d.date, d.issuer, d.handling, d.brought_by, "
    "d.read_at, (select count(*) from sections s where s.document=d.seq), "
    "(select coalesce(max(s.last),0) from sections s where s.document=d.seq), "
    "(select coalesce(sum(s.raw_bytes),0) from sections s where "
    "s.document=d.seq), "
    "(select coalesce(sum(s.paragraphs),0) from sections s where s.document=d.seq), "
    "(select count(*) from sections s join statements t on "
    "t.paragraph>=(s.seq<<22) and "
    "t.paragraph<((s.seq+1)<<22) "
    "where s.document=d.seq), "
    "(select count(*) from sections s join doubts o on o.section=s.seq where "
    "s.document=d.seq), "
    "(select count(*) from sections s join edits e on e.section=s.seq where "
    "s.document=d.seq)";

DocumentRow document_of(const Query& row) {
  DocumentRow out{.seq = static_cast<Seq>(row.integer(0)),
                  .id = std::string(row.text(1)),
                  .name = std::string(row.text(2)),
                  .format = std::string(row.text(3)),
                  .encoding = std::string(row.text(4))};
  out.metadata = {.title = std::string(row.text(5)),
                  .language = std::string(row.text(6)),
                  .symbol = std::string(row.text(7)),
                  .date = std::string(row.text(8)),
                  .issuer = std::string(row.text(9)),
                  .handling = handling_from_json(row.text(10))};
  out.brought_by = row.text(11);
  out.read_at = row.text(12);
  out.sections = static_cast<std::size_t>(row.integer(13));
  out.complete = row.integer(14) != 0;
  out.raw_bytes = static_cast<std::size_t>(row.integer(15));
  out.paragraphs = static_cast<std::size_t>(row.integer(16));
  out.statements = static_cast<std::size_t>(row.integer(17));
  out.doubts = static_cast<std::size_t>(row.integer(18));
  out.edits = static_cast<std::size_t>(row.integer(19));
  return out;
}

constexpr std::string_view kParagraphColumns =
    "p.row, d.id, p.section, p.ordinal, s.raw_offset, p.id, p.number, p.kind, "
    "p.text, p.pieces";
constexpr std::string_view kParagraphTables =
    " from paragraphs p join @documents d on d.seq=p.document join sections s "
    "on s.document=p.document and "
    "s.section=p.section ";

ParagraphRow paragraph_of(const Query& row) {
  ParagraphRow out{.row = row.integer(0),
                   .document = std::string(row.text(1)),
                   .section = static_cast<std::size_t>(row.integer(2)),
                   .ordinal = static_cast<std::size_t>(row.integer(3)),
                   .raw_offset = static_cast<std::size_t>(row.integer(4))};
  out.paragraph = {.id = std::string(row.text(5)),
                   .number = std::string(row.text(6)),
                   .kind = enum_named(row.text(7), document::ParagraphKind::furniture),
                   .text = std::string(row.text(8))};
  for (const auto& piece : nlohmann::json::parse(row.text(9))) {
    out.paragraph.pieces.push_back(
        {.text = {piece.at(0).get<std::uint32_t>(), piece.at(1).get<std::uint32_t>()},
         .raw = {piece.at(2).get<std::size_t>(), piece.at(3).get<std::size_t>()},
         .verbatim = piece.at(4).get<int>() != 0});
  }
  return out;
}

std::vector<document::Span> shifted(std::vector<document::Span> spans, std::size_t offset) {
  for (document::Span& span : spans) {
    span.begin += offset;
    span.end += offset;
  }
  return spans;
}

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

constexpr double kBm25K1 = 1.2;
constexpr double kBm25B = 0.75;
// Stands for the mean length of a paragraph, in terms, for who does not see all of them.
constexpr double kSightedMeanLength = 40;
// So many rows are looked at to tell how common a term is.
constexpr std::size_t kFrequencySample = 1000;
// A filter that lets through at most so many paragraphs is answered by reading their texts, not the index.
constexpr std::size_t kTextsRead = 1500;
// So many mentions of an entity, the newest, are held against the matches.
constexpr std::size_t kMentionsRead = 100000;
// So many matches of a phrase, the newest, are ranked.
constexpr std::size_t kPhrasesRanked = 2000;
// So many matches of the index, the newest, are held against a filter.
constexpr std::size_t kMatchesHeld = 100000;
// So many of them are looked up row by row, for what only a row tells.
constexpr std::size_t kRowsProbed = 5000;

}  // namespace

struct View::State {
  explicit State(Database& of) : database(of), tables(of) {}

  Database& database;
  SightedDatabase tables;  // as they may be seen
  RowFilter row_filter{};  // of the search that is running

  // Merges are few; they are read again when one was added.
  std::int64_t merges_count = -1;
  std::int64_t merges_last = -1;
  Merges merges{};

  const Merges& current_merges() {
    Query query = database.query("select count(*), coalesce(max(seq),-1) from merges");
    query.step();
    if (query.integer(0) != merges_count || query.integer(1) != merges_last) {
      merges_count = query.integer(0);
      merges_last = query.integer(1);
      merges = Merges::read(database, "main");
    }
    return merges;
  }

  // Every key under which one of these ids or names may stand in a table.
  std::vector<std::string> keys_of(const std::vector<std::string>& ids_or_names) {
    const Merges& known = current_merges();
    std::set<std::string> keys;
    const auto add_id = [&](const std::string& id) {
      for (std::string& same : known.same_as(id)) keys.insert(std::move(same));
    };
    for (const std::string& each : ids_or_names) {
      add_id(each);
      keys.insert(entity_key({}, each));
      // Names are looked up only if it is no id: they have no index.
      if (tables.integer("select 1 from @statement_parties y where key=?1 limit 1", 0, each) != 0 ||
          tables.integer("select 1 from @mentions m where key=?1 limit 1", 0, each) != 0) {
        continue;
      }
      SightedQuery named = tables.query(
          "select distinct entity from @statement_parties y where "
          "name=?1 and entity<>''",
          each);
      while (named.step()) add_id(std::string(named.text(0)));
    }
    return {keys.begin(), keys.end()};
  }

  // Whether the record has such a document, seen or not.
  bool is_document(const std::string& reference) {
    Conditions where;
    where.add(is_meant(where, reference));
    return database.query_with("select 1 from documents d" + where.sql(), where.values()).step();
  }
  void refuse_if_hidden_document(const std::string& id) {
    if (tables.integer("select 1 from @documents d where id=?1", 0, id) == 0) {
      tables.refuse_if_hidden("select 1 from documents where id=?1", id);
    }
  }

  StatementRow statement_of(const Query& row) {
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
    const Merges& known = current_merges();
    Query parties = database.query(
        "select role, found_by, entity, name from statement_parties where statement=?1 order by ordinal",
        out.seq);
    while (parties.step()) {
      out.parties.push_back({.role = enum_named(parties.text(0), document::PartyRole::subject),
                             .found_by = enum_named(parties.text(1), document::FoundBy::context),
                             .entity = known.resolve(std::string(parties.text(2))),
                             .name = std::string(parties.text(3))});
    }
    Query themes =
        database.query("select theme from statement_themes where statement=?1 order by ordinal", out.seq);
    while (themes.step()) out.themes.emplace_back(themes.text(0));
    Query places = database.query(
        "select entity, name from statement_places where statement=?1 order by ordinal", out.seq);
    while (places.step()) {
      out.places.push_back(
          {.entity = known.resolve(std::string(places.text(0))), .name = std::string(places.text(1))});
    }
    return out;
  }

  Conditions statement_conditions(const StatementQuery& query, const Analyzer& analyzer);
};

View::View(Database& database, std::shared_ptr<const Analyzer> analyzer)
    : database_(database), analyzer_(std::move(analyzer)), state_(new State(database)) {
  register_rank(database, state_->row_filter);
}
View::~View() = default;

// ---------------------------------------------------------------- documents

std::vector<DocumentRow> View::documents(const DocumentQuery& query) const {
  Conditions where;
  if (!query.id.empty()) where.add("d.id=" + where.argument(query.id));
  if (!query.reference.empty()) where.add(is_meant(where, query.reference));
  if (!query.languages.empty()) where.add(where.in("d.language", query.languages));
  if (!query.issuers.empty()) where.add(where.in("d.issuer", state_->keys_of(query.issuers)));
  const std::string time = overlaps(where, query.date, "d.date_from", "d.date_to");
  if (!time.empty()) where.add(time);
  const std::string sql = "select " + std::string(kDocumentColumns) + " from @documents d" + where.sql() +
                          " order by d.seq limit " + std::to_string(signed_limit(query.limit)) + " offset " +
                          std::to_string(signed_limit(query.offset));
  std::vector<DocumentRow> out;
  SightedQuery rows = state_->tables.query_with(sql, where.values());
  while (rows.step()) out.push_back(document_of(rows));
  return out;
}

DocumentRow View::document(const std::string& reference) const {
  if (reference.empty()) throw Error(ErrorKind::invalid_input, "no document was named");
  std::vector<DocumentRow> found = documents({.reference = reference, .limit = 10});
  // An id means one document, whatever others are called.
  for (DocumentRow& each : found) {
    if (each.id == reference) return std::move(each);
  }
  if (found.empty()) {
    if (!state_->tables.sees_everything() && state_->is_document(reference)) throw not_open();
    throw Error(ErrorKind::not_found, "the record has no document \"" + reference + "\"");
  }
  if (found.size() > 1) {
    std::string message = "\"" + reference + "\" may be each of these documents:";
    for (const DocumentRow& each : found) message += "\n  " + each.id.substr(0, 7 + 12) + "  " + each.name;
    throw Error(ErrorKind::conflict, message);
  }
  return std::move(found.front());
}

std::string View::raw_text(const std::string& document, std::optional<std::size_t> section) const {
  std::string out;
  const DocumentRow row = this->document(document);
  for (std::size_t at = 0; at < row.sections; ++at) {
    if (section && *section != at) continue;
    out += read_section(row.id, at).raw;
  }
  return out;
}

document::Document View::read_section(const std::string& document, std::size_t section) const {
  SightedQuery query = state_->tables.query(
      "select b.body, d.name, d.format, d.encoding, d.title, "
      "d.language, d.symbol, d.date, d.issuer, "
      "d.handling, s.seq from "
      "@documents d join sections s on s.document=d.seq join "
      "bodies b on b.seq=s.seq where d.id=?1 and "
      "s.section=?2",
      document, section);
  if (!query.step()) {
    state_->refuse_if_hidden_document(document);
    throw Error(ErrorKind::not_found,
                "the record has no section " + std::to_string(section) + " of " + document);
  }
  document::Document out = std::get<SectionBody>(body_from_json(EntryKind::section, query.text(0))).content;
  const SectionDecisions decisions =
      ViewWriter(database_, "main", false).decisions_of(static_cast<Seq>(query.integer(10)));
  if (!decisions.decisions().changes_nothing()) {
    std::vector<document::Edit> edits = document::edits_after(out, decisions.decisions());
    out = document::revise(std::move(out), decisions.decisions());
    out.edits = std::move(edits);
  }
  out.name = query.text(1);
  out.format = query.text(2);
  out.encoding = query.text(3);
  out.metadata = {.title = std::string(query.text(4)),
                  .language = std::string(query.text(5)),
                  .symbol = std::string(query.text(6)),
                  .date = std::string(query.text(7)),
                  .issuer = std::string(query.text(8)),
                  .handling = handling_from_json(query.text(9))};
  return out;
}

// ---------------------------------------------------------------- paragraphs

std::vector<ParagraphRow> View::paragraphs(const std::string& document) const {
  static const std::string sql = "select " + std::string(kParagraphColumns) + std::string(kParagraphTables) +
                                 "where d.id=?1 order by p.section, p.ordinal";
  std::vector<ParagraphRow> out;
  SightedQuery rows = state_->tables.query(sql, document);
  while (rows.step()) out.push_back(paragraph_of(rows));
  if (out.empty()) state_->refuse_if_hidden_document(document);
  return out;
}

ParagraphRow View::paragraph(ParagraphRowId row) const {
  static const std::string sql =
      "select " + std::string(kParagraphColumns) + std::string(kParagraphTables) + "where p.row=?1";
  SightedQuery query = state_->tables.query(sql, row);
  if (!query.step()) {
    state_->tables.refuse_if_hidden("select 1 from paragraphs where row=?1", row);
    throw Error(ErrorKind::not_found, "the record has no paragraph " + std::to_string(row));
  }
  return paragraph_of(query);
}

ParagraphRow View::paragraph(const std::string& document, const std::string& id) const {
  static const std::string sql = "select " + std::string(kParagraphColumns) + std::string(kParagraphTables) +
                                 "where d.id=?1 and p.id=?2 order by p.row limit 1";
  SightedQuery query = state_->tables.query(sql, document, id);
  if (!query.step()) {
    state_->refuse_if_hidden_document(document);
    throw Error(ErrorKind::not_found, "the document has no paragraph \"" + id + "\"");
  }
  return paragraph_of(query);
}

Citation View::cite(const ParagraphRow& paragraph, std::optional<document::TextRange> range) const {
  const std::string& text = paragraph.paragraph.text;
  const document::TextRange place =
      range.value_or(document::TextRange{0, static_cast<std::uint32_t>(text.size())});
  expect(place.begin <= place.end && place.end <= text.size(), "a citation inside its paragraph");
  Citation out{.document = paragraph.document,
               .section = paragraph.section,
               .paragraph = paragraph.paragraph.id,
               .paragraph_row = paragraph.row,
               .raw = shifted(document::raw_spans(paragraph.paragraph, place), paragraph.raw_offset),
               .words = std::string(document::slice(text, place))};
  SightedQuery query = state_->tables.query("select name, title, symbol, date from @documents d where id=?1",
                                            paragraph.document);
  if (query.step()) {
    out.document_name = query.text(0);
    out.document_title = query.text(1);
    out.symbol = query.text(2);
    out.document_date = query.text(3);
  }
  return out;
}

// ---------------------------------------------------------------- statements

namespace {

// The FTS5 expression of the words of a text; empty if it has none.
std::string all_words(const Analyzer& analyzer, std::string_view text) {
  std::string out;
  analyzer.analyze(text, AnalyzeFor::question, [&out](const AnalyzedTerm& term) {
    if (!out.empty()) out += " AND ";
    out += quoted_term(term.term);
    return true;
  });
  return out;
}

}  // namespace

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
    const std::string words = all_words(analyzer, query.text);
    if (words.empty()) {
      where.add("0");
    } else {
      where.add(
          "t.paragraph in (select f.rowid from paragraph_index f where "
          "f.paragraph_index match " +
          where.argument(words) + ")");
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
  return state_->statement_of(query);
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
  static const std::string sql = "select " + std::string(kStatementColumns) + std::string(kStatementTables) +
                                 "where t.paragraph=?1 order by t.range_begin, t.seq";
  std::vector<StatementRow> out;
  SightedQuery rows = state_->tables.query(sql, row);
  while (rows.step()) out.push_back(state_->statement_of(rows));
  if (out.empty()) {
    const std::string_view paragraph = "select 1 from @paragraphs p where row=?1";
    if (!state_->tables.query(paragraph, row).step()) state_->tables.refuse_if_hidden(paragraph, row);
  }
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

// ---------------------------------------------------------------- mentions,
// doubts, edits

namespace {

constexpr std::string_view kMentionColumns =
    "m.paragraph, m.ordinal, m.type, m.ref, m.nested, m.entity, m.name, "
    "m.range_begin, m.range_end, m.value, "
    "m.unit, "
    "m.title";

}  // namespace

std::vector<MentionRow> View::mentions(const MentionQuery& query) const {
  Conditions where;
  where.add("m.part=0");
  if (!query.types.empty()) where.add(where.in_names("m.type", query.types));
  if (!query.entities.empty()) {
    where.add(
        "(m.paragraph, m.ordinal) in (select k.paragraph, k.ordinal from "
        "mentions k where " +
        where.in("k.key", state_->keys_of(query.entities)) + ")");
  }
  if (!query.documents.empty()) {
    where.add(
        "m.paragraph in (select p.row from paragraphs p join documents d "
        "on d.seq=p.document where " +
        where.in("d.id", query.documents) + ")");
  }
  const std::string sql = "select " + std::string(kMentionColumns) + " from @mentions m" + where.sql() +
                          " order by m.paragraph, m.ordinal limit " +
                          std::to_string(signed_limit(query.limit)) + " offset " +
                          std::to_string(signed_limit(query.offset));
  const Merges& known = state_->current_merges();
  std::vector<MentionRow> out;
  std::optional<ParagraphRow> paragraph;
  SightedQuery rows = state_->tables.query_with(sql, where.values());
  while (rows.step()) {
    MentionRow mention{
        .type = enum_named(rows.text(2), document::MentionType::amount),
        .ref = enum_named(rows.text(3), document::RefClass::relative),
        .name = std::string(rows.text(6)),
        .value = std::string(rows.text(9)),
        .unit = std::string(rows.text(10)),
        .title = std::string(rows.text(11)),
        .nested = rows.integer(4) != 0,
        .range = {static_cast<std::uint32_t>(rows.integer(7)), static_cast<std::uint32_t>(rows.integer(8))}};
    Query parts = database_.query(
        "select entity from mentions where "
        "paragraph=?1 and ordinal=?2 order by part",
        rows.integer(0), rows.integer(1));
    while (parts.step()) {
      if (!parts.text(0).empty()) mention.entities.push_back(known.resolve(std::string(parts.text(0))));
    }
    if (!paragraph || paragraph->row != rows.integer(0)) paragraph = this->paragraph(rows.integer(0));
    mention.citation = cite(*paragraph, mention.range);
    out.push_back(std::move(mention));
  }
  return out;
}

std::vector<MentionRow> View::mentions_of_paragraph(ParagraphRowId row) const {
  const ParagraphRow paragraph = this->paragraph(row);
  const Merges& known = state_->current_merges();
  std::vector<MentionRow> out;
  Query rows = database_.query(
      "select ordinal, part, type, ref, nested, entity, name, "
      "range_begin, range_end, value, unit, title "
      "from mentions "
      "where paragraph=?1 order by ordinal, part",
      row);
  while (rows.step()) {
    if (rows.integer(1) == 0) {
      MentionRow mention{.type = enum_named(rows.text(2), document::MentionType::amount),
                         .ref = enum_named(rows.text(3), document::RefClass::relative),
                         .name = std::string(rows.text(6)),
                         .value = std::string(rows.text(9)),
                         .unit = std::string(rows.text(10)),
                         .title = std::string(rows.text(11)),
                         .nested = rows.integer(4) != 0,
                         .range = {static_cast<std::uint32_t>(rows.integer(7)),
                                   static_cast<std::uint32_t>(rows.integer(8))}};
      mention.citation = cite(paragraph, mention.range);
      out.push_back(std::move(mention));
    }
    if (!rows.text(5).empty() && !out.empty())
      out.back().entities.push_back(known.resolve(std::string(rows.text(5))));
  }
  return out;
}

std::vector<DoubtRow> View::doubts(const std::string& document) const {
  std::vector<DoubtRow> out;
  if (!document.empty()) state_->refuse_if_hidden_document(document);
  SightedQuery rows = state_->tables.query(
      "select o.section, o.rule, o.paragraph, o.range_begin, "
      "o.range_end, o.raw, o.readings, s.raw_offset, "
      "d.id, "
      "d.name, d.title, d.symbol, d.date, s.section, o.ordinal, o.chosen, o.person, o.time from "
      "doubts o join sections s on s.seq=o.section join "
      "@documents d "
      "on d.seq=s.document where ?1='' or d.id=?1 order by "
      "o.section, o.ordinal",
      document);
  while (rows.step()) {
    DoubtRow doubt{.id = std::to_string(rows.integer(13)) + "-" + std::to_string(rows.integer(14)),
                   .by = std::string(rows.text(16)),
                   .at = std::string(rows.text(17)),
                   .section_entry = static_cast<Seq>(rows.integer(0)),
                   .rule = std::string(rows.text(1))};
    if (!rows.is_null(15)) doubt.chosen = static_cast<std::size_t>(rows.integer(15));
    for (const auto& reading : nlohmann::json::parse(rows.text(6))) {
      doubt.readings.push_back({.text = reading.value("text", ""),
                                .reason = reading.value("reason", ""),
                                .taken = reading.value("taken", false)});
    }
    doubt.citation = {
        .document = std::string(rows.text(8)),
        .document_name = std::string(rows.text(9)),
        .document_title = std::string(rows.text(10)),
        .symbol = std::string(rows.text(11)),
        .document_date = std::string(rows.text(12)),
        .section = static_cast<std::size_t>(rows.integer(13)),
        .paragraph_row = rows.integer(2),
        .raw = shifted(spans_from_json(rows.text(5)), static_cast<std::size_t>(rows.integer(7)))};
    Query paragraph = database_.query("select id, text from paragraphs where row=?1", rows.integer(2));
    if (paragraph.step()) {
      doubt.citation.paragraph = paragraph.text(0);
      const auto text = paragraph.text(1);
      doubt.citation.words =
          document::slice(text, document::TextRange{static_cast<std::uint32_t>(rows.integer(3)),
                                                    static_cast<std::uint32_t>(rows.integer(4))});
    }
    out.push_back(std::move(doubt));
  }
  return out;
}

std::vector<EditRow> View::edits(const std::string& document) const {
  std::vector<EditRow> out;
  if (!document.empty()) state_->refuse_if_hidden_document(document);
  SightedQuery rows = state_->tables.query(
      "select e.section, e.rule, e.grade, e.kind, "
      "e.span_begin, e.span_end, e.before, e.after, e.reason, "
      "e.target_begin, e.target_end, e.pieces, s.raw_offset, s.section, e.ordinal, e.undone, e.person, "
      "e.time "
      "from edits e join sections s on s.seq=e.section "
      "join "
      "@documents d on d.seq=s.document where ?1='' or d.id=?1 "
      "order by e.section, e.ordinal",
      document);
  while (rows.step()) {
    const auto offset = static_cast<std::size_t>(rows.integer(12));
    const auto span = [&](int column) {
      return document::Span{static_cast<std::size_t>(rows.integer(column)) + offset,
                            static_cast<std::size_t>(rows.integer(column + 1)) + offset};
    };
    EditRow edit{.id = std::to_string(rows.integer(13)) + "-" + std::to_string(rows.integer(14)),
                 .undone = rows.integer(15) != 0,
                 .by = std::string(rows.text(16)),
                 .at = std::string(rows.text(17)),
                 .section_entry = static_cast<Seq>(rows.integer(0))};
    edit.edit = {.rule = std::string(rows.text(1)),
                 .grade = enum_named(rows.text(2), document::Grade::flag),
                 .kind = enum_named(rows.text(3), document::EditKind::move),
                 .span = span(4),
                 .before = std::string(rows.text(6)),
                 .after = std::string(rows.text(7)),
                 .reason = std::string(rows.text(8))};
    if (rows.integer(10) > 0) edit.edit.target = span(9);
    for (const auto& piece : nlohmann::json::parse(rows.text(11))) {
      const auto& raw = piece.at("raw").at(0);
      edit.edit.pieces.push_back(
          {.raw = {raw.at(0).get<std::size_t>() + offset, raw.at(1).get<std::size_t>() + offset},
           .literal = piece.value("literal", "")});
    }
    out.push_back(std::move(edit));
  }
  return out;
}

// ---------------------------------------------------------------- entities

namespace {

// Counts rows (entity, name) of statements that are not rejected, merged entities as one.
std::vector<EntityCount> counted(SightedQuery&& rows, const Merges& merges, std::size_t limit) {
  std::unordered_map<std::string, EntityCount> by_id;
  while (rows.step()) {
    const std::string entity(rows.text(0));
    const std::string id = merges.resolve(entity);
    const auto count = static_cast<std::size_t>(rows.integer(2));
    EntityCount& all = by_id[id.empty() ? entity_key({}, std::string(rows.text(1))) : id];
    if (all.name.empty() || id == entity) all.name = rows.text(1);
    all.id = id;
    all.statements += count;
  }
  std::vector<EntityCount> out;
  for (auto& [key, count] : by_id) out.push_back(std::move(count));
  std::sort(out.begin(), out.end(), [](const EntityCount& left, const EntityCount& right) {
    if (left.statements != right.statements) return left.statements > right.statements;
    return std::tuple(left.id.empty(), left.id, left.name) <
           std::tuple(right.id.empty(), right.id, right.name);
  });
  if (out.size() > limit) out.resize(limit);
  return out;
}

// Statements by the entity that one of their tables names; a name without an id counts by its key.
std::string count_entities_in(const std::string& table) {
  return "select y.entity, min(y.name), count(distinct y.statement) from " + table +
         " y join @statements t on t.seq=y.statement where t.review<>'rejected' "
         "group by y.entity, case when y.entity='' then y.key else '' end order by y.entity";
}

}  // namespace

std::vector<EntityCount> View::parties(std::size_t limit) const {
  return counted(state_->tables.query(count_entities_in("statement_parties")), state_->current_merges(),
                 limit);
}

std::vector<EntityCount> View::themes(std::size_t limit) const {
  return counted(state_->tables.query("select y.theme, y.theme, count(distinct "
                                      "y.statement) from statement_themes y join "
                                      "@statements t on t.seq=y.statement where "
                                      "t.review<>'rejected' group by y.theme"),
                 state_->current_merges(), limit);
}

std::vector<EntityCount> View::places(std::size_t limit) const {
  return counted(state_->tables.query(count_entities_in("statement_places")), state_->current_merges(),
                 limit);
}

std::string View::resolve(const std::string& entity) const {
  return state_->current_merges().resolve(entity);
}

std::vector<std::string> View::same_as(const std::string& entity) const {
  std::vector<std::string> same = state_->current_merges().same_as(entity);
  if (!state_->tables.sees_everything()) {
    // An id that only hidden documents use is not told.
    std::erase_if(same, [&](const std::string& each) {
      return each != entity && each != same.front() &&
             state_->tables.integer("select 1 from @mentions m where key=?1 limit 1", 0, each) == 0 &&
             state_->tables.integer("select 1 from @statement_parties y where key=?1 limit 1", 0, each) == 0;
    });
  }
  return same;
}

// ---------------------------------------------------------------- who may see what

void View::look_as(Sight sight) {
  state_->tables.look_as(std::move(sight));
}

const Sight& View::sight() const {
  return state_->tables.sight();
}

std::vector<document::Handling> View::handlings() const {
  std::vector<document::Handling> out;
  Query rows = database_.query("select distinct handling from documents order by handling");
  while (rows.step()) out.push_back(handling_from_json(rows.text(0)));
  return out;
}

std::optional<EntryDocument> View::document_of_entry(Seq entry) const {
  Query row = database_.query(
      "select d.seq, d.id from documents d where d.seq=coalesce("
      "(select seq from documents where seq=?1), (select document from sections where seq=?1), "
      "(select document from statements where seq=?1), (select document from handlings where seq=?1), "
      "(select s.document from revisions r join sections s on s.seq=r.section where r.seq=?1), "
      "(select t.document from reviews r join statements t on t.seq=r.statement where r.seq=?1))",
      entry);
  if (!row.step()) return std::nullopt;
  return EntryDocument{
      .document = std::string(row.text(1)),
      .visible = state_->tables.integer("select 1 from @documents d where seq=?1", 0, row.integer(0)) != 0};
}

// ---------------------------------------------------------------- full text

namespace {

// Words side by side; the last may go on.
struct Phrase {
  std::vector<std::string> words{};
  bool prefix = false;
};

// One term of a question: all of its phrases; of those from `either` on, one is enough.
struct Group {
  std::vector<Phrase> phrases{};
  std::size_t either = ~std::size_t{0};
};

// A question as FTS5 understands it, and which of its phrases make the score.
struct Expression {
  std::string text{};
  std::vector<std::string> scored{};  // phrases that count, each as an expression of its own
  std::vector<int> phrase{};          // for each phrase of `text` in order: its place in
                                      // `scored`, or -1
  // The same question for a text that is at hand: all of `must`, one of `may` if nothing must, none of
  // `must_not`.
  std::vector<Group> must{}, may{}, must_not{};
};

// Puts the expressions of terms together. FTS5 numbers phrases in the order in which they are written.
class ExpressionWriter {
 public:
  explicit ExpressionWriter(const Analyzer& analyzer) : analyzer_(analyzer) {}

  Expression write(const std::vector<TextTerm>& terms) {
    std::vector<Part> must, may, must_not;
    Expression out;
    for (const TextTerm& term : terms) {
      Part part = part_of(term);
      if (part.text.empty()) continue;
      groups_of(out, term.need).push_back(part.group);
      (term.need == TextTerm::Need::must  ? must
       : term.need == TextTerm::Need::may ? may
                                          : must_not)
          .push_back(std::move(part));
    }
    if (must.empty() && may.empty()) return {};
    if (may.empty()) {
      append(out, must, " AND ", true);
    } else if (must.empty()) {
      append(out, may, " OR ", true);
    } else {
      // What may be there adds to the score of a row but does not choose it: M OR (M AND may).
      out.text += "(";
      append(out, must, " AND ", true);
      out.text += ") OR (";
      append(out, must, " AND ", false);
      out.text += " AND (";
      append(out, may, " OR ", true);
      out.text += "))";
    }
    if (!must_not.empty()) {
      out.text = "(" + out.text + ") NOT (";
      append(out, must_not, " OR ", false);
      out.text += ")";
    }
    return out;
  }

 private:
  struct Part {
    std::string text{};
    std::vector<std::string> phrases{};
    Group group{};
  };

  static std::vector<Group>& groups_of(Expression& out, TextTerm::Need need) {
    return need == TextTerm::Need::must ? out.must : need == TextTerm::Need::may ? out.may : out.must_not;
  }

  Part part_of(const TextTerm& term) const {
    Part part;
    const std::vector<std::string> words = analyzer_.terms(term.text, AnalyzeFor::question);
    const auto add = [&part](std::string phrase, std::string_view joined_by) {
      if (!part.text.empty()) part.text += joined_by;
      part.text += phrase;
      part.phrases.push_back(std::move(phrase));
    };
    if (words.empty()) return part;
    switch (term.form) {
      case TextTerm::Form::words:
        for (const std::string& word : words) {
          add(quoted_term(word), " AND ");
          part.group.phrases.push_back({.words = {word}});
        }
        break;
      case TextTerm::Form::phrase: {
        std::string phrase;
        for (const std::string& word : words) phrase += (phrase.empty() ? "" : " + ") + quoted_term(word);
        add(phrase, "");
        part.group.phrases.push_back({.words = words});
        break;
      }
      case TextTerm::Form::prefix: {
        for (std::size_t at = 0; at + 1 < words.size(); ++at) {
          add(quoted_term(words[at]), " AND ");
          part.group.phrases.push_back({.words = {words[at]}});
        }
        part.group.either = part.group.phrases.size();
        part.group.phrases.push_back({.words = {words.back()}, .prefix = true});
        // The unfinished word may be cut inside its stem or behind it.
        const std::string folded = fold(term.text);
        const std::size_t blank = folded.find_last_of(" \t\n");
        const std::string last = blank == std::string::npos ? folded : folded.substr(blank + 1);
        std::string joined = part.text.empty() ? "(" : part.text + " AND (";
        joined += quoted_term(words.back()) + "*";
        part.phrases.push_back(quoted_term(words.back()) + "*");
        if (last != words.back() && !last.empty()) {
          joined += " OR " + quoted_term(last) + "*";
          part.phrases.push_back(quoted_term(last) + "*");
          part.group.phrases.push_back({.words = {last}, .prefix = true});
        }
        part.text = joined + ")";
        break;
      }
    }
    part.text = "(" + part.text + ")";
    return part;
  }

  static void append(Expression& out, const std::vector<Part>& parts, std::string_view joined_by,
                     bool scored) {
    for (std::size_t at = 0; at < parts.size(); ++at) {
      if (at > 0) out.text += joined_by;
      out.text += parts[at].text;
      for (const std::string& phrase : parts[at].phrases) {
        out.phrase.push_back(scored ? static_cast<int>(out.scored.size()) : -1);
        if (scored) out.scored.push_back(phrase);
      }
    }
  }

  const Analyzer& analyzer_;
};

// The numbers that text_index.cpp's rank function gives for a row.
std::int64_t rank_number(std::string_view numbers, std::size_t at) {
  std::int64_t number = 0;
  if ((at + 1) * sizeof number <= numbers.size())
    std::memcpy(&number, numbers.data() + at * sizeof number, sizeof number);
  return number;
}

}  // namespace

namespace {

// The terms of one text, with their places; a symbol's second form shares the place of its last number.
struct ReadText {
  std::string terms{};  // one after another
  struct Term {
    std::uint32_t begin, end, place;
  };
  std::vector<Term> list{};
  std::uint32_t places = 0;

  void read(const Analyzer& analyzer, std::string_view text) {
    terms.clear();
    list.clear();
    places = 0;
    analyzer.analyze(text, AnalyzeFor::index, [this](const AnalyzedTerm& term) {
      if (!term.colocated) ++places;
      const auto begin = static_cast<std::uint32_t>(terms.size());
      terms += term.term;
      list.push_back({begin, static_cast<std::uint32_t>(terms.size()), places});
      return true;
    });
  }
  std::string_view term(std::size_t at) const {
    return std::string_view(terms).substr(list[at].begin, list[at].end - list[at].begin);
  }
  std::int64_t count(const Phrase& phrase) const {
    std::int64_t found = 0;
    const auto fits = [&](std::size_t at, std::size_t word) {
      const bool goes_on = phrase.prefix && word + 1 == phrase.words.size();
      return goes_on ? term(at).starts_with(phrase.words[word]) : term(at) == phrase.words[word];
    };
    for (std::size_t at = 0; at < list.size(); ++at) {
      if (!fits(at, 0)) continue;
      std::size_t word = 1;
      for (std::size_t next = at + 1; word < phrase.words.size() && next < list.size(); ++next) {
        if (list[next].place > list[at].place + word) break;
        if (list[next].place == list[at].place + word && fits(next, word)) ++word;
      }
      if (word == phrase.words.size()) ++found;
    }
    return found;
  }
  // Appends how often each phrase of a group stands in the text.
  //   returns  false if the group asks for one that does not
  bool count(const Group& group, std::vector<std::int64_t>& counts) const {
    bool all = true, one = group.either >= group.phrases.size();
    for (std::size_t at = 0; at < group.phrases.size(); ++at) {
      counts.push_back(count(group.phrases[at]));
      if (at < group.either) {
        all = all && counts.back() > 0;
      } else {
        one = one || counts.back() > 0;
      }
    }
    return all && one;
  }
};

// Rows that mention one of several keys, from the newest to the oldest; read only as far as they are asked
// for.
class MentionedRows {
 public:
  MentionedRows(Database& database, std::vector<std::string> keys) : keys_(std::move(keys)) {
    for (const std::string& key : keys_) {
      cursors_.push_back(
          {database.query("select paragraph from mentions where key=?1 order by paragraph desc", key), {}});
      step(cursors_.back());
    }
    advance();
  }
  MentionedRows(const MentionedRows&) = delete;
  MentionedRows& operator=(const MentionedRows&) = delete;

  std::optional<ParagraphRowId> current() const { return current_; }
  void advance() {
    current_.reset();
    for (const Cursor& each : cursors_) {
      if (each.row && (!current_ || *each.row > *current_)) current_ = each.row;
    }
    if (!current_) return;
    for (Cursor& each : cursors_) {
      while (each.row == current_) step(each);
    }
  }
  //   requires  rows never grow from call to call
  bool contains(ParagraphRowId row) {
    while (current_ && *current_ > row) advance();
    return current_ == row;
  }
  // True if so many rows were read that the older ones were left out.
  bool cut() const { return read_ > kMentionsRead; }

 private:
  struct Cursor {
    Query query;
    std::optional<ParagraphRowId> row;
  };
  void step(Cursor& cursor) {
    const bool more = ++read_ <= kMentionsRead && cursor.query.step();
    cursor.row = more ? std::optional(cursor.query.integer(0)) : std::nullopt;
  }

  std::vector<std::string> keys_;
  std::vector<Cursor> cursors_{};
  std::size_t read_ = 0;
  std::optional<ParagraphRowId> current_{};
};

// Entries of sections; asked from the newest to the oldest.
class SectionSet {
 public:
  explicit SectionSet(std::vector<std::int64_t> sections) : sections_(std::move(sections)) {
    std::sort(sections_.begin(), sections_.end(), std::greater<>());
  }
  const std::vector<std::int64_t>& sections() const { return sections_; }
  //   requires  rows never grow from call to call
  bool contains_row(ParagraphRowId row) {
    const std::int64_t section = row >> kParagraphBits;
    while (at_ < sections_.size() && sections_[at_] > section) ++at_;
    return at_ < sections_.size() && sections_[at_] == section;
  }

 private:
  std::vector<std::int64_t> sections_;
  std::size_t at_ = 0;
};

}  // namespace

ParagraphHits View::search_paragraphs(const std::vector<TextTerm>& terms, const ParagraphFilter& filter,
                                      std::size_t limit, std::size_t candidates_limit) const {
  ParagraphHits out;
  const Expression expression = ExpressionWriter(*analyzer_).write(terms);
  if (expression.text.empty() || limit == 0) return out;

  // What is hidden is told to nobody, not even by how it would change a score.
  const SightedDatabase::Sections* const visible =
      state_->tables.sees_everything() ? nullptr : &state_->tables.sections();
  const auto is_visible = [visible](ParagraphRowId row) {
    return visible == nullptr || visible->contains(row >> kParagraphBits);
  };
  if (visible != nullptr && visible->paragraphs() == 0) return out;
  const ParagraphRowId first_row = database_.integer("select min(row) from paragraphs", 0);
  const ParagraphRowId last_row = database_.integer("select max(row) from paragraphs", 0);
  double rows = 0, mean_length = 1;
  if (visible != nullptr) {
    rows = static_cast<double>(visible->paragraphs());
    mean_length = kSightedMeanLength;
  }
  const auto take_totals = [&](std::string_view numbers) {
    if (visible != nullptr) return;
    rows = static_cast<double>(rank_number(numbers, 0));
    mean_length = rows > 0 ? static_cast<double>(rank_number(numbers, 1)) / rows : 1;
  };
  // How much a phrase tells. It is counted in the newest rows; where there are many, the rest is estimated
  // from how far back they reach.
  const auto weight_of = [&](std::size_t counted, ParagraphRowId oldest) {
    double frequency = static_cast<double>(counted);
    if (counted >= kFrequencySample) {
      const double reach =
          visible != nullptr
              ? static_cast<double>(visible->paragraphs_from(oldest >> kParagraphBits)) / rows
              : static_cast<double>(last_row - oldest + 1) / static_cast<double>(last_row - first_row + 1);
      frequency = std::min(rows, frequency / reach);
    }
    return std::log(1.0 + (rows - frequency + 0.5) / (frequency + 0.5));
  };
  const bool filtered = !filter.entities.empty() || !filter.places.empty() || !filter.themes.empty() ||
                        !filter.statement_types.empty() || !filter.statuses.empty() ||
                        !filter.kinds.empty() || !filter.documents.empty() || !filter.languages.empty() ||
                        !filter.issuers.empty() || !filter.date.from.empty() || !filter.date.to.empty();
  // One phrase and nothing else: the rows that are ranked are also those that tell how common it is.
  const bool one_phrase = !filtered && expression.scored.size() == 1 && expression.must_not.empty() &&
                          expression.phrase.size() == 1 && candidates_limit > kFrequencySample &&
                          (visible == nullptr || visible->paragraphs() > kTextsRead);
  std::vector<double> weights;
  if (one_phrase) {
    weights.push_back(1);  // the scores take the true one afterwards
  } else {
    bool found = visible != nullptr;
    state_->row_filter = {};
    for (const std::string& phrase : expression.scored) {
      if (found) break;
      Query totals = database_.query(
          "select mithaq_rank(paragraph_index) from paragraph_index where paragraph_index match ?1 limit 1",
          phrase);
      found = totals.step();
      if (found) take_totals(totals.blob(0));
    }
    if (!found) return out;  // what is found holds one of them
    for (const std::string& phrase : expression.scored) {
      std::size_t counted = 0;
      ParagraphRowId oldest = first_row;
      Query sample = database_.query(
          "select rowid from paragraph_index where paragraph_index match ?1 order by rowid desc limit ?2",
          phrase, visible == nullptr ? kFrequencySample : kMatchesHeld);
      while (counted < kFrequencySample && sample.step()) {
        if (!is_visible(sample.integer(0))) continue;
        ++counted;
        oldest = sample.integer(0);
      }
      weights.push_back(weight_of(counted, oldest));
    }
  }
  const auto part_of_score = [&](std::size_t scored, double count, double length) {
    return count == 0 ? 0.0
                      : weights[scored] * count * (kBm25K1 + 1) /
                            (count + kBm25K1 * (1 - kBm25B + kBm25B * length / std::max(mean_length, 1.0)));
  };
  const auto score = [&](std::string_view numbers) {
    double sum = 0;
    for (std::size_t at = 0; at < expression.phrase.size(); ++at) {
      if (expression.phrase[at] < 0) continue;
      sum += part_of_score(static_cast<std::size_t>(expression.phrase[at]),
                           static_cast<double>(rank_number(numbers, 3 + at)),
                           static_cast<double>(rank_number(numbers, 2)));
    }
    return sum;
  };

  // What is known of a filter before any row is looked at: the rows that mention an entity, if they are few,
  // and the sections of the documents.
  std::optional<std::vector<ParagraphRowId>> few;  // newest first
  std::vector<std::unique_ptr<MentionedRows>> mentioned;
  ParagraphRowId from_row = first_row, to_row = last_row;
  const auto keep_few = [&few](const auto& passes) {
    std::erase_if(*few, [&passes](ParagraphRowId row) { return !passes(row); });
  };
  for (const auto* names : {&filter.entities, &filter.places}) {
    if (names->empty()) continue;
    const std::vector<std::string> keys = state_->keys_of(*names);
    std::vector<ParagraphRowId> collected;
    auto reader = std::make_unique<MentionedRows>(database_, keys);
    for (; reader->current() && collected.size() <= kTextsRead; reader->advance()) {
      collected.push_back(*reader->current());
    }
    if (collected.empty()) return out;
    to_row = std::min(to_row, collected.front());
    if (collected.size() > kTextsRead) {
      mentioned.push_back(std::make_unique<MentionedRows>(database_, keys));
      ParagraphRowId oldest = last_row;
      for (const std::string& key : keys) {
        oldest = std::min(oldest,
                          database_.integer("select min(paragraph) from mentions where key=?1", oldest, key));
      }
      from_row = std::max(from_row, oldest);
    } else if (few) {
      keep_few([&collected](ParagraphRowId row) {
        return std::binary_search(collected.begin(), collected.end(), row, std::greater<>());
      });
    } else {
      few = std::move(collected);
    }
  }
  std::optional<SectionSet> sections;
  if (!filter.documents.empty() || !filter.languages.empty() || !filter.issuers.empty() ||
      !filter.date.from.empty() || !filter.date.to.empty()) {
    Conditions where;
    if (!filter.documents.empty()) where.add(where.in("d.id", filter.documents));
    if (!filter.languages.empty()) where.add(where.in("d.language", filter.languages));
    if (!filter.issuers.empty()) where.add(where.in("d.issuer", state_->keys_of(filter.issuers)));
    const std::string time = overlaps(where, filter.date, "d.date_from", "d.date_to");
    if (!time.empty()) where.add(time);
    const std::string sql =
        "select s.seq from @documents d join sections s on s.document=d.seq" + where.sql();
    std::vector<std::int64_t> found;
    SightedQuery section_rows = state_->tables.query_with(sql, where.values());
    while (section_rows.step()) found.push_back(section_rows.integer(0));
    if (found.empty()) return out;
    sections.emplace(std::move(found));
    const auto& list = sections->sections();
    from_row = std::max(from_row, paragraph_row_id(static_cast<Seq>(list.back()), 0));
    to_row = std::min(to_row, paragraph_row_id(static_cast<Seq>(list.front()) + 1, 0) - 1);
    if (!few && list.size() <= kTextsRead / 10) {
      std::vector<ParagraphRowId> inside;
      for (const std::int64_t section : list) {
        if (inside.size() > kTextsRead) break;
        Query of_section =
            database_.query("select row from paragraphs where row>=?1 and row<?2 order by row desc limit ?3",
                            section << kParagraphBits, (section + 1) << kParagraphBits, kTextsRead + 1);
        while (of_section.step()) inside.push_back(of_section.integer(0));
      }
      if (inside.size() <= kTextsRead) few = std::move(inside);
    } else if (few) {
      keep_few([&sections](ParagraphRowId row) { return sections->contains_row(row); });
    }
  }
  if (!few && visible != nullptr && visible->paragraphs() <= kTextsRead) {
    few.emplace();
    for (auto section = visible->list().rbegin(); section != visible->list().rend(); ++section) {
      Query of_section =
          database_.query("select row from paragraphs where row>=?1 and row<?2 order by row desc",
                          *section << kParagraphBits, (*section + 1) << kParagraphBits);
      while (of_section.step()) few->push_back(of_section.integer(0));
    }
    if (sections) keep_few([&sections](ParagraphRowId row) { return sections->contains_row(row); });
  }
  if (few) {
    if (visible != nullptr) keep_few(is_visible);
    for (const auto& each : mentioned) keep_few([&each](ParagraphRowId row) { return each->contains(row); });
  }

  // What only a row tells.
  Conditions probe;
  const std::string row_place = probe.argument(std::int64_t{0});
  if (!filter.themes.empty()) {
    probe.add(
        "exists (select 1 from statements t join statement_themes y on "
        "y.statement=t.seq where t.paragraph=" +
        row_place + " and t.review<>'rejected' and " + probe.in("y.theme", filter.themes) + ")");
  }
  if (!filter.statement_types.empty() || !filter.statuses.empty()) {
    std::string text =
        "exists (select 1 from statements t where t.paragraph=" + row_place + " and t.review<>'rejected'";
    if (!filter.statement_types.empty()) text += " and " + probe.in_names("t.type", filter.statement_types);
    if (!filter.statuses.empty()) text += " and " + probe.in_names("t.status", filter.statuses);
    probe.add(text + ")");
  }
  if (!filter.kinds.empty()) {
    probe.add("exists (select 1 from paragraphs p where p.row=" + row_place + " and " +
              probe.in_names("p.kind", filter.kinds) + ")");
  }
  const std::string probe_sql = "select 1" + probe.sql();
  std::vector<Value> probe_values(probe.values().begin(), probe.values().end());
  std::size_t probed = 0;
  const auto passes = [&](ParagraphRowId row) {
    if (probe.sql().empty()) return true;
    ++probed;
    probe_values[0] = row;
    return database_.query_with(probe_sql, probe_values).step();
  };

  if (few) {
    ReadText text;
    std::vector<std::int64_t> counts, ignored;
    for (const ParagraphRowId row : *few) {
      Query query = database_.query("select text from paragraphs where row=?1", row);
      if (!query.step()) continue;
      text.read(*analyzer_, query.text(0));
      counts.clear();
      bool matches = true, one = expression.may.empty() || !expression.must.empty();
      for (const Group& group : expression.must) matches = text.count(group, counts) && matches;
      for (const Group& group : expression.may) one = text.count(group, counts) || one;
      for (const Group& group : expression.must_not) matches = matches && !text.count(group, ignored);
      if (!matches || !one || !passes(row)) continue;
      double sum = 0;
      for (std::size_t at = 0; at < counts.size() && at < weights.size(); ++at) {
        sum += part_of_score(at, static_cast<double>(counts[at]), static_cast<double>(text.list.size()));
      }
      out.hits.push_back({.row = row, .score = sum});
      ++out.matched;
    }
  } else {
    RowFilter& row_filter = state_->row_filter;
    row_filter = {};
    struct Reset {
      RowFilter& filter;
      ~Reset() { filter = {}; }
    } reset{row_filter};
    const bool held = !mentioned.empty() || sections.has_value() || visible != nullptr;
    if (held) {
      row_filter.lets_through = [&](std::int64_t row) {
        if (!is_visible(row)) return false;
        if (sections && !sections->contains_row(row)) return false;
        return std::all_of(mentioned.begin(), mentioned.end(),
                           [row](const auto& each) { return each->contains(row); });
      };
    }
    // A phrase costs several times as much per match as a word.
    const auto holds_phrase = [](const Group& group) {
      return std::any_of(group.phrases.begin(), group.phrases.end(),
                         [](const Phrase& phrase) { return phrase.words.size() > 1; });
    };
    if (std::any_of(expression.must.begin(), expression.must.end(), holds_phrase) ||
        std::any_of(expression.may.begin(), expression.may.end(), holds_phrase)) {
      candidates_limit = std::min(candidates_limit, kPhrasesRanked);
    }
    // One more than is looked at tells whether there are more.
    const std::size_t most = held                   ? kMatchesHeld
                             : !probe.sql().empty() ? std::max(kRowsProbed, candidates_limit)
                                                    : candidates_limit;
    std::size_t seen = 0;
    ParagraphRowId sampled_to = first_row;
    const auto rank = [&] {
      Query matches = database_.query(
          "select rowid, mithaq_rank(paragraph_index) from paragraph_index where paragraph_index match ?1 "
          "and "
          "rowid>=?2 and rowid<=?3 order by rowid desc limit ?4",
          expression.text, from_row, to_row, signed_limit(most + 1));
      while (matches.step()) {
        if (++seen > most || out.matched >= candidates_limit || probed >= kRowsProbed) {
          out.truncated = true;
          break;
        }
        if (matches.is_null(1) || !passes(matches.integer(0))) continue;
        if (one_phrase && out.matched == 0) take_totals(matches.blob(1));
        out.hits.push_back({.row = matches.integer(0), .score = score(matches.blob(1))});
        if (++out.matched == kFrequencySample) sampled_to = matches.integer(0);
      }
    };
    try {
      rank();
    } catch (const Error&) {
      if (row_filter.failure) std::rethrow_exception(row_filter.failure);
      throw;
    }
    if (one_phrase) {
      const double weight =
          weight_of(std::min(out.matched, static_cast<std::size_t>(kFrequencySample)), sampled_to);
      for (ParagraphHit& hit : out.hits) hit.score *= weight;
    }
  }
  for (const auto& each : mentioned) out.truncated = out.truncated || each->cut();
  const std::size_t wanted = std::min(limit, out.hits.size());
  std::partial_sort(out.hits.begin(), out.hits.begin() + static_cast<std::ptrdiff_t>(wanted), out.hits.end(),
                    [](const ParagraphHit& left, const ParagraphHit& right) {
                      return left.score != right.score ? left.score > right.score : left.row > right.row;
                    });
  out.hits.resize(wanted);
  return out;
}

Statistics View::statistics() const {
  const auto count = [this](std::string_view sql) {
    return static_cast<std::size_t>(state_->tables.integer(sql, 0));
  };
  // Who sees everything has the rows counted without looking at them; else they are found section by section.
  const bool all = state_->tables.sees_everything();
  return {.documents = count("select count(*) from @documents d"),
          .paragraphs = count("select coalesce(sum(paragraphs),0) from @sections s"),
          .statements = count(all ? "select count(*) from statements"
                                  : "select count(*) from @sections s join statements t on "
                                    "t.paragraph>=(s.seq<<22) and t.paragraph<((s.seq+1)<<22)"),
          .mentions = count(all ? "select count(*) from mentions where part=0"
                                : "select count(*) from @sections s join mentions m on "
                                  "m.paragraph>=(s.seq<<22) and m.paragraph<((s.seq+1)<<22) and m.part=0"),
          .doubts = count("select count(*) from @doubts o"),
          .edits = count("select count(*) from @edits e"),
          .reviews = count("select count(*) from @reviews r")};
}

}  // namespace mithaq::record
