#include "engines/forecast/warnings.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.hpp"
#include "engines/forecast/made_panel.hpp"
#include "engines/forecast/random.hpp"

namespace mithaq::forecast {
namespace {

constexpr std::array<float, 12> kQuiet{};

TEST(Warnings, NamesGoThereAndBack) {
  for (std::size_t each = 0; each < kConditions; ++each) {
    const auto condition = static_cast<Condition>(each);
    EXPECT_EQ(condition_named(name_of(condition)), condition);
  }
  EXPECT_EQ(name_of(Condition::at_least_1000), "at_least_1000");
  EXPECT_EQ(name_of(Outcome::false_alarm), "false_alarm");
  EXPECT_FALSE(condition_named("at_least_26"));
}

TEST(Warnings, OnsetIsAskedOnlyAfterTwelveQuietMonths) {
  std::array<float, 12> past = kQuiet;
  EXPECT_TRUE(applies(Condition::onset, past));
  EXPECT_TRUE(fulfilled(Condition::onset, past, 1));
  EXPECT_FALSE(fulfilled(Condition::onset, past, 0));
  past[0] = 1;  // the oldest of the twelve
  EXPECT_FALSE(applies(Condition::onset, past));
  EXPECT_FALSE(fulfilled(Condition::onset, past, 5000));
  past[0] = kUnknown;
  EXPECT_FALSE(applies(Condition::onset, past));
  EXPECT_FALSE(applies(Condition::onset, std::span(kQuiet).first(11)));
}

TEST(Warnings, DoublingIsOfTheMonthlyMeanAndAtLeastTwentyFive) {
  std::array<float, 12> past{};
  past.fill(20);
  EXPECT_FALSE(fulfilled(Condition::doubling, past, 39));
  EXPECT_TRUE(fulfilled(Condition::doubling, past, 40));
  EXPECT_FALSE(fulfilled(Condition::doubling, kQuiet, 24));
  EXPECT_TRUE(fulfilled(Condition::doubling, kQuiet, 25));
  past[5] = kUnknown;
  EXPECT_FALSE(applies(Condition::doubling, past));
  EXPECT_TRUE(applies(Condition::at_least_25, past));
  EXPECT_FALSE(fulfilled(Condition::at_least_25, past, kUnknown));
}

// One unit: twelve quiet months, then the months given.
Panel after_quiet(const std::vector<float>& then) {
  std::vector<float> row(12, 0.0F);
  row.insert(row.end(), then.begin(), then.end());
  return made_panel({row});
}

Warning warning(Condition condition, bool given, Month from, Month to) {
  return {.condition = condition, .from = from, .to = to, .probability = given ? 0.8 : 0.1, .given = given};
}

TEST(Warnings, AHitHasTheFirstMonthThatFulfilledIt) {
  const Panel panel = after_quiet({3, 30, 60});
  const Judged judged = judge(panel, 12, warning(Condition::at_least_25, true, 13, 15));
  EXPECT_EQ(judged.outcome, Outcome::hit);
  EXPECT_EQ(judged.lead_months, 2);
  EXPECT_EQ(judge(panel, 12, warning(Condition::onset, true, 13, 15)).lead_months, 1);
  const Judged silent = judge(panel, 12, warning(Condition::at_least_25, false, 13, 15));
  EXPECT_EQ(silent.outcome, Outcome::miss);
  EXPECT_FALSE(silent.lead_months);
}

TEST(Warnings, PendingUntilAllMonthsAreKnownOrOneFulfils) {
  const Panel panel = after_quiet({3, kUnknown, 30});
  // Months 13 to 14: 3, then not known.
  EXPECT_EQ(judge(panel, 12, warning(Condition::at_least_25, true, 13, 14)).outcome, Outcome::pending);
  EXPECT_EQ(judge(panel, 12, warning(Condition::at_least_25, false, 13, 14)).outcome, Outcome::pending);
  // To month 15, in which it happens; but not if nobody looks further than 14.
  EXPECT_EQ(judge(panel, 12, warning(Condition::at_least_25, true, 13, 15)).outcome, Outcome::hit);
  EXPECT_EQ(judge(panel, 12, warning(Condition::at_least_25, true, 13, 15), 14).outcome, Outcome::pending);
  // Past the end of the panel.
  EXPECT_EQ(judge(panel, 12, warning(Condition::at_least_100, true, 15, 24)).outcome, Outcome::pending);
  // Known, and nothing: false alarm and quiet.
  EXPECT_EQ(judge(panel, 12, warning(Condition::at_least_25, true, 13, 13)).outcome, Outcome::false_alarm);
  EXPECT_EQ(judge(panel, 12, warning(Condition::at_least_25, false, 13, 13)).outcome, Outcome::quiet);
}

TEST(Warnings, TheThresholdFollowsFromTheCost) {
  EXPECT_DOUBLE_EQ(Costs{}.threshold(), 0.25);
  EXPECT_DOUBLE_EQ(Costs{.false_alarm = 1}.threshold(), 0.5);
  EXPECT_DOUBLE_EQ(Costs{.false_alarm = 0.1}.threshold(), 0.1 / 1.1);
}

TEST(Warnings, ATrackRecordCountedByHand) {
  std::vector<Judged> judged;
  const auto add = [&](double probability, double benchmark, Month origin, bool event,
                       std::optional<int> lead) {
    Judged each{.warning = {.condition = Condition::at_least_25, .from = origin + 1, .to = origin + 3}};
    each.warning.probability = probability;
    each.warning.benchmark = benchmark;
    each.warning.given = probability >= 0.25;
    each.origin = origin;
    each.outcome = each.warning.given ? (event ? Outcome::hit : Outcome::false_alarm)
                                      : (event ? Outcome::miss : Outcome::quiet);
    each.lead_months = lead;
    judged.push_back(each);
  };
  add(0.9, 1.0, 100, true, 1);
  add(0.8, 0.0, 112, true, 3);
  add(0.4, 1.0, 112, false, {});
  add(0.2, 0.0, 124, true, {});
  add(0.15, 0.0, 124, false, {});
  add(0.1, 0.0, 124, false, {});
  judged.push_back(judged[0]);
  judged.back().outcome = Outcome::pending;
  judged.push_back(judged[0]);
  judged.back().warning.condition = Condition::onset;
  judged.push_back(judged[0]);
  judged.back().warning.to += 3;  // another window

  const TrackRecord record = track_record(Condition::at_least_25, 3, judged);
  EXPECT_EQ(record.hits, 2U);
  EXPECT_EQ(record.false_alarms, 1U);
  EXPECT_EQ(record.misses, 1U);
  EXPECT_EQ(record.quiet, 2U);
  EXPECT_NEAR(record.brier, (0.01 + 0.04 + 0.16 + 0.64 + 0.0225 + 0.01) / 6, 1e-12);
  EXPECT_NEAR(record.benchmark_brier, (0.0 + 1 + 1 + 1 + 0 + 0) / 6, 1e-12);
  // Precision at the three events: 1/1, 2/2, 3/4.
  EXPECT_NEAR(record.average_precision, (1 + 1 + 0.75) / 3, 1e-12);
  EXPECT_DOUBLE_EQ(record.lead_months_mean, 2);
  EXPECT_EQ(record.origin_first, 100);
  EXPECT_EQ(record.origin_last, 124);
  ASSERT_EQ(record.reliability.size(), 10U);
  EXPECT_EQ(record.reliability[1].count, 2U);
  EXPECT_NEAR(record.reliability[1].probability, 0.125, 1e-12);
  EXPECT_EQ(record.reliability[1].happened, 0);
  EXPECT_EQ(record.reliability[2].happened, 1);
  // A third for the false alarm, 1 for the miss. Warning from 0.2 on costs the false alarm alone.
  EXPECT_NEAR(record.cost, 1.0 / 3 + 1, 1e-12);
  EXPECT_EQ(record.cost_of_silence, 3);
  EXPECT_NEAR(record.cost_of_always, 1, 1e-12);
  EXPECT_NEAR(record.cheapest_cost, 1.0 / 3, 1e-12);
  EXPECT_NEAR(record.cheapest_threshold, 0.2, 1e-12);
  // Where false alarms are dear, two warnings are given and one event is let go; the 0.5 in use does that
  // too.
  const TrackRecord dear = track_record(Condition::at_least_25, 3, judged, {.false_alarm = 1});
  EXPECT_NEAR(dear.cheapest_cost, 1, 1e-12);
  EXPECT_NEAR(dear.cheapest_threshold, 0.5, 1e-12);
}

TEST(Warnings, AnEmptyRecordIsAllZeros) {
  const TrackRecord record = track_record(Condition::onset, 3, std::vector<Judged>{});
  EXPECT_EQ(record.hits + record.false_alarms + record.misses + record.quiet, 0U);
  EXPECT_EQ(record.brier, 0);
  EXPECT_EQ(record.reliability.size(), 10U);
}

// Units of three kinds (quiet, wavering, at war) with forecasts that know how often each passes 25 deaths.
struct MadeForecast {
  Panel panel{};
  Forecast forecast{};
};

MadeForecast made_forecast(std::size_t units, int windows, std::uint64_t seed, int horizon = 12) {
  constexpr std::array kRates{0.01, 0.2, 0.9};
  const Month months = 36 + 12 * windows;
  std::vector<std::vector<float>> rows(units);
  Random random(seed);
  for (std::size_t unit = 0; unit < units; ++unit) {
    for (Month month = 0; month < months + 24; ++month) {
      rows[unit].push_back(random.uniform() < kRates[unit % 3] ? 40.0F : 0.0F);
    }
  }
  MadeForecast made{.panel = made_panel(rows)};
  Forecast& forecast = made.forecast;
  forecast.origin = months;
  forecast.horizon = horizon;
  const auto fill = [&](Draws& draws, Draws& benchmark) {
    draws = Draws(units * static_cast<std::size_t>(horizon), 1000);
    benchmark = Draws(units * static_cast<std::size_t>(horizon), 1000);
    for (std::size_t cell = 0; cell < draws.cells(); ++cell) {
      const double rate = kRates[cell / static_cast<std::size_t>(horizon) % 3];
      for (std::size_t draw = 0; draw < 1000; ++draw) {
        draws[cell][draw] = static_cast<double>(draw) < 1000 * (1 - rate) ? 0.0F : 40.0F;
        benchmark[cell][draw] = draw < 700 ? 0.0F : 40.0F;
      }
    }
  };
  for (UnitIndex unit = 0; unit < units; ++unit) forecast.units.push_back(unit);
  fill(forecast.draws, forecast.benchmark);
  for (int window = windows; window >= 1; --window) {
    PastWindow past{.origin = months - 12 * window, .horizon = horizon, .units = forecast.units};
    fill(past.draws, past.benchmark);
    forecast.past.push_back(std::move(past));
  }
  return made;
}

TEST(Warnings, GivenOnesComeFirstAndMeetTheThreshold) {
  const MadeForecast made = made_forecast(60, 3, 1);
  const Costs costs{.false_alarm = 1};
  const std::vector<Warning> warnings = warnings_of(made.panel, made.forecast, 3, costs);
  ASSERT_FALSE(warnings.empty());
  bool given = true;
  double before = 1;
  for (const Warning& each : warnings) {
    EXPECT_EQ(each.given, each.probability >= 0.5);
    EXPECT_TRUE(given || !each.given);
    EXPECT_LE(each.probability, before);
    EXPECT_EQ(each.from, made.forecast.origin + 1);
    EXPECT_EQ(each.to, made.forecast.origin + 3);
    given = each.given;
    before = each.probability;
  }
  EXPECT_TRUE(warnings[0].given);
  EXPECT_FALSE(warnings.back().given);
}

TEST(Warnings, TheProbabilityOfAWindowIsLearntFromPastOnes) {
  // Months are independent here, so that a wavering unit passes 25 in three months with 1 - 0.8³.
  const MadeForecast made = made_forecast(300, 4, 2);
  double sum = 0;
  int count = 0;
  for (const Warning& each : warnings_of(made.panel, made.forecast, 3, {})) {
    if (each.condition != Condition::at_least_25 || each.unit % 3 != 1) continue;
    sum += each.probability;
    ++count;
  }
  EXPECT_EQ(count, 100);
  EXPECT_NEAR(sum / count, 1 - std::pow(0.8, 3), 0.07);
}

TEST(Warnings, ProbabilityRisesWithTheWindow) {
  const MadeForecast made = made_forecast(90, 3, 3);
  const auto of = [&](int window) {
    std::vector<double> all(made.panel.units.size(), -1);
    for (const Warning& each : warnings_of(made.panel, made.forecast, window, {})) {
      if (each.condition == Condition::at_least_25) all[each.unit] = each.probability;
    }
    return all;
  };
  const std::vector<double> three = of(3), six = of(6), twelve = of(12);
  double sum_3 = 0, sum_6 = 0, sum_12 = 0;
  for (std::size_t unit = 0; unit < three.size(); ++unit)
    sum_3 += three[unit], sum_6 += six[unit], sum_12 += twelve[unit];
  EXPECT_LT(sum_3, sum_6);
  EXPECT_LT(sum_6, sum_12);
}

TEST(Warnings, TheRecordOfPastWindowsIsBetterThanTheBenchmarksAndCalibrated) {
  const MadeForecast made = made_forecast(300, 5, 4);
  const std::vector<TrackRecord> records = track_record(made.panel, made.forecast, 3, {});
  ASSERT_EQ(records.size(), kConditions);
  const TrackRecord& record = records[0];
  EXPECT_EQ(record.hits + record.false_alarms + record.misses + record.quiet, 1500U);
  EXPECT_LT(record.brier, record.benchmark_brier);
  EXPECT_GT(record.average_precision, record.benchmark_average_precision);
  EXPECT_LT(record.cost, record.cost_of_silence);
  EXPECT_LE(record.cheapest_cost, record.cost);
  EXPECT_GE(record.lead_months_mean, 1);
  EXPECT_LE(record.lead_months_mean, 3);
  EXPECT_EQ(record.origin_first, 36);
  EXPECT_EQ(record.origin_last, 84);
  for (const TrackRecord::Bin& bin : record.reliability) {
    if (bin.count >= 100) {
      EXPECT_NEAR(bin.probability, bin.happened, 0.08);
    }
  }
}

TEST(Warnings, NothingAfterTheOriginOfTheForecastIsLookedAt) {
  MadeForecast made = made_forecast(30, 3, 5);
  const auto before = warnings_of(made.panel, made.forecast, 12, {});
  const auto record_before = track_record(made.panel, made.forecast, 12, {});
  for (UnitIndex unit = 0; unit < 30; ++unit) {
    for (Month month = made.forecast.origin + 1; month <= made.panel.last; ++month) {
      made.panel.deaths[0][made.panel.at(unit, month)] = 9999;
    }
  }
  const auto after = warnings_of(made.panel, made.forecast, 12, {});
  ASSERT_EQ(before.size(), after.size());
  for (std::size_t each = 0; each < before.size(); ++each) {
    EXPECT_EQ(before[each].unit, after[each].unit);
    EXPECT_EQ(before[each].probability, after[each].probability);
  }
  EXPECT_EQ(record_before[0].brier, track_record(made.panel, made.forecast, 12, {})[0].brier);
}

TEST(Warnings, WindowsAndCostsThatMakeNoSenseAreRefused) {
  const MadeForecast made = made_forecast(6, 1, 6);
  for (const int window : {0, -1, 13}) {
    EXPECT_THROW(warnings_of(made.panel, made.forecast, window, {}), Error) << window;
    EXPECT_THROW(track_record(made.panel, made.forecast, window, {}), Error) << window;
  }
  for (const double cost : {0.0, -1.0, std::nan(""), HUGE_VAL}) {
    EXPECT_THROW(warnings_of(made.panel, made.forecast, 3, {.false_alarm = cost}), Error) << cost;
  }
}

TEST(Warnings, HostilePanelsAndForecastsWithoutPastWindows) {
  MadeForecast made = made_forecast(9, 0, 7);
  std::fill(made.panel.deaths[0].begin(), made.panel.deaths[0].end(), kUnknown);
  const auto warnings = warnings_of(made.panel, made.forecast, 3, {});
  EXPECT_EQ(warnings.size(), 27U);  // neither onset nor doubling can be asked
  for (const Warning& each : warnings) EXPECT_TRUE(each.probability > 0 && each.probability < 1);
  for (const TrackRecord& record : track_record(made.panel, made.forecast, 3, {})) EXPECT_EQ(record.hits, 0U);
  // Windows that are shorter than what is asked say nothing.
  MadeForecast shorter = made_forecast(9, 2, 8);
  for (PastWindow& past : shorter.forecast.past) past.horizon = 2;
  EXPECT_EQ(track_record(shorter.panel, shorter.forecast, 3, {})[0].quiet, 0U);
  // No units.
  const MadeForecast none = made_forecast(0, 2, 9);
  EXPECT_TRUE(warnings_of(none.panel, none.forecast, 3, {}).empty());
}

}  // namespace
}  // namespace mithaq::forecast
