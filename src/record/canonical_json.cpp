#include "record/canonical_json.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace mithaq::record {

namespace {

// Integers up to here are doubles, each one its own.
constexpr std::uint64_t kSafeInteger = std::uint64_t{1} << 53;

void append_value(std::string& out, const nlohmann::json& value) {
  using Type = nlohmann::json::value_t;
  switch (value.type()) {
    case Type::null:
      out += "null";
      return;
    case Type::boolean:
      out += value.get<bool>() ? "true" : "false";
      return;
    case Type::string:
      append_json_string(out, value.get_ref<const std::string&>());
      return;
    case Type::number_float:
      append_json_number(out, value.get<double>());
      return;
    case Type::number_unsigned:
    case Type::number_integer: {
      const bool negative = value.type() == Type::number_integer && value.get<std::int64_t>() < 0;
      const std::uint64_t size =
          negative ? 0 - static_cast<std::uint64_t>(value.get<std::int64_t>()) : value.get<std::uint64_t>();
      if (size > kSafeInteger)
        throw Error(ErrorKind::invalid_input, "an integer beyond 2^53 has no canonical JSON");
      if (negative) out += '-';
      out += std::to_string(size);
      return;
    }
    case Type::array: {
      out += '[';
      bool first = true;
      for (const nlohmann::json& each : value) {
        if (!first) out += ',';
        first = false;
        append_value(out, each);
      }
      out += ']';
      return;
    }
    case Type::object: {
      std::vector<std::pair<std::string_view, const nlohmann::json*>> members;
      members.reserve(value.size());
      for (const auto& [name, each] : value.items()) members.emplace_back(name, &each);
      std::sort(members.begin(), members.end(),
                [](const auto& left, const auto& right) { return before_in_utf16(left.first, right.first); });
      out += '{';
      bool first = true;
      for (const auto& [name, each] : members) {
        if (!first) out += ',';
        first = false;
        append_json_string(out, name);
        out += ':';
        append_value(out, *each);
      }
      out += '}';
      return;
    }
    case Type::binary:
    case Type::discarded:
      break;
  }
  throw Error(ErrorKind::invalid_input, "a value that JSON does not know");
}

}  // namespace

std::string canonical_json(const nlohmann::json& value) {
  std::string out;
  append_value(out, value);
  return out;
}

namespace {

// True if all eight bytes stand for themselves: ASCII without controls, quotation mark and backslash.
bool eight_plain(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  constexpr std::uint64_t kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;
  const auto has_zero = [](std::uint64_t value) { return (value - kOnes) & ~value & kHighs; };
  const std::uint64_t below_blank = (word - kOnes * 0x20) & ~word & kHighs;
  return (((word & kHighs) | below_blank | has_zero(word ^ kOnes * '"') | has_zero(word ^ kOnes * '\\')) ==
          0);
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  std::size_t plain = 0;  // where the run of characters begins that stand for themselves
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x80) {
      // Two bytes are most of Arabic, so they are not sent through the decoder.
      if (byte >= 0xC2 && byte < 0xE0 && at + 1 < text.size() &&
          (static_cast<unsigned char>(text[at + 1]) & 0xC0) == 0x80) {
        at += 2;
        continue;
      }
      const CodePoint point = decode_utf8(text, at);
      if (point.length == 1) {
        throw Error(ErrorKind::invalid_input, "a text is not valid UTF-8, so it cannot stand in the record");
      }
      at += point.length;
      continue;
    }
    if (byte >= 0x20 && byte != '"' && byte != '\\') {
      ++at;
      while (at + 8 <= text.size() && eight_plain(text.data() + at)) at += 8;
      continue;
    }
    out.append(text, plain, at - plain);
    plain = ++at;
    switch (byte) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        out += "\\u00";
        out += kHex[byte >> 4];
        out += kHex[byte & 15];
    }
  }
  out.append(text, plain, text.size() - plain);
  out += '"';
}

// ECMAScript 2015, 7.1.12.1 ToString Applied to the Number Type: n is the place of the decimal point counted
// from the first of the k digits.
void append_json_number(std::string& out, double number) {
  if (!std::isfinite(number))
    throw Error(ErrorKind::invalid_input, "a number that is not finite has no JSON");
  if (number == 0) {  // also -0
    out += '0';
    return;
  }
  if (number < 0) {
    out += '-';
    number = -number;
  }
  char buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific).ptr;
  const std::string_view written(buffer, static_cast<std::size_t>(end - buffer));
  const std::size_t e = written.find('e');
  std::string digits(written.substr(0, 1));
  if (e > 2) digits += written.substr(2, e - 2);
  int exponent = 0;
  const char* from = buffer + e + 1;
  if (*from == '+') ++from;
  std::from_chars(from, end, exponent);
  const int n = exponent + 1;
  const int k = static_cast<int>(digits.size());
  if (k <= n && n <= 21) {
    out += digits;
    out.append(static_cast<std::size_t>(n - k), '0');
  } else if (0 < n && n <= 21) {
    out.append(digits, 0, static_cast<std::size_t>(n));
    out += '.';
    out.append(digits, static_cast<std::size_t>(n), std::string::npos);
  } else if (-6 < n && n <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-n), '0');
    out += digits;
  } else {
    out += digits[0];
    if (k > 1) {
      out += '.';
      out.append(digits, 1, std::string::npos);
    }
    out += 'e';
    out += n - 1 < 0 ? '-' : '+';
    out += std::to_string(std::abs(n - 1));
  }
}

bool before_in_utf16(std::string_view left, std::string_view right) {
  const std::size_t shorter = std::min(left.size(), right.size());
  for (std::size_t at = 0; at < shorter; ++at) {
    const auto a = static_cast<unsigned char>(left[at]);
    const auto b = static_cast<unsigned char>(right[at]);
    if (a == b) continue;
    // Bytes of UTF-8 sort like code points. UTF-16 differs only in that code points above U+FFFF are written
    // with surrogates (D800-DFFF), so they come before U+E000-U+FFFF, whose first byte is EE or EF.
    const bool a_surrogate = a >= 0xF0;
    const bool b_surrogate = b >= 0xF0;
    if (a_surrogate != b_surrogate) {
      if (a_surrogate) return b >= 0xEE;
      return a < 0xEE;
    }
    return a < b;
  }
  return left.size() < right.size();
}

void ObjectWriter::name(std::string_view name) {
  // All our names are ASCII, whose bytes have the order of UTF-16.
  expect(last_.data() == nullptr || last_ < name, "names of an object in canonical order");
  if (last_.data() != nullptr) out_ += ',';
  last_ = name;
  out_ += '"';
  out_ += name;
  out_ += "\":";
}

void ObjectWriter::put(std::string_view name, std::string_view text) {
  this->name(name);
  append_json_string(out_, text);
}

void ObjectWriter::put(std::string_view name, std::uint64_t number) {
  this->name(name);
  char buffer[24];
  out_.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

void ObjectWriter::put_true(std::string_view name, bool value) {
  if (!value) return;
  this->name(name);
  out_ += "true";
}

void ObjectWriter::put_text(std::string_view name, std::string_view text) {
  if (!text.empty()) put(name, text);
}

}  // namespace mithaq::record
