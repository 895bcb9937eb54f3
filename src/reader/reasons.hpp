// Why the reader changed something in a text, or doubts it: every sentence that it gives to people.
//
// They are written here in one place so that each can be held against data/messages.tsv, which says it in
// Arabic and Russian.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace mithaq::reader {

enum class Why {
  // Lines
  words_apart,
  words_backwards,
  letters_backwards,
  stranded_mark,
  latin_first,
  foreign_letters_known,
  foreign_letters,
  shaped_letters,
  // Paragraphs
  running_header,
  page_break,
  repeated_paragraph,
  before_the_next_number,
  between_columns,
  only_half,
  out_of_order,
  no_continuation,
  may_continue,
  paragraph_missing,
  paragraphs_missing,
  number_unused,
  // Words
  repeated_word,
  never_of_persons,
  goes_on_in_dual,
  one_letter_by_dots,
  two_letters_by_dots,
  letters_swapped,
  letter_too_many,
  letter_missing,
  article_missing,
  plural_alef,
  acronym,
  // Numbers
  assembly_session,
  session_not_held,
  council_year,
  count_of_states,
  // Dates
  day_first,
  month_first,
  gregorian_as_printed,
  hijri_by_table,
  // Pages
  encoding,
  page_unreadable,
  image_damaged,
  pdf_damaged,
  too_many_scans,
  digits_misread,
  unsure_line,
  last = unsure_line,
};

// The sentence, with {} for what differs from case to case.
std::string_view sentence_of(Why why);

// A sentence for a person. It is made here or comes from a table of data/, never put together elsewhere.
class Explanation {
 public:
  // A note in a table: why one of its lines holds.
  static Explanation noted(std::string note) { return Explanation(std::move(note)); }
  const std::string& text() const { return text_; }

 private:
  friend Explanation because(Why why, std::initializer_list<std::string> gaps);
  explicit Explanation(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

//   example  because(Why::repeated_paragraph, {"7"}) is "Paragraph 7 stands in the text twice in the same
//   words."
Explanation because(Why why, std::initializer_list<std::string> gaps = {});

// What a rule of an edit or a doubt is called: "a word that nobody knows" for "spelling.unknown-word". The
// rule itself if it has no name.
std::string_view name_of_rule(std::string_view rule);

}  // namespace mithaq::reader
