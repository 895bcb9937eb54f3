#include "events/country_months.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/error.hpp"

namespace mithaq::events {
namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
// Of one panel: 13,000 cells and 400 months are 5 million. What is far above is a file that means harm.
constexpr std::size_t kCellMonthsMax = 100'000'000;
constexpr int kGridColumns = 720, kGridRows = 360;

std::int32_t deaths_of(const Event& event, Estimate estimate) {
  switch (estimate) {
    case Estimate::low:
      return event.low;
    case Estimate::high:
      return event.high;
    case Estimate::best:
      break;
  }
  return event.best;
}

// The empty panel of a table's months.
Panel panel_of(const EventTable& table, const PanelRules& rules) {
  Panel panel;
  panel.vintage = table.vintage;
  panel.first = rules.first.value_or(table.first);
  panel.last = rules.last.value_or(table.last);
  if (panel.last < panel.first)
    throw Error(ErrorKind::invalid_input,
                fmt::format("There are no months from {} to {}.", to_text(panel.first), to_text(panel.last)));
  return panel;
}

// Sums the events into panel.deaths. Each event is in `unit_of` already, one past the last if it has none.
void sum_up(const EventTable& table, const PanelRules& rules, const std::vector<UnitIndex>& unit_of,
            Panel& panel, Aggregated& aggregated) {
  const std::size_t units = panel.units.size(), months = panel.months();
  if (units > kCellMonthsMax / months)
    throw Error(ErrorKind::invalid_input,
                fmt::format("{} units and {} months are too many: at most {} together", units, months,
                            kCellMonthsMax));
  const auto exists = [&](UnitIndex unit, Month month) {
    return panel.holds(month) && month >= table.first && month <= table.last &&
           month >= panel.units[unit].from && month <= panel.units[unit].to;
  };
  for (std::size_t violence = 0; violence < kViolences; ++violence) {
    // Parts of deaths add up in double, so that their sum does not hang on the order of the rows.
    std::vector<double> sums(units * months, 0.0);
    for (std::size_t row = 0; row < table.events.size(); ++row) {
      const Event& event = table.events[row];
      if (static_cast<std::size_t>(event.violence) != violence) continue;
      const double deaths = deaths_of(event, rules.estimate);
      const auto leave_out = [&](LeftOut& where, double how_many) {
        where.events += 1;
        where.deaths += how_many;
      };
      if (!exact_enough(event, rules)) {
        leave_out(aggregated.imprecise, deaths);
        continue;
      }
      const UnitIndex unit = unit_of[row];
      if (unit >= units) {
        leave_out(aggregated.no_unit, deaths);
        continue;
      }
      const MonthPart part = month_part(event, rules);
      double counted = 0, outside = 0;
      bool counts = false;
      for (Month month = part.first; month <= part.last; ++month) {
        if (!exists(unit, month)) {
          outside += part.deaths;
          continue;
        }
        sums[panel.at(unit, month)] += part.deaths;
        counted += part.deaths;
        counts = true;
      }
      if (counts) {
        aggregated.events += 1;
        aggregated.deaths += counted;
        aggregated.outside_months.deaths += outside;
      } else {
        leave_out(aggregated.outside_months, outside);
      }
    }
    std::vector<float>& all = panel.deaths[violence];
    all.assign(units * months, kUnknown);
    for (UnitIndex unit = 0; unit < units; ++unit)
      for (Month month = panel.first; month <= panel.last; ++month)
        if (exists(unit, month)) all[panel.at(unit, month)] = static_cast<float>(sums[panel.at(unit, month)]);
  }
}

}  // namespace

bool exact_enough(const Event& event, const PanelRules& rules) {
  return event.where_prec <= rules.where_prec_max && event.date_prec <= rules.date_prec_max &&
         event.clarity <= rules.clarity_max;
}

MonthPart month_part(const Event& event, const PanelRules& rules) {
  const double deaths = deaths_of(event, rules.estimate);
  const Month first = month_of(event.start), last = month_of(event.end);
  const int months = last - first + 1;
  if (months > 1 && rules.multi_month == MultiMonth::even_split) return {first, last, deaths / months};
  if (months > 1 && rules.multi_month == MultiMonth::ceil_split && deaths >= months)
    return {first, last, std::ceil(deaths / months)};
  return {last, last, deaths};
}

