#include "engines/forecast/benchmarks.hpp"

#include <algorithm>
#include <cmath>

#include "engines/forecast/count_quantiles.hpp"
#include "engines/forecast/parallel.hpp"

namespace mithaq::forecast {
namespace {

constexpr std::size_t kCellNeighbours = 8;

// The known values of the months up to the origin, oldest first.
void add_known(const Training& training, UnitIndex unit, int months, std::vector<Weighted>& sample) {
  const Month from = std::max(training.panel.first, training.origin - months + 1);
  for (Month month = from; month <= training.origin; ++month) {
    const float deaths = training.panel.value(events::Violence::state_based, unit, month);
    if (!std::isnan(deaths)) {
      sample.push_back({std::clamp(deaths, 0.0F, static_cast<float>(kDeathsMax)), 1.0F});
    }
  }
}

// The same draws for every month ahead of a unit: fill(unit, out) makes the first month's.
template <typename Fill>
Draws same_every_month(const Training& training, const Fill& fill) {
  Draws draws(training.cells(), training.draws);
  in_parallel(training.now.size(), training.threads, [&](std::size_t place) {
    const std::span<float> first = draws[cell_of(place, 1, training.horizon)];
    fill(training.cases.keys[training.now[place]].unit, first);
    for (int lead = 2; lead <= training.horizon; ++lead) {
      std::copy(first.begin(), first.end(), draws[cell_of(place, lead, training.horizon)].begin());
    }
  });
  return draws;
}

// Draws of values each as likely; of none they stay zero.
void fill_from(std::vector<Weighted>& sample, std::span<float> out) {
  if (!sample.empty()) draws_of(sample, out);
}

}  // namespace

Draws zero_draws(const Training& training) {
  return Draws(training.cells(), training.draws);
}

Draws last_draws(const Training& training) {
  return same_every_month(training, [&](UnitIndex unit, std::span<float> out) {
    for (Month month = training.origin; month >= training.panel.first; --month) {
      if (!training.panel.known(events::Violence::state_based, unit, month)) continue;
      return fill_poisson(training.panel.value(events::Violence::state_based, unit, month), out);
    }
  });
}

Draws bootstrap_draws(const Training& training, int months) {
  std::vector<Weighted> sample;
  for (UnitIndex unit = 0; unit < training.panel.units.size(); ++unit) {
    add_known(training, unit, months, sample);
  }
  std::vector<float> all(training.draws, 0.0F);
  fill_from(sample, all);
  return same_every_month(
      training, [&](UnitIndex, std::span<float> out) { std::copy(all.begin(), all.end(), out.begin()); });
}

Draws conflictology_draws(const Training& training, int months) {
  return same_every_month(training, [&](UnitIndex unit, std::span<float> out) {
    std::vector<Weighted> sample;
    add_known(training, unit, months, sample);
    fill_from(sample, out);
  });
}

Draws conflictology_neighbours_draws(const Training& training, int months) {
  return same_every_month(training, [&](UnitIndex unit, std::span<float> out) {
    std::vector<Weighted> sample;
    add_known(training, unit, months, sample);
    std::size_t neighbours = 0;
    if (unit < training.panel.neighbours.size()) {
      for (const UnitIndex neighbour : training.panel.neighbours[unit]) {
        add_known(training, neighbour, months, sample);
        ++neighbours;
      }
    }
    if (training.panel.units[unit].id.starts_with("grid:") && neighbours < kCellNeighbours) {
      const std::size_t missing = (kCellNeighbours - neighbours) * static_cast<std::size_t>(months);
      sample.push_back({0.0F, static_cast<float>(missing)});
    }
    fill_from(sample, out);
  });
}

Draws negative_binomial_draws(const Training& training, int months) {
  return same_every_month(training, [&](UnitIndex unit, std::span<float> out) {
    std::vector<Weighted> sample;
    add_known(training, unit, months, sample);
    if (sample.empty()) return;
    double sum = 0;
    for (const Weighted& each : sample) sum += each.value;
    const double mean = sum / static_cast<double>(sample.size());
    double squares = 0;
    for (const Weighted& each : sample) squares += (each.value - mean) * (each.value - mean);
    const double variance = sample.size() > 1 ? squares / static_cast<double>(sample.size() - 1) : 0;
    if (variance > mean) {
      fill_negative_binomial(mean, mean * mean / (variance - mean), out);
    } else {
      fill_poisson(mean, out);
    }
  });
}

}  // namespace mithaq::forecast
