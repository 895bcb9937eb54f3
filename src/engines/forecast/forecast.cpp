#include "engines/forecast/forecast.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/error.hpp"
#include "engines/forecast/window.hpp"

namespace mithaq::forecast {

namespace {

constexpr int kPastHorizon = 12;           // months ahead of the earlier windows
constexpr int kYearsLeast = 5;             // of a panel before it is forecast from
constexpr std::size_t kCasesMax = 400000;  // of a panel with very many units, sampled
constexpr std::size_t kInfluences = 8, kLikeCases = 20, kLikeOfAUnit = 3;

// The windows but one: what a window may be weighed by when it is judged itself.
template <typename Item>
std::vector<Item> without(const std::vector<Item>& all, std::size_t left_out) {
  std::vector<Item> others;
  for (std::size_t each = 0; each < all.size(); ++each) {
    if (each != left_out) others.push_back(all[each]);
  }
  return others;
}

float deaths_between(const Panel& panel, UnitIndex unit, Month from, Month to) {
  float sum = 0;
  for (Month month = from; month <= to; ++month) {
    const float value = panel.value(events::Violence::state_based, unit, month);
    sum += std::isnan(value) ? 0 : value;
  }
  return sum;
}

Reasons reasons_of(const Training& training, const FittedForest& fitted, CaseIndex at,
                   const Forest::Influences& influences) {
  const Cases& cases = training.cases;
  const int lead = std::min(kReasonsLead, training.horizon);
  Reasons reasons{.base = influences.base};
  for (std::size_t feature = 0; feature < influences.effects.size(); ++feature) {
    const bool is_lead = feature == cases.features.size();
    reasons.influences.push_back({.feature = is_lead ? "lead" : cases.features[feature].id,
                                  .value = is_lead ? static_cast<float>(lead) : cases.values[feature][at],
                                  .effect = influences.effects[feature]});
  }
  std::stable_sort(reasons.influences.begin(), reasons.influences.end(),
                   [](const auto& a, const auto& b) { return std::abs(a.effect) > std::abs(b.effect); });
  if (reasons.influences.size() > kInfluences) reasons.influences.resize(kInfluences);

  std::map<UnitIndex, std::size_t> of_unit;
  for (const Forest::Like& like : fitted.forest.like(cases, at, lead, kLikeCases * 10)) {
    const TrainingRow& row = fitted.rows[like.row];
    const CaseKey& key = cases.keys[row.at];
    if (++of_unit[key.unit] > kLikeOfAUnit) continue;
    reasons.like.push_back(
        {.unit = key.unit,
         .origin = key.origin,
         .weight = like.weight,
         .deaths_12 = deaths_between(training.panel, key.unit, key.origin - 11, key.origin),
         .followed = row.outcome,
         .followed_12 = deaths_between(training.panel, key.unit, key.origin + 1,
                                       std::min(key.origin + 12, training.origin))});
    if (reasons.like.size() == kLikeCases) break;
  }
  return reasons;
}

}  // namespace

Forecast make_forecast(const Panel& panel, Month origin, const ForecastOptions& options) {
  if (!panel.holds(origin) || origin - panel.first + 1 < kYearsLeast * 12)
    throw Error(ErrorKind::invalid_input, "a forecast needs five years of months before its origin");
  const auto tell = [&](const std::string& step, double part) {
    if (options.progress) options.progress(step, part);
  };
  const std::vector<UnitIndex> units = units_at(panel, origin);
  if (units.empty()) throw Error(ErrorKind::invalid_input, "nothing is known of the month to forecast from");

  // Cases of every unit at every month, and those at the origins for certain.
  tell("reading the past", 0);
  std::vector<Month> origins;
  for (int back = options.windows; back >= 1; --back) {
    const Month past = origin - kPastHorizon * back;
    if (past - panel.first + 1 >= kYearsLeast * 12) origins.push_back(past);
  }
  std::vector<CaseKey> keys = case_keys(panel, origin, kCasesMax, options.seed);
  std::erase_if(keys, [&](const CaseKey& key) {
    return key.origin == origin || std::find(origins.begin(), origins.end(), key.origin) != origins.end();
  });
  for (const Month each : origins) {
    for (const UnitIndex unit : units_at(panel, each)) keys.push_back({.unit = unit, .origin = each});
  }
  for (const UnitIndex unit : units) keys.push_back({.unit = unit, .origin = origin});
  const Cases cases = make_cases(panel, keys, options.threads);

  Forecast forecast{.vintage = panel.vintage, .origin = origin, .horizon = options.horizon, .units = units};
  std::vector<Window> windows;
  std::vector<PoolSums> sums;
  for (std::size_t each = 0; each < origins.size(); ++each) {
    tell("forecasting earlier months to weigh the learners",
         static_cast<double>(each + 1) / static_cast<double>(origins.size() + 2));
    windows.push_back(forecast_window(
        panel, cases, origins[each],
        {.horizon = kPastHorizon, .draws = options.draws, .seed = options.seed, .threads = options.threads}));
    sums.push_back(pool_sums(windows.back(), panel, options.threads));
  }

  tell("forecasting the coming months",
       static_cast<double>(origins.size() + 1) / static_cast<double>(origins.size() + 2));
  FittedForest fitted;
  Window now = forecast_window(
      panel, cases, origin,
      {.horizon = options.horizon, .draws = options.draws, .seed = options.seed, .threads = options.threads},
      &fitted);

  const std::size_t benchmark = learner_index("conflictology_12");
  forecast.members = judged_members(windows, learner_ids());
  std::vector<double> priors = learner_priors();
  bool any = false;
  for (std::size_t each = 0; each < priors.size(); ++each) {
    if (forecast.members[each].dropped) priors[each] = 0;
    any = any || priors[each] > 0;
  }
  // Nothing did better than silence: the plain benchmark alone is said.
  if (!any) priors[benchmark] = 1;
  Weights weights;
  Calibration calibration = no_calibration();
  if (sums.empty()) {
    double sum = 0;
    for (const double prior : priors) sum += prior;
    for (double& prior : priors) prior /= sum;
    weights.assign(kStrata, priors);
  } else {
    weights = stacking_weights(sums, priors);
    // Earlier windows are judged with weights and a calibration that they had no part in.
    std::vector<Weights> weights_without;
    std::vector<LevelCounts> counts;
    for (std::size_t each = 0; each < windows.size(); ++each) {
      weights_without.push_back(windows.size() > 1 ? stacking_weights(without(sums, each), priors) : weights);
      const Draws joined = join(windows[each], weights_without[each], no_calibration(), options.threads);
      counts.push_back(level_counts(windows[each], joined, options.seed));
    }
    calibration = calibration_of(counts);
    for (std::size_t each = 0; each < windows.size(); ++each) {
      const Window& window = windows[each];
      forecast.past.push_back({.origin = window.origin,
                               .horizon = window.horizon,
                               .units = window.units,
                               .draws = join(window, weights_without[each],
                                             calibration_of(without(counts, each)), options.threads),
                               .benchmark = window.members[benchmark],
                               .outcomes = window.outcomes});
    }
  }
  for (std::size_t each = 0; each < priors.size(); ++each) {
    double sum = 0;
    for (const std::vector<double>& stratum : weights) sum += stratum[each];
    forecast.members[each].weight = sum / static_cast<double>(weights.size());
  }
  forecast.draws = join(now, weights, calibration, options.threads);
  forecast.benchmark = now.members[benchmark];
  std::vector<CaseIndex> now_cases;
  for (CaseIndex at = static_cast<CaseIndex>(cases.size() - units.size()); at < cases.size(); ++at)
    now_cases.push_back(at);
  const Training training{.panel = panel,
                          .cases = cases,
                          .rows = fitted.rows,
                          .now = now_cases,
                          .origin = origin,
                          .horizon = options.horizon,
                          .draws = options.draws,
                          .seed = options.seed,
                          .threads = options.threads};
  const std::vector<Forest::Influences> influences = fitted.forest.influences(
      cases, now_cases, std::min(kReasonsLead, options.horizon), kReasonsDeaths, options.threads);
  for (std::size_t unit = 0; unit < units.size(); ++unit)
    forecast.reasons.push_back(reasons_of(training, fitted, now_cases[unit], influences[unit]));
  if (options.keep_learners) forecast.learners = std::move(now.members);
  tell("done", 1);
  return forecast;
}

}  // namespace mithaq::forecast
