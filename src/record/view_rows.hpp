// What rows of the view follow from one entry: plain values in, rows out, no database.
//
// The writer of the view puts them into its tables (view_writer.hpp), verify holds their hashes against the
// tables (verify.cpp), so that both mean the same rows.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "record/database.hpp"
#include "record/entry.hpp"
#include "record/revised_section.hpp"
#include "record/view.hpp"

namespace mithaq::record {

// A paragraph's row: its section's entry and its place there.
constexpr unsigned kParagraphBits = 22;
inline ParagraphRowId paragraph_row_id(Seq section_entry, std::size_t ordinal) {
  return static_cast<ParagraphRowId>(section_entry << kParagraphBits | ordinal);
}

// How an entity is looked up: by its id, or by its folded name after "name:" if nobody has listed it.
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

// The value of an enumeration by its name in a row; `last` is its last value.
template <typename Enum>
Enum enum_named(std::string_view name, Enum last) {
  for (int value = 0; value <= static_cast<int>(last); ++value) {
    if (name_of(static_cast<Enum>(value)) == name) return static_cast<Enum>(value);
  }
  throw Error(ErrorKind::corrupt,
              "the view holds an unknown word: " + std::string(name) + "; run mithaq verify");
}

// The tables, in the order of kViewTables (schema.hpp).
enum class TableId {
  documents,
  sections,
  paragraphs,
  mentions,
  doubts,
  edits,
  statements,
  statement_parties,
  statement_themes,
  statement_places,
  reviews,
  merges,
  acts,
  erasures,
  handlings,
  revisions,
};
constexpr std::size_t kTableCount = 16;

// Takes rows, column by column in the order of their table. Texts are valid during the call.
class RowTaker {
 public:
  virtual ~RowTaker() = default;
  virtual void take(TableId table, std::span<const Cell> row) = 0;
};

// The reviews that stand: those that were not taken back, in order.
struct TimedReview {
  Seq seq = 0;
  std::string time{};
  ReviewBody body{};
};
std::vector<TimedReview> standing(std::vector<TimedReview> reviews);
// Holds a withdrawal against the reviews of its statement: only one's own last word can be taken back.
//   throws  Error{invalid_input}
void require_own_last_review(const ReviewBody& review, std::vector<TimedReview> reviews);

// What the last review of a statement left.
struct ReviewMark {
  ReviewState state = ReviewState::proposed;
  std::string by{};
  std::string time{};
};
// Lays a review over what the machine proposed.
//   time  of the review's entry
void apply_review(const ReviewBody& review, std::string_view time, document::Statement& statement,
                  ReviewMark& mark);

//   handling  as it is now: the document's own, or what the last handling entry says
void give_rows(Seq seq, std::string_view time, const DocumentBody& body, const document::Handling& handling,
               RowTaker& to);
//   document  the entry of its document
void give_rows(Seq seq, Seq document, std::string_view time, const HandlingBody& body, RowTaker& to);
//   document  the entry of its document
//   throws    Error{invalid_input} if a finding stands outside the text
//   body      as it now reads
void give_rows(Seq seq, Seq document, const SectionBody& body, const SectionDecisions& decisions,
               RowTaker& to);
//   section  the entry of its section
void give_rows(Seq seq, Seq section, std::string_view time, const RevisionBody& body, RowTaker& to);
//   document, section  the entries that it hangs on
void give_rows(Seq seq, Seq document, Seq section, const StatementBody& body, const ReviewMark& mark,
               RowTaker& to);
void give_rows(Seq seq, std::string_view time, const ReviewBody& body, RowTaker& to);
void give_rows(Seq seq, std::string_view time, const MergeBody& body, RowTaker& to);
void give_rows(Seq seq, std::string_view time, const UnmergeBody& body, RowTaker& to);
void give_rows(Seq seq, std::string_view time, const ErasureBody& body, RowTaker& to);
void give_rows(Seq seq, std::string_view time, const ActBody& body, RowTaker& to);

}  // namespace mithaq::record
