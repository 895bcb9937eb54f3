// Spans and pieces as plain arrays of numbers, [begin, end]: they are many, in bodies and in rows alike.
#pragma once

#include <cstdint>
#include <string>

#include "document/paragraph.hpp"

namespace mithaq::record {

void append_number(std::string& out, std::uint64_t number);

void append_span(std::string& out, const document::Span& span);

// Begin and end in the text, begin and end in the raw text, 1 if verbatim.
//   example  [0,5,120,125,1]
void append_text_piece(std::string& out, const document::Piece& piece);

// An array of what `write` appends for each value.
template <typename Range, typename Write>
void append_array(std::string& out, const Range& values, const Write& write) {
  out += '[';
  bool first = true;
  for (const auto& each : values) {
    if (!first) out += ',';
    first = false;
    write(out, each);
  }
  out += ']';
}

}  // namespace mithaq::record
