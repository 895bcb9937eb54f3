#include "service/shipped_panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <unordered_map>

#include "base/error.hpp"
#include "base/table.hpp"

namespace mithaq::service {
namespace {

using events::Month;
using events::Panel;
using events::UnitIndex;

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, events::kViolences> kViolenceNames = {"state_based", "non_state",
                                                                             "one_sided"};

[[noreturn]] void refuse(const Table& table, std::size_t row, std::string_view what) {
  throw Error(ErrorKind::invalid_input, fmt::format("{}:{}: {}", table.name(), table.line_of(row), what));
}

// A whole number, zero or more.
std::int32_t number_of(const Table& table, std::size_t row, std::string_view cell) {
  std::int32_t value = 0;
  const auto end = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (cell.empty() || end.ec != std::errc() || end.ptr != cell.data() + cell.size() || value < 0)
    refuse(table, row, fmt::format("\"{}\" is no whole number of zero or more", cell));
  return value;
}

Month month_in(const Table& table, std::size_t row, std::string_view cell,
               std::optional<Month> if_empty = {}) {
  if (cell.empty() && if_empty) return *if_empty;
  const auto month = events::month_named(cell);
  if (!month) refuse(table, row, fmt::format("\"{}\" is no month of the form 2023-12", cell));
  return *month;
}

std::size_t violence_in(const Table& table, std::size_t row, std::string_view cell) {
  const auto found = std::find(kViolenceNames.begin(), kViolenceNames.end(), cell);
  if (found == kViolenceNames.end()) refuse(table, row, fmt::format("no kind of violence: \"{}\"", cell));
  return static_cast<std::size_t>(found - kViolenceNames.begin());
}

using UnitsById = std::unordered_map<std::string, UnitIndex>;

UnitsById units_by_id(const Panel& panel) {
  UnitsById out;
  for (UnitIndex unit = 0; unit < panel.units.size(); ++unit) out.emplace(panel.units[unit].id, unit);
  return out;
}

}  // namespace

std::vector<events::Country> panel_countries(const std::filesystem::path& data) {
  const Table table = Table::read(data / "conflict" / "countries.tsv");
  std::vector<events::Country> out;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    events::Country country;
    country.id = table.cell(row, "id");
    country.number = number_of(table, row, table.cell(row, "views"));
    country.gwcode = number_of(table, row, table.cell(row, "gw"));
    country.from = month_in(table, row, table.cell(row, "from"), country.from);
    country.to = month_in(table, row, table.cell(row, "to"), country.to);
    country.region = table.cell(row, "region");
    out.push_back(std::move(country));
  }
  std::sort(out.begin(), out.end(), [](const auto& one, const auto& other) { return one.id < other.id; });
  return out;
}

events::Panel shipped_panel(const std::filesystem::path& data) {
  Panel panel;
  panel.vintage = kShippedVintage;
  for (const auto& each : panel_countries(data)) {
    panel.units.push_back(
        {.id = each.id, .number = each.number, .from = each.from, .to = each.to, .region = each.region});
  }
  const UnitsById units = units_by_id(panel);

  const Table coverage = Table::read(data / "conflict" / "coverage.tsv");
  struct Months {
    Month from = 1, to = 0;
  };
  std::array<Months, events::kViolences> covered{};
  for (std::size_t row = 0; row < coverage.row_count(); ++row) {
    const std::size_t violence = violence_in(coverage, row, coverage.cell(row, "violence"));
    covered[violence] = {month_in(coverage, row, coverage.cell(row, "from")),
                         month_in(coverage, row, coverage.cell(row, "to"))};
    if (covered[violence].to < covered[violence].from)
      refuse(coverage, row, "the months end before they begin");
    panel.first = row == 0 ? covered[violence].from : std::min(panel.first, covered[violence].from);
    panel.last = row == 0 ? covered[violence].to : std::max(panel.last, covered[violence].to);
  }
  if (coverage.row_count() == 0) throw Error(ErrorKind::invalid_input, coverage.name() + " names no months");

  // What is covered and not said is zero; the rest stays unknown.
  for (std::size_t violence = 0; violence < events::kViolences; ++violence) {
    panel.deaths[violence].assign(panel.units.size() * panel.months(),
                                  std::numeric_limits<float>::quiet_NaN());
    for (UnitIndex unit = 0; unit < panel.units.size(); ++unit) {
      const Month from = std::max(covered[violence].from, panel.units[unit].from);
      const Month to = std::min(covered[violence].to, panel.units[unit].to);
      for (Month month = from; month <= to; ++month) panel.deaths[violence][panel.at(unit, month)] = 0;
    }
  }

  const Table deaths = Table::read(data / "conflict" / "deaths.tsv");
  std::array<std::size_t, 12> columns{};
  for (std::size_t month = 0; month < kMonths.size(); ++month) columns[month] = deaths.column(kMonths[month]);
  const std::size_t country = deaths.column("country"), year = deaths.column("year"),
                    kind = deaths.column("violence");
  for (std::size_t row = 0; row < deaths.row_count(); ++row) {
    const auto unit = units.find(std::string(deaths.cell(row, country)));
    if (unit == units.end()) refuse(deaths, row, "the country is not in countries.tsv");
    const std::size_t violence = violence_in(deaths, row, deaths.cell(row, kind));
    const int of_year = number_of(deaths, row, deaths.cell(row, year));
    for (int month = 0; month < 12; ++month) {
      const std::string_view cell = deaths.cell(row, columns[static_cast<std::size_t>(month)]);
      if (cell.empty()) continue;
      const Month at = events::month_of(of_year, month + 1);
      if (!panel.known(static_cast<events::Violence>(violence), unit->second, at))
        refuse(deaths, row, fmt::format("{} is no month that is covered", events::to_text(at)));
      panel.deaths[violence][panel.at(unit->second, at)] = static_cast<float>(number_of(deaths, row, cell));
    }
  }
  join_neighbours(data, panel);
  return panel;
}

void join_neighbours(const std::filesystem::path& data, events::Panel& panel) {
  const UnitsById units = units_by_id(panel);
  panel.neighbours.assign(panel.units.size(), {});
  const Table table = Table::read(data / "conflict" / "neighbours.tsv");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const auto one = units.find(std::string(table.cell(row, "country")));
    const auto other = units.find(std::string(table.cell(row, "neighbour")));
    if (one == units.end() || other == units.end()) continue;  // a panel may have fewer units
    panel.neighbours[one->second].push_back(other->second);
    panel.neighbours[other->second].push_back(one->second);
  }
  for (auto& each : panel.neighbours) {
    std::sort(each.begin(), each.end());
    each.erase(std::unique(each.begin(), each.end()), each.end());
  }
}

}  // namespace mithaq::service
