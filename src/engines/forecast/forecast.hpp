// The forecast: all learners together, weighed by how they did, with their past record.
//
// The same learners forecast from several earlier origins first, as if today were then. What they scored
// there says how much each counts now, which are left out, and how well calibrated the whole is; and it is
// the track record that every warning is shown with. Method: docs/early-warning.md.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engines/forecast/cases.hpp"
#include "engines/forecast/draws.hpp"
#include "engines/forecast/stacking.hpp"

namespace mithaq::forecast {

struct ForecastOptions {
  int horizon = 36;            // months ahead
  std::size_t draws = kDraws;  // of each cell
  std::uint64_t seed = 1;
  unsigned threads = 0;        // 0: one for each core
  int windows = 5;             // earlier origins, twelve months apart, that the learners are weighed by
  bool keep_learners = false;  // Forecast::learners is filled
  // Told how far it is: what is being done, in English, and the part of the whole, 0 to 1.
  std::function<void(const std::string& step, double part)> progress{};
};

// An earlier origin, forecast with what was known then; its weights come from the windows before and beside
// it, never from itself.
struct PastWindow {
  Month origin = 0;
  int horizon = 12;
  std::vector<UnitIndex> units{};
  Draws draws{};                  // [cell]
  Draws benchmark{};              // [cell] conflictology, 12 values
  std::vector<float> outcomes{};  // [cell]; NaN where not known
};

// Why a unit is forecast what it is: for the month three ahead and at least 25 deaths.
struct Reasons {
  struct Influence {
    std::string feature{};  // id of a feature; "lead" for the month ahead
    float value = 0;        // the feature's, of this case; NaN if not known
    double effect = 0;      // on the probability
  };
  struct LikeCase {
    UnitIndex unit = 0;
    Month origin = 0;
    float weight = 0;
    float deaths_12 = 0;    // in the twelve months up to the origin
    float followed = 0;     // deaths in the month `lead` after it
    float followed_12 = 0;  // in the twelve months after it, as far as known
  };
  double base = 0;                      // the probability over all cases
  std::vector<Influence> influences{};  // the strongest first
  std::vector<LikeCase> like{};         // the most weighty first, each unit at most three times
};
inline constexpr int kReasonsLead = 3;
inline constexpr double kReasonsDeaths = 25;

struct Forecast {
  std::string vintage{};
  Month origin = 0;  // the last month known
  int horizon = 36;
  std::vector<UnitIndex> units{};  // those that exist at the origin; indices of the panel
  Draws draws{};                   // [cell_of(place in units, lead, horizon)]
  Draws benchmark{};               // the same cells: conflictology, 12 values
  std::vector<Member> members{};
  std::vector<PastWindow> past{};  // oldest first
  std::vector<Reasons> reasons{};  // [place in units]
  std::vector<Draws> learners{};   // [member][cell]: what each forecast alone; empty unless asked for
};

// Forecasts every unit of a panel from the end of a month.
//   origin  a month of the panel; nothing after it is looked at
//   throws  Error{invalid_input} if there are fewer than five years before the origin
Forecast make_forecast(const Panel& panel, Month origin, const ForecastOptions& options = {});

}  // namespace mithaq::forecast
