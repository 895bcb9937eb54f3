#include "engines/forecast/stacking.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "engines/forecast/random.hpp"
#include "engines/forecast/scores.hpp"

namespace mithaq::forecast {
namespace {

constexpr std::size_t kSize = 100;  // draws of a cell

// One unit at war for a year, 1 to 12 months ahead.
Panel war_panel(std::size_t units) {
  Panel panel{.vintage = "made", .first = 1, .last = 60};
  for (std::size_t unit = 0; unit < units; ++unit) panel.units.push_back({.id = "U" + std::to_string(unit)});
  panel.deaths[0].assign(units * panel.months(), 50.0F);
  return panel;
}

// Outcomes spread over 0 … 100; one learner says just that, one says 1000, one says zero.
Window made_window(std::size_t units, std::uint64_t seed) {
  Window window{.origin = 40, .horizon = 12};
  for (UnitIndex unit = 0; unit < units; ++unit) window.units.push_back(unit);
  window.levels.assign(units, Level::war);
  const std::size_t cells = units * 12;
  window.members.assign(3, Draws(cells, kSize));
  Random random(seed);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    window.outcomes.push_back(static_cast<float>(random.below(101)));
    for (std::size_t draw = 0; draw < kSize; ++draw) {
      window.members[0][cell][draw] = static_cast<float>(draw);
      window.members[1][cell][draw] = 1000;
    }
  }
  return window;
}

const std::vector<std::string> kIds{"right", "explodes", "zero"};

TEST(Stacking, TheLearnerThatIsRightGetsTheWeight) {
  const Panel panel = war_panel(30);
  const Window window = made_window(30, 1);
  const std::vector<PoolSums> sums{pool_sums(window, panel, 1)};
  const Weights weights = stacking_weights(sums, std::vector<double>(3, 1));
  for (const int lead : {1, 5, 12}) {
    const std::vector<double>& stratum = weights[stratum_of(Level::war, lead)];
    EXPECT_GT(stratum[0], 2 * stratum[2]) << lead;
    EXPECT_LT(stratum[1], 0.05) << lead;
    EXPECT_NEAR(std::accumulate(stratum.begin(), stratum.end(), 0.0), 1, 1e-9);
  }
}

TEST(Stacking, WeightsAreTheBestOfAllOnAGrid) {
  // Two learners that are each half right: no mixture on a grid of weights has a smaller CRPS.
  const Panel panel = war_panel(40);
  Window window = made_window(40, 3);
  window.members.resize(2);
  for (std::size_t cell = 0; cell < window.outcomes.size(); ++cell) {
    for (std::size_t draw = 0; draw < kSize; ++draw) {
      window.members[0][cell][draw] = static_cast<float>(draw) * 0.6F;
      window.members[1][cell][draw] = 40 + static_cast<float>(draw) * 0.6F;
    }
  }
  const std::vector<PoolSums> sums{pool_sums(window, panel, 2)};
  const std::vector<double> best =
      stacking_weights(sums, std::vector<double>(2, 1))[stratum_of(Level::war, 9)];
  const auto pooled_crps = [&](double weight) {
    double sum = 0;
    for (std::size_t unit = 0; unit < window.units.size(); ++unit) {
      for (int lead = 1; lead <= 12; ++lead) {
        const std::size_t cell = cell_of(unit, lead, 12);
        std::vector<Weighted> sample;
        for (const float draw : window.members[0][cell])
          sample.push_back({draw, static_cast<float>(weight + 1e-9)});
        for (const float draw : window.members[1][cell])
          sample.push_back({draw, static_cast<float>(1 - weight + 1e-9)});
        std::vector<float> draws(2000);
        draws_of(sample, draws);
        sum += crps(draws, window.outcomes[cell]);
      }
    }
    return sum;
  };
  double least = std::numeric_limits<double>::max(), at = 0;
  for (double weight = 0; weight <= 1.001; weight += 0.05) {
    const double value = pooled_crps(weight);
    if (value < least) least = value, at = weight;
  }
  EXPECT_NEAR(best[0], at, 0.1);
  EXPECT_LE(pooled_crps(best[0]), least * 1.005);
}

TEST(Stacking, AnExplodingLearnerIsDroppedAndSaidSo) {
  const std::vector<Window> windows{made_window(10, 1)};
  const std::vector<Member> members = judged_members(windows, kIds);
  EXPECT_FALSE(members[0].dropped);
  EXPECT_TRUE(members[1].dropped);
  EXPECT_NE(members[1].why.find("worse than a forecast of no deaths"), std::string::npos);
  EXPECT_FALSE(members[2].dropped);  // as good as zeros is not worse
  std::vector<Window> broken = windows;
  broken[0].members[0][5][3] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_TRUE(judged_members(broken, kIds)[0].dropped);
}

TEST(Stacking, ADroppedLearnerHasNoPart) {
  const Panel panel = war_panel(10);
  const Window window = made_window(10, 1);
  const std::vector<PoolSums> sums{pool_sums(window, panel, 1)};
  const Weights weights = stacking_weights(sums, std::vector<double>{0, 0, 1});
  for (const std::vector<double>& stratum : weights) EXPECT_EQ(stratum, (std::vector<double>{0, 0, 1}));
}

TEST(Stacking, NoDrawIsAboveItsUnitsCap) {
  Window window = made_window(2, 1);
  window.caps = {30, 500};
  const Weights weights(kStrata, std::vector<double>{0.5, 0.5, 0});
  const Draws joined = join(window, weights, no_calibration(), 1);
  EXPECT_EQ(joined[cell_of(0, 1, 12)].back(), 30);
  EXPECT_EQ(joined[cell_of(1, 1, 12)].back(), 500);
}

TEST(Stacking, OneLearnerAloneComesOutAsItWentIn) {
  const Window window = made_window(3, 1);
  const Weights weights(kStrata, std::vector<double>{1, 0, 0});
  const Draws joined = join(window, weights, no_calibration(), 1);
  for (std::size_t draw = 0; draw < kSize; ++draw) EXPECT_NEAR(joined[0][draw], static_cast<float>(draw), 1);
}

TEST(Stacking, CalibrationWidensWhatWasTooSure) {
  // A learner that always says 50 to 51 of outcomes between 0 and 100.
  Window window = made_window(200, 5);
  for (std::size_t cell = 0; cell < window.outcomes.size(); ++cell) {
    for (std::size_t draw = 0; draw < kSize; ++draw)
      window.members[0][cell][draw] = 45 + 10 * static_cast<float>(draw) / kSize;
  }
  const Weights weights(kStrata, std::vector<double>{1, 0, 0});
  const Draws sure = join(window, weights, no_calibration(), 1);
  const std::vector<LevelCounts> counts{level_counts(window, sure, 1)};
  const Draws wider = join(window, weights, calibration_of(counts), 1);
  const auto spread = [&](const Draws& draws) { return quantile(draws[0], 0.95) - quantile(draws[0], 0.05); };
  EXPECT_GE(spread(wider), spread(sure));
  EXPECT_LE(quantile(wider[0], 0.25), quantile(sure[0], 0.1));
}

TEST(Stacking, ThreadsMakeNoDifference) {
  const Panel panel = war_panel(17);
  const Window window = made_window(17, 9);
  EXPECT_EQ(pool_sums(window, panel, 1).between, pool_sums(window, panel, 4).between);
}

TEST(Levels, AreReadOffTheLastMonths) {
  Panel panel{.units = {{.id = "A"}}, .first = 1, .last = 48};
  panel.deaths[0].assign(48, 0.0F);
  EXPECT_EQ(level_of(panel, 0, 48), Level::quiet);
  panel.deaths[0][20] = 500;  // 28 months before
  EXPECT_EQ(level_of(panel, 0, 48), Level::quiet);
  panel.deaths[0][30] = 500;
  EXPECT_EQ(level_of(panel, 0, 48), Level::simmering);
  panel.deaths[0][40] = 24;
  EXPECT_EQ(level_of(panel, 0, 48), Level::conflict);
  panel.deaths[0][41] = 276;
  EXPECT_EQ(level_of(panel, 0, 48), Level::war);
}

}  // namespace
}  // namespace mithaq::forecast
