// Common threads across conflicts: parties that fight in several, neighbours whose months of violence go
// together, conditions that the countries of many conflicts share.
//
// A thread says what stands together, with the numbers behind it; it never says what brings about what. Two
// neighbours may move together because a third country moves both, and a poor country may be at war because
// it is poor or poor because it is at war.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engines/conflicts/acts.hpp"
#include "engines/conflicts/conflicts.hpp"

namespace mithaq::conflicts {

// A party in one conflict.
struct Role {
  ConflictIndex conflict = 0;
  double deaths = 0;  // of the acts that it took part in, on any side
  std::size_t events = 0;
  Month first = 0, last = 0;
  std::int64_t first_event = 0, deadliest_event = 0, last_event = 0;
};

// A party that took part in several conflicts, or in one over several countries.
struct SharedActor {
  ActorIndex actor = 0;
  bool government = false;        // by its name: "Government of …"
  std::vector<Role> roles{};      // most deaths first
  std::vector<Part> countries{};  // where it acted, most deaths first
  double deaths = 0;
  std::size_t years_together = 0;  // calendar years with acts of it in two or more of the conflicts
};

struct ActorRules {
  Rules rules{};
  std::optional<Month> from{}, to{};
  // Deaths from which a role, or a country, counts: a single clash across a border makes no thread.
  double deaths_min = 25;
};

// Parties with two roles or two countries that count; most conflicts first, then deaths. Empty for a table of
// months, which names no parties.
std::vector<SharedActor> shared_actors(const Acts& acts, const ActorRules& rules);

// Two countries with a common border.
using Border = std::pair<CountryIndex, CountryIndex>;  // the lower first

// A conflict with deaths on both sides of a border.
struct AcrossBorder {
  ConflictIndex conflict = 0;
  double deaths_a = 0, deaths_b = 0;
};

// How the months of two neighbours go together.
struct Neighbours {
  Border border{};
  std::size_t months = 0;  // in which both are known to exist in the table
  // Months with deaths in both, in the first alone, in the second alone, in neither.
  std::size_t both = 0, only_a = 0, only_b = 0, neither = 0;
  // Correlation (Pearson) of what is new in each month: log(1 + deaths) less its mean over the twelve months
  // before. Slow rises that both have in common are so taken out.
  double correlation = 0;
  // Of `draws` series of the first country with its years shuffled, the share that goes with the second at
  // least as well; (1 + that many) / (1 + draws).
  double p = 1;
  // The same, with regard to how many borders were looked at (Benjamini & Hochberg 1995).
  double q = 1;
  std::vector<AcrossBorder> conflicts{};  // most deaths on the lesser side first
};

struct NeighbourRules {
  Rules rules{};
  std::optional<Month> from{}, to{};
  std::size_t months_min = 12;  // with deaths, in each of the two countries; others are not tested
  std::size_t draws = 1999;     // 99 to 99999
  std::uint64_t seed = 1;
  double deaths_min = 25;  // of a conflict on each side, to count as one across the border
};

// Every border that was tested or that a conflict crosses; lowest p first, then highest correlation. p and q
// are 1 where nothing was tested. Series of years are shuffled as circles: the first country's months are
// turned by a random number of months, cut into blocks of twelve and shuffled, so that what lasts some months
// keeps lasting (a block bootstrap under the null, after Künsch 1989). Each border has its own random
// numbers: the answer is the same for the same seed, whatever other borders there are.
//   borders  each once; those of unknown countries are refused as a bug
std::vector<Neighbours> shared_neighbours(const Acts& acts, const std::vector<Border>& borders,
                                          const NeighbourRules& rules);

// A number that is known of countries, and which end of it is the worse one.
enum class Worse : std::uint8_t { low, high, unknown };
struct Condition {
  std::string id{};  // "NY.GDP.PCAP.CD"
  std::string source{};
  Worse worse = Worse::unknown;
  std::vector<double> values{};  // [CountryIndex]; NaN if not known
};

struct CountryCondition {
  CountryIndex country = 0;
  double value = 0;
  std::size_t rank = 0;  // 1 is the worst of those known; equal values share the best rank of them
  double deaths = 0;     // in the time asked for
};

// A fifth of the countries at one end of a condition, and how many of the countries in conflict stand in it.
struct SharedCondition {
  std::size_t condition = 0;                // index of what was given
  bool low_end = false;                     // the fifth with the lowest values; else with the highest
  double threshold = 0;                     // the last value that is in the fifth
  std::size_t countries = 0, in_fifth = 0;  // with a known value
  std::size_t in_conflict = 0, in_conflict_fifth = 0;  // of those, at conflict
  // Chance that as many or more would stand in the fifth if the countries in conflict were drawn by lot
  // (hypergeometric, one-sided), and the same with regard to how many conditions were looked at.
  double p = 1, q = 1;
  std::vector<CountryCondition> which{};   // countries in conflict in the fifth, worst first
  std::vector<ConflictIndex> conflicts{};  // active in these countries
};

struct ConditionRules {
  Rules rules{};
  // A country is in conflict if its deaths of the kinds looked at reach Rules::deaths_min in these months.
  Month from = 0, to = 0;
};

// The worst fifth of each condition, and both ends of one of which nobody said which is worse. Lowest p
// first. Conditions known of fewer than ten countries say nothing and are left out.
std::vector<SharedCondition> shared_conditions(const Acts& acts, const std::vector<Condition>& conditions,
                                               const ConditionRules& rules);

// The chance of at least `drawn_marked` marked ones among `drawn` of `all`, of which `marked` are marked.
//   example  all 10, marked 3, drawn 3, drawn_marked 3: 1 / 120
double hypergeometric_tail(std::size_t all, std::size_t marked, std::size_t drawn, std::size_t drawn_marked);

// q values of p values, in their order (Benjamini & Hochberg 1995).
//   example  0.01, 0.04, 0.03 are 0.03, 0.04, 0.04
std::vector<double> false_discovery_rates(const std::vector<double>& p);

}  // namespace mithaq::conflicts
