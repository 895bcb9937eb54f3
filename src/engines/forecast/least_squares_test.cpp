#include "engines/forecast/least_squares.hpp"

#include <gtest/gtest.h>

#include <array>

#include "engines/forecast/random.hpp"

namespace mithaq::forecast {
namespace {

TEST(LeastSquares, FindsTheLineThatMadeTheRows) {
  LeastSquares squares(3);
  Random random(1);
  for (int row = 0; row < 200; ++row) {
    const std::array inputs{1.0, random.normal(), random.normal()};
    squares.add(inputs, 2 - 3 * inputs[1] + 0.5 * inputs[2], 1 + random.uniform());
  }
  const std::vector<double> weights = squares.solve(1e-9);
  EXPECT_NEAR(weights[0], 2, 1e-6);
  EXPECT_NEAR(weights[1], -3, 1e-6);
  EXPECT_NEAR(weights[2], 0.5, 1e-6);
}

TEST(LeastSquares, TheRidgeHoldsInputsDownAndSharesBetweenTwins) {
  LeastSquares squares(3);
  for (int row = 0; row < 10; ++row) squares.add(std::array{1.0, row - 4.5, row - 4.5}, 2.0 * row, 1);
  const std::vector<double> weights = squares.solve(1);
  // Σ x² = 82.5: each gets 165 / (2 · 82.5 + 1).
  EXPECT_NEAR(weights[1], 165 / 166.0, 1e-9);
  EXPECT_NEAR(weights[2], 165 / 166.0, 1e-9);
  EXPECT_NEAR(weights[0], 9, 1e-5);
}

TEST(LeastSquares, NoRowsGiveZeros) {
  for (const double weight : LeastSquares(4).solve(1)) EXPECT_EQ(weight, 0);
}

}  // namespace
}  // namespace mithaq::forecast
