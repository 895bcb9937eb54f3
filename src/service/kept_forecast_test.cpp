#include "service/kept_forecast.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "engines/forecast/random.hpp"

namespace mithaq::service {
namespace {

constexpr int kHorizon = 36;

events::Panel panel_of(std::size_t units) {
  events::Panel panel{.vintage = "made"};
  for (std::size_t unit = 0; unit < units; ++unit) panel.units.push_back({.id = "U" + std::to_string(unit)});
  return panel;
}

forecast::Draws draws_of(std::size_t cells, std::size_t per_cell, std::uint64_t seed) {
  forecast::Draws draws(cells, per_cell);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    forecast::Random random(seed, cell);
    // Most cells are quiet, as countries are.
    const double level = cell % 4 == 0 ? 300 * random.uniform() : 0;
    for (float& value : draws[cell])
      value = static_cast<float>(std::floor(level * random.uniform() * random.uniform()));
    std::sort(draws[cell].begin(), draws[cell].end());
  }
  return draws;
}

forecast::Forecast made_of(std::size_t units) {
  forecast::Forecast made{.vintage = "made", .origin = 526, .horizon = kHorizon};
  for (events::UnitIndex unit = 0; unit < units; ++unit) made.units.push_back(unit);
  made.draws = draws_of(units * kHorizon, 1000, 1);
  made.benchmark = draws_of(units * kHorizon, 1000, 2);
  made.members = {{.id = "forest", .weight = 0.6, .crps = 12.5},
                  {.id = "markov", .crps = 99, .dropped = true, .why = "it did worse"}};
  for (int window = 0; window < 5; ++window) {
    forecast::PastWindow past{.origin = 526 - 12 * (5 - window), .horizon = 12, .units = made.units};
    past.draws = draws_of(units * 12, 1000, 10 + static_cast<std::uint64_t>(window));
    past.benchmark = draws_of(units * 12, 1000, 20 + static_cast<std::uint64_t>(window));
    for (std::size_t cell = 0; cell < units * 12; ++cell)
      past.outcomes.push_back(cell % 7 == 0 ? std::numeric_limits<float>::quiet_NaN()
                                            : past.draws[cell][(cell * 37) % 1000]);
    made.past.push_back(std::move(past));
  }
  for (events::UnitIndex unit = 0; unit < units; ++unit)
    made.reasons.push_back(
        {.base = 0.1,
         .influences = {{.feature = "mean_12", .value = 1.5F, .effect = -0.25},
                        {.feature = "ns_1",
                         .value = std::numeric_limits<float>::quiet_NaN(),
                         .effect = 0.01}},
         .like = {{.unit = 0, .origin = 400, .weight = 0.5F, .deaths_12 = 7, .followed = 30}}});
  return made;
}

TEST(KeptForecast, ComesBackAsItWasKept) {
  const events::Panel panel = panel_of(20);
  const KeptForecast kept = kept_of(made_of(20));
  const std::string bytes = packed(kept, panel);
  const KeptForecast again = unpacked(bytes, panel);
  EXPECT_EQ(packed(again, panel), bytes);
  EXPECT_EQ(again.forecast.units, kept.forecast.units);
  EXPECT_EQ(again.means, kept.means);
  ASSERT_EQ(again.forecast.draws.per_cell(), kKeptDraws);
  for (std::size_t cell = 0; cell < kept.forecast.draws.cells(); ++cell) {
    ASSERT_TRUE(std::equal(kept.forecast.draws[cell].begin(), kept.forecast.draws[cell].end(),
                           again.forecast.draws[cell].begin()));
  }
  ASSERT_EQ(again.forecast.past.size(), 5u);
  EXPECT_EQ(again.forecast.past[2].origin, kept.forecast.past[2].origin);
  EXPECT_TRUE(std::isnan(again.forecast.past[0].outcomes[0]));
  EXPECT_TRUE(again.forecast.members[1].dropped);
  EXPECT_EQ(again.forecast.members[1].why, "it did worse");
  EXPECT_TRUE(std::isnan(again.forecast.reasons[3].influences[1].value));
  EXPECT_EQ(again.forecast.reasons[3].like[0].origin, 400);
  ASSERT_EQ(again.scores.models.size(), 3u);
  EXPECT_EQ(again.scores.models[0].all.crps, kept.scores.models[0].all.crps);
}

// Units are found by their ids: another order of the panel changes nothing.
TEST(KeptForecast, NamesUnitsByTheirIds) {
  const events::Panel panel = panel_of(4);
  const std::string bytes = packed(kept_of(made_of(4)), panel);
  events::Panel other = panel;
  std::reverse(other.units.begin(), other.units.end());
  const KeptForecast again = unpacked(bytes, other);
  EXPECT_EQ(again.forecast.units, (std::vector<events::UnitIndex>{3, 2, 1, 0}));
  other.units.pop_back();
  EXPECT_THROW(unpacked(bytes, other), Error);
}

TEST(KeptForecast, IsNearToAllItsDraws) {
  const forecast::Forecast made = made_of(8);
  const KeptForecast kept = kept_of(made);
  for (std::size_t cell = 0; cell < made.draws.cells(); ++cell) {
    EXPECT_NEAR(kept.means[cell], forecast::mean(made.draws[cell]), 1e-3);
    EXPECT_NEAR(forecast::quantile(kept.forecast.draws[cell], 0.5), forecast::quantile(made.draws[cell], 0.5),
                3);
    EXPECT_NEAR(forecast::probability_at_least(kept.forecast.draws[cell], 25),
                forecast::probability_at_least(made.draws[cell], 25), 0.0051);
  }
}

// A forecast of all countries is a few megabytes.
TEST(KeptForecast, IsSmall) {
  const std::string bytes = packed(kept_of(made_of(48)), panel_of(48));
  RecordProperty("bytes", static_cast<int>(bytes.size()));
  EXPECT_LT(4 * bytes.size(), std::size_t{5} << 20) << "a quarter of all countries";
}

TEST(KeptForecast, RefusesWhatIsDamaged) {
  const events::Panel panel = panel_of(3);
  const std::string bytes = packed(kept_of(made_of(3)), panel);
  const auto refused = [&](const std::string& given) {
    try {
      unpacked(given, panel);
      return false;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::corrupt);
      return true;
    }
  };
  for (std::size_t length = 0; length < bytes.size(); length += 397)
    EXPECT_TRUE(refused(bytes.substr(0, length)));
  EXPECT_TRUE(refused(bytes + "x"));
  EXPECT_TRUE(refused("MFC1"));
  // A byte that is another one is refused or gives other numbers, but nothing worse.
  for (std::size_t at = 0; at < bytes.size(); at += 301) {
    std::string wrong = bytes;
    wrong[at] = static_cast<char>(wrong[at] ^ 0x55);
    refused(wrong);
  }
}

}  // namespace
}  // namespace mithaq::service
