// Debates in preparation and agenda items that come back, as people and programs are shown them. What States
// say before a debate is shown to those that were asked and to the presidency.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "service/convening_reader.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// {"debates":[…],"cycles":[…],"total":n,"can":[…]}: debates by their beginning, the latest first; every item
// that comes back with its sessions, followed or not.
nlohmann::ordered_json debates_json(Workspace& workspace, const ConveningReader& reader);
// One, with everything that happened to it (docs/http-api.md).
//   throws  Error{not_found}; for one that is not for the reader too
nlohmann::ordered_json debate_json(Workspace& workspace, const std::string& id,
                                   const ConveningReader& reader);

}  // namespace mithaq::service
