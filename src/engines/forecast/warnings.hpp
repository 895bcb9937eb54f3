// Warnings: forecasts that passed a threshold, and what became of earlier ones.
//
// A warning is about a unit, a condition and a window of months from the first after the origin. It is given
// where its probability is so high that, at the stated cost of a false alarm, warning is better than silence.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engines/forecast/forecast.hpp"

namespace mithaq::forecast {

// What a warning is about, in some month of its window:
//   at_least_25 …  at least so many deaths
//   onset          any death, after twelve months without one
//   doubling       at least twice the monthly mean of the last twelve months, and at least 25
enum class Condition : std::uint8_t { at_least_25, at_least_100, at_least_1000, onset, doubling };
inline constexpr std::size_t kConditions = 5;
std::string_view name_of(Condition condition);  // "at_least_25", …
std::optional<Condition> condition_named(std::string_view name);

inline constexpr int kPastMonths = 12;  // that conditions look back on

// Whether a condition can be asked of a unit at all: onset only after twelve quiet months, doubling only
// after twelve known ones.
//   past  deaths of the twelve months up to the origin, oldest first; NaN: not known
bool applies(Condition condition, std::span<const float> past);
// How many deaths in one month fulfil it.
//   past  applies(condition, past)
double deaths_that_fulfil(Condition condition, std::span<const float> past);
// Whether the deaths of one month fulfil it; never if they are not known.
bool fulfilled(Condition condition, std::span<const float> past, double deaths);

// What a warning costs against what it is worth.
struct Costs {
  // Of a false alarm, where a month of violence that nobody warned of costs 1. Above 0.
  double false_alarm = 1.0 / 3;
  // From which probability on a warning is the cheaper: c / (1 + c).
  double threshold() const { return false_alarm / (1 + false_alarm); }
};

struct Warning {
  UnitIndex unit = 0;
  Condition condition = Condition::at_least_25;
  Month from = 0, to = 0;  // of the window, both included
  // That the condition is fulfilled in some month of the window: from the months' probabilities, as
  // window_chance.hpp says, learnt from the past windows of the forecast.
  double probability = 0;
  double benchmark = 0;  // the same, of conflictology
  bool given = false;    // at or above the threshold
};

// Every unit and condition that applies, the given ones first, by probability.
//   window  months of the window, 1 to horizon: 3, 6, 12
//   throws  Error{invalid_input} if the window is outside that, or a cost is not above 0
std::vector<Warning> warnings_of(const Panel& panel, const Forecast& forecast, int window,
                                 const Costs& costs);

// What became of one.
enum class Outcome : std::uint8_t { pending, hit, false_alarm, miss, quiet };
std::string_view name_of(Outcome outcome);  // "pending", "hit", …

struct Judged {
  Warning warning{};
  Month origin = 0;
  Outcome outcome = Outcome::pending;
  // Of a hit: the first month of the window that fulfilled it, in months after the origin.
  std::optional<int> lead_months{};
};
// Judged by the months that the panel knows; pending while months of the window are not known and none of
// those known fulfils it.
//   until  no later month is looked at
Judged judge(const Panel& panel, Month origin, const Warning& warning);
Judged judge(const Panel& panel, Month origin, const Warning& warning, Month until);

struct TrackRecord {
  Condition condition = Condition::at_least_25;
  int window = 3;
  std::size_t hits = 0, false_alarms = 0, misses = 0, quiet = 0;
  double brier = 0, benchmark_brier = 0;
  double average_precision = 0, benchmark_average_precision = 0;
  double lead_months_mean = 0;  // of the hits; 0 if there is none
  Month origin_first = 0, origin_last = 0;
  // Ten bins of the probability: how many, mean probability, share that happened.
  struct Bin {
    std::size_t count = 0;
    double probability = 0;
    double happened = 0;
  };
  std::vector<Bin> reliability{};
  // What these warnings cost, all together: each false alarm its cost, each miss 1. And what it would have
  // cost never to warn, or always.
  double cost = 0, cost_of_silence = 0, cost_of_always = 0;
  // The threshold on the probability that would have cost least here, to be held against the one in use;
  // above every probability that occurred if silence was the cheapest. Of several the nearest to the one in
  // use.
  double cheapest_threshold = 0;
  double cheapest_cost = 0;
};
// Of the earlier windows of a forecast, warned of with the same costs; one record for each condition, in
// their order. What turns a window's months into its probability is learnt from the other windows each time,
// and no month after the forecast's origin is looked at.
//   throws  as warnings_of
std::vector<TrackRecord> track_record(const Panel& panel, const Forecast& forecast, int window,
                                      const Costs& costs);
// Of warnings that were judged; those that are pending are left out.
TrackRecord track_record(Condition condition, int window, std::span<const Judged> judged,
                         const Costs& costs = {});

// The judged warnings of the earlier windows, from which track_record counts: for one unit's own record.
std::vector<Judged> judged_past(const Panel& panel, const Forecast& forecast, int window, const Costs& costs);

}  // namespace mithaq::forecast
