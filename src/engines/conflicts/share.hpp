// What share of the world's conflicts and deaths lies in the members of an organization, year by year, with
// the membership of each month as it was then.
//
// The figure hangs on what is called a conflict and on where one is counted that crosses borders. Each of
// these is an option, and no figure should be printed without them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engines/conflicts/acts.hpp"

namespace mithaq::conflicts {

// What is counted.
//   conflict  a conflict of the source (UCDP's conflict, dyad of groups, one-sided actor), or an episode
//   country   a country in which the conflicts of a year together reach the least number of deaths
enum class Counted : std::uint8_t { conflict, country };

// When a conflict counts as one of the members'. Deaths outside every known country count as outside.
//   most  more than half of its deaths of the year happened in members: a conflict is counted once
//   any   at least one death did: what crosses the border counts in full
//   part  as much of it as of its deaths: fractions of conflicts
enum class Where : std::uint8_t { most, any, part };

std::string_view name_of(Counted counted);
std::string_view name_of(Where where);
std::optional<Counted> counted_named(std::string_view name);
std::optional<Where> where_named(std::string_view name);

struct ShareRules {
  Rules rules{};
  Counted counted = Counted::conflict;
  Where where = Where::most;
};

// What has been counted for a year, and by how much it counts.
struct InShare {
  std::uint32_t of = 0;  // ConflictIndex or CountryIndex
  double deaths = 0, deaths_members = 0;
  double counted = 0;  // 0 to 1, by ShareRules::where
};

struct ShareYear {
  int year = 0;
  std::size_t months = 0;             // of the year that the table covers; 12 for a whole one
  std::size_t members = 0;            // countries that belong in its last covered month
  std::size_t members_uncertain = 0;  // countries of which some month of the year is uncertain
  double conflicts = 0, conflicts_world = 0;
  double deaths = 0, deaths_world = 0;  // of the kinds looked at, in conflicts of any size
  double deaths_elsewhere = 0;          // of those, in no known country
  std::size_t unknown_months = 0;       // country-months of which deaths of a kind are not known
  std::vector<InShare> which{};         // all active ones of the world, most deaths first

  // Nothing where the world has none.
  std::optional<double> share_conflicts() const;
  std::optional<double> share_deaths() const;
};

// One row for each year from the first to the last that the table covers; oldest first.
//   membership  as many cells as countries and months of the acts
//   throws      Error{invalid_input} for rules that are none, or years that end before they begin
std::vector<ShareYear> share(const Acts& acts, const Membership& membership, const ShareRules& rules,
                             std::optional<int> first_year = {}, std::optional<int> last_year = {});

}  // namespace mithaq::conflicts
