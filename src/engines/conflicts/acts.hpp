// Violence as the map of conflicts counts it: one row for each act of a list of events, or for each country
// and month with deaths where only a table of months is at hand.
//
// An act belongs to a conflict. In a list of events that is the conflict that the source names (its number,
// else its name); in a table of months it is an episode: a country's months of violence, until so many quiet
// months have passed. Everything else in this engine counts rows of this table and nothing else.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/country_months.hpp"
#include "events/event.hpp"
#include "events/panel.hpp"

namespace mithaq::conflicts {

using events::Month;
using events::Violence;
inline constexpr std::size_t kViolences = events::kViolences;

using ConflictIndex = std::uint32_t;  // in Acts::conflicts
using CountryIndex = std::uint32_t;   // in Acts::countries
using ActorIndex = std::uint32_t;     // in Acts::actors
using DyadIndex = std::uint32_t;      // in Acts::dyads
inline constexpr std::uint32_t kNone = 0xffffffff;

std::string_view name_of(Violence violence);  // "state_based", "non_state", "one_sided"
std::optional<Violence> violence_named(std::string_view name);

struct Act {
  std::int64_t event = 0;  // the source's own number (events::EventId); 0 in a table of months
  double deaths = 0;       // best estimate; 0 or more; a part of one where an act of several months is split
  Month month = 0;
  ConflictIndex conflict = 0;
  CountryIndex country = kNone;  // where it happened; kNone if the source does not say
  DyadIndex dyad = kNone;
  ActorIndex side_a = kNone, side_b = kNone;
  float latitude = 0, longitude = 0;  // NaN if not known
  Violence violence = Violence::state_based;
  bool counts = true;  // false for the second and later months of an act that was split
};

struct ConflictName {
  std::string
      id{};  // "ucdp:314"; "state_based:Uganda: Government" without a number; "AFG/1990-01" of an episode
  std::string name{};  // as the source writes it; empty for an episode, which is called after its country
};

struct CountryName {
  std::string id{};    // of data/states.tsv; empty if nobody knows it
  std::string name{};  // as the source writes it; empty if it gives an id only
};

struct Acts {
  std::string vintage{}, source{}, licence{};
  bool event_level = false;   // rows are events that can be looked up; false: sums of a country's month
  Month first = 1, last = 0;  // the months that the source looked at, both included
  std::vector<ConflictName> conflicts{};
  std::vector<CountryName> countries{};
  std::vector<std::string> actors{}, dyads{};
  std::vector<Act> acts{};  // by month, then as the source has them
  // [violence][month - first]: countries that exist in a month and of which it is not known whether there
  // were deaths of this kind. Zero throughout for a list of events.
  std::array<std::vector<std::uint32_t>, kViolences> unknown{};

  std::size_t months() const { return last < first ? 0 : static_cast<std::size_t>(last - first + 1); }
  bool holds(Month month) const { return month >= first && month <= last; }
};

// Whether a country belongs to an organization in a month.
enum class Belonging : std::uint8_t {
  no,
  yes,
  // The register knows the year of the accession, not the month. It counts as yes, and is counted.
  uncertain
};

struct Membership {
  std::vector<Belonging> months{};  // [country * Acts::months() + month - first]
};

// Which acts are looked at, and when a conflict counts as active in a year.
struct Rules {
  // [violence]. UCDP's armed conflict is state-based.
  std::array<bool, kViolences> kinds{true, false, false};
  // Deaths of these kinds in a calendar year from which a conflict is active in it (UCDP: 25).
  double deaths_min = 25;
  // An episode of a table of months ends when so many months without deaths of these kinds have passed.
  int quiet_months = 12;

  bool looks_at(Violence violence) const { return kinds[static_cast<std::size_t>(violence)]; }
};

// The conflicts of a list of events. One that the source numbers is known by its number, else by kind and
// name, else by kind and parties. The victims of one-sided violence are no party.
//   countries  come first in Acts::countries, each id once, whether anything happened there or not; an event
//   is
//              placed by its state, else by its Gleditsch-Ward number, else by the country's name as it
//              stands
//   rules      how sure events must be, and in which months one of several months counts
//   left_out   filled with what the rules left out, and what lies outside the table's months
//   throws     Error{invalid_input} if parts of events are more than kActsMax
inline constexpr std::size_t kActsMax = 50'000'000;
Acts acts_of(const events::EventTable& table, std::span<const events::Country> countries,
             const events::PanelRules& rules = {}, events::LeftOut* left_out = nullptr);

// The episodes of a table of months. A month of which nothing is known counts as quiet. Units that are no
// country ("grid:148759") are left out.
//   throws  Error{invalid_input} if the rules name no kind, or quiet_months is not 1 to 1200
Acts acts_of(const events::Panel& panel, const Rules& rules);

// The same checks for every function of this engine.
void check(const Rules& rules);

}  // namespace mithaq::conflicts
