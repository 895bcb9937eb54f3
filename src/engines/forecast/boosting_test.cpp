#include "engines/forecast/boosting.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engines/forecast/count_quantiles.hpp"
#include "engines/forecast/made_panel.hpp"
#include "engines/forecast/random.hpp"

namespace mithaq::forecast {
namespace {

// Cases in two kinds by one feature: quiet ones (0) with deaths in one of ten months, and others (3) with
// deaths in nine of ten, geometrically distributed from 1 on. The last two cases are those to forecast.
MadeTraining two_kinds(std::size_t rows, double mean_of_many) {
  MadeTraining made(made_panel({{0}, {0}}), 1, 2);
  made.cases.features = {{"last"}, {"mean_12"}, {"noise"}};
  made.cases.keys.clear();
  made.cases.values.assign(3, {});
  made.now.clear();
  Random random(11);
  const auto add = [&](bool many) {
    made.cases.keys.push_back({many ? 1U : 0U, 1});
    made.cases.values[0].push_back(many ? 3.0F : 0.0F);
    made.cases.values[1].push_back(many ? 3.0F : 0.0F);
    made.cases.values[2].push_back(random.below(5) == 0 ? kUnknown : static_cast<float>(random.uniform()));
    return static_cast<CaseIndex>(made.cases.keys.size() - 1);
  };
  for (std::size_t row = 0; row < rows; ++row) {
    const bool many = row % 2 == 1;
    float outcome = 0;
    if (random.uniform() < (many ? 0.9 : 0.1)) {
      const double mean = many ? mean_of_many : 2.0;
      outcome = static_cast<float>(1 + std::floor(std::log(1 - random.uniform()) / std::log(1 - 1 / mean)));
    }
    made.rows.push_back({add(many), static_cast<std::uint16_t>(1 + random.below(2)), outcome, 1});
  }
  made.now = {add(false), add(true)};
  return made;
}

TEST(Boosting, LearnsWhetherAndHowMany) {
  const MadeTraining made = two_kinds(8000, 40);
  const Draws draws = boosting_draws(made.training());
  ASSERT_EQ(draws.cells(), 4U);
  for (int lead = 1; lead <= 2; ++lead) {
    const auto quiet = draws[cell_of(0, lead, 2)], violent = draws[cell_of(1, lead, 2)];
    EXPECT_NEAR(probability_at_least(quiet, 1), 0.1, 0.06);
    EXPECT_NEAR(probability_at_least(violent, 1), 0.9, 0.06);
    EXPECT_NEAR(mean(violent), 36, 6);
    // Of a geometric distribution with mean 40 a share of e^-2.5 or so lies at 100 or above.
    EXPECT_NEAR(probability_at_least(violent, 100), 0.9 * 0.081, 0.03);
  }
}

TEST(Boosting, TheSameOnAnyNumberOfThreads) {
  MadeTraining made = two_kinds(2000, 15);
  made.threads = 1;
  const Draws one = boosting_draws(made.training());
  for (const unsigned threads : {2U, 3U, 7U}) {
    made.threads = threads;
    const Draws other = boosting_draws(made.training());
    for (std::size_t cell = 0; cell < one.cells(); ++cell) {
      ASSERT_TRUE(std::equal(one[cell].begin(), one[cell].end(), other[cell].begin())) << threads;
    }
  }
}

TEST(Boosting, ACaseBeyondAllSeenDoesNotExplode) {
  MadeTraining made = two_kinds(2000, 40);
  float most = 0;
  for (const TrainingRow& row : made.rows) most = std::max(most, row.outcome);
  for (const CaseIndex at : made.now) {
    for (auto& column : made.cases.values) column[at] = 1e30F;
  }
  const Draws draws = boosting_draws(made.training());
  for (std::size_t cell = 0; cell < draws.cells(); ++cell) {
    EXPECT_TRUE(std::is_sorted(draws[cell].begin(), draws[cell].end()));
    EXPECT_LE(draws[cell].back(), most);
    EXPECT_GE(draws[cell].front(), 0);
  }
}

TEST(Boosting, HostileRowsGiveDrawsInOrder) {
  const auto check = [](const MadeTraining& made) {
    const Draws draws = boosting_draws(made.training());
    ASSERT_EQ(draws.cells(), made.now.size() * static_cast<std::size_t>(made.horizon));
    for (std::size_t cell = 0; cell < draws.cells(); ++cell) {
      EXPECT_TRUE(std::is_sorted(draws[cell].begin(), draws[cell].end()));
      EXPECT_GE(draws[cell].front(), 0);
      EXPECT_LE(draws[cell].back(), static_cast<float>(kDeathsMax));
    }
  };
  MadeTraining none = two_kinds(0, 40);
  check(none);
  EXPECT_EQ(boosting_draws(none.training())[0].back(), 0);

  MadeTraining zero = two_kinds(500, 40);
  for (TrainingRow& row : zero.rows) row.outcome = 0;
  check(zero);
  EXPECT_EQ(boosting_draws(zero.training())[1].back(), 0);

  MadeTraining huge = two_kinds(500, 40);
  for (std::size_t row = 0; row < huge.rows.size(); row += 3)
    huge.rows[row].outcome = row % 2 == 0 ? 1e9F : 3e38F;
  check(huge);

  MadeTraining unknown = two_kinds(500, 40);
  for (auto& column : unknown.cases.values) std::fill(column.begin(), column.end(), kUnknown);
  for (std::size_t row = 0; row < unknown.rows.size(); row += 2) unknown.rows[row].outcome = kUnknown;
  check(unknown);

  MadeTraining one_row = two_kinds(2, 40);
  one_row.rows[1].outcome = 7;
  one_row.rows.erase(one_row.rows.begin());
  check(one_row);

  MadeTraining without_features = two_kinds(500, 40);
  without_features.cases.features.clear();
  without_features.cases.values.clear();
  check(without_features);

  MadeTraining far = two_kinds(500, 40);
  far.horizon = 200;
  check(far);
}

}  // namespace
}  // namespace mithaq::forecast
