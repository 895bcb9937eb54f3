#include "events/month_table.hpp"

#include <fmt/format.h>

#include <cmath>
#include <unordered_map>

#include "base/error.hpp"

namespace mithaq::events {
namespace {

constexpr std::size_t kCellMonthsMax = 100'000'000;  // as of country_months.cpp

void make_room(Panel& panel, float fill) {
  if (panel.last < panel.first) throw Error(ErrorKind::invalid_input, "The table has no months.");
  if (panel.units.size() > kCellMonthsMax / panel.months())
    throw Error(ErrorKind::invalid_input,
                fmt::format("{} units and {} months are too many: at most {} together", panel.units.size(),
                            panel.months(), kCellMonthsMax));
  for (auto& each : panel.deaths) each.assign(panel.units.size() * panel.months(), fill);
}

}  // namespace

Panel country_panel(const MonthTable& table, std::span<const Country> countries, Aggregated* aggregated) {
  Aggregated own;
  Aggregated& counts = aggregated != nullptr ? *aggregated : own;
  Panel panel;
  panel.vintage = table.vintage;
  panel.first = table.first;
  panel.last = table.last;
  std::unordered_map<std::int32_t, UnitIndex> unit_of;
  for (const Country& each : countries) {
    unit_of.emplace(each.number, static_cast<UnitIndex>(panel.units.size()));
    panel.units.push_back(
        {.id = each.id, .number = each.number, .from = each.from, .to = each.to, .region = each.region});
  }
  panel.neighbours.resize(panel.units.size());
  make_room(panel, std::numeric_limits<float>::quiet_NaN());
  for (const MonthRow& row : table.rows) {
    double deaths = 0;
    for (const float each : row.deaths) deaths += std::isnan(each) ? 0 : each;
    const auto found = unit_of.find(row.unit);
    LeftOut* left_out = nullptr;
    if (found == unit_of.end()) {
      left_out = &counts.no_unit;
      ++counts.unknown_countries[std::to_string(row.unit)];
    } else if (!panel.holds(row.month) || row.month < panel.units[found->second].from ||
               row.month > panel.units[found->second].to) {
      left_out = &counts.outside_months;
    }
    if (left_out != nullptr) {
      left_out->events += 1;
      left_out->deaths += deaths;
      continue;
    }
    counts.events += 1;
    counts.deaths += deaths;
    for (std::size_t violence = 0; violence < kViolences; ++violence)
      panel.deaths[violence][panel.at(found->second, row.month)] = row.deaths[violence];
  }
  return panel;
}

Panel grid_panel(const MonthTable& table) {
  Panel panel;
  panel.vintage = table.vintage;
  panel.first = table.first;
  panel.last = table.last;
  std::unordered_map<std::int32_t, UnitIndex> unit_of;
  for (const MonthRow& row : table.rows) {  // sorted by unit
    if (!unit_of.emplace(row.unit, static_cast<UnitIndex>(panel.units.size())).second) continue;
    panel.units.push_back(grid_unit(row.unit));
  }
  join_grid_neighbours(panel);
  make_room(panel, 0);
  for (const MonthRow& row : table.rows) {
    for (std::size_t violence = 0; violence < kViolences; ++violence)
      panel.deaths[violence][panel.at(unit_of.at(row.unit), row.month)] = row.deaths[violence];
  }
  return panel;
}

}  // namespace mithaq::events
