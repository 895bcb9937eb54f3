// Several learners made into one forecast: how much each counts, and how they are joined.
//
// A learner counts by what it scored on earlier windows, apart for each stratum: where nobody has been killed
// for long another one is good than where there is war. The CRPS of a pool of distributions is a quadratic
// function of the weights, so the best weights are found exactly (Gneiting & Ranjan 2013; Yao et al. 2018 on
// stacking).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engines/forecast/cases.hpp"
#include "engines/forecast/draws.hpp"

namespace mithaq::forecast {

// How violent a unit's last months were, at an origin:
//   quiet       nobody killed for 24 months, as far as is known
//   simmering   somebody, but fewer than 2 a month over the last twelve
//   conflict    2 to 25 a month
//   war         25 or more a month
enum class Level : std::uint8_t { quiet, simmering, conflict, war };
inline constexpr std::size_t kLevels = 4;
Level level_of(const Panel& panel, UnitIndex unit, Month origin);

// A stratum is a level and a group of months ahead: 1 to 3, 4 to 8, 9 and more.
inline constexpr std::size_t kLeadGroups = 3;
inline constexpr std::size_t kStrata = kLevels * kLeadGroups;
std::size_t stratum_of(Level level, int lead);

// What the learners forecast from one origin, and what came.
struct Window {
  Month origin = 0;
  int horizon = 12;
  std::vector<UnitIndex> units{};
  std::vector<Draws> members{};   // [learner][cell]
  std::vector<Level> levels{};    // [place in units]
  std::vector<float> caps{};      // [place in units]: no draw of the joined forecast is above it
  std::vector<float> outcomes{};  // [cell]; NaN where not known; empty for the present
};

// What became of a learner.
struct Member {
  std::string id{};   // "forest", "analogues", "boosting", "markov", "conflictology_12", …
  double weight = 0;  // mean over the strata, 0 to 1
  double crps = 0;    // over the earlier windows, in deaths
  bool dropped = false;
  std::string why{};  // of a dropped one, in English
};
// How the learners did on earlier windows. One that did worse there than "nobody is killed anywhere", or
// whose draws are no numbers, is dropped: an ensemble is not better than its worst explosion.
//   ids  [learner]
std::vector<Member> judged_members(std::span<const Window> windows, std::span<const std::string> ids);

// The sums over cells that weights are found from.
struct PoolSums {
  // [stratum][learner]: E|X - y|, and [stratum][learner * learners + other]: E|X - X'|; each cell divided by
  // its scale.
  std::vector<std::vector<double>> distance{}, between{};
  std::vector<double> cells{};  // [stratum]
  std::size_t learners = 0;
};
PoolSums pool_sums(const Window& window, const Panel& panel, unsigned threads);

// [stratum][learner], each stratum's sum is 1.
using Weights = std::vector<std::vector<double>>;
// The weights with the smallest CRPS over windows, drawn towards what is known of the learners beforehand.
//   prior  [learner]: weights known beforehand, any sum above 0; 0 leaves a learner out
Weights stacking_weights(std::span<const PoolSums> windows, std::span<const double> prior);

// How the pooled distribution of each stratum is corrected: what level really was reached where the forecast
// said i / kLevelPoints.
inline constexpr std::size_t kLevelPoints = 40;
using Calibration = std::vector<std::vector<double>>;  // [stratum][kLevelPoints + 1], rising from 0 to 1

// How often outcomes fell at or below each level that a window's joined forecast gave them.
struct LevelCounts {
  std::vector<std::vector<double>> reached{};  // [stratum][kLevelPoints + 1]
  std::vector<double> cells{};                 // [stratum]
};
//   joined  forecasts that knew nothing of the outcomes
LevelCounts level_counts(const Window& window, const Draws& joined, std::uint64_t seed);
// Strata with few cells are taken for nearly calibrated.
Calibration calibration_of(std::span<const LevelCounts> windows);
Calibration no_calibration();

// Joins a window's learners: half of the draws from the linear pool, half from the average of quantiles,
// whole deaths, none above the cap.
Draws join(const Window& window, const Weights& weights, const Calibration& calibration, unsigned threads);

}  // namespace mithaq::forecast
