// Missions, what States second to them, and the rosters of those who can be sent.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "service/convening_reader.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// {"missions":[{"id","kind","kind_name","title","country","organizations","joint","from","to","election_day",
// "state","state_name","asked","pledged","still_asked","deployed","calls"}],"can"}; newest first.
nlohmann::ordered_json missions_json(Workspace& workspace, const ConveningReader& reader);
// One, with the pledges of States, the part that one State may take, deployments, history, what the asker may
// do.
//   throws  Error{not_found}; for a mission that is not for the reader too
nlohmann::ordered_json mission_json(Workspace& workspace, const std::string& id,
                                    const ConveningReader& reader);

struct RosterQuestion {
  std::string kind = "election";  // or "field"
  std::string day{};              // "2026-03-29"; empty: today
  std::string language{};         // only those of whom this was said under the criterion "languages"
  std::string region{};           // the same under "regions"
};
// {"day","roster":[{"call","nomination","delegation","languages","regions","post","deployed","where"}]}: who
// was chosen and can be sent, without names: the call has them for those who may see them.
//   throws  Error{invalid_input} for a day that is none or an unknown kind
nlohmann::ordered_json roster_json(Workspace& workspace, const RosterQuestion& question,
                                   const ConveningReader& reader);

}  // namespace mithaq::service
