#include "engines/forecast/forecast.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "base/error.hpp"
#include "engines/forecast/backtest.hpp"
#include "engines/forecast/random.hpp"
#include "engines/forecast/window.hpp"

namespace mithaq::forecast {
namespace {

// Some places are at war for years, most are quiet.
Panel made_panel(std::size_t units, int years) {
  Panel panel{.vintage = "made", .first = 121, .last = 120 + 12 * years};
  Random random(11);
  for (std::size_t unit = 0; unit < units; ++unit) {
    panel.units.push_back({.id = "U" + std::to_string(unit), .region = unit % 3 == 0 ? "a" : "b"});
    panel.neighbours.push_back({static_cast<UnitIndex>((unit + 1) % units)});
    double level = unit % 4 == 0 ? 20 : 0;
    for (std::size_t month = 0; month < panel.months(); ++month) {
      if (random.uniform() < 0.02) level = random.uniform() < 0.5 ? 0 : 100 * random.uniform();
      panel.deaths[0].push_back(std::floor(static_cast<float>(level * random.uniform() * 2)));
    }
  }
  return panel;
}

const ForecastOptions kSmall{.horizon = 14, .draws = 200, .windows = 2};

bool same(const Draws& a, const Draws& b) {
  if (a.cells() != b.cells() || a.per_cell() != b.per_cell()) return false;
  for (std::size_t cell = 0; cell < a.cells(); ++cell) {
    if (!std::equal(a[cell].begin(), a[cell].end(), b[cell].begin())) return false;
  }
  return true;
}

TEST(Forecast, NoLearnerSeesAMonthAfterItsOrigin) {
  Panel panel = made_panel(12, 12);
  const Month origin = panel.last - 20;
  ForecastOptions options = kSmall;
  options.keep_learners = true;
  const Forecast before = make_forecast(panel, origin, options);
  for (UnitIndex unit = 0; unit < panel.units.size(); ++unit) {
    for (Month month = origin + 1; month <= panel.last; ++month)
      panel.deaths[0][panel.at(unit, month)] = 123456;
  }
  const Forecast after = make_forecast(panel, origin, options);
  EXPECT_TRUE(same(before.draws, after.draws));
  ASSERT_EQ(before.learners.size(), learner_ids().size());
  for (std::size_t each = 0; each < before.learners.size(); ++each)
    EXPECT_TRUE(same(before.learners[each], after.learners[each])) << learner_ids()[each];
  for (std::size_t each = 0; each < before.past.size(); ++each)
    EXPECT_TRUE(same(before.past[each].draws, after.past[each].draws));
  for (std::size_t each = 0; each < before.reasons.size(); ++each) {
    EXPECT_EQ(before.reasons[each].base, after.reasons[each].base);
    for (std::size_t like = 0; like < before.reasons[each].like.size(); ++like)
      EXPECT_EQ(before.reasons[each].like[like].followed_12, after.reasons[each].like[like].followed_12);
  }
}

TEST(Forecast, WhatCameBeforeItsOriginDoesMatter) {
  Panel panel = made_panel(12, 12);
  const Forecast before = make_forecast(panel, panel.last, kSmall);
  panel.deaths[0][panel.at(1, panel.last)] = 5000;
  EXPECT_FALSE(same(before.draws, make_forecast(panel, panel.last, kSmall).draws));
}

TEST(Forecast, TheSameOnAnyNumberOfThreads) {
  const Panel panel = made_panel(12, 10);
  ForecastOptions one = kSmall, many = kSmall;
  one.threads = 1;
  many.threads = 5;
  const Forecast alone = make_forecast(panel, panel.last, one),
                 together = make_forecast(panel, panel.last, many);
  EXPECT_TRUE(same(alone.draws, together.draws));
  for (std::size_t unit = 0; unit < alone.reasons.size(); ++unit) {
    ASSERT_EQ(alone.reasons[unit].influences.size(), together.reasons[unit].influences.size());
    for (std::size_t each = 0; each < alone.reasons[unit].influences.size(); ++each)
      EXPECT_EQ(alone.reasons[unit].influences[each].effect, together.reasons[unit].influences[each].effect);
  }
}

TEST(Forecast, DrawsAreWholeDeathsInOrder) {
  const Panel panel = made_panel(8, 10);
  const Forecast forecast = make_forecast(panel, panel.last, kSmall);
  EXPECT_EQ(forecast.draws.cells(), 8U * 14);
  for (std::size_t cell = 0; cell < forecast.draws.cells(); ++cell) {
    EXPECT_TRUE(std::is_sorted(forecast.draws[cell].begin(), forecast.draws[cell].end()));
    for (const float draw : forecast.draws[cell]) {
      EXPECT_GE(draw, 0);
      EXPECT_EQ(draw, std::round(draw));
    }
  }
  double weights = 0;
  for (const Member& member : forecast.members) weights += member.weight;
  EXPECT_NEAR(weights, 1, 1e-6);
  ASSERT_EQ(forecast.past.size(), 2U);
  EXPECT_EQ(forecast.past[1].origin, panel.last - 12);
}

TEST(Forecast, APanelWithoutAnyDeathForecastsNone) {
  Panel panel = made_panel(6, 8);
  std::fill(panel.deaths[0].begin(), panel.deaths[0].end(), 0.0F);
  const Forecast forecast = make_forecast(panel, panel.last, kSmall);
  for (std::size_t cell = 0; cell < forecast.draws.cells(); ++cell) EXPECT_EQ(forecast.draws[cell].back(), 0);
}

TEST(Forecast, RefusesTooShortAPast) {
  const Panel panel = made_panel(4, 4);
  EXPECT_THROW(make_forecast(panel, panel.last, kSmall), Error);
  EXPECT_THROW(make_forecast(made_panel(4, 10), 5000, kSmall), Error);
}

TEST(Forecast, AUnitThatEndedIsNotForecast) {
  Panel panel = made_panel(6, 10);
  panel.units[2].to = panel.last - 30;
  const Forecast forecast = make_forecast(panel, panel.last, kSmall);
  EXPECT_EQ(forecast.units, (std::vector<UnitIndex>{0, 1, 3, 4, 5}));
}

TEST(Backtest, ScoresWhatWasHeldBack) {
  const Panel panel = made_panel(12, 12);
  const std::vector<BacktestWindow> windows{backtest_window(panel, panel.last - 26, kSmall),
                                            backtest_window(panel, panel.last - 14, kSmall)};
  const Backtest backtest = score_windows(windows, "conflictology_12", 1);
  ASSERT_EQ(backtest.models[0].model, "mithaq");
  EXPECT_EQ(backtest.origins.size(), 2U);
  EXPECT_NEAR(std::accumulate(backtest.pit.begin(), backtest.pit.end(), 0.0), 1, 1e-9);
  for (const ModelScores& model : backtest.models) {
    EXPECT_NEAR(model.all.crps, (model.windows[0].crps + model.windows[1].crps) / 2, 1e-9) << model.model;
    if (model.model == "conflictology_12") {
      EXPECT_EQ(model.crps.high, 0);
    }
    if (model.model == "zero") {
      EXPECT_GT(model.crps.mean, 0);
    }
    EXPECT_LE(model.crps.low, model.crps.mean);
    EXPECT_GE(model.crps.high, model.crps.mean);
  }
  EXPECT_EQ(backtest.dominant.size(), 2U);
}

}  // namespace
}  // namespace mithaq::forecast
