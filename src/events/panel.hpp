// Deaths by place and month: what forecasts learn from.
//
// A panel is of one vintage of one source. Sources revise the past with every release (December 2021 in
// Ethiopia has 3 thousand deaths in one vintage of UCDP GED and 116 thousand in the next), so two vintages
// never meet in one panel.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "events/month.hpp"

namespace mithaq::events {

// The three kinds of organized violence of UCDP (Sundberg & Melander 2013).
enum class Violence : std::uint8_t { state_based, non_state, one_sided };
inline constexpr std::size_t kViolences = 3;

using UnitIndex = std::uint32_t;  // in Panel::units

// A country, or a cell of PRIO-GRID (Tollefsen et al. 2012).
struct Unit {
  std::string id{};         // id of data/states.tsv ("AFG"), or "grid:148759"
  std::int32_t number = 0;  // the source's own: VIEWS country id, PRIO-GRID gid
  Month from = 0, to = std::numeric_limits<Month>::max();  // the months in which it exists, both included
  std::string region{};  // what it is counted in: a region of UN M49 ("145"); of a cell, its country
  float latitude = 0, longitude = 0;  // of its middle, degrees; 0, 0 if not known
};

// Something else that is known of each unit and month: population, GDP per head.
struct Indicator {
  std::string id{};      // "SP.POP.TOTL"
  std::string source{};  // who says so
  // [unit * months + month - first]: the newest value that was published by that month; NaN if none.
  std::vector<float> values{};
};

struct Panel {
  std::string vintage{};  // "UCDP GED 23.1"
  std::vector<Unit> units{};
  Month first = 1, last = 0;  // both included
  // [violence][unit * months() + month - first]: deaths, best estimate; NaN where nothing is known, also
  // where the unit does not exist.
  std::array<std::vector<float>, kViolences> deaths{};
  // [unit]: units that share a border; of a cell, the up to eight around it. Sorted.
  std::vector<std::vector<UnitIndex>> neighbours{};
  std::vector<Indicator> indicators{};

  std::size_t months() const { return static_cast<std::size_t>(last - first + 1); }
  bool holds(Month month) const { return month >= first && month <= last; }
  std::size_t at(UnitIndex unit, Month month) const {
    return unit * months() + static_cast<std::size_t>(month - first);
  }
  // NaN outside the panel's months.
  float value(Violence violence, UnitIndex unit, Month month) const {
    const std::vector<float>& all = deaths[static_cast<std::size_t>(violence)];
    return holds(month) && !all.empty() ? all[at(unit, month)] : std::numeric_limits<float>::quiet_NaN();
  }
  bool known(Violence violence, UnitIndex unit, Month month) const {
    return !std::isnan(value(violence, unit, month));
  }
};

}  // namespace mithaq::events
