#include "engines/forecast/backtest.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/error.hpp"
#include "engines/forecast/benchmarks.hpp"
#include "engines/forecast/parallel.hpp"
#include "engines/forecast/random.hpp"
#include "engines/forecast/scores.hpp"

namespace mithaq::forecast {

namespace {

constexpr int kBootstraps = 1000;
constexpr double kMany = 25;

// Sums over the cells of one unit in one window.
struct UnitSums {
  UnitIndex unit = 0;
  double cells = 0, crps = 0, ignorance = 0, interval_score = 0, log1p_crps = 0;
};

struct WindowSums {
  Scores scores{};
  std::vector<UnitSums> units{};
};

WindowSums score(const BacktestWindow& window, std::size_t model, const std::set<UnitIndex>& left_out) {
  WindowSums sums;
  std::vector<double> any, many;
  std::vector<std::uint8_t> any_happened, many_happened;
  double violent = 0, covered_violent = 0, cells = 0;
  for (std::size_t unit = 0; unit < window.units.size(); ++unit) {
    if (left_out.count(window.units[unit]) != 0) continue;
    UnitSums own{.unit = window.units[unit]};
    for (int lead = window.lead_first; lead <= window.lead_last; ++lead) {
      const std::size_t cell = cell_of(unit, lead, window.horizon);
      const double outcome = window.outcomes[cell];
      if (std::isnan(outcome)) continue;
      const std::span<const float> draws = window.draws[model][cell];
      own.cells += 1;
      own.crps += crps(draws, outcome);
      own.ignorance += ignorance(draws, outcome);
      own.interval_score += interval_score(draws, outcome);
      own.log1p_crps += log1p_crps(draws, outcome);
      any.push_back(probability_at_least(draws, 0.5));
      many.push_back(probability_at_least(draws, kMany));
      any_happened.push_back(outcome > 0 ? 1 : 0);
      many_happened.push_back(outcome >= kMany ? 1 : 0);
      sums.scores.brier_any += brier(any.back(), outcome > 0);
      sums.scores.brier_25 += brier(many.back(), outcome >= kMany);
      const bool inside = covered(draws, outcome);
      sums.scores.coverage += inside ? 1 : 0;
      if (outcome > 0) violent += 1, covered_violent += inside ? 1 : 0;
    }
    sums.scores.crps += own.crps;
    sums.scores.ignorance += own.ignorance;
    sums.scores.interval_score += own.interval_score;
    sums.scores.log1p_crps += own.log1p_crps;
    cells += own.cells;
    sums.units.push_back(own);
  }
  if (cells == 0) return sums;
  for (double* each :
       {&sums.scores.crps, &sums.scores.ignorance, &sums.scores.interval_score, &sums.scores.log1p_crps,
        &sums.scores.brier_any, &sums.scores.brier_25, &sums.scores.coverage})
    *each /= cells;
  sums.scores.coverage_violence = violent == 0 ? 1 : covered_violent / violent;
  sums.scores.average_precision_any = average_precision(any, any_happened);
  sums.scores.average_precision_25 = average_precision(many, many_happened);
  return sums;
}

Scores mean_of(const std::vector<Scores>& all) {
  Scores mean;
  const auto count = static_cast<double>(all.size());
  for (double Scores::*field :
       {&Scores::crps, &Scores::ignorance, &Scores::interval_score, &Scores::log1p_crps, &Scores::brier_any,
        &Scores::brier_25, &Scores::average_precision_any, &Scores::average_precision_25, &Scores::coverage,
        &Scores::coverage_violence}) {
    for (const Scores& each : all) mean.*field += each.*field / count;
  }
  return mean;
}

// The interval of the mean difference of one score when units are drawn anew.
ModelScores::Difference difference(const std::vector<WindowSums>& ours, const std::vector<WindowSums>& theirs,
                                   double UnitSums::*field, std::uint64_t seed) {
  std::map<UnitIndex, std::pair<double, double>> by_unit;  // sum of differences, cells
  for (std::size_t window = 0; window < ours.size(); ++window) {
    for (std::size_t unit = 0; unit < ours[window].units.size(); ++unit) {
      const UnitSums &mine = ours[window].units[unit], &other = theirs[window].units[unit];
      std::pair<double, double>& sum = by_unit[mine.unit];
      sum.first += mine.*field - other.*field;
      sum.second += mine.cells;
    }
  }
  std::vector<std::pair<double, double>> units;
  double sum = 0, cells = 0;
  for (const auto& [unit, each] : by_unit) {
    units.push_back(each);
    sum += each.first, cells += each.second;
  }
  ModelScores::Difference result;
  if (cells == 0) return result;
  result.mean = sum / cells;
  std::vector<double> means;
  Random random(seed);
  for (int each = 0; each < kBootstraps; ++each) {
    double drawn = 0, drawn_cells = 0;
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
      const auto& [difference, count] = units[random.below(static_cast<std::uint32_t>(units.size()))];
      drawn += difference, drawn_cells += count;
    }
    means.push_back(drawn_cells == 0 ? 0 : drawn / drawn_cells);
  }
  std::sort(means.begin(), means.end());
  result.low = means[kBootstraps / 40];
  result.high = means[kBootstraps - 1 - kBootstraps / 40];
  return result;
}

std::vector<ModelScores> score_models(std::span<const BacktestWindow> windows, std::size_t benchmark,
                                      const std::set<UnitIndex>& left_out, std::uint64_t seed) {
  const std::vector<std::string>& names = windows[0].models;
  std::vector<std::vector<WindowSums>> sums(names.size(), std::vector<WindowSums>(windows.size()));
  in_parallel(names.size() * windows.size(), 0, [&](std::size_t each) {
    const std::size_t model = each / windows.size(), window = each % windows.size();
    sums[model][window] = score(windows[window], model, left_out);
  });
  std::vector<ModelScores> models;
  for (std::size_t model = 0; model < names.size(); ++model) {
    ModelScores result{.model = names[model]};
    for (const WindowSums& window : sums[model]) result.windows.push_back(window.scores);
    result.all = mean_of(result.windows);
    result.crps = difference(sums[model], sums[benchmark], &UnitSums::crps, seed);
    result.ignorance = difference(sums[model], sums[benchmark], &UnitSums::ignorance, seed);
    result.interval_score = difference(sums[model], sums[benchmark], &UnitSums::interval_score, seed);
    result.log1p_crps = difference(sums[model], sums[benchmark], &UnitSums::log1p_crps, seed);
    models.push_back(std::move(result));
  }
  return models;
}

}  // namespace

