#include "engines/forecast/markov.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "engines/forecast/count_quantiles.hpp"
#include "engines/forecast/made_panel.hpp"
#include "engines/forecast/random.hpp"

namespace mithaq::forecast {
namespace {

// Units that begin and end to fight with their own probabilities; deaths are one of three numbers.
Panel fighting(std::size_t units, std::size_t months, double begin, double end) {
  std::vector<std::vector<float>> rows(units);
  Random random(21);
  for (std::vector<float>& row : rows) {
    bool fights = false;
    for (std::size_t month = 0; month < months; ++month) {
      fights = fights ? random.uniform() >= end : random.uniform() < begin;
      row.push_back(fights ? std::array{10.0F, 20.0F, 30.0F}[random.below(3)] : 0.0F);
    }
  }
  return made_panel(rows);
}

TEST(Markov, StatesAreThoseOfTheRule) {
  EXPECT_EQ(conflict_state(0, 0), ConflictState::peace);
  EXPECT_EQ(conflict_state(0, 3), ConflictState::escalation);
  EXPECT_EQ(conflict_state(3, 1), ConflictState::war);
  EXPECT_EQ(conflict_state(3, 0), ConflictState::de_escalation);
}

TEST(Markov, FindsTheProbabilitiesOfATwoStateChain) {
  Panel panel = fighting(60, 300, 0.1, 0.3);
  // The last month of unit 0 is quiet, that of unit 1 is not.
  panel.deaths[0][299] = 0;
  panel.deaths[0][599] = 20;
  const MadeTraining made(panel, 300, 24);
  const Draws draws = markov_draws(made.training());
  EXPECT_NEAR(probability_at_least(draws[cell_of(0, 1, 24)], 1), 0.1, 0.06);
  EXPECT_NEAR(probability_at_least(draws[cell_of(1, 1, 24)], 1), 0.7, 0.1);
  // After two years both have forgotten: 0.1 / (0.1 + 0.3).
  EXPECT_NEAR(probability_at_least(draws[cell_of(0, 24, 24)], 1), 0.25, 0.07);
  EXPECT_NEAR(probability_at_least(draws[cell_of(1, 24, 24)], 1), 0.25, 0.07);
}

TEST(Markov, DealsOutOnlyDeathsThatHaveBeenSeen) {
  const MadeTraining made(fighting(10, 120, 0.1, 0.3), 100, 60);
  const Draws draws = markov_draws(made.training());
  std::set<float> values;
  for (std::size_t cell = 0; cell < draws.cells(); ++cell)
    values.insert(draws[cell].begin(), draws[cell].end());
  EXPECT_EQ(values, (std::set<float>{0, 10, 20, 30}));
}

TEST(Markov, AUnitsOwnMonthsCountMore) {
  // All fight without end: unit 0 with 5 deaths a month, the other nine with 8.
  std::vector<std::vector<float>> rows(10, std::vector<float>(120, 8.0F));
  rows[0].assign(120, 5.0F);
  const MadeTraining made(made_panel(rows), 120, 1);
  const auto share_of_five = [&](double others) {
    const Draws draws = markov_draws(made.training(), {.near = 100000, .near_own = 108, .others = others});
    return 1 - probability_at_least(draws[0], 6);
  };
  // Of 108 months of its own: 108 / 216 and a tenth of the rest; then hardly more than a tenth.
  EXPECT_NEAR(share_of_five(108), 0.55, 0.06);
  EXPECT_NEAR(share_of_five(1e6), 0.1, 0.05);
  EXPECT_EQ(share_of_five(0), 1);
}

TEST(Markov, PathsHoldTogetherOverTheMonths) {
  const MadeTraining made(fighting(40, 300, 0.02, 0.05), 300, 12);
  const Draws paths = markov_paths(made.training());
  ASSERT_EQ(paths.per_cell(), 1000U);
  // Who fights in one month mostly fights in the next.
  std::size_t both = 0, first = 0;
  for (std::size_t path = 0; path < 1000; ++path) {
    for (std::size_t place = 0; place < 40; ++place) {
      if (paths[cell_of(place, 6, 12)][path] == 0) continue;
      ++first;
      both += paths[cell_of(place, 7, 12)][path] > 0 ? 1 : 0;
    }
  }
  EXPECT_GT(static_cast<double>(both) / static_cast<double>(first), 0.85);
}

TEST(Markov, LooksAtNoMonthAfterTheOriginAndIsTheSameOnAnyNumberOfThreads) {
  const Panel panel = fighting(12, 200, 0.05, 0.2);
  MadeTraining made(panel, 150, 24);
  made.threads = 1;
  const Draws one = markov_draws(made.training());
  Panel planted = panel;
  for (UnitIndex unit = 0; unit < 12; ++unit) {
    for (Month month = 151; month <= 200; ++month) planted.deaths[0][planted.at(unit, month)] = 1e6F;
  }
  MadeTraining later(planted, 150, 24);
  for (const unsigned threads : {1U, 2U, 5U}) {
    later.threads = threads;
    const Draws other = markov_draws(later.training());
    for (std::size_t cell = 0; cell < one.cells(); ++cell) {
      ASSERT_TRUE(std::equal(one[cell].begin(), one[cell].end(), other[cell].begin())) << threads;
    }
  }
}

TEST(Markov, FewerOrMoreDrawsThanPaths) {
  for (const std::size_t size : {7U, 1000U, 2500U}) {
    const MadeTraining made(fighting(5, 100, 0.1, 0.2), 100, 3, size);
    const Draws draws = markov_draws(made.training());
    ASSERT_EQ(draws.per_cell(), size);
    EXPECT_TRUE(std::is_sorted(draws[0].begin(), draws[0].end()));
  }
}

TEST(Markov, HostilePanelsGiveDrawsInOrder) {
  std::vector<float> wild;
  for (int month = 0; month < 40; ++month) {
    wild.push_back(
        std::array{0.0F, 1e9F, kUnknown, -3.0F, 3e38F, 0.2F, 7.0F}[static_cast<std::size_t>(month) % 7]);
  }
  for (const auto& rows : std::vector<std::vector<std::vector<float>>>{
           {},
           {std::vector<float>(40, 0.0F)},
           {std::vector<float>(40, kUnknown)},
           {wild},
           {wild, std::vector<float>(40, kUnknown), std::vector<float>(40, 0.0F)},
           {{5}},
           {{0}}}) {
    const MadeTraining made(made_panel(rows), rows.empty() ? 1 : static_cast<Month>(rows[0].size()), 90);
    const Draws draws = markov_draws(made.training());
    ASSERT_EQ(draws.cells(), rows.size() * 90);
    for (std::size_t cell = 0; cell < draws.cells(); ++cell) {
      EXPECT_TRUE(std::is_sorted(draws[cell].begin(), draws[cell].end()));
      EXPECT_GE(draws[cell].front(), 0);
      EXPECT_LE(draws[cell].back(), static_cast<float>(kDeathsMax));
    }
  }
}

}  // namespace
}  // namespace mithaq::forecast
