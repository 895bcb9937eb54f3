#include "engines/fund/contributions.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/utf8.hpp"

namespace mithaq::fund {

namespace {

constexpr std::size_t kColumnsMax = 20;

acts::Refusal wrong(std::size_t line, const std::string& what) {
  return {.rule = "fund/table", .reason = "line " + std::to_string(line) + " of the table: " + what};
}

// The rows of a table one after the other.
class Rows {
 public:
  Rows(std::string_view text, char separator) : text_(text), separator_(separator) {}

  // Goes to the next row that is not empty; false behind the last, or with `broken` if a quote is not closed.
  bool next() {
    cells.clear();
    while (at_ < text_.size()) {
      line = next_line_;
      if (!read_row()) return false;
      if (cells.size() > 1 || !cells.front().empty()) return true;
      cells.clear();
    }
    return false;
  }

  std::vector<std::string> cells{};
  std::size_t line = 0;  // on which the row begins
  bool broken = false;

 private:
  bool read_row() {
    cells.emplace_back();
    bool quoted = false;
    for (; at_ < text_.size(); ++at_) {
      const char each = text_[at_];
      if (each == '\n') ++next_line_;
      if (quoted) {
        if (each != '"') {
          cells.back() += each;
        } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
          cells.back() += '"';
          ++at_;
        } else {
          quoted = false;
        }
      } else if (each == '"') {
        quoted = true;
      } else if (each == separator_) {
        if (cells.size() >= kColumnsMax) {
          broken = true;
          return false;
        }
        cells.emplace_back();
      } else if (each == '\n') {
        ++at_;
        break;
      } else if (each == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') {
        continue;
      } else {
        cells.back() += each;
      }
    }
    broken = quoted;
    return !broken;
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t next_line_ = 1;
};

std::string trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return std::string(text);
}

// That which stands most often in the heading row.
char separator_of(std::string_view text) {
  const std::string_view heading = text.substr(0, text.find('\n'));
  char best = ',';
  for (const char each : {',', ';', '\t'}) {
    if (std::count(heading.begin(), heading.end(), each) > std::count(heading.begin(), heading.end(), best))
      best = each;
  }
  return best;
}

bool is_number(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

}  // namespace

bool is_formula(std::string_view cell) {
  while (!cell.empty() && cell.front() == ' ') cell.remove_prefix(1);
  if (cell.empty() || is_number(cell)) return false;
  for (const std::string_view begin : {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"})
    if (cell.starts_with(begin)) return true;
  return false;
}

std::variant<std::vector<Contribution>, acts::Refusal> read_contributions(std::string_view text,
                                                                          const Currencies& currencies) {
  if (text.size() > kContributionBytesMax)
    return acts::Refusal{.rule = "fund/table", .reason = "the table is too long"};
  if (find_invalid_utf8(text) != text.size() || text.find('\0') != std::string_view::npos)
    return acts::Refusal{.rule = "fund/table", .reason = "the table is not UTF-8 text; save it as CSV UTF-8"};
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  enum Column { contributor, amount, currency, day, reference, kColumns };
  constexpr std::array<std::string_view, kColumns> kNames = {"contributor", "amount", "currency", "day",
                                                             "reference"};
  std::array<std::optional<std::size_t>, kColumns> place{};
  Rows rows(text, separator_of(text));
  std::vector<Contribution> read;
  bool headed = false;
  while (rows.next()) {
    for (const std::string& cell : rows.cells) {
      if (is_formula(cell))
        return acts::Refusal{.rule = "fund/formula",
                             .reason = "line " + std::to_string(rows.line) +
                                       " of the table holds a formula; send the values alone"};
    }
    if (!headed) {
      headed = true;
      for (std::size_t at = 0; at < rows.cells.size(); ++at) {
        const std::string name = trimmed(rows.cells[at]);
        const auto known = std::find(kNames.begin(), kNames.end(), name);
        if (known == kNames.end())
          return wrong(rows.line, "there is no column \"" + name.substr(0, 40) + "\"");
        auto& where = place[static_cast<std::size_t>(known - kNames.begin())];
        if (where) return wrong(rows.line, "the column " + name + " is there twice");
        where = at;
      }
      for (const Column each : {contributor, amount, day})
        if (!place[each]) return wrong(rows.line, "the column " + std::string(kNames[each]) + " is missing");
      continue;
    }
    const auto cell = [&](Column column) {
      return place[column] && *place[column] < rows.cells.size() ? trimmed(rows.cells[*place[column]])
                                                                 : std::string();
    };
    if (rows.cells.size() > kColumns) return wrong(rows.line, "the row has more cells than the heading");
    if (read.size() >= kContributionsMax) return wrong(rows.line, "a table has at most 1000 rows");
    Contribution row{.contributor = cell(contributor), .reference = cell(reference), .line = rows.line};
    if (row.contributor.empty() || row.contributor.size() > 200)
      return wrong(rows.line, "the contributor is missing");
    const std::string code = cell(currency);
    const auto money = currencies.read(code.empty() ? cell(amount) : cell(amount) + " " + code);
    if (const auto* broken = std::get_if<acts::Refusal>(&money)) return wrong(rows.line, broken->reason);
    row.amount = std::get<Money>(money);
    if (row.amount.minor <= 0) return wrong(rows.line, "the amount is above zero");
    const auto on = parse_day(cell(day));
    if (!on) return wrong(rows.line, "a day is written as 2026-03-29");
    row.day = *on;
    if (row.reference.size() > 500) return wrong(rows.line, "the reference is too long");
    read.push_back(std::move(row));
  }
  if (rows.broken) return wrong(rows.line, "a quotation mark is not closed, or there are too many cells");
  if (read.empty()) return acts::Refusal{.rule = "fund/table", .reason = "the table has no rows"};
  return read;
}

}  // namespace mithaq::fund