Backtest score_windows(std::span<const BacktestWindow> windows, const std::string& benchmark,
                       std::uint64_t seed) {
  expect(!windows.empty(), "a window to score");
  const std::vector<std::string>& names = windows[0].models;
  const auto found = std::find(names.begin(), names.end(), benchmark);
  expect(found != names.end(), "the benchmark among the models");
  const auto place = static_cast<std::size_t>(found - names.begin());

  Backtest backtest;
  std::map<UnitIndex, double> deaths;
  Random random(seed);
  double scored = 0;
  for (const BacktestWindow& window : windows) {
    expect(window.models == names, "the same models in each window");
    backtest.origins.push_back(window.origin);
    for (std::size_t unit = 0; unit < window.units.size(); ++unit) {
      for (int lead = window.lead_first; lead <= window.lead_last; ++lead) {
        const std::size_t cell = cell_of(unit, lead, window.horizon);
        const double part = random.uniform();
        if (std::isnan(window.outcomes[cell])) continue;
        deaths[window.units[unit]] += window.outcomes[cell];
        const double level = pit(window.draws[0][cell], window.outcomes[cell], part);
        backtest.pit[std::min<std::size_t>(9, static_cast<std::size_t>(level * 10))] += 1;
        scored += 1;
      }
    }
  }
  for (double& tenth : backtest.pit) tenth = scored == 0 ? 0 : tenth / scored;
  for (const auto& [unit, sum] : deaths) backtest.dominant.push_back(unit);
  std::stable_sort(backtest.dominant.begin(), backtest.dominant.end(),
                   [&](UnitIndex a, UnitIndex b) { return deaths[a] > deaths[b]; });
  if (backtest.dominant.size() > 2) backtest.dominant.resize(2);

  backtest.models = score_models(windows, place, {}, seed);
  backtest.without = score_models(
      windows, place, std::set<UnitIndex>(backtest.dominant.begin(), backtest.dominant.end()), seed);
  return backtest;
}

BacktestWindow backtest_window(const Panel& panel, Month origin, const ForecastOptions& options,
                               int lead_first, int lead_last) {
  ForecastOptions whole = options;
  whole.horizon = lead_last;
  whole.keep_learners = true;
  Forecast forecast = make_forecast(panel, origin, whole);
  BacktestWindow window{.origin = origin,
                        .horizon = lead_last,
                        .lead_first = lead_first,
                        .lead_last = lead_last,
                        .units = forecast.units};
  window.models.push_back("mithaq");
  window.draws.push_back(std::move(forecast.draws));
  for (std::size_t each = 0; each < forecast.learners.size(); ++each) {
    window.models.push_back(forecast.members[each].id);
    window.draws.push_back(std::move(forecast.learners[each]));
  }
  // The benchmarks ask the panel alone.
  std::vector<CaseKey> keys;
  std::vector<CaseIndex> now;
  for (const UnitIndex unit : window.units) {
    now.push_back(static_cast<CaseIndex>(keys.size()));
    keys.push_back({.unit = unit, .origin = origin});
  }
  const Cases cases{.keys = keys};
  const Training training{.panel = panel,
                          .cases = cases,
                          .rows = {},
                          .now = now,
                          .origin = origin,
                          .horizon = lead_last,
                          .draws = options.draws,
                          .seed = options.seed,
                          .threads = options.threads};
  window.models.insert(window.models.end(), {"zero", "last", "bootstrap"});
  window.draws.push_back(zero_draws(training));
  window.draws.push_back(last_draws(training));
  window.draws.push_back(bootstrap_draws(training));
  for (const UnitIndex unit : window.units) {
    for (int lead = 1; lead <= lead_last; ++lead)
      window.outcomes.push_back(panel.value(events::Violence::state_based, unit, origin + lead));
  }
  return window;
}

}  // namespace mithaq::forecast
