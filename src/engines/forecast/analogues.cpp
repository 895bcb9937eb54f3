#include "engines/forecast/analogues.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.hpp"
#include "engines/forecast/parallel.hpp"

namespace mithaq::forecast {

namespace {

// Chosen features of the cases that are looked at, each with mean 0 and spread 1: [feature][place].
struct Space {
  std::vector<CaseIndex> cases{};  // [place], oldest origin first
  std::vector<std::vector<float>> coordinates{};
  std::vector<double> means{}, spreads{};
  std::vector<FeatureIndex> features{};

  float coordinate(const Cases& all, std::size_t feature, CaseIndex at) const {
    const float value = all.values[features[feature]][at];
    return std::isnan(value) ? 0.0F : static_cast<float>((value - means[feature]) / spreads[feature]);
  }
};

Space make_space(const Training& training, const AnalogueOptions& options) {
  const Cases& cases = training.cases;
  Space space;
  for (CaseIndex at = 0; at < cases.size(); ++at) {
    if (cases.keys[at].origin < training.origin) space.cases.push_back(at);
  }
  if (space.cases.size() > options.cases_max) {
    const std::size_t step = (space.cases.size() + options.cases_max - 1) / options.cases_max;
    std::vector<CaseIndex> fewer;
    for (std::size_t at = 0; at < space.cases.size(); at += step) fewer.push_back(space.cases[at]);
    space.cases = std::move(fewer);
  }
  std::stable_sort(space.cases.begin(), space.cases.end(),
                   [&](CaseIndex a, CaseIndex b) { return cases.keys[a].origin < cases.keys[b].origin; });
  for (FeatureIndex feature = 0; feature < cases.features.size(); ++feature) {
    const std::string& id = cases.features[feature].id;
    if (std::find(options.features.begin(), options.features.end(), id) == options.features.end()) continue;
    double sum = 0, squares = 0, known = 0;
    for (const CaseIndex at : space.cases) {
      const double value = cases.values[feature][at];
      if (std::isnan(value)) continue;
      sum += value, squares += value * value, known += 1;
    }
    if (known == 0) continue;
    const double mean = sum / known, variance = squares / known - mean * mean;
    if (variance <= 1e-12) continue;  // the same everywhere: tells nothing
    space.features.push_back(feature);
    space.means.push_back(mean);
    space.spreads.push_back(std::sqrt(variance));
  }
  for (std::size_t feature = 0; feature < space.features.size(); ++feature) {
    std::vector<float>& column = space.coordinates.emplace_back();
    column.reserve(space.cases.size());
    for (const CaseIndex at : space.cases) column.push_back(space.coordinate(cases, feature, at));
  }
  return space;
}

}  // namespace

Draws analogue_draws(const Training& training, const AnalogueOptions& options) {
  const Space space = make_space(training, options);
  const std::size_t count = space.cases.size();
  if (count == 0) throw Error(ErrorKind::invalid_input, "there is no past case to compare with");
  const Panel& panel = training.panel;
  // Cases come by origin: of a month ahead, those with an outcome by the origin are the first so many.
  std::vector<std::size_t> ends(static_cast<std::size_t>(training.horizon) + 1, 0);
  for (int lead = 1; lead <= training.horizon; ++lead) {
    const auto end = std::partition_point(space.cases.begin(), space.cases.end(), [&](CaseIndex at) {
      return training.cases.keys[at].origin + lead <= training.origin;
    });
    ends[static_cast<std::size_t>(lead)] = static_cast<std::size_t>(end - space.cases.begin());
  }
  Draws draws(training.cells(), training.draws);
  in_parallel(training.now.size(), training.threads, [&](std::size_t unit) {
    std::vector<float> distances(count, 0.0F);
    for (std::size_t feature = 0; feature < space.features.size(); ++feature) {
      const float own = space.coordinate(training.cases, feature, training.now[unit]);
      const float* column = space.coordinates[feature].data();
      for (std::size_t at = 0; at < count; ++at) {
        const float apart = column[at] - own;
        distances[at] += apart * apart;
      }
    }
    // The nearest for the shortest lead, with some to spare: longer leads lack the newest cases only.
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0U);
    const auto nearer = [&](std::uint32_t a, std::uint32_t b) {
      return distances[a] != distances[b] ? distances[a] < distances[b] : a < b;
    };
    const auto wanted = static_cast<std::size_t>(std::max(1, options.cases));
    std::size_t sorted = std::min(count, wanted * 4);
    if (sorted < count)
      std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(sorted), order.end(),
                       nearer);
    std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(sorted), nearer);
    std::vector<Weighted> sample;
    for (int lead = 1; lead <= training.horizon; ++lead) {
      sample.clear();
      for (std::size_t at = 0; at < count && sample.size() < wanted; ++at) {
        if (at == sorted) {  // not enough among those: the rest in order too
          std::sort(order.begin() + static_cast<std::ptrdiff_t>(sorted), order.end(), nearer);
          sorted = count;
        }
        if (order[at] >= ends[static_cast<std::size_t>(lead)]) continue;
        const CaseKey& key = training.cases.keys[space.cases[order[at]]];
        const float outcome = panel.value(events::Violence::state_based, key.unit, key.origin + lead);
        if (!std::isnan(outcome)) sample.push_back({outcome, 1.0F});
      }
      // A month ahead of which no past case knows the outcome: nothing can be said, and nobody is said to
      // die.
      if (sample.empty()) sample.push_back({0.0F, 1.0F});
      draws_of(sample, draws[cell_of(unit, lead, training.horizon)]);
    }
  });
  return draws;
}

}  // namespace mithaq::forecast
