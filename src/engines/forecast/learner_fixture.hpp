// Made-up cases for the tests of learners: the outcomes follow known rules, so that a test can say what a
// learner must find.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "engines/forecast/cases.hpp"
#include "engines/forecast/random.hpp"

namespace mithaq::forecast::test {

inline constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

// A training that owns what it points to.
struct MadeCases {
  Panel panel{};
  Cases cases{};
  std::vector<TrainingRow> rows{};
  std::vector<CaseIndex> now{};
  Month origin = 400;
  int horizon = 3;
  std::size_t draws = 100;
  unsigned threads = 1;
  std::uint64_t seed = 1;

  explicit MadeCases(std::vector<std::string> features) {
    for (std::string& feature : features) cases.features.push_back({std::move(feature)});
    cases.values.resize(cases.features.size());
  }
  CaseIndex add_case(std::vector<float> values, UnitIndex unit = 0, Month month = 300) {
    for (std::size_t feature = 0; feature < values.size(); ++feature) {
      cases.values[feature].push_back(values[feature]);
    }
    cases.keys.push_back({unit, month});
    return static_cast<CaseIndex>(cases.keys.size() - 1);
  }
  void add_row(std::vector<float> values, float outcome, std::uint16_t lead = 1, float weight = 1) {
    rows.push_back({add_case(std::move(values)), lead, outcome, weight});
  }
  void add_now(std::vector<float> values) { now.push_back(add_case(std::move(values), 0, origin)); }
  Training training() const { return {panel, cases, rows, now, origin, horizon, draws, seed, threads}; }
};

// Outcomes that grow with the first of four features, wildly; the others say nothing. Some values are not
// known.
inline MadeCases wars(std::size_t count) {
  MadeCases made({"level", "noise_1", "noise_2", "few"});
  Random random(7);
  for (std::size_t each = 0; each < count; ++each) {
    const auto level = static_cast<float>(random.uniform() * 8);
    const double deaths = random.uniform() < 0.5 ? 0 : std::floor(std::exp(level) * random.uniform() * 2);
    const float noise = random.uniform() < 0.2 ? kUnknown : static_cast<float>(random.normal());
    made.add_row({level, noise, static_cast<float>(random.uniform()), static_cast<float>(random.below(3))},
                 static_cast<float>(deaths), static_cast<std::uint16_t>(1 + random.below(3)),
                 static_cast<float>(1 + random.below(4)));
  }
  for (const float level : {0.5F, 3.0F, 7.0F}) made.add_now({level, kUnknown, 0.5F, 1});
  return made;
}

}  // namespace mithaq::forecast::test
