// The rules by which bodies decide without a vote, as data: data/procedure, one table for each rule set.
//
// A rule set is a list of rules in the order of the text that they stand in. Each quotes the text, says the
// same in plain words, and sets parameters; the state machine (book.hpp) knows the parameters alone. So that
// a lawyer can correct a rule, and a refusal can show the very words that it follows from
// (docs/procedures.md).
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "acts/act.hpp"

namespace mithaq::procedure {

// To which part of the way of a decision a rule belongs.
enum class Stage {
  general,       // always: who is entitled, what consensus is
  proposal,      // the Chair suggests
  room,          // an objection in the meeting
  interim,       // the text under silence is sent out
  silence,       // the clock
  breaking,      // an objection or an amendment before expiry
  hold,          // a member asks for more time
  adoption,      // silence was kept, or nobody objected in the meeting
  letter,        // the adoption is confirmed by letter
  announcement,  // the Chair announces it in the next meeting
  statements,    // interpretative statements and reservations
  issue,         // the numbered text with its attachments
};
std::string_view name_of(Stage stage);

// One rule, as it stands in the table.
struct Rule {
  std::string id{};  // "osce_pc/3"
  Stage stage = Stage::general;
  acts::Words says{};   // the rule in plain words
  std::string quote{};  // in the language of the text
  std::string source{};
};

enum class NumberAt { adoption, announcement, issue };
enum class NumberedBy { all, year, session };
enum class IssueAfter { adoption, letter, announcement };

// What the rules of a set come to. Every member is a parameter of the tables, by its name.
struct Parameters {
  std::vector<std::string>
      entitled{};                     // statuses of data/access whose holders may object, when the item opens
  bool silence = false;               // a silence procedure exists
  bool adopts_in_meeting = false;     // the meeting itself may adopt
  bool starts_in_meeting = false;     // silence is suggested in a meeting, with the exact time of its expiry
  bool room_objection_stops = false;  // an objection in that meeting keeps the text out of silence
  bool amendment_breaks = false;      // an amendment breaks silence as an objection does
  bool in_writing = false;        // objections are written; the secretariat may enter one that came on paper
  int min_hours = 0;              // the shortest silence period
  int min_working_days = 0;       // the same in days from Monday to Friday, in the zone of the deadline
  bool urgent_shorter = false;    // the Chair may set a shorter period in urgent cases
  bool extendable = false;        // the Chair may extend the period before it ends
  int hold_months = 0;            // how long a hold stands; 0: there are no holds
  int hold_extension_months = 0;  // and how much longer once extended
  int hold_extensions = 0;        // how often
  int members = 0;                // so many are entitled; 0: as many as hold the status
  int minus = 0;                  // States concerned whose consent is not needed; each is named
  bool presence = false;          // in a meeting, only an objection of somebody present counts
  int quorum_of = 0;              // in a meeting, quorum_of of each quorum_in entitled States are present
  int quorum_in = 0;
  bool statements = false;                   // statements and reservations may be attached to the decision
  bool letter = false;                       // the adoption is confirmed by letter
  bool announcement = false;                 // the adoption is announced in a meeting
  bool embargo = false;                      // until then the text is not issued
  NumberAt number_at = NumberAt::adoption;   // when the number is given
  NumberedBy numbered_by = NumberedBy::all;  // whether numbers begin anew
  IssueAfter issue_after = IssueAfter::adoption;  // what goes before the issue
  std::string series{};                           // "PC.DEC"
  std::string number{};                           // how a number is written: "{series}/{n}"
};

struct RuleSet {
  std::string id{};  // "osce_pc"
  acts::Words name{};
  std::string organization{};  // id of data/organizations.tsv
  std::string zone{};          // in which its deadlines are said
  std::string source{};
  std::vector<Rule> rules{};  // in the order of the text
  Parameters parameters{};
  // The rule that sets a parameter, by the parameter's name; else `general`.
  std::string_view rule_for(std::string_view parameter, std::string_view general) const;
  std::map<std::string, std::string, std::less<>> set_by{};
};

class RuleSets {
 public:
  // Reads rule_sets.tsv, general.tsv and the table of each set.
  //   folder  data/procedure
  //   throws  Error{not_found}; Error{invalid_input} naming file and line of an unknown parameter, value or
  //   stage
  static RuleSets load(const std::filesystem::path& folder);

  const std::vector<RuleSet>& all() const { return sets_; }
  const RuleSet* find(std::string_view id) const;
  // A rule of any set, or of those that hold in all ("procedure/order"); nullptr if there is none.
  const Rule* rule(std::string_view id) const;
  const std::vector<Rule>& general() const { return general_; }
  void add(RuleSet set) { sets_.push_back(std::move(set)); }

 private:
  std::vector<RuleSet> sets_{};
  std::vector<Rule> general_{};
};

}  // namespace mithaq::procedure
