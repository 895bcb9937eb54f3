#include "record/json_reader.hpp"

#include <algorithm>
#include <cstring>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace mithaq::record {

namespace {

// The number that four hexadecimal digits write; nothing else stands for -1.
std::int32_t four_digits(const char* at) {
  std::int32_t value = 0;
  for (int digit = 0; digit < 4; ++digit) {
    const char byte = at[digit];
    const int part = byte >= '0' && byte <= '9'   ? byte - '0'
                     : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10
                     : byte >= 'A' && byte <= 'F' ? byte - 'A' + 10
                                                  : -1;
    if (part < 0) return -1;
    value = value * 16 + part;
  }
  return value;
}

}  // namespace

void JsonReader::fail() {
  throw Error(ErrorKind::corrupt, "a text is not the JSON that is expected");
}

bool JsonReader::taken(std::string_view word) {
  blanks();
  if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(word)) return false;
  at_ += word.size();
  return true;
}

std::string_view JsonReader::word() {
  take('"');
  const char* const begin = at_;
  for (;;) {
    const auto* quote = static_cast<const char*>(std::memchr(at_, '"', static_cast<std::size_t>(end_ - at_)));
    if (quote == nullptr) fail();
    at_ = quote + 1;
    // An odd number of backslashes before it makes it part of the text.
    const char* before = quote;
    while (before > begin && before[-1] == '\\') --before;
    if ((quote - before) % 2 == 0) return {begin, static_cast<std::size_t>(quote - begin)};
  }
}

std::string JsonReader::text() {
  const std::string_view raw = word();
  const std::size_t escape = raw.find('\\');
  if (escape == std::string_view::npos) return std::string(raw);
  std::string out(raw.substr(0, escape));
  for (std::size_t at = escape; at < raw.size();) {
    if (raw[at] != '\\') {
      const std::size_t next = std::min(raw.find('\\', at), raw.size());
      out += raw.substr(at, next - at);
      at = next;
      continue;
    }
    if (at + 1 >= raw.size()) fail();
    const char kind = raw[at + 1];
    at += 2;
    static constexpr std::string_view kKinds = "\"\\/bfnrt", kBytes = "\"\\/\b\f\n\r\t";
    const std::size_t plain = kKinds.find(kind);
    if (plain != std::string_view::npos) {
      out += kBytes[plain];
      continue;
    }
    if (kind != 'u' || at + 4 > raw.size()) fail();
    std::int32_t value = four_digits(raw.data() + at);
    at += 4;
    if (value >= 0xD800 && value < 0xDC00) {
      const bool pair = at + 6 <= raw.size() && raw[at] == '\\' && raw[at + 1] == 'u';
      const std::int32_t low = pair ? four_digits(raw.data() + at + 2) : -1;
      if (low < 0xDC00 || low > 0xDFFF) fail();
      at += 6;
      value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
    } else if (value < 0 || (value >= 0xDC00 && value <= 0xDFFF)) {
      fail();
    }
    append_utf8(out, static_cast<char32_t>(value));
  }
  return out;
}

std::uint64_t JsonReader::number() {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 53;
  blanks();
  const char* const begin = at_;
  std::uint64_t value = 0;
  for (; at_ < end_ && *at_ >= '0' && *at_ <= '9'; ++at_) {
    value = value * 10 + static_cast<std::uint64_t>(*at_ - '0');
    if (value > kMost) fail();
  }
  if (at_ == begin || (at_ < end_ && (*at_ == '.' || *at_ == 'e' || *at_ == 'E'))) fail();
  return value;
}

bool JsonReader::flag() {
  if (taken(std::string_view("true"))) return true;
  if (taken(std::string_view("false"))) return false;
  fail();
}

std::string_view JsonReader::skip() {
  blanks();
  const char* const begin = at_;
  std::size_t depth = 0;
  do {
    blanks();
    if (at_ == end_) fail();
    switch (*at_) {
      case '"':
        word();
        break;
      case '{':
      case '[':
        ++depth;
        ++at_;
        break;
      case '}':
      case ']':
        if (depth == 0) fail();
        --depth;
        ++at_;
        break;
      case ',':
      case ':':
        if (depth == 0) fail();
        ++at_;
        break;
      default: {
        const char* const word_begin = at_;
        while (at_ < end_ && std::strchr("\"{}[],: \n\t\r", *at_) == nullptr) ++at_;
        if (at_ == word_begin) fail();
      }
    }
  } while (depth > 0);
  return {begin, static_cast<std::size_t>(at_ - begin)};
}

void JsonReader::finish() {
  blanks();
  if (at_ != end_) fail();
}

}  // namespace mithaq::record
