#include "events/formats/layout.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/error.hpp"
#include "base/fold.hpp"
#include "events/formats/csv.hpp"
#include "events/formats/world_bank.hpp"

namespace mithaq::events {
namespace {

constexpr std::size_t kLinesShown = 5;
constexpr std::size_t kBadAlways = 10;  // so many bad rows refuse no file
constexpr std::array<std::string_view, 12> kMonthNames = {"january",   "february", "march",    "april",
                                                          "may",       "june",     "july",     "august",
                                                          "september", "october",  "november", "december"};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& each : out)
    if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string_view name_of(Layout layout) {
  constexpr std::array<std::string_view, 6> kNames = {"ged",         "ged-geojson", "acled", "country-months",
                                                      "grid-months", "indicators"};
  return kNames[static_cast<std::size_t>(layout)];
}

Columns::Columns(std::span<const std::string_view> names) {
  for (const std::string_view each : names) names_.push_back(lower(trimmed(each)));
}

std::size_t Columns::find(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found != names_.end()) return static_cast<std::size_t>(found - names_.begin());
  }
  return kNone;
}

std::string Columns::all() const {
  constexpr std::size_t kBytesShown = 400;
  std::string out = fmt::format("{}", fmt::join(names_, ", "));
  if (out.size() > kBytesShown) {
    out.resize(kBytesShown);
    while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0) == 0x80) out.pop_back();
    if (!out.empty() && static_cast<unsigned char>(out.back()) >= 0xC0) out.pop_back();
    out += " …";
  }
  return out;
}

Layout layout_of(std::string_view begin) {
  if (begin.starts_with("\xEF\xBB\xBF")) begin.remove_prefix(3);
  if (begin.find('\0') != std::string_view::npos)
    throw Error(ErrorKind::invalid_input, "this is no text: CSV and GeoJSON are read");
  const std::size_t first = begin.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) throw Error(ErrorKind::invalid_input, "the file is empty");
  if (begin[first] == '{') return Layout::ged_geojson;
  if (is_world_bank(begin)) return Layout::indicators;

  std::string_view head = begin.substr(0, begin.find('\n'));
  if (head.ends_with('\r')) head.remove_suffix(1);
  CsvRows rows(head);
  rows.next();
  const Columns columns(rows.fields());
  if (columns.has("event_id_cnty") || (columns.has("event_type") && columns.has("fatalities")))
    return Layout::acled;
  if (columns.has("month_id") || (columns.has("year") && columns.has("month") && !columns.has("day"))) {
    if (columns.find({"gid", "priogrid_gid", "pg_id"}) != Columns::kNone) return Layout::grid_months;
    if (columns.find({"country_id", "gwcode", "iso3", "isoab"}) != Columns::kNone)
      return Layout::country_months;
  }
  if (columns.find({"type_of_violence", "type"}) != Columns::kNone &&
      columns.find({"best", "best_est", "best_death"}) != Columns::kNone)
    return Layout::ged;
  if (columns.has("country") && columns.has("year") && columns.has("indicator") && columns.has("value"))
    return Layout::indicators;
  throw Error(
      ErrorKind::invalid_input,
      fmt::format(
          "no layout that is known has these columns: {}. UCDP GED has id, type_of_violence, date_end, "
          "country_id, best; ACLED event_id_cnty, event_type, fatalities; a table of months month_id and "
          "country_id or gid; indicators Country Code and years, or country, year, indicator, value",
          columns.all()));
}

std::string_view StateNames::named(std::string_view name) const {
  const auto found = by_name.find(fold(name));
  return found == by_name.end() ? std::string_view() : std::string_view(found->second);
}

void ReadReport::leave_out(const std::string& reason, const std::function<std::size_t()>& line, bool is_bad) {
  Reason& why = left_out[reason];
  why.count += 1;
  if (why.lines.size() < kLinesShown) why.lines.push_back(line());
  if (is_bad) bad += 1;
}

void ReadReport::saw(Month month) {
  if (newest < first) {
    first = newest = month;
    return;
  }
  first = std::min(first, month);
  newest = std::max(newest, month);
}

void refuse_if_bad(const ReadReport& report, const ReadOptions& options) {
  if (report.bad <= kBadAlways ||
      static_cast<double>(report.bad) <= options.bad_part_max * static_cast<double>(report.rows))
    return;
  const auto worst = std::max_element(
      report.left_out.begin(), report.left_out.end(),
      [](const auto& one, const auto& other) { return one.second.count < other.second.count; });
  throw Error(ErrorKind::invalid_input,
              fmt::format("{} of {} rows have values that cannot be; the most frequent: {} (lines {})",
                          report.bad, report.rows, worst->first, fmt::join(worst->second.lines, ", ")));
}

std::optional<std::int32_t> whole_number(std::string_view text) {
  std::int32_t value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (text.empty() || read.ec != std::errc()) return std::nullopt;
  if (read.ptr == end) return value;
  // "12.0" and "12.000" are whole.
  if (*read.ptr != '.' || read.ptr + 1 == end) return std::nullopt;
  for (const char* each = read.ptr + 1; each < end; ++each)
    if (*each != '0') return std::nullopt;
  return value;
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size() ||
      !std::isfinite(value))
    return std::nullopt;
  return value;
}

std::optional<Day> day_named(std::string_view text) {
  text = trimmed(text);
  const auto digits = [](std::string_view part) -> std::optional<int> {
    int value = 0;
    if (part.empty() || part.front() < '0' || part.front() > '9') return std::nullopt;
    const auto read = std::from_chars(part.data(), part.data() + part.size(), value);
    if (read.ec != std::errc() || read.ptr != part.data() + part.size()) return std::nullopt;
    return value;
  };
  if (text.size() >= 10 && text[4] == '-' && text[7] == '-') {
    if (text.size() > 10 && text[10] != ' ' && text[10] != 'T') return std::nullopt;
    const auto year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)),
               day = digits(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    return day_of(*year, *month, *day);
  }
  // "20 February 2009", as ACLED wrote them until 2023.
  const std::size_t one = text.find(' '), two = text.rfind(' ');
  if (one == std::string_view::npos || two == one) return std::nullopt;
  const auto day = digits(text.substr(0, one)), year = digits(text.substr(two + 1));
  const std::string name = lower(text.substr(one + 1, two - one - 1));
  const auto month = std::find(kMonthNames.begin(), kMonthNames.end(), name);
  if (!day || !year || month == kMonthNames.end()) return std::nullopt;
  return day_of(*year, static_cast<int>(month - kMonthNames.begin()) + 1, *day);
}

}  // namespace mithaq::events
