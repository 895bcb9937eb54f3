#include "record/view_state.hpp"

namespace mithaq::record {

View::View(Database& database, std::shared_ptr<const Analyzer> analyzer, TextIndex& index)
    : database_(database), analyzer_(std::move(analyzer)), state_(new State(database, index)) {}
View::~View() = default;

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

std::vector<ActRow> View::acts(const std::string& type_begins) const {
  std::vector<ActRow> out;
  // Types are ASCII: all that begin so lie before the beginning with its last letter raised.
  std::string end = type_begins;
  expect(!end.empty() && end.back() < '\x7E', "the beginning of a type");
  ++end.back();
  Query rows = database_.query("select seq, type, time from acts where type>=?1 and type<?2 order by seq",
                               type_begins, end);
  while (rows.step())
    out.push_back({.seq = static_cast<Seq>(rows.integer(0)),
                   .type = std::string(rows.text(1)),
                   .time = std::string(rows.text(2))});
  return out;
}

std::vector<std::string> View::bringers() const {
  std::vector<std::string> out;
  Query rows =
      database_.query("select distinct brought_by from documents where brought_by<>'' order by brought_by");
  while (rows.step()) out.emplace_back(rows.text(0));
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
