#include "record/view_writer.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "record/merges.hpp"
#include "record/schema.hpp"

namespace mithaq::record {

static_assert(kTableCount == kViewTables.size());

ViewWriter::ViewWriter(Database& database, std::string schema, TextIndex* index)
    : database_(database), schema_(std::move(schema)), index_(index) {}

const std::string& ViewWriter::sql(const char* text) {
  const auto found = sql_.find(text);
  if (found != sql_.end()) return found->second;
  std::string made;
  for (const char* at = text; *at != '\0'; ++at) {
    if (*at == '@') {
      made += schema_ + ".";
    } else {
      made += *at;
    }
  }
  return sql_.emplace(text, std::move(made)).first->second;
}

void ViewWriter::create_tables() {
  std::string script;
  for (const ViewTable& table : kViewTables) {
    script.append("create table ").append(schema_).append(".").append(table.name);
    script.append("(").append(table.columns).append(")").append(table.tail).append(";\n");
  }
  if (schema_ == "main") script += kViewIndexes;  // folding looks rows up by their keys alone
  database_.create(script);
  if (index_ != nullptr) index_->create();
}

void ViewWriter::drop_tables() {
  for (auto& inserter : inserters_) inserter.reset();
  if (index_ != nullptr) index_->drop();
  std::string script;
  for (const ViewTable& table : kViewTables) {
    script.append("drop table if exists ").append(schema_).append(".").append(table.name).append(";\n");
  }
  database_.script(script);
}

void ViewWriter::finish() {
  if (index_ != nullptr) index_->finish();
}

void ViewWriter::forget_section() {
  last_document_.clear();
  last_found_.reset();
  revised_of_.reset();
  revised_.reset();
}

void ViewWriter::forget() {
  forget_section();
  if (index_ != nullptr) index_->forget();
}

void ViewWriter::fold(Seq seq, std::string_view time, const Body& body) {
  std::visit([&](const auto& each) { fold_body(seq, time, each); }, body);
}

std::optional<Seq> ViewWriter::find_document(const std::string& id) {
  const std::int64_t seq = database_.integer(sql("select seq from @documents where id=?1"), -1, id);
  return seq < 0 ? std::nullopt : std::optional<Seq>(static_cast<Seq>(seq));
}

std::optional<ViewWriter::Section> ViewWriter::find_section(const std::string& document,
                                                            std::size_t section) {
  if (last_found_ && last_section_ == section && last_document_ == document) return last_found_;
  Query query = database_.query(
      sql("select s.document, s.seq, s.paragraphs, exists (select 1 from @revisions r where r.section=s.seq) "
          "from @sections s join @documents d on d.seq=s.document "
          "where d.id=?1 and s.section=?2"),
      document, section);
  if (!query.step()) return std::nullopt;
  last_document_ = document;
  last_section_ = section;
  last_found_ = Section{.document = static_cast<Seq>(query.integer(0)),
                        .section = static_cast<Seq>(query.integer(1)),
                        .paragraphs = static_cast<std::size_t>(query.integer(2)),
                        .revised = query.integer(3) != 0};
  return last_found_;
}

void ViewWriter::take(TableId table, std::span<const Cell> row) {
  const auto at = static_cast<std::size_t>(table);
  if (!inserters_[at]) {
    inserters_[at].emplace(database_, schema_ + "." + std::string(kViewTables[at].name), row.size());
  }
  inserters_[at]->add(row);
  if (table == TableId::paragraphs && index_ != nullptr) index_->add(row[0].number, row[7].text);
}

void ViewWriter::fold_body(Seq seq, std::string_view time, const DocumentBody& body) {
  give_rows(seq, time, body, body.metadata.handling, *this);
}

void ViewWriter::fold_body(Seq seq, std::string_view time, const HandlingBody& body) {
  const auto document = find_document(body.document);
  if (!document) {
    throw Error(ErrorKind::invalid_input,
                "the handling of a document that is not in the record: " + body.document);
  }
  give_rows(seq, *document, time, body, *this);
  rewrite_handling(*document);
}

void ViewWriter::rewrite_handling(Seq document) {
  std::string handling;
  {
    Query last = database_.query(
        sql("select handling from @handlings where document=?1 order by seq desc limit 1"), document);
    if (last.step()) handling = last.text(0);
  }
  if (handling.empty()) {
    Query own = database_.query("select body from main.bodies where seq=?1", document);
    expect(own.step(), "a document in the view has its body");
    handling = to_canonical_json(
        std::get<DocumentBody>(body_from_json(EntryKind::document, own.text(0))).metadata.handling);
  }
  database_.run(sql("update @documents set handling=?2 where seq=?1"), document, handling);
}

void ViewWriter::fold_body(Seq seq, std::string_view, const SectionBody& body) {
  const auto document = find_document(body.content.id);
  if (!document) {
    throw Error(ErrorKind::invalid_input,
                "a section of a document that is not in the record: " + body.content.id);
  }
  give_rows(seq, *document, body, {}, *this);
}

void ViewWriter::fold_body(Seq seq, std::string_view time, const RevisionBody& body) {
  const auto found = find_section(body.document, body.section);
  if (!found) {
    throw Error(ErrorKind::invalid_input,
                "a revision of a section that is not in the record: " + body.document);
  }
  give_rows(seq, found->section, time, body, *this);
  forget_section();
  rewrite_section(found->document, found->section);
}

SectionDecisions ViewWriter::decisions_of(Seq section) {
  SectionDecisions decisions;
  Query rows = database_.query(
      sql("select action, target, reading, person, time from @revisions where section=?1 order by seq"),
      section);
  while (rows.step()) {
    RevisionBody revision{.action = enum_named(rows.text(0), RevisionAction::choose_reading),
                          .target = static_cast<std::size_t>(rows.integer(1)),
                          .by = std::string(rows.text(3))};
    if (!rows.is_null(2)) revision.reading = static_cast<std::size_t>(rows.integer(2));
    decisions.add(revision, rows.text(4));
  }
  return decisions;
}

const RevisedSection& ViewWriter::revised(Seq section) {
  if (revised_of_ != section) {
    Query query = database_.query("select body from main.bodies where seq=?1", section);
    expect(query.step(), "a section in the view has its body");
    revised_ = std::make_unique<RevisedSection>(
        std::get<SectionBody>(body_from_json(EntryKind::section, query.text(0))), decisions_of(section));
    revised_of_ = section;
  }
  return *revised_;
}

void ViewWriter::rewrite_section(Seq document, Seq section) {
  std::vector<Seq> statements;
  {
    Query rows = database_.query(sql("select seq from @statements where paragraph>=?1 and paragraph<?2"),
                                 paragraph_row_id(section, 0), paragraph_row_id(section + 1, 0));
    while (rows.step()) statements.push_back(static_cast<Seq>(rows.integer(0)));
  }
  std::sort(statements.begin(), statements.end());
  remove_section(section);
  const RevisedSection& now = revised(section);
  give_rows(section, document, now.body(), now.decisions(), *this);
  for (const Seq statement : statements) rewrite_statement(statement);
}

void ViewWriter::fold_body(Seq seq, std::string_view, const StatementBody& body) {
  const auto found = find_section(body.document, body.section);
  if (!found) {
    throw Error(ErrorKind::invalid_input,
                "a statement of a section that is not in the record: " + body.document);
  }
  if (found->revised) {
    StatementBody placed = body;
    revised(found->section).place(placed);
    give_rows(seq, found->document, found->section, placed, {}, *this);
    return;
  }
  if (body.statement.evidence.paragraph >= found->paragraphs) {
    throw Error(ErrorKind::invalid_input, "a statement stands outside the paragraphs of " + body.document);
  }
  give_rows(seq, found->document, found->section, body, {}, *this);
}

void ViewWriter::fold_body(Seq seq, std::string_view time, const ReviewBody& body) {
  if (database_.integer(sql("select 1 from @statements where seq=?1"), 0, body.statement) == 0) {
    throw Error(ErrorKind::invalid_input,
                "there is no statement " + std::to_string(body.statement) + " to review");
  }
  give_rows(seq, time, body, *this);
  rewrite_statement(body.statement);
}

void ViewWriter::rewrite_statement(Seq seq) {
  const auto body_at = [this](Seq at, EntryKind kind) {
    Query query = database_.query("select body from main.bodies where seq=?1", at);
    expect(query.step(), "a statement or review in the view has its body");
    return body_from_json(kind, query.text(0));
  };
  StatementBody body = std::get<StatementBody>(body_at(seq, EntryKind::statement));
  const auto found = find_section(body.document, body.section);
  expect(found.has_value(), "a statement in the view has its section");
  if (found->revised) revised(found->section).place(body);
  ReviewMark mark;
  for (const TimedReview& review : standing(reviews_of(seq))) {
    apply_review(review.body, review.time, body.statement, mark);
  }
  remove_statement(seq);
  give_rows(seq, found->document, found->section, body, mark, *this);
}

std::vector<TimedReview> ViewWriter::reviews_of(Seq statement) {
  std::vector<TimedReview> reviews;
  Query rows = database_.query(sql("select r.seq, r.time, b.body from @reviews r join main.bodies b on "
                                   "b.seq=r.seq where r.statement=?1 "
                                   "order by r.seq"),
                               statement);
  while (rows.step()) {
    reviews.push_back({.seq = static_cast<Seq>(rows.integer(0)),
                       .time = std::string(rows.text(1)),
                       .body = std::get<ReviewBody>(body_from_json(EntryKind::review, rows.text(2)))});
  }
  return reviews;
}

void ViewWriter::require_possible(const Body& body) {
  if (const auto* review = std::get_if<ReviewBody>(&body))
    require_own_last_review(*review, reviews_of(review->statement));
  if (const auto* revision = std::get_if<RevisionBody>(&body)) {
    const auto found = find_section(revision->document, revision->section);
    if (found) {
      Query query = database_.query("select body from main.bodies where seq=?1", found->section);
      expect(query.step(), "a section in the view has its body");
      record::require_possible(
          *revision, std::get<SectionBody>(body_from_json(EntryKind::section, query.text(0))).content,
          decisions_of(found->section));
    }
  }
  if (const auto* merge = std::get_if<MergeBody>(&body)) {
    const Merges merges = Merges::read(database_, schema_);
    if (merge->entity.empty() || merge->into.empty()) {
      throw Error(ErrorKind::invalid_input, "a merge names two entities");
    }
    if (merges.is_merged(merge->entity)) {
      throw Error(ErrorKind::conflict, merge->entity + " was merged already: undo that first");
    }
    if (merges.resolve(merge->into) == merge->entity) {
      throw Error(ErrorKind::conflict, merge->entity + " and " + merge->into + " read as one already");
    }
  }
  if (const auto* unmerge = std::get_if<UnmergeBody>(&body)) {
    if (!Merges::read(database_, schema_).is_merged(unmerge->entity)) {
      throw Error(ErrorKind::invalid_input, unmerge->entity + " is not merged into anything");
    }
  }
}

void ViewWriter::remove_statement(Seq seq) {
  database_.run(sql("delete from @statements where seq=?1"), seq);
  database_.run(sql("delete from @statement_parties where statement=?1"), seq);
  database_.run(sql("delete from @statement_themes where statement=?1"), seq);
  database_.run(sql("delete from @statement_places where statement=?1"), seq);
}

void ViewWriter::remove_section(Seq seq) {
  const ParagraphRowId first = paragraph_row_id(seq, 0), end = paragraph_row_id(seq + 1, 0);
  if (index_ != nullptr) index_->remove(first, end);
  database_.run(sql("delete from @paragraphs where row>=?1 and row<?2"), first, end);
  database_.run(sql("delete from @mentions where paragraph>=?1 and paragraph<?2"), first, end);
  database_.run(sql("delete from @doubts where section=?1"), seq);
  database_.run(sql("delete from @edits where section=?1"), seq);
  database_.run(sql("delete from @sections where seq=?1"), seq);
}

void ViewWriter::fold_body(Seq seq, std::string_view time, const ErasureBody& body) {
  give_rows(seq, time, body, *this);
  forget_section();
  std::set<Seq> reviewed;  // statements that lost a review
  std::set<Seq> revised;   // sections that lost a revision
  for (const Seq each : body.entries) {
    const std::int64_t section =
        database_.integer(sql("select section from @revisions where seq=?1"), -1, each);
    if (section >= 0) revised.insert(static_cast<Seq>(section));
    database_.run(sql("delete from @revisions where seq=?1"), each);
    const std::int64_t statement =
        database_.integer(sql("select statement from @reviews where seq=?1"), -1, each);
    if (statement >= 0) reviewed.insert(static_cast<Seq>(statement));
    database_.run(sql("delete from @reviews where seq=?1"), each);
    if (database_.integer(sql("select 1 from @sections where seq=?1"), 0, each) != 0) remove_section(each);
    if (database_.integer(sql("select 1 from @statements where seq=?1"), 0, each) != 0)
      remove_statement(each);
    database_.run(sql("delete from @handlings where seq=?1"), each);
    database_.run(sql("delete from @documents where seq=?1"), each);
    database_.run(sql("delete from @merges where seq=?1"), each);
    database_.run(sql("delete from @acts where seq=?1"), each);
  }
  for (const Seq section : revised) {
    const std::int64_t document =
        database_.integer(sql("select document from @sections where seq=?1"), -1, section);
    if (document >= 0) rewrite_section(static_cast<Seq>(document), section);
  }
  // What a review had changed is undone: the statement is folded again with the reviews that are left.
  for (const Seq statement : reviewed) {
    if (database_.integer(sql("select 1 from @statements where seq=?1"), 0, statement) == 0) continue;
    rewrite_statement(statement);
  }
}

}  // namespace mithaq::record
