#include "engines/forecast/window_chance.hpp"

#include <algorithm>
#include <cmath>
#include <compare>

#include "base/error.hpp"

namespace mithaq::forecast {
namespace {

// Draws say no more than one in a few thousand, so neither do probabilities.
constexpr double kSurest = 1 - 2e-4;
// What the wish for shift 0 and for slope 1 weigh: the second derivatives of their logarithms. Those of about
// twenty even chances; and of the slope as much again for odds of one in twenty.
constexpr double kPriorShift = 5, kPriorSlope = 40;
constexpr double kSlopeMin = 0.2, kSlopeMax = 3;

// Windows that are nearly the same, counted together: a grid has many thousands.
struct Alike {
  Months months{};
  double happened = 0, all = 0;
};

// Alike: hazards that differ by less than a fortieth part.
std::vector<Alike> grouped(std::span<const PassedWindow> passed) {
  struct Keyed {
    std::int32_t together = 0, independent = 0;
    std::size_t window = 0;
    auto operator<=>(const Keyed&) const = default;
  };
  const auto key_of = [](double log_none) {
    return static_cast<std::int32_t>(std::lround(40 * std::log(std::max(1e-6, -log_none))));
  };
  std::vector<Keyed> keys;
  for (std::size_t each = 0; each < passed.size(); ++each) {
    const Months& months = passed[each].months;
    keys.push_back({key_of(months.together), key_of(months.independent), each});
  }
  std::sort(keys.begin(), keys.end());
  std::vector<Alike> groups;
  for (std::size_t each = 0; each < keys.size(); ++each) {
    const bool same = each > 0 && keys[each].together == keys[each - 1].together &&
                      keys[each].independent == keys[each - 1].independent;
    const PassedWindow& window = passed[keys[each].window];
    if (!same) groups.push_back({.months = window.months});
    groups.back().all += 1;
    groups.back().happened += window.happened ? 1 : 0;
  }
  return groups;
}

double logit(double probability) {
  const double bounded = std::clamp(probability, 1 - kSurest, kSurest);
  return std::log(bounded / (1 - bounded));
}

double bent(double shift, double slope, double odds) {
  return 1 / (1 + std::exp(-(shift + slope * odds)));
}

double unbent(double apart, const Months& months) {
  return 1 - std::exp((1 - apart) * months.together + apart * months.independent);
}

}  // namespace

Months months_of(std::span<const double> probabilities) {
  expect(!probabilities.empty(), "a window of months");
  Months months;
  for (const double each : probabilities) {
    const double none = std::log(1 - std::clamp(each, 0.0, kSurest));
    months.together = std::min(months.together, none);
    months.independent += none;
  }
  return months;
}

double WindowChance::probability(const Months& months) const {
  return bent(shift, slope, logit(unbent(apart, months)));
}

WindowChance fit_window_chance(std::span<const PassedWindow> passed) {
  WindowChance best;
  if (passed.empty()) return best;
  const std::vector<Alike> groups = grouped(passed);
  double best_loss = 0;
  std::vector<double> odds(groups.size());
  WindowChance chance;
  for (int tenths = 0; tenths <= 10; ++tenths) {
    // Shift and slope go on from those of the tenth before.
    chance.apart = tenths / 10.0;
    for (std::size_t each = 0; each < groups.size(); ++each) {
      odds[each] = logit(unbent(chance.apart, groups[each].months));
    }
    const auto loss_of = [&](double shift, double slope) {
      double loss = (kPriorShift * shift * shift + kPriorSlope * (slope - 1) * (slope - 1)) / 2;
      for (std::size_t each = 0; each < groups.size(); ++each) {
        // -log(1 - P) = log(1 + e^x); -log P is x less.
        const double x = shift + slope * odds[each];
        const double no = std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
        loss += groups[each].all * no - groups[each].happened * x;
      }
      return loss;
    };
    // Newton's method; a step that makes it worse is halved.
    double loss = loss_of(chance.shift, chance.slope);
    for (int round = 0; round < 20; ++round) {
      double by_shift = kPriorShift * chance.shift, by_slope = kPriorSlope * (chance.slope - 1);
      double shift_2 = kPriorShift, slope_2 = kPriorSlope, both = 0;
      for (std::size_t each = 0; each < groups.size(); ++each) {
        const double probability = bent(chance.shift, chance.slope, odds[each]);
        const double off = groups[each].all * probability - groups[each].happened;
        const double curve = groups[each].all * probability * (1 - probability);
        by_shift += off;
        by_slope += off * odds[each];
        shift_2 += curve;
        slope_2 += curve * odds[each] * odds[each];
        both += curve * odds[each];
      }
      const double determinant = shift_2 * slope_2 - both * both;
      double step_shift = (slope_2 * by_shift - both * by_slope) / determinant;
      double step_slope = (shift_2 * by_slope - both * by_shift) / determinant;
      const double before = loss;
      for (int halved = 0; halved < 12 && !(loss < before); ++halved) {
        const double shift = chance.shift - step_shift;
        const double slope = std::clamp(chance.slope - step_slope, kSlopeMin, kSlopeMax);
        const double now = loss_of(shift, slope);
        if (now < before) chance.shift = shift, chance.slope = slope, loss = now;
        step_shift /= 2, step_slope /= 2;
      }
      if (!(loss < before - 1e-6)) break;
    }
    if (tenths == 0 || loss < best_loss) {
      best = chance;
      best_loss = loss;
    }
  }
  return best;
}

}  // namespace mithaq::forecast
