#include "cli/output/visible_text.hpp"

#include <array>

#include "base/utf8.hpp"

namespace mithaq::cli {

namespace {

constexpr char32_t kControlPictures = 0x2400;  // ␀, and on in the order of the control characters
constexpr char32_t kPictureOfDelete = 0x2421;

// The Unicode names, in short, of U+202A to U+202E and of U+2066 to U+2069.
constexpr std::array<std::string_view, 5> kEmbeddings{"LRE", "RLE", "PDF", "LRO", "RLO"};
constexpr std::array<std::string_view, 4> kIsolates{"LRI", "RLI", "FSI", "PDI"};

bool is_harmless(char32_t value) {
  if (value == '\n' || value == '\t') return true;
  const bool control = value < 0x20 || (value >= 0x7F && value < 0xA0);
  return !control && !(value >= 0x202A && value <= 0x202E) && !(value >= 0x2066 && value <= 0x2069);
}

}  // namespace

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const char32_t value = point.value;
    if (is_harmless(value)) {
      append_utf8(out, value);
    } else if (value < 0x20) {
      append_utf8(out, kControlPictures + value);
    } else if (value == 0x7F) {
      append_utf8(out, kPictureOfDelete);
    } else if (value < 0xA0) {
      out += "\uFFFD";  // the second set of controls has no pictures
    } else {
      const std::string_view name = value < 0x2066 ? kEmbeddings[value - 0x202A] : kIsolates[value - 0x2066];
      out.append("⟦").append(name).append("⟧");
    }
    at += point.length;
  }
  return out;
}

}  // namespace mithaq::cli
