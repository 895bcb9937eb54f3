#include "engines/forecast/window_chance.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "engines/forecast/random.hpp"

namespace mithaq::forecast {
namespace {

TEST(WindowChance, LiesBetweenTheLargestMonthAndIndependentMonths) {
  const Months months = months_of(std::array{0.2, 0.5, 0.1});
  EXPECT_NEAR((WindowChance{.apart = 0}.probability(months)), 0.5, 1e-12);
  EXPECT_NEAR((WindowChance{.apart = 1}.probability(months)), 1 - 0.8 * 0.5 * 0.9, 1e-12);
  const double between = WindowChance{.apart = 0.5}.probability(months);
  EXPECT_GT(between, 0.5);
  EXPECT_LT(between, 0.64);
}

TEST(WindowChance, RisesWithMonthsAndStaysAProbability) {
  for (const WindowChance chance : {WindowChance{}, WindowChance{.apart = 1, .shift = -2, .slope = 0.3},
                                    WindowChance{.apart = 0, .shift = 3, .slope = 2}}) {
    std::vector<double> window;
    double before = 0;
    for (int month = 0; month < 36; ++month) {
      window.push_back(month % 5 == 0 ? 0.0 : 0.3);
      const double now = chance.probability(months_of(window));
      EXPECT_GE(now, before);
      EXPECT_LE(now, 1);
      before = now;
    }
    EXPECT_TRUE(std::isfinite(chance.probability(months_of(std::array{1.0, 1.0}))));
    EXPECT_GT(chance.probability(months_of(std::array{0.0})), 0);
  }
}

// Windows of six months with known probabilities, of which a part all go together.
std::vector<PassedWindow> windows(std::size_t count, double together, std::uint64_t seed) {
  Random random(seed);
  std::vector<PassedWindow> all;
  for (std::size_t each = 0; each < count; ++each) {
    const double probability = 0.3 * random.uniform();
    PassedWindow window{.months = months_of(std::array{probability, probability, probability, probability,
                                                       probability, probability})};
    const int tries = random.uniform() < together ? 1 : 6;
    for (int month = 0; month < tries; ++month) window.happened |= random.uniform() < probability;
    all.push_back(window);
  }
  return all;
}

TEST(WindowChance, LearnsHowFarMonthsGoTogether) {
  const WindowChance apart = fit_window_chance(windows(4000, 0, 1));
  const WindowChance together = fit_window_chance(windows(4000, 1, 2));
  const Months months = months_of(std::array{0.1, 0.1, 0.1, 0.1, 0.1, 0.1});
  EXPECT_NEAR(apart.probability(months), 1 - std::pow(0.9, 6), 0.04);
  EXPECT_NEAR(together.probability(months), 0.1, 0.03);
}

TEST(WindowChance, FewWindowsBendLittle) {
  const WindowChance none = fit_window_chance({});
  EXPECT_EQ(none.shift, 0);
  EXPECT_EQ(none.slope, 1);
  // Three surprises among windows that were all but excluded.
  std::vector<PassedWindow> few(3, {.months = months_of(std::array{0.01, 0.01}), .happened = true});
  const WindowChance chance = fit_window_chance(few);
  EXPECT_LT(chance.probability(months_of(std::array{0.01, 0.01})), 0.2);
  EXPECT_GT(chance.slope, 0);
  // All sure, all wrong: still finite and in order.
  std::vector<PassedWindow> wrong(500, {.months = months_of(std::array{1.0, 1.0}), .happened = false});
  const WindowChance bent = fit_window_chance(wrong);
  EXPECT_TRUE(std::isfinite(bent.shift) && std::isfinite(bent.slope));
  EXPECT_LT(bent.probability(months_of(std::array{0.1})), bent.probability(months_of(std::array{0.9})));
}

}  // namespace
}  // namespace mithaq::forecast
