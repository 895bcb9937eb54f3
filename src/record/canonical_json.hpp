// Canonical JSON (RFC 8785): one way to write a value, so that its hash means something.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace mithaq::record {

//   throws  Error{invalid_input} if a string is not valid UTF-8, a number is not finite, or an integer is
//           beyond 2^53, where doubles would confuse it with its neighbours
std::string canonical_json(const nlohmann::json& value);

// Appends a string with its quotation marks.
//   throws  Error{invalid_input} if it is not valid UTF-8
void append_json_string(std::string& out, std::string_view text);
// Appends a number as ECMAScript's Number::toString writes it.
//   throws  Error{invalid_input} if it is not finite
void append_json_number(std::string& out, double number);

// The order of names in an object: by UTF-16 code units.
bool before_in_utf16(std::string_view left, std::string_view right);

// Writes an object member by member, straight into a text: names must come in canonical order, which is
// checked. Members with an empty value are left out by the put_ functions that say so.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }
  // Writes the name; the caller appends the value.
  void name(std::string_view name);
  void put(std::string_view name, std::string_view text);
  void put(std::string_view name, std::uint64_t number);
  void put_true(std::string_view name, bool value);             // left out if false
  void put_text(std::string_view name, std::string_view text);  // left out if empty
  void close() { out_ += '}'; }

 private:
  std::string& out_;
  std::string_view last_{};
};

}  // namespace mithaq::record
