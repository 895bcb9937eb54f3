// Reads JSON piece by piece, in the order in which it stands, without making a tree of it: several times as
// fast, and what is not asked for is never copied.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace mithaq::record {

// Every function reads the next value.
//   throws  Error{corrupt} if the text is not JSON, or another kind of value stands there
//   bounds  never reads beyond the text; only what the caller asks for nests calls
class JsonReader {
 public:
  // The text must outlive the reader and be valid UTF-8.
  explicit JsonReader(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  std::string text();
  // True if the next value is a text; reads nothing.
  bool at_text() {
    blanks();
    return at_ < end_ && *at_ == '"';
  }
  // A text as it stands between its quotation marks, escapes and all: for words that need none.
  std::string_view word();
  // An integer from 0 to 2^53.
  std::uint64_t number();
  bool flag();
  // "[1,2]": exactly so many numbers.
  template <std::size_t count>
  std::array<std::uint64_t, count> numbers() {
    std::array<std::uint64_t, count> out{};
    for (std::size_t at = 0; at < count; ++at) {
      take(at == 0 ? '[' : ',');
      out[at] = number();
    }
    take(']');
    return out;
  }
  // Calls `member` with each name (escapes and all); it must read or skip the value.
  template <typename Member>
  void object(const Member& member) {
    take('{');
    if (taken('}')) return;
    do {
      const std::string_view name = word();
      take(':');
      member(name);
    } while (taken(','));
    take('}');
  }
  // Calls `element` for each element; it must read or skip it.
  template <typename Element>
  void array(const Element& element) {
    take('[');
    if (taken(']')) return;
    do {
      element();
    } while (taken(','));
    take(']');
  }
  // Passes over a value of any kind, as deep as it goes.
  //   returns  the value as it stands; not everything in it was checked
  std::string_view skip();
  // Nothing but blanks follows.
  void finish();

 private:
  void blanks() {
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r')) ++at_;
  }
  bool taken(char wanted) {
    blanks();
    if (at_ == end_ || *at_ != wanted) return false;
    ++at_;
    return true;
  }
  void take(char wanted) {
    if (!taken(wanted)) fail();
  }
  bool taken(std::string_view word);
  [[noreturn]] static void fail();

  const char* at_;
  const char* end_;
};

}  // namespace mithaq::record
