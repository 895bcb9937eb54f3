#include "engines/forecast/benchmarks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "engines/forecast/count_quantiles.hpp"
#include "engines/forecast/made_panel.hpp"

namespace mithaq::forecast {
namespace {

std::map<float, std::size_t> counted(std::span<const float> draws) {
  std::map<float, std::size_t> counts;
  for (const float each : draws) ++counts[each];
  return counts;
}

// Fifteen months; the last twelve of unit 0 are 1 … 12.
std::vector<float> rising() {
  return {900, 900, 900, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
}

TEST(Benchmarks, ConflictologyRepeatsEachOfTwelveValuesInEqualShares) {
  const MadeTraining made(made_panel({rising()}), 15, 14);
  const Draws draws = conflictology_draws(made.training());
  ASSERT_EQ(draws.cells(), 14U);
  const auto counts = counted(draws[0]);
  ASSERT_EQ(counts.size(), 12U);
  for (const auto& [value, count] : counts) {
    EXPECT_TRUE(count == 83 || count == 84) << value << ": " << count;
  }
  for (std::size_t cell = 1; cell < draws.cells(); ++cell) {
    EXPECT_TRUE(std::equal(draws[0].begin(), draws[0].end(), draws[cell].begin()));
  }
}

TEST(Benchmarks, NothingAfterTheOriginCounts) {
  std::vector<float> row = rising();
  const MadeTraining before(made_panel({row}), 10, 3);
  row[10] = 5000;
  row[14] = 7000;
  const MadeTraining after(made_panel({row}), 10, 3);
  for (const auto& make : std::vector<std::function<Draws(const Training&)>>{
           last_draws, [](const Training& t) { return bootstrap_draws(t); },
           [](const Training& t) { return conflictology_draws(t); },
           [](const Training& t) { return conflictology_neighbours_draws(t); },
           [](const Training& t) { return negative_binomial_draws(t); }}) {
    const Draws one = make(before.training()), other = make(after.training());
    for (std::size_t cell = 0; cell < one.cells(); ++cell) {
      EXPECT_TRUE(std::equal(one[cell].begin(), one[cell].end(), other[cell].begin()));
    }
  }
}

TEST(Benchmarks, UnknownMonthsAreLeftOutAndNoneKnownIsZero) {
  const MadeTraining made(made_panel({{8, kUnknown, 4, kUnknown}, std::vector<float>(4, kUnknown)}), 4, 2);
  const Draws own = conflictology_draws(made.training());
  EXPECT_EQ(counted(own[0]), (std::map<float, std::size_t>{{4, 500}, {8, 500}}));
  EXPECT_EQ(counted(own[cell_of(1, 1, 2)]), (std::map<float, std::size_t>{{0, 1000}}));
  // The last known month of unit 0 has 4.
  EXPECT_NEAR(mean(last_draws(made.training())[0]), 4, 0.01);
  EXPECT_EQ(mean(last_draws(made.training())[2]), 0);
  EXPECT_EQ(mean(negative_binomial_draws(made.training())[2]), 0);
}

TEST(Benchmarks, TheBootstrapIsOfAllUnits) {
  const MadeTraining made(made_panel({{0, 0, 0, 0}, {0, 0, 0, 100}}), 4, 2, 8);
  const Draws draws = bootstrap_draws(made.training(), 4);
  for (std::size_t cell = 0; cell < draws.cells(); ++cell) {
    EXPECT_EQ(counted(draws[cell]), (std::map<float, std::size_t>{{0, 7}, {100, 1}}));
  }
}

TEST(Benchmarks, NeighboursOfACountryAreThoseOfThePanel) {
  Panel panel = made_panel({{1, 1}, {3, 3}, {5, 5}});
  panel.neighbours[0] = {1};
  const MadeTraining made(panel, 2, 1);
  const Draws draws = conflictology_neighbours_draws(made.training(), 2);
  EXPECT_EQ(counted(draws[0]), (std::map<float, std::size_t>{{1, 500}, {3, 500}}));
  EXPECT_EQ(counted(draws[2]), (std::map<float, std::size_t>{{5, 1000}}));
}

TEST(Benchmarks, MissingNeighboursOfAGridCellCountAsZeros) {
  Panel panel = made_panel({{9, 9}, {9, 9}}, "grid:");
  panel.neighbours[0] = {1};
  panel.neighbours[1] = {0};
  const MadeTraining made(panel, 2, 1, 900);
  // Of nine cells two are there.
  EXPECT_EQ(counted(conflictology_neighbours_draws(made.training(), 2)[0]),
            (std::map<float, std::size_t>{{0, 700}, {9, 200}}));
}

TEST(Benchmarks, TheNegativeBinomialHasTheMomentsOfTheMonths) {
  // Mean 10, variance 200 (n - 1).
  const MadeTraining made(made_panel({{0, 0, 30, 10}, {5, 5, 5, 5}}), 4, 1, 20000);
  const Draws draws = negative_binomial_draws(made.training(), 4);
  EXPECT_NEAR(mean(draws[0]), 10, 0.05);
  double squares = 0;
  for (const float each : draws[0]) squares += (each - 10.0) * (each - 10.0);
  EXPECT_NEAR(squares / 20000, 200, 8);
  // Without more spread than its mean it is Poisson.
  squares = 0;
  for (const float each : draws[1]) squares += (each - 5.0) * (each - 5.0);
  EXPECT_NEAR(squares / 20000, 5, 0.05);
}

TEST(Benchmarks, HostilePanelsGiveDrawsInOrder) {
  const std::vector<float> huge{1e9F, 0, 3e38F, -5, 1e9F};
  for (const auto& rows : std::vector<std::vector<std::vector<float>>>{
           {huge}, {huge, std::vector<float>(5, kUnknown)}, {std::vector<float>(5, 0.0F)}, {}}) {
    const MadeTraining made(made_panel(rows), 5, 60);
    for (const Draws& draws :
         {zero_draws(made.training()), last_draws(made.training()), bootstrap_draws(made.training(), 24),
          conflictology_draws(made.training(), 24), conflictology_neighbours_draws(made.training(), 24),
          negative_binomial_draws(made.training())}) {
      ASSERT_EQ(draws.cells(), rows.size() * 60);
      for (std::size_t cell = 0; cell < draws.cells(); ++cell) {
        EXPECT_TRUE(std::is_sorted(draws[cell].begin(), draws[cell].end()));
        EXPECT_GE(draws[cell].front(), 0);
        EXPECT_LE(draws[cell].back(), static_cast<float>(kDeathsMax));
      }
    }
  }
}

}  // namespace
}  // namespace mithaq::forecast
