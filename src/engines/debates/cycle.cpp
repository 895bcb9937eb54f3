#include "engines/debates/cycle.hpp"

#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "base/table.hpp"

namespace mithaq::debates {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

[[noreturn]] void refuse(const Table& table, std::size_t row, const std::string& reason) {
  throw Error(ErrorKind::invalid_input,
              table.name() + ":" + std::to_string(table.line_of(row)) + ": " + reason);
}

std::string filled(const Table& table, std::size_t row, std::string_view column) {
  static_cast<void>(table.column(column));
  std::string cell(table.cell(row, column));
  if (cell.empty()) refuse(table, row, "the column " + std::string(column) + " is empty");
  return cell;
}

int number(const Table& table, std::size_t row, std::string_view text, int low, int high) {
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size() || out < low || out > high) {
    refuse(table, row,
           "\"" + std::string(text) + "\" is no whole number from " + std::to_string(low) + " to " +
               std::to_string(high));
  }
  return out;
}

int number_in(const Table& table, std::size_t row, std::string_view column, int low, int high) {
  return number(table, row, filled(table, row, column), low, high);
}

acts::Words words(const Table& table, std::size_t row) {
  acts::Words out;
  for (const char* language : {"ar", "en", "ru"}) out[language] = filled(table, row, language);
  return out;
}

// The Monday of the first week of a month that has a working day (Monday to Friday).
sys_days first_working_week(int year, int month) {
  const sys_days first(
      year_month_day(std::chrono::year(year), std::chrono::month(unsigned(month)), std::chrono::day(1)));
  const unsigned weekday = std::chrono::weekday(first).iso_encoding();
  const sys_days monday = first - days(weekday - 1);
  return weekday > 5 ? monday + days(7) : monday;
}

}  // namespace

Calendar Calendar::load(const std::filesystem::path& folder) {
  Calendar out;
  const Table sessions = Table::read(folder / "sessions.tsv");
  for (std::size_t row = 0; row < sessions.row_count(); ++row) {
    out.sessions_.push_back({.series = filled(sessions, row, "series"),
                             .base = number_in(sessions, row, "base", 0, 9999),
                             .from = number_in(sessions, row, "from", 0, 9999),
                             .month = number_in(sessions, row, "month", 1, 12),
                             .weekday = number_in(sessions, row, "weekday", 1, 7),
                             .week = number_in(sessions, row, "week", 1, 4),
                             .source = filled(sessions, row, "source")});
  }
  std::stable_sort(out.sessions_.begin(), out.sessions_.end(),
                   [](const SessionRule& a, const SessionRule& b) { return a.from < b.from; });
  const Table cycles = Table::read(folder / "cycles.tsv");
  for (std::size_t row = 0; row < cycles.row_count(); ++row) {
    Cycle cycle{.id = filled(cycles, row, "id"),
                .series = filled(cycles, row, "series"),
                .first = number_in(cycles, row, "first", 1, 9999),
                .every = number_in(cycles, row, "every", 1, 20),
                .item = words(cycles, row),
                .source = filled(cycles, row, "source")};
    for (const std::string_view each : split_values(cycles.cell(row, "remind")))
      cycle.remind_days.push_back(number(cycles, row, each, 1, 365));
    std::sort(cycle.remind_days.rbegin(), cycle.remind_days.rend());
    for (const std::string_view each : split_values(cycles.cell(row, "concerns")))
      cycle.concerns.emplace_back(each);
    if (out.cycle(cycle.id) != nullptr) refuse(cycles, row, "the item is there twice");
    if (!out.opening(cycle.series, cycle.first)) refuse(cycles, row, "no rule says when the session opens");
    out.cycles_.push_back(std::move(cycle));
  }
  const Table rules = Table::read(folder / "rules.tsv");
  for (std::size_t row = 0; row < rules.row_count(); ++row)
    out.rules_.push_back({filled(rules, row, "id"), words(rules, row), filled(rules, row, "source")});
  return out;
}

const Cycle* Calendar::cycle(std::string_view id) const {
  const auto found =
      std::find_if(cycles_.begin(), cycles_.end(), [&](const Cycle& each) { return each.id == id; });
  return found == cycles_.end() ? nullptr : &*found;
}

const Rule* Calendar::rule(std::string_view id) const {
  const auto found =
      std::find_if(rules_.begin(), rules_.end(), [&](const Rule& each) { return each.id == id; });
  return found == rules_.end() ? nullptr : &*found;
}

std::optional<year_month_day> Calendar::opening(std::string_view series, int session) const {
  const SessionRule* rule = nullptr;
  for (const SessionRule& each : sessions_) {
    if (each.series == series && each.from <= session + each.base) rule = &each;
  }
  if (rule == nullptr || session < 1 || session + rule->base > 9999) return std::nullopt;
  const sys_days monday = first_working_week(session + rule->base, rule->month);
  return year_month_day(monday + days(7 * (rule->week - 1) + rule->weekday - 1));
}

std::optional<int> Calendar::session_on(std::string_view series, sys_days day) const {
  const int year = int(year_month_day(day).year());
  for (const SessionRule& rule : sessions_) {
    if (rule.series != series) continue;
    for (const int session : {year - rule.base, year - rule.base - 1}) {
      const auto opens = opening(series, session);
      if (opens && sys_days(*opens) <= day) return session;
    }
    return std::nullopt;
  }
  return std::nullopt;
}

int Calendar::due(const Cycle& cycle, int after) {
  if (after < cycle.first) {
    // The sessions before the one that the table names follow the same rule.
    const int back = (cycle.first - after - 1) / cycle.every;
    return cycle.first - back * cycle.every;
  }
  return cycle.first + ((after - cycle.first) / cycle.every + 1) * cycle.every;
}

std::optional<DueSession> Calendar::next_due(const Cycle& cycle, sys_days day) const {
  // A session that opens today still counts, so one looks from the day before.
  const auto sits = session_on(cycle.series, day - days(1));
  if (!sits) return std::nullopt;
  const int session = due(cycle, *sits);
  const auto opens = opening(cycle.series, session);
  if (!opens) return std::nullopt;
  return DueSession{session, *opens};
}

}  // namespace mithaq::debates
