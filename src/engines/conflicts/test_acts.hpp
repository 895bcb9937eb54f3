// Small tables of acts, written by hand in tests.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>

#include "engines/conflicts/acts.hpp"

namespace mithaq::conflicts::test {

// Names become indices as they come.
class MadeActs {
 public:
  MadeActs(Month first, Month last) {
    acts_.event_level = true;
    acts_.first = first;
    acts_.last = last;
  }

  struct Row {
    Month month = 0;
    std::string conflict{};
    std::string country{};  // empty: not known
    double deaths = 0;
    std::string side_a{}, side_b{};
    Violence violence = Violence::state_based;
    float latitude = NAN, longitude = NAN;
  };
  MadeActs& add(const Row& row) {
    Act act{.event = static_cast<std::int64_t>(acts_.acts.size()) + 1,
            .deaths = row.deaths,
            .month = row.month,
            .conflict = conflict(row.conflict),
            .country = row.country.empty() ? kNone : country(row.country),
            .side_a = actor(row.side_a),
            .side_b = actor(row.side_b),
            .latitude = row.latitude,
            .longitude = row.longitude,
            .violence = row.violence};
    acts_.acts.push_back(act);
    return *this;
  }
  CountryIndex country(const std::string& id) {
    for (CountryIndex each = 0; each < acts_.countries.size(); ++each) {
      if (acts_.countries[each].id == id) return each;
    }
    acts_.countries.push_back({.id = id});
    return static_cast<CountryIndex>(acts_.countries.size() - 1);
  }
  Acts made() const {
    Acts out = acts_;
    std::stable_sort(out.acts.begin(), out.acts.end(),
                     [](const Act& a, const Act& b) { return a.month < b.month; });
    return out;
  }

 private:
  ConflictIndex conflict(const std::string& name) {
    for (ConflictIndex each = 0; each < acts_.conflicts.size(); ++each) {
      if (acts_.conflicts[each].name == name) return each;
    }
    acts_.conflicts.push_back({.id = name, .name = name});
    return static_cast<ConflictIndex>(acts_.conflicts.size() - 1);
  }
  ActorIndex actor(const std::string& name) {
    if (name.empty()) return kNone;
    for (ActorIndex each = 0; each < acts_.actors.size(); ++each) {
      if (acts_.actors[each] == name) return each;
    }
    acts_.actors.push_back(name);
    return static_cast<ActorIndex>(acts_.actors.size() - 1);
  }

  Acts acts_{};
};

}  // namespace mithaq::conflicts::test
