// An observed Markov model: a unit is at peace, in escalation, at war or in de-escalation, and what it does
// next depends on where it stands.
//
// After Randahl & Vegelius (2024), arXiv 2410.12374: the state of a month is observed from its deaths and
// those of the month before (peace: none in both; escalation: some after none; war: some in both;
// de-escalation: none after some). Paths are simulated month by month. Ours: the next month is drawn from the
// months that followed real past months of the same state, the nearest by a regression of the log of deaths
// on level, duration and neighbours (predictive mean matching, Little 1988), the unit's own counting more. So
// the next state and its deaths come together, and only deaths that have been seen are dealt out.
#pragma once

#include <cstdint>

#include "engines/forecast/cases.hpp"
#include "engines/forecast/draws.hpp"

namespace mithaq::forecast {

enum class ConflictState : std::uint8_t { peace, escalation, war, de_escalation };
inline constexpr std::size_t kConflictStates = 4;

ConflictState conflict_state(float deaths_before, float deaths_now);

// Chosen by scores on outcomes of 2010 to 2017: docs/early-warning.md.
struct MarkovOptions {
  int paths = 1000;   // simulated for each unit
  int near = 60;      // months of all units, the nearest, that are drawn from
  int near_own = 12;  // the same of the unit's own
  // How many of its own near months count as much as the others together.
  double others = 24;
};

// The simulated paths: [cell][path], deaths; path p of a unit is p in each of its cells, so that they are not
// in ascending order. Learns from all of the panel's months up to the origin; no rows are needed.
Draws markov_paths(const Training& training, const MarkovOptions& options = {});

// The same as draws.
Draws markov_draws(const Training& training, const MarkovOptions& options = {});

}  // namespace mithaq::forecast
