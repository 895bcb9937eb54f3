#include "engines/forecast/cases.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "engines/forecast/random.hpp"

namespace mithaq::forecast {
namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

// Units in a row, each the neighbour of the next, two regions.
Panel made_panel(std::size_t units, int months, std::uint64_t seed) {
  Panel panel;
  panel.vintage = "made";
  panel.first = 121;
  panel.last = 120 + months;
  Random random(seed);
  for (std::size_t unit = 0; unit < units; ++unit) {
    panel.units.push_back({.id = "U" + std::to_string(unit), .region = unit % 2 == 0 ? "even" : "odd"});
    panel.neighbours.emplace_back();
    if (unit > 0) panel.neighbours[unit].push_back(static_cast<UnitIndex>(unit - 1));
    if (unit + 1 < units) panel.neighbours[unit].push_back(static_cast<UnitIndex>(unit + 1));
  }
  for (std::vector<float>& deaths : panel.deaths) {
    for (std::size_t each = 0; each < units * panel.months(); ++each)
      deaths.push_back(random.uniform() < 0.6 ? 0.0F : static_cast<float>(random.below(200)));
  }
  return panel;
}

float value_of(const Cases& cases, std::string_view feature, CaseIndex at = 0) {
  return cases.values[cases.feature(feature)][at];
}

TEST(Cases, FeaturesOfAHandMadeSeries) {
  Panel panel;
  panel.first = 121;
  panel.last = 126;
  panel.units = {{.id = "A", .region = "r"}, {.id = "B", .region = "r"}};
  panel.neighbours = {{1}, {0}};
  panel.deaths[0] = {0, 30, 0, 0, 6, 3, /* B */ 0, 0, 0, kUnknown, 100, 0};
  const std::vector<CaseKey> keys{{.unit = 0, .origin = 126}, {.unit = 1, .origin = 126}};
  const Cases cases = make_cases(panel, keys);
  EXPECT_FLOAT_EQ(value_of(cases, "last"), std::log1p(3.0F));
  EXPECT_FLOAT_EQ(value_of(cases, "lag_1"), std::log1p(6.0F));
  EXPECT_FLOAT_EQ(value_of(cases, "lag_4"), std::log1p(30.0F));
  EXPECT_FLOAT_EQ(value_of(cases, "mean_3"), std::log1p(3.0F));
  EXPECT_FLOAT_EQ(value_of(cases, "mean_120"), std::log1p(6.5F));
  EXPECT_FLOAT_EQ(value_of(cases, "max_12"), std::log1p(30.0F));
  EXPECT_FLOAT_EQ(value_of(cases, "share_6"), 0.5F);
  EXPECT_FLOAT_EQ(value_of(cases, "since_any"), 0);
  EXPECT_FLOAT_EQ(value_of(cases, "since_25"), std::log1p(4.0F));
  EXPECT_FLOAT_EQ(value_of(cases, "since_100"), std::log1p(600.0F));
  EXPECT_FLOAT_EQ(value_of(cases, "history_share"), 0.5F);
  EXPECT_FLOAT_EQ(value_of(cases, "neighbours_1"), 0);
  EXPECT_FLOAT_EQ(value_of(cases, "neighbours_12"), std::log1p(20.0F));  // of five known months
  EXPECT_FLOAT_EQ(value_of(cases, "region_1"), std::log1p(3.0F));
  EXPECT_FLOAT_EQ(value_of(cases, "month"), 6);
  EXPECT_TRUE(std::isnan(value_of(cases, "ns_12")));
  EXPECT_FLOAT_EQ(value_of(cases, "mean_3", 1), std::log1p(50.0F));  // two known months of three
  EXPECT_FLOAT_EQ(value_of(cases, "since_any", 1), std::log1p(1.0F));
}

TEST(Cases, NothingAfterTheOriginMatters) {
  Panel panel = made_panel(5, 60, 7);
  const Month origin = 121 + 40;
  std::vector<CaseKey> keys;
  for (UnitIndex unit = 0; unit < 5; ++unit) {
    for (Month month = 121; month <= origin; ++month) keys.push_back({.unit = unit, .origin = month});
  }
  const Cases before = make_cases(panel, keys);
  for (std::vector<float>& deaths : panel.deaths) {
    for (UnitIndex unit = 0; unit < 5; ++unit) {
      for (Month month = origin + 1; month <= panel.last; ++month) deaths[panel.at(unit, month)] = 1e6F;
    }
  }
  const Cases after = make_cases(panel, keys);
  for (std::size_t feature = 0; feature < before.values.size(); ++feature) {
    // Bit for bit: unknown values too.
    EXPECT_EQ(
        std::memcmp(before.values[feature].data(), after.values[feature].data(), keys.size() * sizeof(float)),
        0)
        << before.features[feature].id;
  }
}

TEST(Cases, OrderOfKeysAndThreadsMakeNoDifference) {
  const Panel panel = made_panel(7, 50, 3);
  std::vector<CaseKey> keys;
  for (Month month = 121; month <= panel.last; month += 3) {
    for (UnitIndex unit = 0; unit < 7; ++unit) keys.push_back({.unit = unit, .origin = month});
  }
  const Cases forward = make_cases(panel, keys, 1);
  const std::vector<CaseKey> reversed(keys.rbegin(), keys.rend());
  const Cases backward = make_cases(panel, reversed, 5);
  for (std::size_t feature = 0; feature < forward.values.size(); ++feature) {
    for (std::size_t at = 0; at < keys.size(); ++at) {
      const float one = forward.values[feature][at], other = backward.values[feature][keys.size() - 1 - at];
      EXPECT_TRUE(one == other || (std::isnan(one) && std::isnan(other))) << forward.features[feature].id;
    }
  }
}

TEST(Cases, IndicatorsJoinAsFeatures) {
  Panel panel = made_panel(2, 12, 1);
  panel.indicators.push_back(
      {.id = "SP.POP.TOTL", .source = "test", .values = std::vector<float>(24, kUnknown)});
  panel.indicators[0].values[panel.at(1, 125)] = 17;
  const std::vector<CaseKey> keys{{.unit = 0, .origin = 125}, {.unit = 1, .origin = 125}};
  const Cases cases = make_cases(panel, keys);
  EXPECT_TRUE(std::isnan(value_of(cases, "indicator:SP.POP.TOTL", 0)));
  EXPECT_EQ(value_of(cases, "indicator:SP.POP.TOTL", 1), 17);
}

}  // namespace
}  // namespace mithaq::forecast
