// Small panels made by hand, for the tests of this folder.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "engines/forecast/cases.hpp"

namespace mithaq::forecast {

inline constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

// A panel from rows of deaths by state-based violence: [unit][month], from month 1 on.
inline Panel made_panel(const std::vector<std::vector<float>>& rows, const std::string& prefix = "U") {
  Panel panel;
  panel.vintage = "made by hand";
  panel.first = 1;
  panel.last = rows.empty() ? 0 : static_cast<Month>(rows[0].size());
  panel.neighbours.resize(rows.size());
  for (std::size_t unit = 0; unit < rows.size(); ++unit) {
    panel.units.push_back({.id = prefix + std::to_string(unit), .number = static_cast<std::int32_t>(unit)});
    panel.deaths[0].insert(panel.deaths[0].end(), rows[unit].begin(), rows[unit].end());
  }
  return panel;
}

// All units of a panel, to be forecast from a month. Must outlive the Training that it gives.
struct MadeTraining {
  MadeTraining(Panel made, Month at, int ahead, std::size_t draws_of_cell = 1000)
      : panel(std::move(made)), origin(at), horizon(ahead), draws(draws_of_cell) {
    for (UnitIndex unit = 0; unit < panel.units.size(); ++unit) {
      now.push_back(static_cast<CaseIndex>(cases.keys.size()));
      cases.keys.push_back({unit, origin});
    }
  }
  Training training() const {
    return {.panel = panel,
            .cases = cases,
            .rows = rows,
            .now = now,
            .origin = origin,
            .horizon = horizon,
            .draws = draws,
            .seed = 1,
            .threads = threads};
  }

  Panel panel{};
  Cases cases{};
  std::vector<TrainingRow> rows{};
  std::vector<CaseIndex> now{};
  Month origin = 0;
  int horizon = 12;
  std::size_t draws = 1000;
  unsigned threads = 2;
};

}  // namespace mithaq::forecast
