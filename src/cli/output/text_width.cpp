#include "cli/output/text_width.hpp"

#include <unicode/uchar.h>

#include "base/utf8.hpp"

namespace mithaq::cli {

namespace {

std::size_t width_of(char32_t value) {
  if (value < 0x20 || value == 0x7F) return 0;
  if (value < 0x300) return 1;
  switch (u_charType(static_cast<UChar32>(value))) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  const int east_asian = u_getIntPropertyValue(static_cast<UChar32>(value), UCHAR_EAST_ASIAN_WIDTH);
  return east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
}

// As many code points of a text as fit; at least one.
std::string_view beginning_of(std::string_view text, std::size_t columns) {
  std::size_t width = 0, at = 0;
  while (at < text.size()) {
    const CodePoint point = decode_utf8(text, at);
    if (at > 0 && width + width_of(point.value) > columns) break;
    width += width_of(point.value);
    at += point.length;
  }
  return text.substr(0, at);
}

}  // namespace

std::size_t text_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    width += width_of(point.value);
    at += point.length;
  }
  return width;
}

std::string cut_to_width(std::string_view text, std::size_t columns) {
  if (text_width(text) <= columns) return std::string(text);
  if (columns == 0) return "";
  std::size_t width = 0, at = 0;
  while (at < text.size()) {
    const CodePoint point = decode_utf8(text, at);
    if (width + width_of(point.value) > columns - 1) break;
    width += width_of(point.value);
    at += point.length;
  }
  return std::string(text.substr(0, at)) + "…";
}

std::vector<std::string> wrap_to_width(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines(1);
  std::size_t width = 0;
  while (!text.empty()) {
    const std::size_t blank = text.find_first_of(" \n\t");
    std::string_view word = text.substr(0, blank);
    text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
    if (word.empty()) continue;
    // A word longer than a line goes on in the next: nothing that somebody may want to copy is cut off.
    for (;;) {
      const std::size_t needed = text_width(word);
      if (width > 0 && width + 1 + needed > columns) {
        lines.emplace_back();
        width = 0;
      }
      if (width > 0) {
        lines.back() += ' ';
        ++width;
      }
      const std::string_view part = needed > columns ? beginning_of(word, columns) : word;
      lines.back() += part;
      width += text_width(part);
      word.remove_prefix(part.size());
      if (word.empty()) break;
    }
  }
  return lines;
}

}  // namespace mithaq::cli
