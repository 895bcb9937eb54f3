// Which conflicts there are, and the course of each: by year and month, where, between whom, and where it
// stands now.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engines/conflicts/acts.hpp"

namespace mithaq::conflicts {

// Where a conflict stands at the end of a time, by its deaths in the last twelve months (now) and in the
// twelve before those (before); `min` is Rules::deaths_min:
//   peace          now < min and before < min
//   escalation     now >= min, and before < min or now >= 2 * before
//   de_escalation  before >= min, and now < min or 2 * now <= before
//   war            otherwise: both at least min, and neither twice the other
// Ours: the four states are those of Randahl & Vegelius (2024, arXiv 2410.12374), who tell them from one
// month to the next; over twelve months each, a single quiet month does not make a peace.
enum class State : std::uint8_t { peace, escalation, war, de_escalation };
State state_of(double now, double before, double deaths_min);
std::string_view name_of(State state);  // "peace", "escalation", "war", "de_escalation"

// What happened in a part of a conflict: in one country, with one party, in one dyad.
struct Part {
  std::uint32_t of = 0;  // CountryIndex, ActorIndex or DyadIndex
  double deaths = 0;
  std::size_t events = 0;
  Month first = 0, last = 0;  // of its acts
};

struct YearOfConflict {
  int year = 0;
  double deaths = 0;
  std::size_t events = 0;
  bool active = false;  // deaths >= Rules::deaths_min
};

struct MonthOfConflict {
  Month month = 0;
  double deaths = 0;
};

struct Conflict {
  ConflictIndex index = 0;
  Violence violence = Violence::state_based;  // the kind with the most deaths
  Month first = 0, last = 0;                  // of its acts within the time asked for
  double deaths = 0;
  std::array<double, kViolences> deaths_by_kind{};
  std::size_t events = 0;    // rows of a table of months count as none
  double deaths_12 = 0;      // in the last twelve months of the time asked for
  double deaths_before = 0;  // in the twelve before those
  State state = State::peace;
  std::vector<YearOfConflict> years{};                // those with acts, oldest first
  std::vector<MonthOfConflict> by_month{};            // the same
  std::vector<Part> countries{}, parties{}, dyads{};  // most deaths first
  // The first, the deadliest and the last event: where to begin to read. 0 in a table of months.
  std::int64_t first_event = 0, deadliest_event = 0, last_event = 0;
  float latitude = 0, longitude = 0;  // middle of its acts, weighted by deaths; NaN if no place is known

  std::size_t years_active() const;
};

// What is asked for; empty fields ask for anything.
struct Asked {
  std::optional<Month> from{}, to{};      // both included
  std::vector<CountryIndex> countries{};  // conflicts with an act in one of these; all their acts are counted
  // Conflicts with an act in a country while it belonged; must outlive the question. Empty: any.
  const Membership* members = nullptr;
  bool active_only = true;  // only those that were active in one of the years at least
};

// The conflicts of the kinds that the rules look at; those with the most deaths in the last twelve months of
// the time first, then by deaths in all, then by id.
//   throws  Error{invalid_input} for rules that are none, or a time that ends before it begins
std::vector<Conflict> conflicts(const Acts& acts, const Rules& rules, const Asked& asked = {});

}  // namespace mithaq::conflicts
