#include "engines/forecast/window.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "base/error.hpp"
#include "engines/forecast/analogues.hpp"
#include "engines/forecast/benchmarks.hpp"
#include "engines/forecast/boosting.hpp"
#include "engines/forecast/markov.hpp"
#include "engines/forecast/random.hpp"

namespace mithaq::forecast {

namespace {

using events::Violence;

// Chosen on the windows 2010 to 2017 (docs/early-warning.md).
constexpr std::size_t kRowsMax = 80000;
constexpr double kQuietPart = 0.25;  // of the rows of quiet places that are kept
constexpr int kLeadsOfACase = 2;
constexpr int kFirstCaseMonths = 24;  // of a panel are past before the first case
constexpr int kTrees = 200;           // of the forest
const std::vector<Scale> kForestScales{Scale::log1p, Scale::square_root, Scale::any};
// No draw above so many times the worst month of the unit's last ten years and its region's last two, nor
// above this if they were quiet: a guard against what explodes, not a forecast. A tighter one cost ignorance,
// because great wars do begin in quiet regions.
constexpr float kCapTimes = 3;
constexpr float kCapLeast = 5000;

float outcome_of(const Panel& panel, const CaseKey& key, int lead) {
  return panel.value(Violence::state_based, key.unit, key.origin + lead);
}

float worst_month(const Panel& panel, UnitIndex unit, Month origin, int months) {
  float worst = 0;
  for (Month month = origin - months + 1; month <= origin; ++month)
    worst = std::fmax(worst, panel.value(Violence::state_based, unit, month));
  return worst;
}

std::vector<float> caps_of(const Panel& panel, Month origin, const std::vector<UnitIndex>& units) {
  std::unordered_map<std::string, float> regions;
  for (const UnitIndex unit : units) {
    float& region = regions[panel.units[unit].region];
    region = std::max(region, worst_month(panel, unit, origin, 24));
  }
  std::vector<float> caps;
  for (const UnitIndex unit : units) {
    const float worst = std::max(worst_month(panel, unit, origin, 120), regions[panel.units[unit].region]);
    caps.push_back(std::max(kCapLeast, kCapTimes * worst));
  }
  return caps;
}

}  // namespace

const std::vector<std::string>& learner_ids() {
  static const std::vector<std::string> ids{"forest",          "analogues",         "boosting",
                                            "markov",          "negative_binomial", "conflictology_12",
                                            "conflictology_36"};
  return ids;
}

const std::vector<double>& learner_priors() {
  static const std::vector<double> priors{0.55, 0.03, 0.35, 0.04, 0.005, 0.02, 0.005};
  return priors;
}

std::size_t learner_index(std::string_view id) {
  const auto found = std::find(learner_ids().begin(), learner_ids().end(), id);
  expect(found != learner_ids().end(), "a learner of that name");
  return static_cast<std::size_t>(found - learner_ids().begin());
}

std::vector<CaseKey> case_keys(const Panel& panel, Month last, std::size_t cases_max, std::uint64_t seed) {
  const Month first = panel.first + kFirstCaseMonths;
  std::size_t all = 0;
  for (const events::Unit& unit : panel.units) {
    const Month begin = std::max(first, unit.from), end = std::min(last, unit.to);
    all += begin <= end ? static_cast<std::size_t>(end - begin + 1) : 0;
  }
  const double part = all <= cases_max ? 1 : static_cast<double>(cases_max) / static_cast<double>(all);
  std::vector<CaseKey> keys;
  for (UnitIndex unit = 0; unit < panel.units.size(); ++unit) {
    Random random(seed, unit);
    for (Month month = std::max(first, panel.units[unit].from); month <= std::min(last, panel.units[unit].to);
         ++month) {
      if (part < 1 && random.uniform() >= part) continue;
      if (panel.known(Violence::state_based, unit, month)) keys.push_back({.unit = unit, .origin = month});
    }
  }
  return keys;
}

std::vector<TrainingRow> training_rows(const Panel& panel, const Cases& cases, Month origin, int horizon,
                                       std::size_t rows_max, std::uint64_t seed) {
  const std::vector<float>& mean_120 = cases.values[cases.feature("mean_120")];
  std::vector<TrainingRow> rows;
  for (CaseIndex at = 0; at < cases.size(); ++at) {
    const CaseKey& key = cases.keys[at];
    const int leads = std::min(horizon, origin - key.origin);
    if (leads < 1) continue;
    Random random(seed,
                  (static_cast<std::uint64_t>(key.unit) << 32) ^ static_cast<std::uint64_t>(key.origin));
    for (int each = 0; each < kLeadsOfACase; ++each) {
      const int lead = 1 + static_cast<int>(random.below(static_cast<std::uint32_t>(leads)));
      const double luck = random.uniform();
      const float outcome = outcome_of(panel, key, lead);
      if (std::isnan(outcome)) continue;
      const bool quiet = outcome == 0 && !(mean_120[at] > 0);
      if (quiet && luck >= kQuietPart) continue;
      rows.push_back({.at = at,
                      .lead = static_cast<std::uint16_t>(lead),
                      .outcome = outcome,
                      .weight = quiet ? static_cast<float>(1 / kQuietPart) : 1.0F});
    }
  }
  // Too many: every k-th stays, in the order of the cases.
  if (rows.size() > rows_max) {
    std::vector<TrainingRow> fewer;
    const double step = static_cast<double>(rows.size()) / static_cast<double>(rows_max);
    for (double at = 0; at < static_cast<double>(rows.size()); at += step)
      fewer.push_back(rows[static_cast<std::size_t>(at)]);
    rows = std::move(fewer);
  }
  return rows;
}

std::vector<UnitIndex> units_at(const Panel& panel, Month month) {
  std::vector<UnitIndex> units;
  for (UnitIndex unit = 0; unit < panel.units.size(); ++unit) {
    const bool exists = month >= panel.units[unit].from && month <= panel.units[unit].to;
    if (exists && panel.known(Violence::state_based, unit, month)) units.push_back(unit);
  }
  return units;
}

Window forecast_window(const Panel& panel, const Cases& cases, Month origin, const WindowOptions& options,
                       FittedForest* forest) {
  Window window{.origin = origin, .horizon = options.horizon, .units = units_at(panel, origin)};
  std::vector<CaseIndex> now(window.units.size(), std::numeric_limits<CaseIndex>::max());
  std::unordered_map<UnitIndex, std::size_t> place;
  for (std::size_t each = 0; each < window.units.size(); ++each) place[window.units[each]] = each;
  for (CaseIndex at = 0; at < cases.size(); ++at) {
    if (cases.keys[at].origin != origin) continue;
    const auto found = place.find(cases.keys[at].unit);
    if (found != place.end()) now[found->second] = at;
  }
  for (const CaseIndex at : now) expect(at < cases.size(), "a case of each unit at the origin");

  std::vector<TrainingRow> rows =
      training_rows(panel, cases, origin, options.horizon, kRowsMax, options.seed);
  const Training training{.panel = panel,
                          .cases = cases,
                          .rows = rows,
                          .now = now,
                          .origin = origin,
                          .horizon = options.horizon,
                          .draws = options.draws,
                          .seed = options.seed,
                          .threads = options.threads};
  Forest fitted = Forest::fit(training, {.trees = kTrees, .scales = kForestScales});
  window.members.push_back(fitted.forecast(training));
  window.members.push_back(analogue_draws(training));
  window.members.push_back(boosting_draws(training));
  window.members.push_back(markov_draws(training));
  window.members.push_back(negative_binomial_draws(training, 24));
  window.members.push_back(conflictology_draws(training, 12));
  window.members.push_back(conflictology_draws(training, 36));
  if (forest != nullptr) *forest = {.forest = std::move(fitted), .rows = std::move(rows)};

  window.caps = caps_of(panel, origin, window.units);
  for (const UnitIndex unit : window.units) window.levels.push_back(level_of(panel, unit, origin));
  window.outcomes.assign(training.cells(), std::numeric_limits<float>::quiet_NaN());
  for (std::size_t unit = 0; unit < window.units.size(); ++unit) {
    for (int lead = 1; lead <= options.horizon; ++lead)
      window.outcomes[cell_of(unit, lead, options.horizon)] =
          outcome_of(panel, {window.units[unit], origin}, lead);
  }
  return window;
}

}  // namespace mithaq::forecast
