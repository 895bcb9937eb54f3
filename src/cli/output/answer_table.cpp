#include "cli/output/answer_table.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/output/text_width.hpp"

namespace mithaq::cli {

namespace {

constexpr std::string_view kLeftToRightMark = "\u200E";
constexpr std::string_view kRightToLeftMark = "\u200F";

bool looks_like_number(std::string_view text) {
  if (text.empty()) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == ',';
  });
}

// Widths that fit the terminal: each column gets what it needs until the widest have to give way.
std::vector<std::size_t> column_widths(const AnswerTable& table, InterfaceLanguage language,
                                       std::size_t columns) {
  std::vector<std::size_t> widths;
  for (std::size_t each = 0; each < table.columns.size(); ++each) {
    const Column& column = table.columns[each];
    std::size_t width = text_width(language == InterfaceLanguage::arabic ? column.arabic : column.english);
    for (const auto& row : table.rows) width = std::max(width, text_width(row[each]));
    widths.push_back(std::max<std::size_t>(width, 1));
  }
  const std::size_t rules = widths.empty() ? 0 : 3 * (widths.size() - 1);
  const std::size_t room = columns > rules + 4 * widths.size() ? columns - rules : 4 * widths.size();
  for (;;) {
    std::size_t sum = 0;
    for (const std::size_t width : widths) sum += width;
    if (sum <= room) return widths;
    const auto widest = std::max_element(widths.begin(), widths.end());
    const std::size_t excess = sum - room;
    // Take the widest down to the second widest, or by what is still too much.
    std::size_t second = 4;
    for (const std::size_t& width : widths) {
      if (&width != &*widest && width < *widest) second = std::max(second, width);
    }
    const std::size_t target = std::max(second, *widest > excess ? *widest - excess : std::size_t{4});
    *widest = target < *widest ? target : *widest - 1;
    if (*widest <= 4) return widths;
  }
}

void print_framed(std::ostream& out, const AnswerTable& table, const TableStyle& style) {
  const bool arabic = style.language == InterfaceLanguage::arabic;
  const std::string_view mark = arabic ? kRightToLeftMark : kLeftToRightMark;
  const auto widths = column_widths(table, style.language, style.terminal_columns);

  const auto print_row = [&](const std::vector<std::string>& cells, bool heading) {
    std::vector<std::vector<std::string>> wrapped;
    std::size_t height = 1;
    for (std::size_t each = 0; each < cells.size(); ++each) {
      wrapped.push_back(wrap_to_width(cells[each], widths[each]));
      height = std::max(height, wrapped.back().size());
    }
    for (std::size_t line = 0; line < height; ++line) {
      std::string text(mark);
      for (std::size_t each = 0; each < cells.size(); ++each) {
        const std::string shown = line < wrapped[each].size() ? wrapped[each][line] : "";
        const std::string padding(widths[each] - std::min(widths[each], text_width(shown)), ' ');
        if (each > 0) text += std::string(" ") + std::string(mark) + "│" + std::string(mark) + " ";
        text += table.columns[each].number && !heading ? padding + shown : shown + padding;
      }
      while (!text.empty() && text.back() == ' ') text.pop_back();
      out << text << '\n';
    }
  };

  std::vector<std::string> headings;
  for (const Column& column : table.columns) headings.push_back(arabic ? column.arabic : column.english);
  print_row(headings, true);
  std::string rule(mark);
  for (std::size_t each = 0; each < widths.size(); ++each) {
    if (each > 0) rule += "─┼─";
    for (std::size_t at = 0; at < widths[each]; ++at) rule += "─";
  }
  out << rule << '\n';
  for (const auto& row : table.rows) print_row(row, false);
}

// The table without the columns that only programs want.
AnswerTable for_people(const AnswerTable& table) {
  AnswerTable shown;
  for (std::size_t each = 0; each < table.columns.size(); ++each) {
    if (!table.columns[each].data_only) shown.columns.push_back(table.columns[each]);
  }
  for (const auto& row : table.rows) {
    shown.rows.emplace_back();
    for (std::size_t each = 0; each < row.size(); ++each) {
      if (!table.columns[each].data_only) shown.rows.back().push_back(row[each]);
    }
  }
  return shown;
}

void print_csv(std::ostream& out, const AnswerTable& table, bool hxl_row) {
  const auto print_line = [&](auto&& cell_of, std::size_t count) {
    for (std::size_t each = 0; each < count; ++each) {
      if (each > 0) out << ',';
      out << cell_of(each);
    }
    out << "\r\n";
  };
  print_line([&](std::size_t each) { return csv_cell(table.columns[each].key); }, table.columns.size());
  if (hxl_row) print_line([&](std::size_t each) { return table.columns[each].hxl; }, table.columns.size());
  for (const auto& row : table.rows)
    print_line([&](std::size_t each) { return csv_cell(row[each]); }, row.size());
}

void print_json(std::ostream& out, const AnswerTable& table) {
  out << '[';
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (std::size_t each = 0; each < table.columns.size(); ++each) {
      object[table.columns[each].key] = table.rows[row][each];
    }
    out << (row > 0 ? ",\n " : "\n ")
        << object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }
  out << (table.rows.empty() ? "]\n" : "\n]\n");
}

}  // namespace

void print(std::ostream& out, const AnswerTable& table, const TableStyle& style) {
  switch (style.format) {
    case OutputFormat::table:
      print_framed(out, for_people(table), style);
      break;
    case OutputFormat::json:
      print_json(out, table);
      break;
    case OutputFormat::csv:
      print_csv(out, table, style.hxl_row);
      break;
  }
}

std::string csv_cell(std::string_view text) {
  const bool formula = !text.empty() &&
                       std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos &&
                       !looks_like_number(text);
  std::string out = formula ? "'" + std::string(text) : std::string(text);
  if (out.find_first_of(",\"\r\n") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char letter : out) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + '"';
}

}  // namespace mithaq::cli
