#include "service/plain_table.hpp"

#include <unistd.h>
#include <xlsxwriter.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "base/error.hpp"
#include "service/export_table.hpp"

namespace mithaq::service {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCellMax = 32'000;  // XLSX holds 32,767 characters in a cell
constexpr std::size_t kRowsMax = 1'048'000, kColumnsMax = 16'000;

// As much of a text as a cell holds, cut between code points.
std::string cell_text(const std::string& text) {
  if (text.size() <= kCellMax) return text;
  std::size_t end = kCellMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

std::optional<double> number_of(const std::string& cell) {
  double number = 0;
  const auto read = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  if (read.ec != std::errc() || read.ptr != cell.data() + cell.size()) return std::nullopt;
  return number;
}

// A file that goes when it is no longer needed: the library writes to files alone.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::string pattern = (fs::temp_directory_path() / "mithaq-table-XXXXXX").string();
    const int file = ::mkstemp(pattern.data());
    if (file < 0) throw Error(ErrorKind::unavailable, "cannot write a file for the export");
    ::close(file);
    path_ = pattern;
  }
  ~TemporaryFile() {
    std::error_code none;
    fs::remove(path_, none);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_{};
};

void write_xlsx(const PlainTable& table, Language language, std::ostream& out) {
  const TemporaryFile file;
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;  // a row is on disk before the next one is made
  lxw_workbook* book = workbook_new_opt(file.path().c_str(), &options);
  if (book == nullptr) throw Error(ErrorKind::unavailable, "cannot write a file for the export");
  lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
  lxw_format* heading = workbook_add_format(book);
  format_set_bold(heading);
  if (language == Language::arabic) worksheet_right_to_left(sheet);
  worksheet_set_column(sheet, 0, static_cast<lxw_col_t>(table.headings.size()), 22, nullptr);
  const auto line = [&](lxw_row_t at, const std::vector<std::string>& cells, lxw_format* format) {
    for (std::size_t column = 0; column < cells.size(); ++column) {
      const std::string& cell = cells[column];
      const auto where = static_cast<lxw_col_t>(column);
      const bool is_number = format == nullptr && table.number_columns.contains(column);
      if (const auto number = is_number ? number_of(cell) : std::nullopt) {
        worksheet_write_number(sheet, at, where, *number, nullptr);
      } else if (!cell.empty()) {
        // A string is a string in XLSX, whatever it begins with.
        worksheet_write_string(sheet, at, where, cell_text(cell).c_str(), format);
      }
    }
  };
  line(0, table.headings, heading);
  worksheet_freeze_panes(sheet, 1, 1);
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    line(static_cast<lxw_row_t>(row + 1), table.rows[row], nullptr);
  if (workbook_close(book) != LXW_NO_ERROR)
    throw Error(ErrorKind::unavailable, "cannot write the sheet: is the disk full?");
  std::ifstream made(file.path(), std::ios::binary);
  out << made.rdbuf();
}

void write_csv(const PlainTable& table, std::ostream& out) {
  const auto line = [&out](const std::vector<std::string>& cells) {
    for (std::size_t column = 0; column < cells.size(); ++column)
      out << (column == 0 ? "" : ",") << csv_cell(cells[column]);
    out << "\r\n";
  };
  line(table.headings);
  for (const auto& row : table.rows) line(row);
}

}  // namespace

std::optional<SheetFormat> sheet_format_named(std::string_view name) {
  if (name == "csv") return SheetFormat::csv;
  if (name == "xlsx") return SheetFormat::xlsx;
  return std::nullopt;
}

std::string_view media_type_of(SheetFormat format) {
  return format == SheetFormat::csv ? "text/csv; charset=utf-8"
                                    : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

std::string_view file_ending_of(SheetFormat format) {
  return format == SheetFormat::csv ? ".csv" : ".xlsx";
}

void write_table(const PlainTable& table, SheetFormat format, Language language, std::ostream& out) {
  if (table.rows.size() > kRowsMax || table.headings.size() > kColumnsMax)
    throw Error(ErrorKind::invalid_input, "more rows than a sheet holds: narrow the question");
  format == SheetFormat::csv ? write_csv(table, out) : write_xlsx(table, language, out);
  if (!out) throw Error(ErrorKind::unavailable, "cannot write the table");
}

}  // namespace mithaq::service
