#include "engines/forecast/stacking.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/error.hpp"
#include "engines/forecast/parallel.hpp"
#include "engines/forecast/random.hpp"
#include "engines/forecast/scores.hpp"

namespace mithaq::forecast {

namespace {

// So many quantiles stand for all draws of a cell when weights are looked for.
constexpr std::size_t kThinned = 100;
// So many cells of a stratum count as much as all months ahead of its level together.
constexpr double kLeanCells = 400;
// How much it costs to leave the weights known beforehand, as a part of the best learner's CRPS: five windows
// alone say too little to tell good learners apart.
constexpr double kPriorCost = 0.2;
// Of the joined draws, the part that averages quantiles; the rest are the linear pool's.
constexpr double kVincentPart = 0.5;
// So many cells' worth of "already calibrated" is added to each stratum.
constexpr double kCalibrationLean = 1000;

void thin(std::span<const float> draws, std::span<float> out) {
  for (std::size_t each = 0; each < out.size(); ++each)
    out[each] = draws[(2 * each + 1) * draws.size() / (2 * out.size())];
}

// E|X - X'| of two samples in ascending order, in one pass over both: |a - b| is what lies between them,
// summed as the area between their distribution functions' products.
double mean_distance(std::span<const float> a, std::span<const float> b) {
  // E|X - X'| = ∫ F(1 - G) + G(1 - F).
  const double one_a = 1.0 / static_cast<double>(a.size()), one_b = 1.0 / static_cast<double>(b.size());
  double f = 0, g = 0, sum = 0;
  std::size_t at_a = 0, at_b = 0;
  double before = std::min(a[0], b[0]);
  while (at_a < a.size() || at_b < b.size()) {
    const bool take_a = at_b == b.size() || (at_a < a.size() && a[at_a] <= b[at_b]);
    const double value = take_a ? a[at_a] : b[at_b];
    sum += (value - before) * (f * (1 - g) + g * (1 - f));
    before = value;
    if (take_a)
      ++at_a, f = static_cast<double>(at_a) * one_a;
    else
      ++at_b, g = static_cast<double>(at_b) * one_b;
  }
  return sum;
}

// Minimizes Σ w a - ½ w'Bw + c Σ w log(w / prior) over the simplex by exponentiated gradients, which keep to
// it by themselves.
std::vector<double> best_weights(const std::vector<double>& distance, const std::vector<double>& between,
                                 std::span<const double> prior) {
  const std::size_t count = distance.size();
  double in_use = 0, scale = 0, best = std::numeric_limits<double>::max();
  for (std::size_t each = 0; each < count; ++each) {
    if (prior[each] <= 0) continue;
    in_use += prior[each];
    scale = std::max(scale, distance[each]);
    const double own = distance[each] - between[each * count + each] / 2;  // its CRPS
    best = std::min(best, own);
  }
  std::vector<double> weights(count, 0);
  for (std::size_t each = 0; each < count; ++each) weights[each] = prior[each] / in_use;
  if (scale <= 0) return weights;
  const std::vector<double> known = weights;
  std::vector<double> gradient(count);
  for (int step = 0; step < 1000; ++step) {
    double sum = 0;
    for (std::size_t each = 0; each < count; ++each) {
      if (known[each] <= 0) continue;
      gradient[each] = distance[each];
      for (std::size_t other = 0; other < count; ++other)
        gradient[each] -= between[each * count + other] * weights[other];
      gradient[each] += kPriorCost * best * std::log(std::max(1e-12, weights[each]) / known[each]);
    }
    for (std::size_t each = 0; each < count; ++each) {
      weights[each] *= std::exp(-gradient[each] / scale * 2);
      sum += weights[each];
    }
    for (double& weight : weights) weight /= sum;
  }
  return weights;
}

}  // namespace

Level level_of(const Panel& panel, UnitIndex unit, Month origin) {
  double year = 0, two_years = 0;
  int known = 0;
  for (Month month = origin - 23; month <= origin; ++month) {
    const float value = panel.value(events::Violence::state_based, unit, month);
    if (std::isnan(value)) continue;
    two_years += value;
    if (month > origin - 12) year += value, ++known;
  }
  if (two_years <= 0) return Level::quiet;
  const double monthly = known == 0 ? 0 : year / known;
  if (monthly < 2) return Level::simmering;
  return monthly < 25 ? Level::conflict : Level::war;
}

std::size_t stratum_of(Level level, int lead) {
  const std::size_t group = lead <= 3 ? 0 : lead <= 8 ? 1 : 2;
  return static_cast<std::size_t>(level) * kLeadGroups + group;
}

std::vector<Member> judged_members(std::span<const Window> windows, std::span<const std::string> ids) {
  std::vector<double> sums(ids.size(), 0);
  double zero = 0, cells = 0;
  for (const Window& window : windows) {
    for (std::size_t cell = 0; cell < window.outcomes.size(); ++cell) {
      const double outcome = window.outcomes[cell];
      if (std::isnan(outcome)) continue;
      cells += 1;
      zero += outcome;  // the CRPS of a certain zero
      for (std::size_t each = 0; each < ids.size(); ++each)
        sums[each] += crps(window.members[each][cell], outcome);
    }
  }
  std::vector<Member> members;
  for (std::size_t each = 0; each < ids.size(); ++each) {
    Member member{.id = ids[each], .crps = cells == 0 ? 0 : sums[each] / cells};
    if (!std::isfinite(member.crps)) {
      member.dropped = true;
      member.crps = 0;
      member.why = "its forecasts of earlier months are not numbers";
    } else if (sums[each] > zero) {
      member.dropped = true;
      member.why = "on the earlier windows it did worse than a forecast of no deaths anywhere";
    }
    members.push_back(member);
  }
  return members;
}

PoolSums pool_sums(const Window& window, const Panel& panel, unsigned threads) {
  const std::size_t count = window.members.size();
  PoolSums none{.distance = std::vector(kStrata, std::vector<double>(count, 0.0)),
                .between = std::vector(kStrata, std::vector<double>(count * count, 0.0)),
                .cells = std::vector<double>(kStrata, 0.0),
                .learners = count};
  // One sum for each unit, added up in their order: threads make no difference.
  std::vector<PoolSums> of_unit(window.units.size());
  in_parallel(window.units.size(), threads, [&](std::size_t unit) {
    PoolSums sums = none;
    std::vector<std::array<float, kThinned>> thinned(count);
    // A death in a great war says less about a learner than one in a small conflict.
    double year = 0;
    for (Month month = window.origin - 11; month <= window.origin; ++month) {
      const float value = panel.value(events::Violence::state_based, window.units[unit], month);
      year += std::isnan(value) ? 0 : value;
    }
    const double scale = 1 / std::sqrt(1 + year / 12);
    for (int lead = 1; lead <= window.horizon; ++lead) {
      const std::size_t cell = cell_of(unit, lead, window.horizon);
      const float outcome = window.outcomes[cell];
      if (std::isnan(outcome)) continue;
      const std::size_t stratum = stratum_of(window.levels[unit], lead);
      sums.cells[stratum] += 1;
      for (std::size_t each = 0; each < count; ++each) {
        thin(window.members[each][cell], thinned[each]);
        double distance = 0;
        for (const float draw : thinned[each]) distance += std::abs(static_cast<double>(draw) - outcome);
        sums.distance[stratum][each] += scale * distance / kThinned;
        for (std::size_t other = 0; other <= each; ++other) {
          const double between = scale * mean_distance(thinned[each], thinned[other]);
          sums.between[stratum][each * count + other] += between;
          if (other != each) sums.between[stratum][other * count + each] += between;
        }
      }
    }
    of_unit[unit] = std::move(sums);
  });
  for (const PoolSums& sums : of_unit) {
    for (std::size_t stratum = 0; stratum < kStrata; ++stratum) {
      none.cells[stratum] += sums.cells[stratum];
      for (std::size_t each = 0; each < count; ++each)
        none.distance[stratum][each] += sums.distance[stratum][each];
      for (std::size_t each = 0; each < count * count; ++each)
        none.between[stratum][each] += sums.between[stratum][each];
    }
  }
  return none;
}

Weights stacking_weights(std::span<const PoolSums> windows, std::span<const double> prior) {
  expect(!windows.empty(), "a window to weigh by");
  const std::size_t count = windows[0].learners;
  expect(prior.size() == count, "a weight known beforehand for each learner");
  const auto summed = [&](std::size_t stratum, std::vector<double>& distance, std::vector<double>& between) {
    double cells = 0;
    for (const PoolSums& sums : windows) {
      cells += sums.cells[stratum];
      for (std::size_t each = 0; each < count; ++each) distance[each] += sums.distance[stratum][each];
      for (std::size_t each = 0; each < count * count; ++each) between[each] += sums.between[stratum][each];
    }
    return cells;
  };
  // All months ahead of a level together are what a stratum with few cells leans on.
  Weights weights(kStrata);
  for (std::size_t level = 0; level < kLevels; ++level) {
    std::vector<double> level_distance(count, 0), level_between(count * count, 0);
    double level_cells = 0;
    for (std::size_t group = 0; group < kLeadGroups; ++group)
      level_cells += summed(level * kLeadGroups + group, level_distance, level_between);
    for (std::size_t group = 0; group < kLeadGroups; ++group) {
      std::vector<double> distance(count, 0), between(count * count, 0);
      summed(level * kLeadGroups + group, distance, between);
      const double lean = level_cells > 0 ? kLeanCells / level_cells : 0;
      for (std::size_t each = 0; each < count; ++each) distance[each] += lean * level_distance[each];
      for (std::size_t each = 0; each < count * count; ++each) between[each] += lean * level_between[each];
      weights[level * kLeadGroups + group] = best_weights(distance, between, prior);
    }
  }
  return weights;
}

Calibration no_calibration() {
  std::vector<double> straight(kLevelPoints + 1);
  for (std::size_t each = 0; each <= kLevelPoints; ++each)
    straight[each] = static_cast<double>(each) / static_cast<double>(kLevelPoints);
  return Calibration(kStrata, straight);
}

LevelCounts level_counts(const Window& window, const Draws& joined, std::uint64_t seed) {
  LevelCounts counts{.reached = std::vector(kStrata, std::vector<double>(kLevelPoints + 1, 0.0)),
                     .cells = std::vector<double>(kStrata, 0.0)};
  Random random(seed, static_cast<std::uint64_t>(window.origin));
  for (std::size_t unit = 0; unit < window.units.size(); ++unit) {
    for (int lead = 1; lead <= window.horizon; ++lead) {
      const std::size_t cell = cell_of(unit, lead, window.horizon);
      const double part = random.uniform();
      if (std::isnan(window.outcomes[cell])) continue;
      const double level = pit(joined[cell], window.outcomes[cell], part);
      const std::size_t stratum = stratum_of(window.levels[unit], lead);
      counts.cells[stratum] += 1;
      const auto first = static_cast<std::size_t>(std::ceil(level * kLevelPoints));
      for (std::size_t point = first; point <= kLevelPoints; ++point) counts.reached[stratum][point] += 1;
    }
  }
  return counts;
}

Calibration calibration_of(std::span<const LevelCounts> windows) {
  Calibration calibration = no_calibration();
  for (std::size_t stratum = 0; stratum < kStrata; ++stratum) {
    double cells = 0;
    for (const LevelCounts& counts : windows) cells += counts.cells[stratum];
    for (std::size_t point = 1; point < kLevelPoints; ++point) {
      double reached = 0;
      for (const LevelCounts& counts : windows) reached += counts.reached[stratum][point];
      calibration[stratum][point] =
          (reached + kCalibrationLean * calibration[stratum][point]) / (cells + kCalibrationLean);
    }
  }
  return calibration;
}

Draws join(const Window& window, const Weights& weights, const Calibration& calibration, unsigned threads) {
  const std::size_t count = window.members.size();
  expect(count > 0, "a learner to join");
  const std::size_t per_cell = window.members[0].per_cell();
  Draws joined(window.members[0].cells(), per_cell);
  in_parallel(window.units.size(), threads, [&](std::size_t unit) {
    std::vector<Weighted> pool;
    std::vector<std::size_t> begins;
    for (int lead = 1; lead <= window.horizon; ++lead) {
      const std::size_t cell = cell_of(unit, lead, window.horizon),
                        stratum = stratum_of(window.levels[unit], lead);
      const std::vector<double>& weight = weights[stratum];
      pool.clear();
      begins.clear();
      const auto all = static_cast<double>(per_cell);
      for (std::size_t each = 0; each < count; ++each) {
        if (weight[each] < 1e-4) continue;
        begins.push_back(pool.size());
        for (const float draw : window.members[each][cell])
          pool.push_back({draw, static_cast<float>((1 - kVincentPart) * weight[each] / all)});
      }
      begins.push_back(pool.size());
      for (std::size_t draw = 0; draw < per_cell; ++draw) {
        double average = 0, sum = 0;
        for (std::size_t each = 0; each < count; ++each) {
          if (weight[each] < 1e-4) continue;
          average += weight[each] * static_cast<double>(window.members[each][cell][draw]);
          sum += weight[each];
        }
        pool.push_back({static_cast<float>(average / sum), static_cast<float>(kVincentPart / all)});
      }
      begins.push_back(pool.size());
      // Each learner's draws are in order already.
      for (std::size_t run = 1; run + 1 < begins.size(); ++run) {
        std::inplace_merge(pool.begin(), pool.begin() + static_cast<std::ptrdiff_t>(begins[run]),
                           pool.begin() + static_cast<std::ptrdiff_t>(begins[run + 1]),
                           [](const Weighted& a, const Weighted& b) { return a.value < b.value; });
      }
      // Draw i is the quantile at the level that is really reached i + ½ times of all.
      const std::vector<double>& reached = calibration[stratum];
      double total = 0;
      for (const Weighted& each : pool) total += each.weight;
      const std::span<float> out = joined[cell];
      std::size_t point = 0, at = 0;
      double below = pool[0].weight;
      const float cap = window.caps.empty() ? std::numeric_limits<float>::max() : window.caps[unit];
      for (std::size_t draw = 0; draw < per_cell; ++draw) {
        const double wanted = (static_cast<double>(draw) + 0.5) / all;
        while (point + 1 < kLevelPoints && reached[point + 1] < wanted) ++point;
        const double rise = reached[point + 1] - reached[point];
        const double part = rise > 0 ? (wanted - reached[point]) / rise : 0.5;
        const double level = total * (static_cast<double>(point) + std::clamp(part, 0.0, 1.0)) / kLevelPoints;
        while (below < level && at + 1 < pool.size()) below += pool[++at].weight;
        out[draw] = std::min(std::round(pool[at].value), cap);
      }
    }
  });
  return joined;
}

}  // namespace mithaq::forecast
