#include "events/formats/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace mithaq::events {
namespace {

constexpr std::size_t kBlock = 64;

// Which of 64 bytes are quotes, which are commas or line feeds, and which are above ASCII: one bit each.
struct Marks {
  std::uint64_t quotes = 0, separators = 0, high = 0;
};

Marks marks_of(const char* bytes) {
  Marks out;
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"'), comma = _mm_set1_epi8(','), feed = _mm_set1_epi8('\n');
  for (unsigned part = 0; part < 4; ++part) {
    const __m128i sixteen = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + part * 16));
    const auto bits = [&](__m128i equal) {
      return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(equal))) << (part * 16);
    };
    out.quotes |= bits(_mm_cmpeq_epi8(sixteen, quote));
    out.high |= bits(sixteen);
    out.separators |= bits(_mm_or_si128(_mm_cmpeq_epi8(sixteen, comma), _mm_cmpeq_epi8(sixteen, feed)));
  }
#else
  for (unsigned at = 0; at < kBlock; ++at) {
    out.quotes |= static_cast<std::uint64_t>(bytes[at] == '"') << at;
    out.high |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at]) >> 7) << at;
    out.separators |= static_cast<std::uint64_t>(bytes[at] == ',' || bytes[at] == '\n') << at;
  }
#endif
  return out;
}

// Bit n is the parity of the bits up to n: inside quotes or not.
std::uint64_t parity_up_to(std::uint64_t bits) {
  for (unsigned shift = 1; shift < 64; shift <<= 1) bits ^= bits << shift;
  return bits;
}

// Behind the last byte of a block that has its bit set.
std::size_t end_of(std::uint64_t bits, std::size_t block) {
  return block + 64 - static_cast<std::size_t>(std::countl_zero(bits));
}

}  // namespace

CsvRows::CsvRows(std::string_view text) : text_(text) {
  if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
}

std::size_t CsvRows::next_separator() {
  while (separators_ == 0) {
    if (block_read_) block_ += kBlock;
    block_read_ = true;
    if (block_ >= text_.size()) {
      block_ = text_.size();
      block_read_ = false;
      return text_.size();
    }
    Marks marks;
    if (block_ + kBlock <= text_.size()) {
      marks = marks_of(text_.data() + block_);
    } else {
      char rest[kBlock] = {};
      std::memcpy(rest, text_.data() + block_, text_.size() - block_);
      marks = marks_of(rest);
    }
    if (marks.quotes != 0) quotes_end_ = end_of(marks.quotes, block_);
    if (marks.high != 0) high_end_ = end_of(marks.high, block_);
    const std::uint64_t inside = parity_up_to(marks.quotes) ^ quoted_;
    quoted_ = (inside >> 63) != 0 ? ~std::uint64_t{0} : 0;
    separators_ = marks.separators & ~inside;
    if (block_ - row_begin_ > kRowBytesMax && block_ > row_begin_)
      refuse(fmt::format("the row is longer than {} bytes: is a quote not closed?", kRowBytesMax));
  }
  const std::size_t at = block_ + static_cast<std::size_t>(std::countr_zero(separators_));
  separators_ &= separators_ - 1;
  return at;
}

bool CsvRows::next() {
  while (position_ < text_.size()) {
    fields_.clear();
    unquoted_.clear();
    row_begin_ = position_;
    std::size_t begin = position_;
    while (true) {
      const std::size_t end = next_separator();
      const bool feed = end == text_.size() || text_[end] == '\n';
      if (end == text_.size() && quoted_ != 0)
        refuse("the file ends inside quotes: it is cut off, or a quote is not closed");
      const bool carriage = feed && end > begin && text_[end - 1] == '\r';
      add_field(begin, end - (carriage ? 1 : 0));
      begin = end + 1;
      if (!feed) continue;
      ended_with_a_line_ = end < text_.size();
      position_ = std::min(begin, text_.size());
      break;
    }
    if (fields_.size() == 1 && fields_[0].empty()) continue;
    const std::string_view row = text_.substr(row_begin_, position_ - row_begin_);
    if (high_end_ > row_begin_ && find_invalid_utf8(row) != row.size()) refuse("the bytes are not UTF-8");
    return true;
  }
  fields_.clear();
  row_begin_ = position_;
  return false;
}

void CsvRows::add_field(std::size_t begin, std::size_t end) {
  if (fields_.size() == kFieldsMax) refuse(fmt::format("the row has more than {} fields", kFieldsMax));
  std::string_view field = text_.substr(begin, end - begin);
  if (field.empty() || quotes_end_ <= begin ||
      (field.front() != '"' && std::memchr(field.data(), '"', field.size()) == nullptr)) {
    fields_.push_back(field);
    return;
  }
  if (field.front() != '"' || field.size() < 2 || field.back() != '"')
    refuse("a quote stands inside a field that is not quoted");
  field = field.substr(1, field.size() - 2);
  if (std::memchr(field.data(), '"', field.size()) == nullptr) {
    fields_.push_back(field);
    return;
  }
  std::string& whole = unquoted_.emplace_back();
  for (std::size_t at = 0; at < field.size(); ++at) {
    whole.push_back(field[at]);
    if (field[at] != '"') continue;
    if (at + 1 >= field.size() || field[at + 1] != '"') refuse("a quote inside quotes is not written twice");
    ++at;
  }
  fields_.push_back(whole);
}

std::size_t CsvRows::line() const {
  return 1 + static_cast<std::size_t>(
                 std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(row_begin_), '\n'));
}

void CsvRows::refuse_fields(std::size_t count) const {
  refuse(ended_with_a_line_
             ? fmt::format("the row has {} fields, the head {}", fields_.size(), count)
             : fmt::format("the file is cut off: its last row has {} of {} fields", fields_.size(), count));
}

void CsvRows::refuse(std::string_view what) const {
  throw Error(ErrorKind::invalid_input, fmt::format("line {}: {}", line(), what));
}

}  // namespace mithaq::events
