// For tests: facts to begin with.
#pragma once

#include <string>

#include "engines/procedure/fact.hpp"

namespace mithaq::procedure {

// A consultation that the Chair opens, on which five States decide.
inline Fact test_opening(const std::string& rule_set, const std::string& id, Instant at) {
  Fact fact{
      .kind = Kind::opened,
      .stamp = {.at = at, .actor = {.by = "the chair", .capacity = acts::Capacity::chair}, .subject = id}};
  fact.rule_set = rule_set;
  fact.title = {{"en", "A decision"}};
  fact.words = {{"en", "It is decided."}};
  fact.zone = "Europe/Vienna";
  fact.entitled = {"AUT", "DEU", "KAZ", "RUS", "USA"};
  return fact;
}

}  // namespace mithaq::procedure
