// From the places of words on a page to text in reading order: columns, lines, paragraphs, direction.
#pragma once

#include <string>
#include <string_view>

#include "reader/formats/extraction.hpp"

namespace mithaq::reader {

// The reading order of one printed line whose letters are given as they stand from left to right.
//
// The inverse of the Unicode Bidirectional Algorithm (UAX #9) for whole lines: in a line that runs from right
// to left, words in Latin letters keep their order among themselves, and so do the digits of a number with
// the / . , : inside it; 5-3 is read 3-5, as - joins no Arabic number (rule W4).
//   example  "(OSCE) ابوروأ" right to left -> "أوروبا (OSCE)"
std::u32string logical_order(std::u32string_view visual, bool right_to_left);

// The text of a page. A printed line goes on with the one before it where that one had no room for its first
// word; other lines end in \n, and where more space stands between them in an empty line. Columns of running
// text are read one after the other, the right one first on a page that is mostly Arabic; rows of a table are
// read as lines, their cells separated by a tab.
std::string lay_out_page(const ExtractedPage& page);

}  // namespace mithaq::reader
