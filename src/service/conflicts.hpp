// The map of conflicts: which there are, what share of them lies in an organization's members, and how a
// document's claim about that compares. Method and limits: docs/conflict-map.md.
//
// Every answer carries the vintage it was counted from, the definitions it was counted by, and the command
// that counts it again.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engines/conflicts/conflicts.hpp"
#include "engines/conflicts/share.hpp"
#include "record/view.hpp"
#include "service/event_library.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// How conflicts are counted, in a person's words.
struct ConflictRules {
  std::string vintage{};                 // empty: the default of the library
  std::vector<std::string> kinds{};      // state_based, non_state, one_sided or all; empty: state_based
  double deaths_min = 25;                // in a calendar year
  int quiet_months = 12;                 // that end an episode of a table of months
  std::string multi_month = "date_end";  // or even_split, ceil_split: months of an event of several
  int where_precision_max = 7;           // of events: 1 exact place … 7
};

// What everything is counted from.
struct ConflictTable {
  VintageInfo vintage{};
  ConflictRules asked{};
  conflicts::Rules rules{};
  conflicts::Acts acts{};
  events::LeftOut left_out{};                    // of a list of events
  std::shared_ptr<const events::Panel> panel{};  // of a table of months
};
//   throws  Error{invalid_input, not_found}
ConflictTable conflict_table(Workspace& workspace, const ConflictRules& asked);
// The acts by other rules: episodes hang on them.
conflicts::Acts acts_by(const ConflictTable& table, const conflicts::Rules& rules);

struct ConflictsRequest {
  ConflictRules rules{};
  std::string organization{};  // with an act in a State while it belonged to it
  std::string place{};         // with an act in this State, or in one of this region
  std::string from{}, to{};    // EDTF: "2017", "2017-05"
  bool all = false;            // also those that never reached the least number of deaths
};
struct ConflictMap {
  ConflictTable table{};
  std::vector<conflicts::Conflict> conflicts{};
  std::string organization{};  // id; empty if none was asked for
  std::string query{};         // the command that gives this again
};
ConflictMap conflict_map(Workspace& workspace, const ConflictsRequest& request);

struct ShareRequest {
  ConflictRules rules{};
  std::string organization{};
  std::string counted = "conflict";  // or country
  std::string where = "most";        // or any, part
  bool without_suspended = false;    // suspended members count as members, unless this is set
  std::string from{}, to{};          // years
};

// What one definition gives for the year of a claim.
struct ClaimReading {
  conflicts::ShareRules rules{};
  bool deaths = false;  // the share of deaths instead of conflicts
  int year = 0;
  double share = 0;               // 0 to 1
  double members = 0, world = 0;  // of which it is the share: conflicts, or deaths
  std::string query{};
};
// A figure of a document of the record that says what share of conflicts lies in the organization's members.
struct ShareClaim {
  record::StatementRow statement{};
  double share = 0;  // 0 to 1
  int year = 0;      // that it speaks of; else of its document; 0 if neither is known
  bool deaths = false;
  std::vector<ClaimReading>
      by_default{};                     // the definition asked for: the year of the claim and the one before
  std::vector<ClaimReading> nearest{};  // of all definitions tried, nearest first
  std::size_t tried = 0;
};

struct ConflictShare {
  ConflictTable table{};
  std::string organization{};  // id
  conflicts::ShareRules rules{};
  bool without_suspended = false;
  std::vector<conflicts::ShareYear> years{};
  // Members of these years that are no country of the table: what happened there is counted elsewhere, or
  // nowhere. UCDP counts Palestine with Israel.
  std::vector<std::string> members_missing{};
  std::vector<ShareClaim> claims{};
  std::string query{};
};
//   throws  Error{not_found} if there is no such organization or its States are not known
ConflictShare conflict_share(Workspace& workspace, const ShareRequest& request);

// Who belonged to an organization in each month: on its last day, by the spells of the register.
conflicts::Membership membership_of(Workspace& workspace, const std::string& organization,
                                    const conflicts::Acts& acts, bool without_suspended);

// Months that a person's dates cover; a year is all its months.
//   throws  Error{invalid_input}
struct MonthRange {
  std::optional<events::Month> from{}, to{};
};
MonthRange months_of(const std::string& from, const std::string& to);

// The options of a command that say the same rules; those of the default are said too.
std::string options_of(const ConflictTable& table, const conflicts::Rules& rules);

// In words, in the language of the messages: what counts as a conflict, where one is counted, whom to cite.
std::string definition_text(const ConflictTable& table, const conflicts::Rules& rules,
                            const Messages& messages);
std::string definition_text(const ConflictTable& table, const conflicts::ShareRules& rules,
                            bool without_suspended, const Messages& messages);
std::string source_text(const ConflictTable& table);
std::string kinds_text(const conflicts::Rules& rules, const Messages& messages);

// Names in a language: of a conflict (an episode is called by its country and its first month), of a country.
std::string conflict_name(Workspace& workspace, const conflicts::Acts& acts,
                          conflicts::ConflictIndex conflict, Language language);
std::string country_name(Workspace& workspace, const conflicts::Acts& acts, conflicts::CountryIndex country,
                         Language language);

// Deaths as people write them: whole where they are whole, else with one digit.
std::string deaths_text(double deaths);

// What the HTTP API answers (docs/http-api.md).
nlohmann::ordered_json conflicts_json(Workspace& workspace, const ConflictMap& map, std::size_t offset,
                                      std::size_t limit, Language language);
nlohmann::ordered_json share_json(Workspace& workspace, const ConflictShare& share, Language language);
// {"id","name","source","licence","kind","first","newest"}
nlohmann::ordered_json vintage_json(const VintageInfo& vintage);
// Points for a map: RFC 7946.
nlohmann::ordered_json conflicts_geojson(Workspace& workspace, const ConflictMap& map, Language language);

}  // namespace mithaq::service
