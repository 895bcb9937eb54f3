// From bytes to lines and blocks: which physical lines belong together, before any repair.
//
// Nothing is changed here; a wrong guess costs a paragraph border, never a word. Linear in the text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "document/paragraph.hpp"

namespace mithaq::reader {

// One physical line that is not blank, with what one pass over its bytes tells.
struct Line {
  document::Span span{};  // without the blanks at both ends
  std::uint32_t code_points = 0;
  std::uint32_t arabic = 0;     // Arabic letters and marks, presentation forms left out
  std::uint32_t latin = 0;      // ASCII letters
  std::uint32_t gaps = 0;       // runs of blanks between words
  std::uint32_t wide_gaps = 0;  // of these, two blanks or more
  bool indented = false;        // a blank stands before it
  bool after_blank = false;     // it is the first line, or a blank line stands before it
  bool foreign = false;         // holds Hebrew, Greek or Cyrillic letters
  bool presentation = false;    // holds code points U+F000-U+FFFF: presentation forms and their like
};

// The lines of a text, in order. Cost: one pass, 1 to 2 ns a byte.
std::vector<Line> find_lines(std::string_view raw);

// The same facts about one line that a format has laid out already.
Line look_at_line(std::string_view raw, document::Span span);

// What stands before a numbered paragraph or a list item.
struct Marker {
  enum class Kind { none, number, bracketed, letter, roman, ordinal, bullet };
  Kind kind = Kind::none;
  std::string number{};   // ASCII digits or letters: "12", "a", "IV"; أولا gives "1"; empty for a bullet
  std::size_t bytes = 0;  // of the line, with the blanks behind
};
// The marker at the start of a line.
//   example  "٢ - وبموجب" -> {number, "2"}, "(أ) تعزيز" -> {letter, "أ"}, "13-17 نيسان" -> none
Marker marker_of(std::string_view line);

// Does a line end as a sentence ends? Closing quotes and brackets are looked through.
bool ends_sentence(std::string_view line);
// Ends with a comma or semicolon.
bool ends_with_comma(std::string_view line);

// The number of a line that holds a page number and nothing else ("- 3 -", "3/12", "Page 3", "صفحة ٣").
bool is_page_number(std::string_view line);

// Groups lines into blocks with kind and printed number.
//   ends     by line, the last words of the line in reading order where the raw text has them elsewhere;
//            empty for a line that reads as it stands
std::vector<document::Block> lay_out(std::string_view raw, std::span<const Line> lines,
                                     std::span<const std::string> ends = {});

}  // namespace mithaq::reader
