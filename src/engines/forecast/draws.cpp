#include "engines/forecast/draws.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.hpp"

namespace mithaq::forecast {

void draws_of(std::vector<Weighted>& sample, std::span<float> out) {
  expect(!sample.empty() && !out.empty(), "a sample to draw from");
  std::sort(sample.begin(), sample.end(),
            [](const Weighted& a, const Weighted& b) { return a.value < b.value; });
  double total = 0;
  for (const Weighted& each : sample) total += each.weight;
  expect(total > 0, "a sample with some weight");
  std::size_t at = 0;
  double below = sample[0].weight;  // weight of all up to `at`, itself included
  for (std::size_t draw = 0; draw < out.size(); ++draw) {
    const double level = total * (static_cast<double>(draw) + 0.5) / static_cast<double>(out.size());
    while (below < level && at + 1 < sample.size()) below += sample[++at].weight;
    out[draw] = sample[at].value;
  }
}

double quantile(std::span<const float> draws, double level) {
  const double place = static_cast<double>(draws.size() - 1) * level;
  const auto below = static_cast<std::size_t>(place);
  if (below + 1 >= draws.size()) return draws.back();
  const double part = place - static_cast<double>(below);
  return draws[below] + part * (static_cast<double>(draws[below + 1]) - draws[below]);
}

double probability_at_least(std::span<const float> draws, double value) {
  const auto first = std::lower_bound(draws.begin(), draws.end(), value,
                                      [](float draw, double bound) { return draw < bound; });
  return static_cast<double>(draws.end() - first) / static_cast<double>(draws.size());
}

double mean(std::span<const float> draws) {
  return std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
}

}  // namespace mithaq::forecast
