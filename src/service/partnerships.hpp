// Applications for a status and the register of statuses, as people and programs are shown them: stages, what
// States say of the factors, the decision, what the status opens, and what the asker may do now.
//
// What States say of the factors is shown to those that consider the application, not to the applicant.
// Nothing is counted.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "service/convening_reader.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// {"applications":[…],"total":n,"can":[…]}: what the reader may see, the latest first.
nlohmann::ordered_json applications_json(Workspace& workspace, const ConveningReader& reader);
// One, with everything that happened to it (docs/http-api.md).
//   throws  Error{not_found}; for one that is not for the reader too
nlohmann::ordered_json application_json(Workspace& workspace, const std::string& id,
                                        const ConveningReader& reader);

// {"organization","at","states":[{"state","status","from","to","source","decision","uncertain"}],"opens":{status:[…]}}
//   organization  any name of it; empty: the first that somebody can apply to
//   at            an instant, or a day, which is then taken as a whole: what holds at its end; empty: now
//   throws        Error{not_found, invalid_input}
nlohmann::ordered_json standing_json(Workspace& workspace, const std::string& organization,
                                     const std::string& at, const ConveningReader& reader);
// {"state","history":[…]}: all that a State ever was, by beginning.
//   throws  Error{not_found}
nlohmann::ordered_json standing_of_json(Workspace& workspace, const std::string& state,
                                        const ConveningReader& reader);

// The instant that somebody means by an instant or a day; empty: now.
//   throws  Error{invalid_input}
Instant instant_meant(Workspace& workspace, const std::string& at);

}  // namespace mithaq::service
