#include "cli/output/answer_table.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/output/text_width.hpp"
#include "cli/output/visible_text.hpp"

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

// The columns that the longest word of a text takes.
std::size_t longest_word(std::string_view text) {
  std::size_t longest = 0;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    longest = std::max(longest, text_width(text.substr(0, blank)));
    text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
  }
  return longest;
}

// Takes the widest column down, again and again, until the sum fits or nobody can give more.
void shrink(std::vector<std::size_t>& widths, const std::vector<std::size_t>& floors, std::size_t room) {
  for (;;) {
    std::size_t sum = 0, widest = widths.size();
    for (std::size_t each = 0; each < widths.size(); ++each) {
      sum += widths[each];
      if (widths[each] <= floors[each]) continue;
      if (widest == widths.size() || widths[each] > widths[widest]) widest = each;
    }
    if (sum <= room || widest == widths.size()) return;
    --widths[widest];
  }
}

// Widths that fit the terminal: the widest give way first, and words stay whole as long as there is room.
std::vector<std::size_t> column_widths(const AnswerTable& table, std::size_t columns) {
  constexpr std::size_t kWordMax = 18;    // longer words, e.g. names of files, may be broken
  constexpr std::size_t kWidthMax = 400;  // more than any terminal shows
  std::vector<std::size_t> widths, words;
  for (std::size_t each = 0; each < table.columns.size(); ++each) {
    const Column& column = table.columns[each];
    std::size_t width = text_width(column.heading), word = longest_word(column.heading);
    for (const auto& row : table.rows) {
      width = std::max(width, text_width(row[each]));
      word = std::max(word, longest_word(row[each]));
    }
    widths.push_back(std::clamp<std::size_t>(width, 1, kWidthMax));
    words.push_back(std::min({word, kWordMax, widths.back()}));
  }
  const std::size_t rules = widths.empty() ? 0 : 3 * (widths.size() - 1);
  const std::size_t room = columns > rules + 2 * widths.size() ? columns - rules : 2 * widths.size();
  shrink(widths, words, room);
  shrink(widths, std::vector<std::size_t>(widths.size(), 2), room);
  return widths;
}

// Lists in Arabic are parted by its own mark.
std::string with_arabic_semicolons(std::string_view cell) {
  std::string out;
  for (std::size_t at = 0; at < cell.size(); ++at) {
    if (cell[at] == ';' && at + 1 < cell.size() && cell[at + 1] == ' ') {
      out += "؛";
    } else {
      out += cell[at];
    }
  }
  return out;
}

// The columns by whether they stand beside each other or beneath their row.
AnswerTable columns_where(const AnswerTable& table, bool beneath) {
  AnswerTable part;
  part.rows.resize(table.rows.size());
  for (std::size_t each = 0; each < table.columns.size(); ++each) {
    if (table.columns[each].beneath != beneath) continue;
    part.columns.push_back(table.columns[each]);
    for (std::size_t row = 0; row < table.rows.size(); ++row) part.rows[row].push_back(table.rows[row][each]);
  }
  return part;
}

std::string quoted(const std::string& words, bool arabic) {
  return arabic ? "«" + words + "»" : "“" + words + "”";
}

void print_framed(std::ostream& out, const AnswerTable& whole, const TableStyle& style) {
  const AnswerTable table = columns_where(whole, false), beneath = columns_where(whole, true);
  const bool arabic = style.language == service::Language::arabic;
  const std::string_view mark = arabic ? kRightToLeftMark : kLeftToRightMark;
  const auto widths = column_widths(table, style.terminal_columns);

  const auto print_row = [&](const std::vector<std::string>& cells, bool heading) {
    std::vector<std::vector<std::string>> wrapped;
    std::size_t height = 1;
    for (std::size_t each = 0; each < cells.size(); ++each) {
      wrapped.push_back(
          wrap_to_width(arabic ? with_arabic_semicolons(cells[each]) : cells[each], widths[each]));
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
  for (const Column& column : table.columns) headings.push_back(column.heading);
  print_row(headings, true);
  std::string rule(mark);
  for (std::size_t each = 0; each < widths.size(); ++each) {
    if (each > 0) rule += "─┼─";
    for (std::size_t at = 0; at < widths[each]; ++at) rule += "─";
  }
  out << rule << '\n';
  const std::size_t indent = widths.empty() ? 0 : widths.front() + 3;
  const std::size_t room = std::max<std::size_t>(style.terminal_columns, indent + 2) - indent;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    print_row(table.rows[row], false);
    for (const std::string& words : beneath.rows[row]) {
      if (words.empty()) continue;
      for (const std::string& line : wrap_to_width(quoted(words, arabic), room)) {
        out << mark << std::string(widths.front(), ' ') << ' ' << mark << "│" << mark << ' ' << line << '\n';
      }
    }
  }
}

// The table without the columns that only programs want and those that say nothing; what strangers wrote is
// made visible.
AnswerTable for_people(const AnswerTable& table) {
  std::vector<std::size_t> kept;
  for (std::size_t each = 0; each < table.columns.size(); ++each) {
    const bool empty = !table.rows.empty() && std::all_of(table.rows.begin(), table.rows.end(),
                                                          [&](const auto& row) { return row[each].empty(); });
    if (!table.columns[each].data_only && !empty) kept.push_back(each);
  }
  AnswerTable shown;
  for (const std::size_t each : kept) shown.columns.push_back(table.columns[each]);
  for (const auto& row : table.rows) {
    shown.rows.emplace_back();
    for (const std::size_t each : kept) shown.rows.back().push_back(visible(row[each]));
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
