// Places in a text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace mithaq::document {

// A place in the raw text: bytes, half open. The raw text never changes, so a span never goes stale.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::size_t size() const { return end - begin; }
  bool contains(const Span& other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(const Span& other) const { return begin < other.end && other.begin < end; }
  friend bool operator==(const Span&, const Span&) = default;
};

// A place in the repaired text of one paragraph: bytes, half open.
struct TextRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  bool contains(const TextRange& other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(const TextRange& other) const { return begin < other.end && other.begin < end; }
  friend bool operator==(const TextRange&, const TextRange&) = default;
};

inline std::string_view slice(std::string_view text, Span span) {
  return text.substr(span.begin, span.size());
}
inline std::string_view slice(std::string_view text, TextRange range) {
  return text.substr(range.begin, range.size());
}

// Turns byte offsets of a text into code point offsets, in about a microsecond each, after one pass.
// The text must outlive the index.
class CodePointIndex {
 public:
  explicit CodePointIndex(std::string_view text);
  // How many code points stand before the byte.
  //   requires  byte <= text.size()
  std::size_t code_points_before(std::size_t byte) const;

 private:
  static constexpr std::size_t kStride = 256;  // bytes between two stored counts
  std::string_view text_;
  std::vector<std::size_t> counts_;
};

}  // namespace mithaq::document
