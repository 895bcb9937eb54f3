#include "base/table.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/error.hpp"

namespace mithaq {

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\r')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.push_back(trimmed(text.substr(0, at)));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

}  // namespace

Table Table::read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorKind::not_found, "no data file " + path.string());
  std::ostringstream text;
  text << file.rdbuf();
  return parse(text.str(), path.filename().string());
}

Table Table::parse(std::string_view text, const std::string& name) {
  Table table;
  table.name_ = name;
  // The cells point into this copy; a moved std::string of this size keeps its buffer.
  table.text_ = std::string(text) + std::string(64, ' ');
  std::string_view rest = std::string_view(table.text_).substr(0, text.size());
  for (std::size_t line = 1; !rest.empty(); ++line) {
    const std::size_t end = rest.find('\n');
    const std::string_view row = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (trimmed(row).empty() || row.front() == '#') continue;
    std::vector<std::string_view> cells = split(row, '\t');
    if (table.columns_.empty()) {
      for (const auto cell : cells) {
        if (std::find(table.columns_.begin(), table.columns_.end(), cell) != table.columns_.end()) {
          throw Error(ErrorKind::invalid_input, name + ": column " + std::string(cell) + " is named twice");
        }
        table.columns_.emplace_back(cell);
      }
      continue;
    }
    if (cells.size() > table.columns_.size()) {
      throw Error(ErrorKind::invalid_input, name + ":" + std::to_string(line) + ": " +
                                                std::to_string(cells.size()) + " cells, but only " +
                                                std::to_string(table.columns_.size()) + " columns");
    }
    table.rows_.push_back(std::move(cells));
    table.lines_.push_back(line);
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
  const auto& cells = rows_.at(row);
  return column < cells.size() ? cells[column] : std::string_view();
}

std::string_view Table::cell(std::size_t row, std::string_view column_name) const {
  const auto found = std::find(columns_.begin(), columns_.end(), column_name);
  return found == columns_.end() ? std::string_view()
                                 : cell(row, static_cast<std::size_t>(found - columns_.begin()));
}

std::vector<std::string_view> split_values(std::string_view cell) {
  std::vector<std::string_view> values = split(cell, '|');
  std::erase_if(values, [](std::string_view value) { return value.empty(); });
  return values;
}

}  // namespace mithaq
