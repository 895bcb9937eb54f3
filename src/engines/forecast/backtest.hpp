// The score table: forecasts of past windows beside the benchmarks, with how sure the difference is.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engines/forecast/forecast.hpp"

namespace mithaq::forecast {

// What several models forecast from one origin.
struct BacktestWindow {
  Month origin = 0;
  int horizon = 14;                    // of the draws
  int lead_first = 3, lead_last = 14;  // months ahead that are scored
  std::vector<UnitIndex> units{};
  std::vector<std::string> models{};  // "mithaq", "conflictology_12", …
  std::vector<Draws> draws{};         // [model][cell]
  std::vector<float> outcomes{};      // [cell]; NaN is not scored
};

// Means over all scored cells of a window; over several windows, the mean of their means.
struct Scores {
  double crps = 0, ignorance = 0, interval_score = 0, log1p_crps = 0;
  double brier_any = 0, brier_25 = 0;  // of any death, of 25 deaths
  double average_precision_any = 0, average_precision_25 = 0;
  double coverage = 0;           // of the central 90 % interval
  double coverage_violence = 0;  // the same, of cells in which somebody was killed
};

struct ModelScores {
  std::string model{};
  std::vector<Scores> windows{};
  Scores all{};
  // Difference to the benchmark, and the interval that holds 95 % of what bootstraps over units gave: they
  // are drawn with replacement, each with all its months (1000 times).
  struct Difference {
    double mean = 0, low = 0, high = 0;
  };
  Difference crps{}, ignorance{}, interval_score{}, log1p_crps{};
};

struct Backtest {
  std::vector<Month> origins{};
  std::vector<ModelScores> models{};  // in the order of the windows' models
  // Without the units that weigh most: the two with the most deaths in the scored months.
  std::vector<UnitIndex> dominant{};
  std::vector<ModelScores> without{};
  std::array<double, 10>
      pit{};  // of the first model: shares of outcomes in each tenth; 0.1 each is calibrated
};

// Scores windows that have the same models; the first is ours.
//   benchmark  the model that differences are taken to
Backtest score_windows(std::span<const BacktestWindow> windows, const std::string& benchmark,
                       std::uint64_t seed);

// Forecasts from an origin as if later months were not known, and lays the learners and benchmarks beside.
//   models  "mithaq", the learners, "zero", "last", "bootstrap"
BacktestWindow backtest_window(const Panel& panel, Month origin, const ForecastOptions& options,
                               int lead_first = 3, int lead_last = 14);

}  // namespace mithaq::forecast
