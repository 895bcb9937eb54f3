#include "engines/forecast/analogues.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "engines/forecast/random.hpp"

namespace mithaq::forecast {
namespace {

struct Made {
  Panel panel{};
  Cases cases{};
  std::vector<CaseIndex> now{};
  Month origin = 0;
  Training training(int horizon) const {
    return {.panel = panel,
            .cases = cases,
            .rows = {},
            .now = now,
            .origin = origin,
            .horizon = horizon,
            .draws = 700};
  }
};

Made make(std::size_t units, int months, std::uint64_t seed) {
  Made made;
  made.panel.vintage = "made";
  made.panel.last = months;
  Random random(seed);
  for (std::size_t unit = 0; unit < units; ++unit) {
    made.panel.units.push_back({.id = "U" + std::to_string(unit)});
    for (int month = 0; month < months; ++month)
      made.panel.deaths[0].push_back(static_cast<float>(random.uniform() * 90));  // no two alike
  }
  made.origin = months - 20;
  std::vector<CaseKey> keys;
  for (UnitIndex unit = 0; unit < units; ++unit) {
    for (Month month = 1; month <= made.origin; ++month) keys.push_back({.unit = unit, .origin = month});
  }
  made.cases = make_cases(made.panel, keys, 1);
  for (CaseIndex at = 0; at < keys.size(); ++at) {
    if (keys[at].origin == made.origin) made.now.push_back(at);
  }
  return made;
}

TEST(Analogues, AreThoseThatAnObviousSearchFinds) {
  const Made made = make(6, 90, 4);
  const Training training = made.training(9);
  AnalogueOptions options{.cases = 7, .features = {"last", "mean_12"}};
  const Draws draws = analogue_draws(training, options);
  const std::vector<float>& last = made.cases.values[made.cases.feature("last")];
  const std::vector<float>& mean = made.cases.values[made.cases.feature("mean_12")];
  const auto spread = [&](const std::vector<float>& values) {
    double sum = 0, squares = 0, count = 0;
    for (CaseIndex at = 0; at < made.cases.size(); ++at) {
      if (made.cases.keys[at].origin == made.origin) continue;
      sum += values[at], squares += static_cast<double>(values[at]) * values[at], count += 1;
    }
    return std::sqrt(squares / count - sum / count * sum / count);
  };
  const double spread_last = spread(last), spread_mean = spread(mean);
  for (std::size_t unit = 0; unit < made.now.size(); ++unit) {
    for (int lead = 1; lead <= 9; ++lead) {
      std::vector<std::pair<double, float>> all;
      for (CaseIndex at = 0; at < made.cases.size(); ++at) {
        const CaseKey& key = made.cases.keys[at];
        if (key.origin + lead > made.origin) continue;
        const double x = (last[at] - last[made.now[unit]]) / spread_last,
                     y = (mean[at] - mean[made.now[unit]]) / spread_mean;
        all.emplace_back(x * x + y * y,
                         made.panel.value(events::Violence::state_based, key.unit, key.origin + lead));
      }
      std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
      double expected = 0;
      for (std::size_t each = 0; each < 7; ++each) expected += all[each].second;
      // 700 draws of 7 values: each a hundred times.
      EXPECT_NEAR(mithaq::forecast::mean(draws[cell_of(unit, lead, 9)]), expected / 7, 1e-3)
          << unit << ' ' << lead;
    }
  }
}

TEST(Analogues, TheFutureAndThreadsMakeNoDifference) {
  Made made = make(5, 80, 9);
  Training one = made.training(12);
  one.threads = 1;
  const Draws before = analogue_draws(one);
  for (UnitIndex unit = 0; unit < 5; ++unit) {
    for (Month month = made.origin + 1; month <= made.panel.last; ++month)
      made.panel.deaths[0][made.panel.at(unit, month)] = 9999;
  }
  Training many = made.training(12);
  many.threads = 3;
  const Draws after = analogue_draws(many);
  for (std::size_t cell = 0; cell < before.cells(); ++cell)
    EXPECT_TRUE(std::equal(before[cell].begin(), before[cell].end(), after[cell].begin()));
}

TEST(Analogues, FewCasesAndLongLeads) {
  const Made made = make(1, 40, 2);
  const Draws draws = analogue_draws(made.training(36));  // more months ahead than the past has
  EXPECT_EQ(draws.cells(), 36U);
  EXPECT_EQ(draws[35].back(), 0);
}

}  // namespace
}  // namespace mithaq::forecast
