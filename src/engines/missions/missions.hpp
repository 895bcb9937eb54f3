// Missions to which States second people: election observation and field operations, of one organization or
// several together.
//
// A mission says how many people of which kind it asks for, States say how many they will second, and the
// rules (data/secondments) say who may and how large a part may come from one State. Who in person is
// nominated, chosen and sent is the matter of calls (engines/selection); a call names its mission as its
// place.
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "acts/act.hpp"
#include "document/handling.hpp"

namespace mithaq::missions {

using Day = std::chrono::year_month_day;  // the default is no day

enum class Kind { election, field };
constexpr std::array<std::string_view, 2> names_of(Kind) {
  return {"election", "field"};
}

// How many people: of an election, long- and short-term observers; of a field operation, staff.
struct Numbers {
  int long_term = 0;
  int short_term = 0;
  int staff = 0;

  int sum() const { return long_term + short_term + staff; }
  friend bool operator==(const Numbers&, const Numbers&) = default;
};

struct Opened {
  Kind kind = Kind::election;
  acts::Words title{};
  std::string country{};                     // a State
  std::vector<std::string> organizations{};  // one, or those of a joint mission
  Day from{}, to{};
  Day election_day{};  // of an election
  Numbers asked{};
  std::vector<std::string> languages{};  // that are asked for, "ar", "ru"
  std::vector<std::string> regions{};    // of the country, where people are sent
  std::string invitation{};              // the paper by which the country invites it
  document::Handling handling{};
};

// What a mission asks for, or how long it stays, is different from now on.
struct Changed {
  Numbers asked{};
  Day to{};  // no day: as it was
  acts::Words reason{};
};

// Another organization takes part from now on, or no longer does.
struct Joined {
  std::string organization{};
  std::string paper{};  // by which they agreed
};
struct Left {
  std::string organization{};
  std::string reason{};
};

// So many people a State will second; it takes the place of what it said before. All 0: none.
struct Pledged {
  Numbers numbers{};
  std::string note{};
};

struct Closed {
  std::string report{};  // the paper
  std::string note{};
};

template <typename Visitor>
void visit_fields(Visitor& visit, Numbers& numbers) {
  visit("long_term", numbers.long_term);
  visit("short_term", numbers.short_term);
  visit("staff", numbers.staff);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Opened& fact) {
  visit("kind", fact.kind);
  visit("title", fact.title);
  visit("country", fact.country);
  visit("organizations", fact.organizations);
  visit("from", fact.from);
  visit("to", fact.to);
  visit("election_day", fact.election_day);
  visit_fields(visit, fact.asked);
  visit("languages", fact.languages);
  visit("regions", fact.regions);
  visit("invitation", fact.invitation);
  visit("handling", fact.handling);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Changed& fact) {
  visit_fields(visit, fact.asked);
  visit("to", fact.to);
  visit("reason", fact.reason);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Joined& fact) {
  visit("organization", fact.organization);
  visit("paper", fact.paper);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Left& fact) {
  visit("organization", fact.organization);
  visit("reason", fact.reason);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Pledged& fact) {
  visit_fields(visit, fact.numbers);
  visit("note", fact.note);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Closed& fact) {
  visit("report", fact.report);
  visit("note", fact.note);
}

// --- The rules ---

enum class Measure { seconding, share, long_before, short_before };

struct Rule {
  std::string id{};  // "election/share"
  Kind kind{};
  Measure measure{};
  int number = 0;
  std::vector<std::string> statuses{};
  std::string quote{}, source{};
  acts::Words says{};
};

class Rules {
 public:
  //   folder  data/secondments
  //   throws  Error{invalid_input} naming file and line
  static Rules load(const std::filesystem::path& folder);
  const std::vector<Rule>& all() const { return all_; }
  const Rule* find(Kind kind, Measure measure) const;
  const Rule* find(std::string_view id) const;

 private:
  std::vector<Rule> all_{};
};

// How many of what is asked may come from one State: the part of the rule, rounded down, but at least one of
// each kind that is asked for; without a rule all of them.
//   example  150 short-term observers of an election: 15
Numbers most_of_one_state(const Rules& rules, Kind kind, const Numbers& asked);

// --- What became of them ---

struct Pledge {
  Numbers numbers{};
  std::string note{};
  Instant at{};
};

struct Mission {
  std::string id{};  // "MISSION-2026-001"
  Opened said{};
  Numbers asked{};                                       // as changed
  Day to{};                                              // as changed
  std::vector<std::string> organizations{};              // now
  std::map<std::string, Pledge, std::less<>> pledges{};  // by State
  Instant at{};
  std::optional<Closed> closed{};
  Instant closed_at{};

  Numbers pledged() const;
  // Asked for and not pledged; never below 0.
  Numbers still_asked() const;
};

// Whether a State holds one of some statuses at the instant of an act.
using Holds = std::function<bool(std::string_view state, const std::vector<std::string>& statuses)>;

class Book {
 public:
  //   rules  must outlive the book
  explicit Book(const Rules& rules) : rules_(&rules) {}

  std::optional<acts::Refusal> judge(const acts::Stamp& stamp, const Opened& fact) const;
  std::optional<acts::Refusal> judge(const acts::Stamp& stamp, const Changed& fact) const;
  std::optional<acts::Refusal> judge(const acts::Stamp& stamp, const Joined& fact) const;
  std::optional<acts::Refusal> judge(const acts::Stamp& stamp, const Left& fact) const;
  std::optional<acts::Refusal> judge(const acts::Stamp& stamp, const Pledged& fact, const Holds& holds) const;
  std::optional<acts::Refusal> judge(const acts::Stamp& stamp, const Closed& fact) const;

  void enter(const acts::Stamp& stamp, const Opened& fact);
  void enter(const acts::Stamp& stamp, const Changed& fact);
  void enter(const acts::Stamp& stamp, const Joined& fact);
  void enter(const acts::Stamp& stamp, const Left& fact);
  void enter(const acts::Stamp& stamp, const Pledged& fact);
  void enter(const acts::Stamp& stamp, const Closed& fact);

  const Rules& rules() const { return *rules_; }
  const std::map<std::string, Mission, std::less<>>& all() const { return missions_; }
  const Mission* find(std::string_view id) const;
  // The id of the next mission of a year.
  std::string next_id(Instant at) const;

 private:
  std::optional<acts::Refusal> open_one(const acts::Stamp& stamp, const Mission** out) const;
  Mission& at(std::string_view id);

  const Rules* rules_;
  std::map<std::string, Mission, std::less<>> missions_{};
};

}  // namespace mithaq::missions
