// Folds entries into the tables of the view.
//
// The same entries in the same order give the same rows, whether they are folded as they are appended or all
// again. After an erasure the tables are as if the erased entries had never been folded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "record/database.hpp"
#include "record/entry.hpp"
#include "record/view.hpp"

namespace mithaq::record {

// A paragraph's row: its section's entry and its place there.
constexpr unsigned kParagraphBits = 22;
inline ParagraphRowId paragraph_row_id(Seq section_entry, std::size_t ordinal) {
  return static_cast<ParagraphRowId>(section_entry << kParagraphBits | ordinal);
}

// How an entity is looked up: by its id, or by its folded name if nobody has listed it.
std::string entity_key(const std::string& entity, const std::string& name);

// The days that an EDTF value may cover, counted from 1970-01-01; nothing if it is empty or no date.
struct DayBounds {
  std::int64_t from;
  std::int64_t to;
};
std::optional<DayBounds> day_bounds(const std::string& edtf);

// Spans as "[[0,5],[9,12]]".
std::string spans_to_json(const std::vector<document::Span>& spans);
std::vector<document::Span> spans_from_json(std::string_view json);

class ViewWriter {
 public:
  // Writes to the tables of one schema: "main", or "temp" for a second folding beside it.
  //   with_text_index  also the full-text index, which only "main" has
  ViewWriter(Database& database, std::string schema, bool with_text_index);

  void create_tables();
  void drop_tables();

  // Holds a new entry against the merges so far. Folding itself does not: after an erasure an un-merge may
  // stand without its merge.
  //   throws  Error{conflict} if a merge would make a circle, Error{invalid_input} if there is nothing to
  //   undo
  void require_possible(const Body& body);
  // Folds one entry.
  //   throws  Error{invalid_input} if it refers to an entry that is not there
  void fold(Seq seq, std::string_view time, const Body& body);
  // Forgets what was looked up before: a transaction was rolled back, or another program has written.
  void forget();

  // The entry of a document or of a section, if it is in the view.
  std::optional<Seq> find_document(const std::string& id);
  std::optional<Seq> find_section(const std::string& document, std::size_t section);

 private:
  void fold_body(Seq seq, std::string_view time, const DocumentBody& body);
  void fold_body(Seq seq, std::string_view time, const SectionBody& body);
  void fold_body(Seq seq, std::string_view time, const StatementBody& body);
  void fold_body(Seq seq, std::string_view time, const ReviewBody& body);
  void fold_body(Seq seq, std::string_view time, const MergeBody& body);
  void fold_body(Seq seq, std::string_view time, const UnmergeBody& body);
  void fold_body(Seq seq, std::string_view time, const ErasureBody& body);
  void fold_body(Seq seq, std::string_view time, const ActBody& body);

  void insert_parties(Seq statement, const std::vector<document::Party>& parties);
  void insert_themes(Seq statement, const std::vector<std::string>& themes);
  void insert_places(Seq statement, const std::vector<std::string>& places,
                     const std::vector<std::string>& names);
  void apply_review(Seq seq, std::string_view time, const ReviewBody& body);
  void remove_statement(Seq seq);
  void remove_section(Seq seq);
  // The SQL with "@" replaced by the schema; kept, since it is asked for row by row.
  const std::string& sql(const char* text);

  Database& database_;
  std::string schema_;
  bool with_text_index_;
  std::unordered_map<const char*, std::string> sql_{};
  // The section that was looked up last: statements come section by section.
  std::string last_document_{};
  std::size_t last_section_ = 0;
  Seq last_document_entry_ = 0;
  std::optional<Seq> last_section_entry_{};
};

}  // namespace mithaq::record
