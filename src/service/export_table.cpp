#include "service/export_table.hpp"

#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "base/error.hpp"
#include "service/export_statements.hpp"

namespace mithaq::service {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBatch = 500;
constexpr std::size_t kCellMax = 32'000;     // XLSX holds 32,767 characters in a cell
constexpr std::size_t kRowsMax = 1'048'576;  // of a sheet

struct Column {
  const char* heading;
  const char* tag;
  double width;
  std::string WhoWhatWhereRow::*cell;
};
constexpr std::array<Column, 15> kColumns{{
    {"Organization", "#org+name", 34, &WhoWhatWhereRow::organization},
    {"Organization code", "#org+code", 14, &WhoWhatWhereRow::organization_id},
    {"Role", "#org+role", 12, &WhoWhatWhereRow::role},
    {"Partners", "#org+partner", 34, &WhoWhatWhereRow::partners},
    {"Activity", "#activity+type", 16, &WhoWhatWhereRow::activity},
    {"Theme", "#sector+name", 26, &WhoWhatWhereRow::theme},
    {"Theme code", "#sector+code", 16, &WhoWhatWhereRow::theme_id},
    {"Place", "#geo+name", 20, &WhoWhatWhereRow::place},
    {"Country code", "#country+code+v_iso3", 12, &WhoWhatWhereRow::place_code},
    {"Start", "#date+start", 12, &WhoWhatWhereRow::start},
    {"End", "#date+end", 12, &WhoWhatWhereRow::end},
    {"Status", "#status+name", 14, &WhoWhatWhereRow::status},
    {"Review", "#status+review", 12, &WhoWhatWhereRow::review},
    {"Source", "#meta+source", 34, &WhoWhatWhereRow::source},
    {"Words", "#description+words", 60, &WhoWhatWhereRow::words},
}};

// Calls take(row) for each row of the statements.
template <typename Take>
void each_row(Workspace& workspace, const std::vector<record::Seq>& statements, Language language,
              const Take& take) {
  for (std::size_t at = 0; at < statements.size(); at += kBatch) {
    const std::size_t count = std::min(kBatch, statements.size() - at);
    const auto rows = workspace.record().view().statements_at({statements.data() + at, count});
    for (const WhoWhatWhereRow& row : who_what_where(workspace, rows, language)) take(row);
  }
}

// A file that goes when it is no longer needed.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::string pattern = (fs::temp_directory_path() / "mithaq-export-XXXXXX").string();
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

// As much of a text as a cell holds, cut between code points.
std::string cell_text(const std::string& text) {
  if (text.size() <= kCellMax) return text;
  std::size_t end = kCellMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

void write_xlsx(Workspace& workspace, const std::vector<record::Seq>& statements, Language language,
                std::ostream& out) {
  const Messages& messages = workspace.knowledge().in(language);
  const TemporaryFile file;
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;  // a row is on disk before the next one is made
  lxw_workbook* book = workbook_new_opt(file.path().c_str(), &options);
  if (book == nullptr) throw Error(ErrorKind::unavailable, "cannot write a file for the export");
  lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
  lxw_format* heading = workbook_add_format(book);
  format_set_bold(heading);
  lxw_format* tag = workbook_add_format(book);
  format_set_font_color(tag, LXW_COLOR_GRAY);
  if (language == Language::arabic) worksheet_right_to_left(sheet);
  for (std::size_t column = 0; column < kColumns.size(); ++column) {
    const auto at = static_cast<lxw_col_t>(column);
    worksheet_set_column(sheet, at, at, kColumns[column].width, nullptr);
  }
  lxw_row_t line = 0;
  for (std::size_t column = 0; column < kColumns.size(); ++column)
    worksheet_write_string(sheet, line, static_cast<lxw_col_t>(column),
                           messages.say(kColumns[column].heading).c_str(), heading);
  ++line;
  for (std::size_t column = 0; column < kColumns.size(); ++column)
    worksheet_write_string(sheet, line, static_cast<lxw_col_t>(column), kColumns[column].tag, tag);
  ++line;
  worksheet_freeze_panes(sheet, 2, 1);
  each_row(workspace, statements, language, [&](const WhoWhatWhereRow& row) {
    if (line >= kRowsMax)
      throw Error(ErrorKind::invalid_input, "more rows than a sheet holds: narrow the question");
    for (std::size_t column = 0; column < kColumns.size(); ++column) {
      const std::string& text = row.*kColumns[column].cell;
      if (!text.empty())
        worksheet_write_string(sheet, line, static_cast<lxw_col_t>(column), cell_text(text).c_str(), nullptr);
    }
    ++line;
  });
  worksheet_autofilter(sheet, 1, 0, std::max<lxw_row_t>(line, 2) - 1,
                       static_cast<lxw_col_t>(kColumns.size() - 1));
  if (workbook_close(book) != LXW_NO_ERROR)
    throw Error(ErrorKind::unavailable, "cannot write the sheet: is the disk full?");
  std::ifstream made(file.path(), std::ios::binary);
  out << made.rdbuf();
}

void write_csv(Workspace& workspace, const std::vector<record::Seq>& statements, bool tags, Language language,
               std::ostream& out) {
  const Messages& messages = workspace.knowledge().in(language);
  const auto line = [&out](const auto& cell_of) {
    for (std::size_t column = 0; column < kColumns.size(); ++column)
      out << (column == 0 ? "" : ",") << csv_cell(cell_of(kColumns[column]));
    out << "\r\n";
  };
  line([&](const Column& column) { return messages.say(column.heading); });
  if (tags) line([](const Column& column) { return std::string(column.tag); });
  each_row(workspace, statements, language, [&](const WhoWhatWhereRow& row) {
    line([&row](const Column& column) { return row.*column.cell; });
  });
}

}  // namespace

std::optional<TableFormat> table_format_named(std::string_view name) {
  if (name == "csv") return TableFormat::csv;
  if (name == "hxl") return TableFormat::hxl;
  if (name == "xlsx") return TableFormat::xlsx;
  if (name == "jsonl") return TableFormat::jsonl;
  return std::nullopt;
}

std::string_view media_type_of(TableFormat format) {
  switch (format) {
    case TableFormat::xlsx:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case TableFormat::jsonl:
      return "application/jsonl";
    default:
      return "text/csv; charset=utf-8";
  }
}

std::string_view file_ending_of(TableFormat format) {
  switch (format) {
    case TableFormat::xlsx:
      return ".xlsx";
    case TableFormat::jsonl:
      return ".jsonl";
    case TableFormat::hxl:
      return ".hxl.csv";
    default:
      return ".csv";
  }
}

std::string csv_cell(std::string_view text) {
  std::string cell(text);
  // What a spreadsheet would reckon is shown as it is. HXL's own tags begin with "#" and stay.
  if (!cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos)
    cell.insert(0, 1, '\'');
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char each : cell) quoted.append(each == '"' ? 2 : 1, each);
  return quoted + '"';
}

std::vector<record::Seq> statements_to_export(Workspace& workspace, const ActivityRequest& request,
                                              std::size_t most) {
  const auto activity = workspace.activity();
  const activity::Asked asked(activity->table, activity_question(workspace, *activity, request));
  activity::Found found = activity::find_statements(asked, activity::Order::document, 0, most);
  if (found.total > most) {
    throw Error(ErrorKind::invalid_input,
                std::to_string(found.total) +
                    " statements are too many for one file: narrow the question to at most " +
                    std::to_string(most));
  }
  return std::move(found.seqs);
}

void write_who_what_where(Workspace& workspace, const std::vector<record::Seq>& statements,
                          TableFormat format, Language language, std::ostream& out) {
  switch (format) {
    case TableFormat::xlsx:
      write_xlsx(workspace, statements, language, out);
      break;
    case TableFormat::jsonl:
      for (std::size_t at = 0; at < statements.size(); at += kBatch) {
        const std::size_t count = std::min(kBatch, statements.size() - at);
        write_statements_jsonl(out, workspace.record().view().statements_at({statements.data() + at, count}));
      }
      break;
    default:
      write_csv(workspace, statements, format == TableFormat::hxl, language, out);
  }
}

}  // namespace mithaq::service