Panel country_panel(const EventTable& table, std::span<const Country> countries, const PanelRules& rules,
                    Aggregated* aggregated) {
  Panel panel = panel_of(table, rules);
  Aggregated own;
  Aggregated& counts = aggregated != nullptr ? *aggregated : own;
  std::unordered_multimap<std::int32_t, UnitIndex> by_number;
  std::unordered_multimap<std::string_view, UnitIndex> by_id;
  for (UnitIndex unit = 0; unit < countries.size(); ++unit) {
    const Country& each = countries[unit];
    panel.units.push_back(
        {.id = each.id, .number = each.number, .from = each.from, .to = each.to, .region = each.region});
    if (each.gwcode != 0) by_number.emplace(each.gwcode, unit);
    by_id.emplace(each.id, unit);
  }
  panel.neighbours.resize(countries.size());

  const UnitIndex none = static_cast<UnitIndex>(countries.size());
  // Of several rows of one country, the one that existed then.
  const auto at_its_time = [&](auto range, Month month) {
    UnitIndex found = none;
    for (auto each = range.first; each != range.second; ++each)
      if (found == none || (month >= countries[each->second].from && month <= countries[each->second].to))
        found = each->second;
    return found;
  };
  std::vector<UnitIndex> unit_of(table.events.size(), none);
  for (std::size_t row = 0; row < table.events.size(); ++row) {
    const Event& event = table.events[row];
    const Month month = month_of(event.end);
    UnitIndex& unit = unit_of[row];
    if (event.country != 0) unit = at_its_time(by_number.equal_range(event.country), month);
    if (unit == none && event.state != 0)
      unit = at_its_time(by_id.equal_range(table.text(event.state)), month);
    if (unit != none) continue;
    const std::string_view name = table.text(event.country_name);
    ++counts.unknown_countries[!name.empty() ? std::string(name) : std::to_string(event.country)];
  }
  sum_up(table, rules, unit_of, panel, counts);
  return panel;
}

Panel grid_panel(const EventTable& table, const PanelRules& rules, std::span<const std::int32_t> more,
                 Aggregated* aggregated) {
  Panel panel = panel_of(table, rules);
  Aggregated own;
  Aggregated& counts = aggregated != nullptr ? *aggregated : own;
  const std::int32_t cells_max = kGridColumns * kGridRows;
  // The first event of each cell says which country it is in; one past the last event: none.
  const std::size_t no_event = table.events.size();
  std::map<std::int32_t, std::size_t> first_event;
  for (const std::int32_t cell : more)
    if (cell >= 1 && cell <= cells_max) first_event.emplace(cell, no_event);
  for (std::size_t row = 0; row < table.events.size(); ++row) {
    const Event& event = table.events[row];
    if (event.cell < 1 || event.cell > cells_max || !exact_enough(event, rules)) continue;
    std::size_t& first = first_event.emplace(event.cell, row).first->second;
    first = std::min(first, row);
  }
  std::unordered_map<std::int32_t, UnitIndex> unit_of_cell;
  for (const auto& [cell, row] : first_event) {
    Unit unit = grid_unit(cell);
    if (row != no_event) {
      const Event& event = table.events[row];
      unit.region = event.state != 0 ? std::string(table.text(event.state)) : std::to_string(event.country);
    }
    unit_of_cell.emplace(cell, static_cast<UnitIndex>(panel.units.size()));
    panel.units.push_back(std::move(unit));
  }
  const UnitIndex none = static_cast<UnitIndex>(panel.units.size());
  std::vector<UnitIndex> unit_of(table.events.size(), none);
  for (std::size_t row = 0; row < table.events.size(); ++row) {
    const auto found = unit_of_cell.find(table.events[row].cell);
    if (found != unit_of_cell.end()) unit_of[row] = found->second;
  }
  join_grid_neighbours(panel);
  sum_up(table, rules, unit_of, panel, counts);
  return panel;
}

Unit grid_unit(std::int32_t cell) {
  Unit unit{.id = fmt::format("grid:{}", cell), .number = cell};
  unit.latitude = static_cast<float>((cell - 1) / kGridColumns) / 2 - 90 + 0.25F;
  unit.longitude = static_cast<float>((cell - 1) % kGridColumns) / 2 - 180 + 0.25F;
  return unit;
}

void join_grid_neighbours(Panel& panel) {
  std::unordered_map<std::int32_t, UnitIndex> unit_of_cell;
  for (UnitIndex unit = 0; unit < panel.units.size(); ++unit)
    unit_of_cell.emplace(panel.units[unit].number, unit);
  panel.neighbours.assign(panel.units.size(), {});
  for (UnitIndex unit = 0; unit < panel.units.size(); ++unit) {
    const int row = (panel.units[unit].number - 1) / kGridColumns;
    const int column = (panel.units[unit].number - 1) % kGridColumns;
    for (int down = -1; down <= 1; ++down) {
      for (int right = -1; right <= 1; ++right) {
        if ((down == 0 && right == 0) || row + down < 0 || row + down >= kGridRows) continue;
        const int wrapped = (column + right + kGridColumns) % kGridColumns;
        const auto found = unit_of_cell.find((row + down) * kGridColumns + wrapped + 1);
        if (found != unit_of_cell.end()) panel.neighbours[unit].push_back(found->second);
      }
    }
    std::sort(panel.neighbours[unit].begin(), panel.neighbours[unit].end());
  }
}

}  // namespace mithaq::events
