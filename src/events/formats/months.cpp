#include "events/formats/months.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "events/formats/csv.hpp"

namespace mithaq::events {
namespace {

constexpr std::size_t kRowsBetweenNews = 8192;
constexpr std::size_t kMissingShown = 5;
constexpr std::int32_t kCellsMax = 259'200;
constexpr double kDeathsMax = 1e8;
constexpr Month kMonthMin = month_of(1900, 1);
constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

std::optional<std::size_t> violence_named(std::string_view text) {
  if (text == "1" || text == "sb" || text == "ged_sb" || text == "state_based") return 0;
  if (text == "2" || text == "ns" || text == "ged_ns" || text == "non_state") return 1;
  if (text == "3" || text == "os" || text == "ged_os" || text == "one_sided") return 2;
  return std::nullopt;
}

bool before(const MonthRow& one, const MonthRow& other) {
  return one.unit != other.unit ? one.unit < other.unit : one.month < other.month;
}

}  // namespace

ReadReport read_months(std::string_view text, const ReadOptions& options,
                       std::span<const std::int32_t> countries, MonthTable& into) {
  ReadReport report;
  CsvRows rows(text);
  if (!rows.next()) throw Error(ErrorKind::invalid_input, "the file is empty");
  const Columns columns(rows.fields());
  const std::size_t count = columns.count();
  const std::size_t cell = columns.find({"gid", "priogrid_gid", "pg_id"}),
                    country = columns.find({"country_id"});
  const bool grid = cell != Columns::kNone;
  report.layout = grid ? Layout::grid_months : Layout::country_months;
  if (!into.rows.empty() && into.grid != grid)
    throw Error(ErrorKind::invalid_input, "tables of countries and of cells do not go into one vintage");
  into.grid = grid;
  const std::size_t unit_at = grid ? cell : country;
  const std::size_t month_id = columns.find({"month_id"}), year = columns.find({"year"}),
                    month = columns.find({"month"});
  const std::size_t kind = columns.find({"violence", "type_of_violence"}),
                    deaths = columns.find({"deaths", "best", "value"});
  const std::array<std::size_t, kViolences> wide = {
      columns.find({"ged_sb", "sb", "ged_sb_best_sum_nokgi", "ged_best_sb", "outcome"}),
      columns.find({"ged_ns", "ns", "ged_ns_best_sum_nokgi", "ged_best_ns"}),
      columns.find({"ged_os", "os", "ged_os_best_sum_nokgi", "ged_best_os"})};
  const bool is_long = kind != Columns::kNone && deaths != Columns::kNone;
  const bool has_month = month_id != Columns::kNone || (year != Columns::kNone && month != Columns::kNone);
  if (unit_at == Columns::kNone || !has_month || (!is_long && wide[0] == Columns::kNone))
    throw Error(ErrorKind::invalid_input,
                fmt::format("a table of months has the columns month_id, country_id (of VIEWS) or gid, and "
                            "ged_sb, ged_ns, ged_os; "
                            "this one has {}",
                            columns.all()));

  const Month this_month = month_of(options.today);
  const std::function<std::size_t()> line = [&] { return rows.line(); };
  while (rows.next()) {
    const auto fields = rows.fields();
    rows.expect_fields(count);
    report.rows += 1;
    if (report.rows % kRowsBetweenNews == 0 && options.passed && !options.passed(rows.end()))
      throw Error(ErrorKind::unavailable, "stopped; nothing was imported");
    MonthRow row;
    row.deaths.fill(kUnknown);
    std::optional<Month> at;
    if (month_id != Columns::kNone) {
      at = whole_number(fields[month_id]);
    } else if (const auto of_year = whole_number(fields[year]), of_month = whole_number(fields[month]);
               of_year && of_month && *of_year >= 1900 && *of_year <= 2200 && *of_month >= 1 &&
               *of_month <= 12) {
      at = month_of(*of_year, *of_month);
    }
    if (!at || *at < kMonthMin || *at > month_of(2200, 12)) {
      report.leave_out("the month is none", line);
      continue;
    }
    if (*at > this_month) {
      report.leave_out("the month is in the future", line);
      continue;
    }
    row.month = *at;
    const auto unit = whole_number(fields[unit_at]);
    if (!unit || *unit < 1 || (grid && *unit > kCellsMax)) {
      report.leave_out(grid ? "there is no such cell of the grid" : "the country is no number", line);
      continue;
    }
    row.unit = *unit;
    if (!grid && !std::binary_search(countries.begin(), countries.end(), row.unit)) {
      ++report.unknown_countries[std::to_string(row.unit)];
      report.leave_out("the country is none of VIEWS", line, false);
      continue;
    }
    const char* refusal = nullptr;
    const auto take = [&](std::string_view field, std::size_t violence) {
      if (field.empty() || field == "NA" || field == "NaN" || field == "nan") return;
      const auto value = number(field);
      if (!value) {
        refusal = "the number of deaths is no number";
      } else if (*value < 0) {
        refusal = "the number of deaths is negative";
      } else if (*value > kDeathsMax) {
        refusal = "there were never so many deaths in a month";
      } else {
        row.deaths[violence] = static_cast<float>(*value);
      }
    };
    if (is_long) {
      const auto violence = violence_named(fields[kind]);
      if (violence) take(fields[deaths], *violence);
      if (!violence) refusal = "there is no such kind of violence";
    } else {
      for (std::size_t violence = 0; violence < kViolences; ++violence)
        if (wide[violence] != Columns::kNone) take(fields[wide[violence]], violence);
    }
    if (refusal != nullptr) {
      report.leave_out(refusal, line);
      continue;
    }
    report.saw(row.month);
    report.kept += 1;
    into.rows.push_back(row);
  }

  // Rows of one unit and month become one: a long table has up to three of them, a challenge's windows may
  // overlap.
  std::stable_sort(into.rows.begin(), into.rows.end(), before);
  std::size_t to = 0;
  for (std::size_t from = 0; from < into.rows.size(); ++from) {
    const MonthRow& row = into.rows[from];
    if (to == 0 || before(into.rows[to - 1], row)) {
      into.rows[to++] = row;
      continue;
    }
    MonthRow& kept = into.rows[to - 1];
    bool said_anew = false;
    for (std::size_t violence = 0; violence < kViolences; ++violence) {
      if (std::isnan(row.deaths[violence])) continue;
      if (!std::isnan(kept.deaths[violence]) && kept.deaths[violence] != row.deaths[violence])
        throw Error(ErrorKind::invalid_input,
                    fmt::format("two rows say different numbers of {} {} in {}: {} and {}",
                                grid ? "the cell" : "the country", row.unit, to_text(row.month),
                                kept.deaths[violence], row.deaths[violence]));
      said_anew = said_anew || std::isnan(kept.deaths[violence]);
      kept.deaths[violence] = row.deaths[violence];
    }
    if (said_anew) continue;
    report.duplicates += 1;
    report.kept -= report.kept > 0 ? 1 : 0;
  }
  into.rows.resize(to);
  if (!into.rows.empty()) {
    into.first = into.last = into.rows[0].month;
    for (const MonthRow& row : into.rows) {
      into.first = std::min(into.first, row.month);
      into.last = std::max(into.last, row.month);
    }
  }
  // Of cells only what happened is listed, so that nothing is missing there.
  for (std::size_t at = 1; at < into.rows.size() && !grid; ++at) {
    const MonthRow &one = into.rows[at - 1], &other = into.rows[at];
    if (one.unit != other.unit) continue;
    for (Month month_between = one.month + 1; month_between < other.month; ++month_between) {
      report.missing_months += 1;
      if (report.missing.size() < kMissingShown)
        report.missing.push_back(fmt::format("{} {}", one.unit, to_text(month_between)));
    }
  }
  refuse_if_bad(report, options);
  return report;
}

}  // namespace mithaq::events
