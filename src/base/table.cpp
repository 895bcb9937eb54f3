#include "base/table.hpp"

#include <algorithm>
#include <fstream>

#include "base/error.hpp"

namespace mithaq {

namespace {

constexpr std::size_t kBlock = 64 * 1024;                  // read at once
constexpr std::size_t kSpare = 64;                         // behind the text: longer than an inline buffer
constexpr std::size_t kReservedAtMost = 64 * 1024 * 1024;  // before reading, on the word of the file system

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\r')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// Appends the parts of a text between separators.
void split(std::string_view text, char separator, std::vector<std::string_view>& parts) {
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.push_back(trimmed(text.substr(0, at)));
    if (at == std::string_view::npos) return;
    text.remove_prefix(at + 1);
  }
}

}  // namespace

Table Table::read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorKind::not_found, "no data file " + path.string());
  // In blocks, because a path may name what has no size: a pipe, a file that grows.
  std::string text;
  std::error_code unknown;
  std::size_t block = kBlock;
  if (const auto size = std::filesystem::file_size(path, unknown); !unknown && size < kReservedAtMost) {
    block = size + 1;  // so that the first block meets the end
    text.reserve(block + kSpare);
  }
  do {
    const std::size_t had = text.size();
    text.resize(had + block);
    file.read(text.data() + had, static_cast<std::streamsize>(block));
    text.resize(had + static_cast<std::size_t>(file.gcount()));
    block = kBlock;
  } while (file);
  return of_text(std::move(text), path.filename().string());
}

Table Table::parse(std::string_view text, const std::string& name) {
  return of_text(std::string(text), name);
}

Table Table::of_text(std::string text, const std::string& name) {
  Table table;
  table.name_ = name;
  // The cells point into this text; a moved std::string longer than its inline buffer keeps its place.
  const std::size_t size = text.size();
  table.text_ = std::move(text);
  table.text_.append(kSpare, ' ');
  TableRows rows(std::string_view(table.text_).substr(0, size), name);
  table.columns_.assign(rows.columns().begin(), rows.columns().end());
  const auto lines = static_cast<std::size_t>(std::count(rows.rest().begin(), rows.rest().end(), '\n')) + 1;
  table.cells_.reserve(std::min(lines * table.columns_.size(), rows.rest().size()));
  table.row_begins_.reserve(lines + 1);
  table.lines_.reserve(lines);
  while (rows.next()) {
    table.cells_.insert(table.cells_.end(), rows.cells().begin(), rows.cells().end());
    table.row_begins_.push_back(static_cast<std::uint32_t>(table.cells_.size()));
    table.lines_.push_back(rows.line());
  }
  return table;
}

bool Table::has_column(std::string_view column) const {
  return std::find(columns_.begin(), columns_.end(), column) != columns_.end();
}

std::size_t Table::column(std::string_view column) const {
  const auto found = std::find(columns_.begin(), columns_.end(), column);
  if (found == columns_.end()) {
    throw Error(ErrorKind::invalid_input, name_ + " has no column " + std::string(column));
  }
  return static_cast<std::size_t>(found - columns_.begin());
}

std::string_view Table::cell(std::size_t row, std::size_t column) const {
  const std::size_t begin = row_begins_.at(row), end = row_begins_.at(row + 1);
  return column < end - begin ? cells_[begin + column] : std::string_view();
}

std::string_view Table::cell(std::size_t row, std::string_view column_name) const {
  const auto found = std::find(columns_.begin(), columns_.end(), column_name);
  return found == columns_.end() ? std::string_view()
                                 : cell(row, static_cast<std::size_t>(found - columns_.begin()));
}

TableRows::TableRows(std::string_view text, std::string name) : name_(std::move(name)), rest_(text) {
  if (!next_cells()) return;
  for (const auto cell : cells_) {
    if (std::find(columns_.begin(), columns_.end(), cell) != columns_.end()) {
      throw Error(ErrorKind::invalid_input, name_ + ": column " + std::string(cell) + " is named twice");
    }
    columns_.push_back(cell);
  }
  cells_.clear();
}

bool TableRows::next() {
  if (!next_cells()) return false;
  if (cells_.size() > columns_.size()) {
    throw Error(ErrorKind::invalid_input, name_ + ":" + std::to_string(line_) + ": " +
                                              std::to_string(cells_.size()) + " cells, but only " +
                                              std::to_string(columns_.size()) + " columns");
  }
  return true;
}

// The cells of the next line that is neither blank nor a comment.
bool TableRows::next_cells() {
  cells_.clear();
  while (!rest_.empty()) {
    ++line_;
    const std::size_t end = rest_.find('\n');
    const std::string_view row = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (row.empty() || row.front() == '#' || trimmed(row).empty()) continue;
    split(row, '\t', cells_);
    return true;
  }
  return false;
}

std::size_t TableRows::column(std::string_view column) const {
  const std::size_t at = find(column);
  if (at == kNoColumn) throw Error(ErrorKind::invalid_input, name_ + " has no column " + std::string(column));
  return at;
}

std::size_t TableRows::find(std::string_view column) const {
  const auto found = std::find(columns_.begin(), columns_.end(), column);
  return found == columns_.end() ? kNoColumn : static_cast<std::size_t>(found - columns_.begin());
}

std::vector<std::string_view> split_values(std::string_view cell) {
  std::vector<std::string_view> values;
  if (cell.empty()) return values;
  split(cell, '|', values);
  std::erase_if(values, [](std::string_view value) { return value.empty(); });
  return values;
}

}  // namespace mithaq
