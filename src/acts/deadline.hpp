// A deadline: the local time and the zone in which somebody said it, and the instant that it means.
//
// People say "Thursday noon in Vienna"; what decides is the instant. Both are kept, so that everybody can be
// shown what was said and what it is for them.
#pragma once

#include <optional>
#include <string>

#include "acts/act.hpp"

namespace mithaq::acts {

struct Deadline {
  std::string local{};   // "2026-03-29T12:00"
  std::string zone{};    // "Europe/Vienna"
  std::string offset{};  // "+02:00"; needed only for a time that is twice, when clocks go back
  Instant at{};          // settle() computes it; what a client says of it counts nothing
  friend bool operator==(const Deadline&, const Deadline&) = default;
};

template <typename Visitor>
void visit_fields(Visitor& visit, Deadline& deadline) {
  visit("local", deadline.local);
  visit("zone", deadline.zone);
  visit("offset", deadline.offset);
  visit("at", deadline.at);
}

// Computes `at` from the rest.
//   now      the deadline must be later
//   returns  why not: no such zone, no such time, a time that never is or is twice (both readings are said),
//            an offset that the zone does not have then, a deadline that has passed
std::optional<Refusal> settle(Deadline& deadline, Instant now);

}  // namespace mithaq::acts
