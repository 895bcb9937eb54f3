// Warnings: forecasts that passed a threshold, and what became of earlier ones.
//
// A warning is about a unit, a condition and a window of months from the first after the origin. It is given
// where its probability is so high that, at the stated cost of a false alarm, warning is better than silence.
#pragma once

#include <cstdint>
#include <optional>
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

// Whether a condition can be asked of a unit at all: onset only after twelve quiet months.
//   past  deaths of the twelve months up to the origin, oldest first; NaN counts as not known: not asked
bool applies(Condition condition, std::span<const float> past);
// Whether the deaths of one month fulfil it.
bool fulfilled(Condition condition, std::span<const float> past, double deaths);

// What a warning costs against what it is worth.
struct Costs {
  // Of a false alarm, where a month of violence that nobody warned of costs 1.
  double false_alarm = 1.0 / 3;
  // From which probability on a warning is the cheaper: c / (1 + c).
  double threshold() const { return false_alarm / (1 + false_alarm); }
};

// The probability that the condition is fulfilled in some month of a window, by calibrating the largest of
// its months' probabilities on the past windows.
struct Warning {
  UnitIndex unit = 0;
  Condition condition = Condition::at_least_25;
  Month from = 0, to = 0;  // of the window, both included
  double probability = 0;
  double benchmark = 0;  // the same, of conflictology
  bool given = false;    // at or above the threshold
};

// Every unit and condition that applies, the given ones first, by probability.
//   window  months of the window, 1 to horizon: 3, 6, 12
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
Judged judge(const Panel& panel, Month origin, const Warning& warning);

struct TrackRecord {
  Condition condition = Condition::at_least_25;
  int window = 3;
  std::size_t hits = 0, false_alarms = 0, misses = 0, quiet = 0;
  double brier = 0, benchmark_brier = 0;
  double average_precision = 0, benchmark_average_precision = 0;
  double lead_months_mean = 0;
  Month origin_first = 0, origin_last = 0;
  // Ten bins of the probability: how many, mean probability, share that happened.
  struct Bin {
    std::size_t count = 0;
    double probability = 0;
    double happened = 0;
  };
  std::vector<Bin> reliability{};
};
// Of the earlier windows of a forecast, warned of with the same costs.
std::vector<TrackRecord> track_record(const Panel& panel, const Forecast& forecast, int window,
                                      const Costs& costs);
// Of warnings that were judged.
TrackRecord track_record(Condition condition, int window, std::span<const Judged> judged);

}  // namespace mithaq::forecast
