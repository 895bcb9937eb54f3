#include "document/span.hpp"

namespace mithaq::document {

namespace {

// In valid UTF-8, code points are the bytes that continue none.
bool starts_code_point(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

}  // namespace

CodePointIndex::CodePointIndex(std::string_view text) : text_(text) {
  counts_.reserve(text.size() / kStride + 2);
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at % kStride == 0) counts_.push_back(count);
    if (starts_code_point(text[at])) ++count;
  }
  if (text.size() % kStride == 0) counts_.push_back(count);
}

std::size_t CodePointIndex::code_points_before(std::size_t byte) const {
  const std::size_t block = byte / kStride;
  std::size_t count = counts_[block];
  for (std::size_t at = block * kStride; at < byte; ++at) {
    if (starts_code_point(text_[at])) ++count;
  }
  return count;
}

}  // namespace mithaq::document
