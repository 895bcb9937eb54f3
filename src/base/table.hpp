// The plain tables of data/: tab-separated text that a linguist or a lawyer can correct in any editor.
//
// A line that starts with # is a comment. The first other line names the columns; each further line is a
// row with at most as many cells (missing ones are empty). A cell may hold several values separated by |.
// Every table has a column `source`. The format's page is docs/data-files.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace mithaq {

class Table {
 public:
  // Reads a whole table.
  //   throws  Error{not_found} if there is no such file, Error{invalid_input} naming file and line if a row
  //           has too many cells or a column is named twice
  static Table read(const std::filesystem::path& path);
  static Table parse(std::string_view text, const std::string& name);

  std::size_t row_count() const { return lines_.size(); }
  // The line of the file a row stands on, from 1.
  std::size_t line_of(std::size_t row) const { return lines_[row]; }
  const std::string& name() const { return name_; }

  bool has_column(std::string_view column) const;
  // The place of a column.
  //   throws  Error{invalid_input} naming the file if it has no such column
  std::size_t column(std::string_view column) const;
  // A cell; empty if the row is shorter. Points into the table.
  std::string_view cell(std::size_t row, std::size_t column) const;
  // A cell by the column's name; empty if the table has no such column.
  std::string_view cell(std::size_t row, std::string_view column) const;

 private:
  static Table of_text(std::string text, const std::string& name);

  std::string name_;
  std::string text_;
  std::vector<std::string> columns_;
  std::vector<std::string_view> cells_;       // of all rows, one row behind the other
  std::vector<std::uint32_t> row_begins_{0};  // in cells_; the end of the last row is the last one
  std::vector<std::size_t> lines_;
};

// The rows of a table one after the other, for a table with many that is looked at once: nothing is kept.
//   example  TableRows rows(MappedFile(path).bytes(), "words.tsv");  // the file must outlive the rows
//            const std::size_t word = rows.column("word");
//            while (rows.next()) use(rows.cell(word));
class TableRows {
 public:
  // Reads the columns' names.
  //   text    outlives this
  //   throws  Error{invalid_input} naming the file if a column is named twice
  TableRows(std::string_view text, std::string name);

  // Goes to the next row; false behind the last.
  //   throws  Error{invalid_input} naming file and line if the row has too many cells
  bool next();

  const std::string& name() const { return name_; }
  std::size_t line() const { return line_; }  // of the row, from 1
  const std::vector<std::string_view>& columns() const { return columns_; }
  //   throws  Error{invalid_input} naming the file if it has no such column
  std::size_t column(std::string_view column) const;
  // The same for a column that a table may lack: kNoColumn, whose cells are empty.
  static constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);
  std::size_t find(std::string_view column) const;
  // The cells of the row; may be fewer than the columns.
  const std::vector<std::string_view>& cells() const { return cells_; }
  // A cell; empty if the row is shorter. Points into the text.
  std::string_view cell(std::size_t column) const {
    return column < cells_.size() ? cells_[column] : std::string_view();
  }
  // What is still to be read, comments included.
  std::string_view rest() const { return rest_; }

 private:
  bool next_cells();

  std::string name_;
  std::string_view rest_;
  std::size_t line_ = 0;
  std::vector<std::string_view> columns_;
  std::vector<std::string_view> cells_;
};

// The values of a cell that holds several, separated by |; blanks around each are dropped, empty ones left
// out.
std::vector<std::string_view> split_values(std::string_view cell);

}  // namespace mithaq
