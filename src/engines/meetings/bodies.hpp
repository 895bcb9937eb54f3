// The bodies that meet: who sits in them, who is invited, and who chairs them on a day.
//
// All of it is data: data/bodies.tsv and data/meetings (docs/data-files.md). Who holds a status is not known
// here; a body names the statuses of its members and guests, and who holds them at an instant is asked
// elsewhere.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "acts/act.hpp"
#include "document/handling.hpp"

namespace mithaq::meetings {

using Day = std::chrono::year_month_day;

struct Body {
  std::string id{};            // "OSCE_PC"
  std::string organization{};  // "OSCE"
  std::string known_as{};      // of data/organizations.tsv: "OSCE.PC"; empty where it has no line
  std::string kind{};          // council, forum, contact_group, conference, ministerial, summit, …
  std::string rule_set{};      // how it decides, of data/procedure; empty: it takes no decisions
  acts::Words names{};
  std::vector<std::string>
      members{};  // statuses of those who sit in it and decide: "OSCE/participating_state"
  std::vector<std::string> invited{};  // statuses of those who have a seat and speak, but do not decide
  // Those of the invited that sit at the main table, and since when: since 2007, the Partners for
  // Co-operation.
  std::map<std::string, Day, std::less<>> at_table{};
  std::string zone{};                    // "Europe/Vienna"
  std::vector<std::string> languages{};  // of the meetings
  std::string series{};                  // the first part of the ids of its meetings: "PC"
  std::string decisions{};               // series of symbols: "PC.DEC"; empty: none
  std::string journals{};                // "PC.JOUR"
  std::string papers{};                  // of papers and statements: "PC.DEL"
  document::Handling handling{};         // of meetings and papers where nobody says another
  std::string source{};
};

// How the chair of a body follows from a chairmanship.
enum class ChairRule {
  holder,    // who holds the chairmanship that day
  incoming,  // who holds it next: the contact group with the Mediterranean Partners, since 1994
  outgoing,  // who held it before: the contact group with the Asian Partners, since 2003
  both,      // incoming and outgoing together: their joint meetings, since 2007
  rotation,  // who is next in an order of States
  named,     // whom an act named, by a decision (not in the table)
};
std::span<const std::string_view> names_of(ChairRule);

// A State that holds a chairmanship from one day until another.
struct Term {
  std::string state{};
  Day from{};
  std::optional<Day> to{};  // the first day on which it no longer does; nothing: until another begins
  bool expected = false;    // follows by rotation; no table names it yet
  std::string source{};
};

// A State that chairs a body on a day, and the rule that gives it.
struct Chair {
  std::string state{};
  ChairRule rule = ChairRule::holder;
  std::string chairmanship{};  // of data/meetings/chairs.tsv: "OSCE"
  acts::Words says{};          // the rule in a sentence
  Term term{};                 // while the State chairs the body
  std::string source{};        // of the rule
};

// The Chairs of an organization on a day: who chaired it before, who does, who will.
struct Troika {
  std::optional<Term> outgoing{};
  std::optional<Term> holder{};
  std::optional<Term> incoming{};
};

class Bodies {
 public:
  //   data    the folder data/
  //   throws  Error{not_found} without the tables, Error{invalid_input} naming file and line if a body is
  //   there
  //           twice, a term ends before it begins or overlaps another, or a rule is of no body
  static Bodies load(const std::filesystem::path& data);

  const std::vector<Body>& all() const { return all_; }
  const Body* find(std::string_view id) const;

  // The States that chair a body on a day of its zone, with the rule; empty if no table knows it.
  //   example  chairs_of("OSCE_MED", 2026-03-01) is Cyprus: incoming, it chairs the OSCE in 2027
  std::vector<Chair> chairs_of(std::string_view body, Day day) const;
  // Whoever chaired it in a year, in order of time.
  std::vector<Chair> chairs_in(std::string_view body, std::chrono::year year) const;
  Troika troika(std::string_view chairmanship, Day day) const;
  // The chairmanship that the rule of a body is about that day; empty if none is.
  std::string chairmanship_of(std::string_view body, Day day) const;

 private:
  struct Rule {
    std::string body{};
    std::optional<Day> from{}, to{};
    ChairRule kind = ChairRule::holder;
    std::string chairmanship{};
    int months = 0;  // of a term, in a rotation
    acts::Words says{};
    std::string source{};
  };
  const Rule* rule_of(std::string_view body, Day day) const;
  std::optional<Term> holder(const Rule& rule, Day day) const;
  std::optional<Term> after(std::string_view chairmanship, Day day) const;
  std::optional<Term> before(std::string_view chairmanship, Day day) const;

  std::vector<Body> all_{};
  std::vector<Rule> rules_{};
  std::map<std::string, std::vector<Term>, std::less<>> terms_{};             // by time
  std::map<std::string, std::vector<std::string>, std::less<>> rotations_{};  // in their order
};

}  // namespace mithaq::meetings
