#include "engines/forecast/count_quantiles.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engines/forecast/draws.hpp"

namespace mithaq::forecast {
namespace {

std::vector<float> poisson(double mean, std::size_t size = 1000) {
  std::vector<float> out(size, -1.0F);
  fill_poisson(mean, out);
  return out;
}

std::vector<float> negative_binomial(double mean, double size, std::size_t draws = 1000) {
  std::vector<float> out(draws, -1.0F);
  fill_negative_binomial(mean, size, out);
  return out;
}

double variance(const std::vector<float>& draws) {
  const double middle = mean(draws);
  double sum = 0;
  for (const float each : draws) sum += (each - middle) * (each - middle);
  return sum / static_cast<double>(draws.size());
}

TEST(CountQuantiles, TheNormalQuantileIsThatOfTheTables) {
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-13);
  EXPECT_NEAR(normal_quantile(0.5), 0, 1e-15);
  EXPECT_NEAR(normal_quantile(1e-9), -5.997807015007686, 1e-9);
  EXPECT_NEAR(normal_quantile(1e-20), -9.262340089798408, 1e-9);
}

TEST(CountQuantiles, APoissonOfOneHasItsProbabilities) {
  const std::vector<float> draws = poisson(1);
  EXPECT_EQ(std::count(draws.begin(), draws.end(), 0.0F), 368);  // e^-1
  EXPECT_EQ(std::count(draws.begin(), draws.end(), 1.0F), 368);
  EXPECT_EQ(std::count(draws.begin(), draws.end(), 2.0F), 184);
}

TEST(CountQuantiles, WalkedAndApproximatedPoissonsAgreeWhereTheyMeet) {
  const std::vector<float> walked = poisson(1e5), approximated = poisson(1e5 + 0.001);
  for (std::size_t draw = 0; draw < walked.size(); ++draw) {
    EXPECT_NEAR(walked[draw], approximated[draw], 1.0) << draw;
  }
}

TEST(CountQuantiles, ANegativeBinomialHasItsProbabilities) {
  // Size 1 is the geometric distribution: P(0) = 1 / (1 + mean).
  const std::vector<float> draws = negative_binomial(3, 1);
  EXPECT_EQ(std::count(draws.begin(), draws.end(), 0.0F), 250);
  EXPECT_NEAR(static_cast<double>(std::count(draws.begin(), draws.end(), 1.0F)), 187.5, 1);
  EXPECT_NEAR(static_cast<double>(std::count(draws.begin(), draws.end(), 2.0F)), 140.6, 1);
}

TEST(CountQuantiles, MomentsOfTheNegativeBinomialAreKept) {
  for (const double size : {0.3, 1.0, 8.0, 500.0}) {
    for (const double middle : {0.4, 30.0, 1500.0, 30000.0, 1e8}) {
      const std::vector<float> draws = negative_binomial(middle, size, 20000);
      EXPECT_TRUE(std::is_sorted(draws.begin(), draws.end()));
      EXPECT_NEAR(mean(draws) / middle, 1, 0.01) << middle << " " << size;
      EXPECT_NEAR(variance(draws) / (middle + middle * middle / size), 1, 0.06) << middle << " " << size;
    }
  }
}

TEST(CountQuantiles, WalkedAndGammaNegativeBinomialsAgreeWhereTheyMeet) {
  for (const double size : {0.05, 0.5, 5.0, 5000.0}) {
    const std::vector<float> walked = negative_binomial(2000, size);
    const std::vector<float> gamma = negative_binomial(2000.001, size);
    for (std::size_t draw = 0; draw < walked.size(); ++draw) {
      EXPECT_NEAR(walked[draw], gamma[draw], 1.5 + 0.004 * walked[draw]) << size << " " << draw;
    }
  }
}

TEST(CountQuantiles, AHurdleIsNoneOrAnythingButZero) {
  std::vector<float> draws(1000);
  fill_hurdle(0.6, 3, 1, draws);
  EXPECT_EQ(std::count(draws.begin(), draws.end(), 0.0F), 600);
  // Geometric from 1 on: 1 with probability 1/4.
  EXPECT_NEAR(static_cast<double>(std::count(draws.begin(), draws.end(), 1.0F)), 100, 1);
  EXPECT_NEAR(static_cast<double>(std::count(draws.begin(), draws.end(), 2.0F)), 75, 1);
  fill_hurdle(0.25, 50000, 2, draws);
  EXPECT_EQ(std::count(draws.begin(), draws.end(), 0.0F), 250);
  EXPECT_NEAR(mean(draws), 0.75 * 50000, 400);
  fill_hurdle(1, 3, 1, draws);
  EXPECT_EQ(draws.back(), 0);
  fill_hurdle(0, 1e-3, 0.05, draws);
  EXPECT_EQ(draws.front(), 1);
}

TEST(CountQuantiles, ExtremesStayFiniteAndInOrder) {
  for (const double middle : {0.0, -1.0, std::nan(""), 1e-300, 1e9, 1e300}) {
    for (const double size : {1e-9, 1e-3, 1.0, 1e11, 1e300}) {
      const std::vector<float> draws = negative_binomial(middle, size);
      EXPECT_TRUE(std::is_sorted(draws.begin(), draws.end())) << middle << " " << size;
      EXPECT_GE(draws.front(), 0);
      EXPECT_LE(draws.back(), static_cast<float>(kDeathsMax));
    }
  }
}

}  // namespace
}  // namespace mithaq::forecast
