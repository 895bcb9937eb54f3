#include "engines/forecast/scores.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engines/forecast/random.hpp"

namespace mithaq::forecast {
namespace {

// The definition, term by term.
double slow_crps(const std::vector<float>& draws, double outcome) {
  const auto count = static_cast<double>(draws.size());
  double distance = 0, between = 0;
  for (const float a : draws) {
    distance += std::abs(a - outcome);
    for (const float b : draws) between += std::abs(static_cast<double>(a) - b);
  }
  return distance / count - between / (2 * count * count);
}

std::vector<float> random_draws(Random& random, std::size_t count) {
  std::vector<float> draws(count);
  for (float& each : draws)
    each = random.uniform() < 0.4 ? 0.0F : std::floor(static_cast<float>(std::exp(8 * random.uniform())));
  std::sort(draws.begin(), draws.end());
  return draws;
}

TEST(Scores, CrpsIsItsDefinition) {
  Random random(1);
  for (const std::size_t count : {1, 2, 3, 12, 100}) {
    for (int each = 0; each < 50; ++each) {
      const std::vector<float> draws = random_draws(random, count);
      const double outcome = random.below(3000);
      EXPECT_NEAR(crps(draws, outcome), slow_crps(draws, outcome), 1e-9 * (1 + outcome));
    }
  }
}

TEST(Scores, CrpsOfACertainForecastIsTheAbsoluteError) {
  EXPECT_DOUBLE_EQ(crps(std::vector<float>(10, 5.0F), 12), 7);
  EXPECT_DOUBLE_EQ(crps(std::vector<float>{0, 10}, 10), 2.5);
  EXPECT_DOUBLE_EQ(log1p_crps(std::vector<float>(4, 0.0F), std::expm1(3.0)), 3);
}

TEST(Scores, HugeDrawsAreCutOff) {
  EXPECT_DOUBLE_EQ(crps(std::vector<float>{1e20F}, 0), 1e10);
}

TEST(Scores, IgnoranceCountsTheOutcomesBin) {
  const std::vector<float> zeros(1000, 0.0F);
  EXPECT_NEAR(ignorance(zeros, 0), 0.014341, 1e-6);
  EXPECT_NEAR(ignorance(zeros, 1), 9.981567, 1e-6);
  std::vector<float> mixed(1000, 0.0F);
  for (std::size_t each = 0; each < 250; ++each) mixed[each] = 25.5F;  // the bin 25.5 to 50.5 begins here
  EXPECT_NEAR(ignorance(mixed, 26), -std::log2(251.0 / 1011), 1e-12);
  EXPECT_NEAR(ignorance(mixed, 25), -std::log2(1.0 / 1011), 1e-12);
  EXPECT_NEAR(ignorance(mixed, 5000), -std::log2(1.0 / 1011), 1e-12);
}

TEST(Scores, ResamplingKeepsTheGivenPointsAndTheMean) {
  // 12 values on 1000 points: point 250 falls on value 3, point 500 on value 6.
  const std::vector<float> draws{10, 12, 9, 30, 11, 10, 8, 14, 13, 12, 10, 11};
  const std::vector<float> points = resampled_to_1000(draws);
  ASSERT_EQ(points.size(), 1000U);
  EXPECT_NEAR(points[0], 10, 1e-3);
  EXPECT_NEAR(points[250], 30, 1e-3);
  EXPECT_NEAR(points[500], 8, 1e-3);
  EXPECT_NEAR(mean(points), 12.5, 1e-3);
  for (const float point : resampled_to_1000(std::vector<float>{0, 0, 500, 0})) EXPECT_GE(point, 0);
}

TEST(Scores, IntervalScoreAddsWhatLiesOutside) {
  std::vector<float> draws;
  for (int each = 0; each <= 100; ++each) draws.push_back(static_cast<float>(each));
  EXPECT_NEAR(interval_score(draws, 50), 90, 1e-9);
  EXPECT_NEAR(interval_score(draws, 2), 90 + 20 * 3, 1e-9);
  EXPECT_NEAR(interval_score(draws, 105), 90 + 20 * 10, 1e-9);
  EXPECT_TRUE(covered(draws, 5));
  EXPECT_FALSE(covered(draws, 96));
}

TEST(Scores, AveragePrecisionOfARanking) {
  const std::vector<double> probabilities{0.9, 0.8, 0.7, 0.6};
  const std::vector<std::uint8_t> first_and_third{1, 0, 1, 0};
  EXPECT_NEAR(average_precision(probabilities, first_and_third), (1.0 + 2.0 / 3) / 2, 1e-12);
  // All alike: no better than the share of those that happened.
  EXPECT_NEAR(average_precision(std::vector<double>(4, 0.5), first_and_third), 0.5, 1e-12);
  EXPECT_EQ(average_precision(probabilities, std::vector<std::uint8_t>(4, 0)), 0);
}

TEST(Scores, PitOfACountLiesBetweenItsSteps) {
  const std::vector<float> draws{0, 0, 1, 2};
  EXPECT_DOUBLE_EQ(pit(draws, 0, 0.5), 0.25);
  EXPECT_DOUBLE_EQ(pit(draws, 1, 0), 0.5);
  EXPECT_DOUBLE_EQ(pit(draws, 3, 0.7), 1);
}

}  // namespace
}  // namespace mithaq::forecast
