// An observed Markov model: a unit is at peace, in escalation, at war or in de-escalation, and what it does
// next depends on where it stands.
//
// After Randahl & Vegelius (2024), arXiv 2410.12374: the state of a month is observed from its deaths and
// those of the month before (peace: none in both; escalation: some after none; war: some in both;
// de-escalation: none after some). Paths are simulated month by month: the next state by its probability
// given state, level and time spent in it, the deaths of a violent month from past months of the same kind,
// the unit's own counting more.
#pragma once

#include <cstdint>

#include "engines/forecast/cases.hpp"
#include "engines/forecast/draws.hpp"

namespace mithaq::forecast {

enum class ConflictState : std::uint8_t { peace, escalation, war, de_escalation };

ConflictState conflict_state(float deaths_before, float deaths_now);

struct MarkovOptions {
  int paths = 1000;  // simulated for each unit
  // How many months of others count as much as all of the unit's own, when both are drawn from.
  double others = 24;
};

Draws markov_draws(const Training& training, const MarkovOptions& options = {});

}  // namespace mithaq::forecast
