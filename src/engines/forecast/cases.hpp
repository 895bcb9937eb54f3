// Cases: what was known of a unit at the end of a month, in numbers that a learner can compare.
//
// A case is a unit at an origin, the last month that is known. Its features use that month and those before
// it, nothing later; the same function makes the cases to learn from and the case to forecast from. What
// followed after `lead` months is the outcome.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "events/panel.hpp"

namespace mithaq::forecast {

using events::Month;
using events::Panel;
using events::UnitIndex;

using FeatureIndex = std::uint32_t;  // in Cases::features
using CaseIndex = std::uint32_t;     // in Cases::origins

// What a feature is, for learners and for people.
struct Feature {
  std::string id{};  // "mean_12": data/conflict/features.tsv says it in words
};

struct CaseKey {
  UnitIndex unit = 0;
  Month origin = 0;
  friend bool operator==(const CaseKey&, const CaseKey&) = default;
};

struct Cases {
  std::vector<Feature> features{};
  std::vector<CaseKey> keys{};
  // [feature][case]; NaN where it is not known.
  std::vector<std::vector<float>> values{};

  std::size_t size() const { return keys.size(); }
  // The place of a feature.
  //   throws  Error{bug} if there is none
  FeatureIndex feature(std::string_view id) const;
};

// Features of the cases asked for, from the months up to each one's origin.
//   keys  any order; each unit exists at its origin
Cases make_cases(const Panel& panel, std::span<const CaseKey> keys, unsigned threads = 0);

// A case with what followed it: one row to learn from.
struct TrainingRow {
  CaseIndex at = 0;
  std::uint16_t lead = 1;  // months ahead
  float outcome = 0;       // deaths in the month origin + lead, by state-based violence
  float weight = 1;        // how many rows it stands for
};

// What a learner is given. Rows end at the origin: at(row).origin + row.lead <= origin.
struct Training {
  const Panel& panel;
  const Cases& cases;
  std::span<const TrainingRow> rows;
  // The cases to forecast from, all at `origin`; in the order of the forecast's units.
  std::span<const CaseIndex> now;
  Month origin = 0;
  int horizon = 12;          // months ahead, from 1
  std::size_t draws = 1000;  // of each cell
  std::uint64_t seed = 1;
  unsigned threads = 0;  // 0: one for each core

  std::size_t cells() const { return now.size() * static_cast<std::size_t>(horizon); }
};

}  // namespace mithaq::forecast
