// The streaming side of the view: facts.hpp.
#include "record/facts.hpp"

#include <algorithm>

#include "record/database.hpp"
#include "record/merges.hpp"
#include "record/view.hpp"
#include "record/view_rows.hpp"

namespace mithaq::record {

namespace {

// A query whose rows belong to statements, in the order of the statements: gives those of one after another.
class RowsOfStatements {
 public:
  RowsOfStatements(Database& database, std::string_view sql, Seq first, Seq last)
      : query_(database.query(sql, first, last)) {
    there_ = query_.step();
  }
  template <typename Take>
  void of(Seq statement, const Take& take) {
    for (; there_ && static_cast<Seq>(query_.integer(0)) <= statement; there_ = query_.step()) {
      if (static_cast<Seq>(query_.integer(0)) == statement) take(query_);
    }
  }

 private:
  Query query_;
  bool there_ = false;
};

std::optional<std::int64_t> day_at(const Query& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.integer(column);
}

}  // namespace

void View::each_statement_fact(Seq first, Seq last,
                               const std::function<void(const StatementFact&)>& take) const {
  Query rows = database_.query(
      "select seq, document, paragraph, range_begin, type, modality, status, confidence, review, negated, "
      "instrument, time_from, time_to from statements where seq>=?1 and "
      "seq<=?2 order by seq",
      first, last);
  RowsOfStatements parties(
      database_,
      "select statement, role, found_by, key, name from statement_parties where statement>=?1 and "
      "statement<=?2 order by statement, ordinal",
      first, last);
  RowsOfStatements themes(database_,
                          "select statement, theme from statement_themes where statement>=?1 and "
                          "statement<=?2 order by statement, ordinal",
                          first, last);
  RowsOfStatements places(database_,
                          "select statement, key, name from statement_places where statement>=?1 and "
                          "statement<=?2 order by statement, ordinal",
                          first, last);
  RowsOfStatements nearby(
      database_,
      "select t.seq, m.key from statements t join mentions m on m.paragraph=t.paragraph where t.seq>=?1 and "
      "t.seq<=?2 and m.type in ('state','place') and not exists (select 1 from statement_places y where "
      "y.statement=t.seq) order by t.seq",
      first, last);
  RowsOfStatements reviews(database_,
                           "select statement, reviewer, action from reviews where statement>=?1 and "
                           "statement<=?2 order by statement, seq",
                           first, last);
  StatementFact fact;
  while (rows.step()) {
    fact.seq = static_cast<Seq>(rows.integer(0));
    fact.document = static_cast<Seq>(rows.integer(1));
    fact.paragraph = rows.integer(2);
    fact.range_begin = static_cast<std::uint32_t>(rows.integer(3));
    fact.type = enum_named(rows.text(4), document::StatementType::incident);
    fact.modality = enum_named(rows.text(5), document::Modality::called_for);
    fact.status = enum_named(rows.text(6), document::CommitmentStatus::under_discussion);
    fact.confidence = enum_named(rows.text(7), document::Confidence::c);
    fact.review = enum_named(rows.text(8), ReviewState::rejected);
    fact.negated = rows.integer(9) != 0;
    fact.instrument = rows.text(10);
    fact.from = day_at(rows, 11);
    fact.to = day_at(rows, 12);
    fact.parties.clear();
    parties.of(fact.seq, [&fact](const Query& row) {
      fact.parties.push_back({.role = enum_named(row.text(1), document::PartyRole::subject),
                              .found_by = enum_named(row.text(2), document::FoundBy::context),
                              .key = std::string(row.text(3)),
                              .name = std::string(row.text(4))});
    });
    fact.themes.clear();
    themes.of(fact.seq, [&fact](const Query& row) { fact.themes.emplace_back(row.text(1)); });
    fact.places.clear();
    places.of(fact.seq, [&fact](const Query& row) {
      fact.places.push_back({std::string(row.text(1)), std::string(row.text(2))});
    });
    fact.nearby.clear();
    nearby.of(fact.seq, [&fact](const Query& row) { fact.nearby.emplace_back(row.text(1)); });
    fact.reviews.clear();
    reviews.of(fact.seq, [&fact](const Query& row) {
      const auto action = enum_named(row.text(2), ReviewAction::withdraw);
      fact.reviews.push_back(
          {.by = std::string(row.text(1)), .action = action, .decided = action != ReviewAction::withdraw});
    });
    take(fact);
  }
}

std::vector<DocumentFact> View::document_facts(Seq first) const {
  std::vector<DocumentFact> out;
  Query rows = database_.query(
      "select seq, language, handling, date_from, date_to, brought_by from documents where seq>=?1 order by "
      "seq",
      first);
  while (rows.step()) {
    out.push_back({.seq = static_cast<Seq>(rows.integer(0)),
                   .language = std::string(rows.text(1)),
                   .handling = std::string(rows.text(2)),
                   .from = day_at(rows, 3),
                   .to = day_at(rows, 4),
                   .brought_by = std::string(rows.text(5))});
  }
  return out;
}

namespace {

// Sections are few beside what they hold: each is counted in its own range of keys.
constexpr std::string_view kSectionFacts =
    "select s.seq, s.document, s.paragraphs, (select count(*) from mentions m where m.paragraph>=(s.seq<<22) "
    "and "
    "m.paragraph<((s.seq+1)<<22) and m.part=0), (select count(*) from doubts o where o.section=s.seq), "
    "(select "
    "count(*) from edits e where e.section=s.seq) from sections s where ";

SectionFact section_of(const Query& row) {
  const auto number = [&row](int column) { return static_cast<std::uint32_t>(row.integer(column)); };
  return {.seq = static_cast<Seq>(row.integer(0)),
          .document = static_cast<Seq>(row.integer(1)),
          .paragraphs = number(2),
          .mentions = number(3),
          .doubts = number(4),
          .edits = number(5)};
}

}  // namespace

std::vector<SectionFact> View::section_facts(Seq first) const {
  static const std::string sql = std::string(kSectionFacts) + "s.seq>=?1 order by s.seq";
  std::vector<SectionFact> out;
  Query rows = database_.query(sql, first);
  while (rows.step()) out.push_back(section_of(rows));
  return out;
}

std::vector<SectionFact> View::section_facts_of(Seq document) const {
  static const std::string sql = std::string(kSectionFacts) + "s.document=?1 order by s.seq";
  std::vector<SectionFact> out;
  Query rows = database_.query(sql, document);
  while (rows.step()) out.push_back(section_of(rows));
  return out;
}

LogMark View::log_mark() const {
  LogMark out;
  out.size = static_cast<Seq>(database_.integer("select max(seq)+1 from log", 0));
  Query first = database_.query("select header from log where seq=0");
  if (first.step()) out.first = first.text(0);
  return out;
}

FactChanges View::fact_changes(Seq since) const {
  FactChanges out;
  out.size = static_cast<Seq>(database_.integer("select max(seq)+1 from log", 0));
  if (out.size == since) return out;
  Query reviewed =
      database_.query("select distinct statement from reviews where seq>=?1 order by statement", since);
  while (reviewed.step()) out.reviewed.push_back(static_cast<Seq>(reviewed.integer(0)));
  Query revised =
      database_.query("select distinct section from revisions where seq>=?1 order by section", since);
  while (revised.step()) out.revised.push_back(static_cast<Seq>(revised.integer(0)));
  for (const Seq section : out.revised) {
    Query statements = database_.query("select seq from statements where paragraph>=?1 and paragraph<?2",
                                       paragraph_row_id(section, 0), paragraph_row_id(section + 1, 0));
    while (statements.step()) out.reviewed.push_back(static_cast<Seq>(statements.integer(0)));
  }
  if (!out.revised.empty()) {
    std::sort(out.reviewed.begin(), out.reviewed.end());
    out.reviewed.erase(std::unique(out.reviewed.begin(), out.reviewed.end()), out.reviewed.end());
  }
  out.documents_changed = database_.integer("select 1 from handlings where seq>=?1 limit 1", 0, since) != 0;
  out.merges = database_.integer("select 1 from merges where seq>=?1 limit 1", 0, since) != 0;
  out.erased = database_.integer("select 1 from erasures where seq>=?1 limit 1", 0, since) != 0;
  return out;
}

std::vector<std::pair<std::string, std::string>> View::merged() const {
  std::vector<std::pair<std::string, std::string>> out;
  const Merges merges = Merges::read(database_, "main");
  for (const auto& [entity, into] : merges.all()) out.emplace_back(entity, merges.resolve(entity));
  return out;
}

}  // namespace mithaq::record
