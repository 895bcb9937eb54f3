// The state of every consultation: what happened to each draft, who broke silence, which number it got.
//
// In consensus nothing is counted: there is no yes, no and abstention here, only the absence of an objection.
// Plain facts in, state and refusals out; no clock. The way of a decision (docs/procedures.md has the
// picture):
//
//   draft → proposed → [objected_in_meeting] → under_silence → broken | adopted → announced → issued
//                    ↘ adopted (in the meeting)   ⇅ on_hold
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engines/procedure/fact.hpp"
#include "engines/procedure/rules.hpp"

namespace mithaq::procedure {

enum class State {
  draft,
  proposed,
  objected_in_meeting,
  under_silence,
  on_hold,
  broken,
  adopted,
  announced,
  issued,
  withdrawn,
  superseded
};
std::string_view name_of(State state);  // "under_silence"

// A text of the decision.
struct Version {
  std::string mark{};  // "", "Rev.1", "Corr.1"
  Instant at{};
  acts::Words words{};
  std::string note{};
};

enum class BreakKind { in_meeting, objection, amendment, hold };
std::string_view name_of(BreakKind kind);

// What one delegation said against the text, or for more time.
struct Objection {
  std::string delegation{};
  std::string by{};  // the account that acted for it
  BreakKind kind = BreakKind::objection;
  Instant at{};
  std::string text{};
  int suggestion = 0;                     // of one in a meeting: to which suggestion of the Chair, from 1
  int round = 0;                          // of the text, by revisions, that it is about
  bool late = false;                      // received when the time had passed; it breaks nothing
  std::optional<Instant> withdrawn_at{};  // or released, or run out
  std::optional<Instant> until{};         // of a hold: the first instant at which it no longer stands
  int extensions = 0;                     // of a hold
};

// All that broke silence at one instant.
struct Break {
  std::vector<const Objection*> by{};  // in the order of receipt; one or more
  Instant at{};
  bool late = false;
};

struct Statement {
  StatementKind kind = StatementKind::interpretative;
  std::vector<std::string> by{};  // who made it, then those who joined
  acts::Words words{};
  Instant at{};
  int attachment = 0;  // to the decision, from 1
};

// One fact, as the history shows it.
struct Event {
  Kind kind = Kind::opened;
  acts::Stamp stamp{};
  std::string text{};
};

enum class StepState { done, now, next, not_taken };
std::string_view name_of(StepState state);  // "done", "now", "next", "not"

struct Step {
  const Rule* rule = nullptr;
  StepState state = StepState::not_taken;
  std::optional<Instant> at{};
};

// What can or will happen, and by which rule.
struct Next {
  std::string says{};  // in English (data/messages.tsv has the others)
  std::string rule{};
  std::optional<Instant> at{};
};

struct Case {
  std::string id{};
  std::string rule_set{};
  std::string body{};
  std::string application{};
  acts::Words title{};
  std::string proposed_by{};  // a State, or nothing for the Chair
  std::string zone{};
  std::string series{};
  std::string session{};
  document::Handling handling{};
  std::vector<std::string> entitled{};  // sorted
  std::vector<std::string> excluded{};
  State state = State::draft;
  Instant opened_at{};
  Instant last_at{};
  std::string meeting{};  // in which it was last suggested
  int suggestions = 0;
  std::optional<Instant> suggested_expiry{};  // said there
  std::string suggested_zone{};
  std::optional<Instant> expires_at{};  // of the silence period, of the present or the last one
  std::string expires_zone{};
  std::optional<Instant> proposed_at{}, silence_at{}, broken_at{}, adopted_at{}, confirmed_at{},
      announced_at{}, issued_at{};
  bool adopted_in_meeting = false;
  std::string announced_in{};
  std::string journal{};
  bool statements_closed = false;
  int round = 0;
  std::string number{};  // empty until it has one
  std::string superseded_by{};
  std::vector<Version> versions{};
  std::vector<Objection> objections{};  // all that were ever made, in the order of receipt
  std::vector<Statement> statements{};
  std::vector<Event> history{};

  bool is_entitled(std::string_view delegation) const;
  // The instant from which an objection no longer breaks silence: its expiry, or the end of the last hold.
  std::optional<Instant> closes_at() const;
  // A hold of the present text that stands.
  const Objection* hold_of(std::string_view delegation) const;
  bool holds_stand() const;
  // What broke silence or came late, in the order of receipt; objections of one instant are one break.
  std::vector<Break> breaks() const;
  // "PC.DEC/1234/Corr.1": the number with the mark of the last version; empty without a number.
  std::string symbol() const;
  const Version& text() const { return versions.back(); }
};

class Book {
 public:
  explicit Book(RuleSets rules) : rules_(std::move(rules)) {}

  // Why a fact may not be entered now, by the first rule that it breaks.
  std::optional<acts::Refusal> refusal_of(const Fact& fact) const;
  // Enters a fact that refusal_of() let pass.
  //   throws  Error{corrupt} if its consultation or its rule set is not there
  void enter(const Fact& fact);

  // What time alone has brought by now, in the order of the instants at which it was due; stamped with `now`.
  std::vector<Fact> due(Instant now) const;
  std::optional<Instant> next_due() const;

  const RuleSets& rules() const { return rules_; }
  const RuleSet& rules_of(const Case& item) const;
  const Case* find(std::string_view id) const;
  const std::map<std::string, Case, std::less<>>& all() const { return cases_; }

  std::vector<Step> steps(const Case& item) const;
  std::vector<Next> next(const Case& item) const;

 private:
  std::optional<acts::Refusal> refusal_of_opening(const Fact& fact) const;
  std::string counter_of(const Case& item) const;
  void give_number(Case& item);

  RuleSets rules_;
  std::map<std::string, Case, std::less<>> cases_{};
  std::map<std::string, int, std::less<>> next_number_{};  // by series, and year or session
  std::set<std::string, std::less<>> running_{};           // where a clock runs
};

// The same day and time some calendar months later; the last day of the month if it has no such day.
//   example  31 August and 6 months is 28 or 29 February
Instant add_months(Instant at, int months);

}  // namespace mithaq::procedure
