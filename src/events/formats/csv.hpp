// Rows of comma-separated values (RFC 4180), as fast as memory gives them.
//
// Quoted fields may hold commas, line ends and quotes written twice; lines end with LF or CRLF; a byte order
// mark is passed over. A row is bounded, so that a quote that is never closed costs a message and no memory.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mithaq::events {

class CsvRows {
 public:
  static constexpr std::size_t kRowBytesMax = 4 << 20;
  static constexpr std::size_t kFieldsMax = 4096;

  // text    outlives this
  explicit CsvRows(std::string_view text);

  // Goes to the next row; false behind the last. Empty lines are passed over.
  //   throws  Error{invalid_input} naming the line: a quote that is not closed or stands inside a field, a
  //   row that
  //           is too long, bytes that are not UTF-8
  bool next();

  // Of the row; valid until next().
  std::span<const std::string_view> fields() const { return fields_; }
  // The row has as many fields as the head.
  //   throws  Error{invalid_input} naming the line; of a last row without a line end, that the file is cut
  //   off
  void expect_fields(std::size_t count) const {
    if (fields_.size() != count) refuse_fields(count);
  }
  std::size_t offset() const { return row_begin_; }  // of the row's first byte
  std::size_t end() const { return position_; }      // behind it
  bool ended_with_a_line() const { return ended_with_a_line_; }
  // The line of the file that the row begins on, from 1. Counts lines: for messages.
  std::size_t line() const;

 private:
  // The next comma or line end outside of quotes; the text's size if there is none.
  std::size_t next_separator();
  void add_field(std::size_t begin, std::size_t end);
  [[noreturn]] void refuse(std::string_view what) const;
  [[noreturn]] void refuse_fields(std::size_t count) const;

  std::string_view text_;
  std::size_t block_ = 0;  // where the 64 bytes begin whose separators are in separators_
  std::uint64_t separators_ = 0;
  std::uint64_t quoted_ = 0;  // all ones if the block behind block_ begins inside quotes
  // Behind the last quote and the last byte above ASCII in the blocks that were looked at.
  std::size_t quotes_end_ = 0, high_end_ = 0;
  bool block_read_ = false;
  std::size_t row_begin_ = 0, position_ = 0;
  bool ended_with_a_line_ = true;
  std::vector<std::string_view> fields_{};
  std::deque<std::string> unquoted_{};  // fields that held quotes written twice
};

}  // namespace mithaq::events
