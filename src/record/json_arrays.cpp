#include "record/json_arrays.hpp"

#include <charconv>

namespace mithaq::record {

void append_number(std::string& out, std::uint64_t number) {
  char buffer[24];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

void append_span(std::string& out, const document::Span& span) {
  out += '[';
  append_number(out, span.begin);
  out += ',';
  append_number(out, span.end);
  out += ']';
}

void append_text_piece(std::string& out, const document::Piece& piece) {
  out += '[';
  append_number(out, piece.text.begin);
  out += ',';
  append_number(out, piece.text.end);
  out += ',';
  append_number(out, piece.raw.begin);
  out += ',';
  append_number(out, piece.raw.end);
  out += piece.verbatim ? ",1]" : ",0]";
}

}  // namespace mithaq::record
