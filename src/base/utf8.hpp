// UTF-8, one code point at a time: the only text encoding inside Mithaq.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mithaq {

// One decoded code point and the bytes it took. Invalid bytes decode to U+FFFD, one byte each.
struct CodePoint {
  char32_t value;
  std::uint8_t length;  // bytes, 1 to 4
};

// Decodes the code point that starts at text[at].
//   requires  at < text.size()
CodePoint decode_utf8(std::string_view text, std::size_t at);

// Appends the UTF-8 form of a code point; surrogates and values above U+10FFFF become U+FFFD.
void append_utf8(std::string& out, char32_t value);

// How many code points a text holds; each invalid byte counts one.
std::size_t count_code_points(std::string_view text);

// The place of the first byte that is not valid UTF-8, or text.size() if all are.
std::size_t find_invalid_utf8(std::string_view text);

// The text with every invalid byte replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

std::u32string to_utf32(std::string_view text);
std::string to_utf8(std::u32string_view text);

}  // namespace mithaq
