#include "service/feature_words.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engines/forecast/cases.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {
namespace {

// Each feature that the engine makes has a name for people.
TEST(FeatureWords, NameWhatTheEngineLooksAt) {
  const FeatureWords words = FeatureWords::load(test::data());
  events::Panel panel{.vintage = "made", .first = 1, .last = 24};
  panel.units = {{.id = "MLI"}};
  panel.neighbours = {{}};
  panel.deaths[0].assign(24, 1);
  panel.indicators = {{.id = "SP.POP.TOTL", .source = "made", .values = std::vector<float>(24, 1)}};
  const forecast::CaseKey key{.unit = 0, .origin = 24};
  const forecast::Cases cases = forecast::make_cases(panel, std::span(&key, 1));
  EXPECT_GE(cases.features.size(), 30u);
  for (const forecast::Feature& feature : cases.features) {
    EXPECT_TRUE(words.knows(feature.id)) << feature.id;
    for (const Language language : {Language::arabic, Language::english, Language::russian}) {
      const std::string name = words.name(feature.id, language);
      EXPECT_NE(name, feature.id);
      EXPECT_EQ(name.find("{}"), std::string::npos) << name;
    }
  }
  EXPECT_TRUE(words.knows("lead"));
  EXPECT_FALSE(words.knows("no_such_thing"));
  EXPECT_EQ(words.name("no_such_thing", Language::arabic), "no_such_thing");
}

// What the learners have as logarithms is said as it is: the engine's own values of a panel with known
// deaths.
TEST(FeatureWords, SayValuesAsPeopleReadThem) {
  const FeatureWords words = FeatureWords::load(test::data());
  events::Panel panel{.vintage = "made", .first = 1, .last = 24};
  panel.units = {{.id = "MLI"}};
  panel.neighbours = {{}};
  panel.deaths[0].assign(24, 0);
  panel.deaths[0][22] = 90;
  panel.deaths[0][21] = 30;
  const forecast::CaseKey key{.unit = 0, .origin = 24};
  const forecast::Cases cases = forecast::make_cases(panel, std::span(&key, 1));
  const auto said = [&](const char* id) { return words.value_text(id, cases.values[cases.feature(id)][0]); };
  EXPECT_EQ(said("last"), "0");
  EXPECT_EQ(said("mean_12"), "10");
  EXPECT_EQ(said("max_12"), "90");
  EXPECT_EQ(said("since_25"), "1");
  EXPECT_EQ(said("share_12"), "17%");
  EXPECT_EQ(said("month"), "12");
  EXPECT_EQ(words.value_text("last", std::numeric_limits<double>::quiet_NaN()), "");
}

}  // namespace
}  // namespace mithaq::service
