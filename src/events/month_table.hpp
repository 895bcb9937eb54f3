// Tables that come summed up by month already: deaths by country and month, or by cell of the grid and month.
#pragma once

#include <array>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "events/country_months.hpp"
#include "events/panel.hpp"

namespace mithaq::events {

struct MonthRow {
  std::int32_t unit = 0;  // VIEWS country id, or PRIO-GRID gid
  Month month = 0;
  // [violence]: deaths, zero or more; NaN where the table says nothing.
  std::array<float, kViolences> deaths{};
};

struct MonthTable {
  std::string vintage{}, source{}, licence{};  // as of an EventTable
  bool grid = false;                           // units are cells
  Month first = 1, last = 0;                   // of its rows
  std::vector<MonthRow> rows{};                // sorted by unit and month, none twice
};

// A month without a row is unknown, not zero: the table may not have looked there.
//   countries  the units; rows of others are left out (and counted, if asked)
Panel country_panel(const MonthTable& table, std::span<const Country> countries,
                    Aggregated* aggregated = nullptr);

// A cell and month without a row has no deaths, because such tables list what happened.
Panel grid_panel(const MonthTable& table);

}  // namespace mithaq::events
