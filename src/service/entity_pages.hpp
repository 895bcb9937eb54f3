// "What is known of this organization, State or place?" and "Which one do I mean?"
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "service/activity.hpp"

namespace mithaq::service {

// Everything for the page of one entity: names, statuses over time, numbers, latest documents and statements.
//   at  EDTF: counts only what may be of that time; empty: all
nlohmann::ordered_json entity_answer(Workspace& workspace, const std::string& id, const std::string& at,
                                     Language language);

struct SuggestRequest {
  std::string words{};
  std::string kind{};  // "organization", "state", "place", "theme"; empty: any
  std::size_t limit = 10;
};
// Whose names hold words that begin so; those with more statements first among equals.
nlohmann::ordered_json suggest_answer(Workspace& workspace, const SuggestRequest& request, Language language);

// Organizations with a register first, then by statements.
nlohmann::ordered_json organizations_answer(Workspace& workspace, Language language);
nlohmann::ordered_json states_answer(Workspace& workspace, Language language);

}  // namespace mithaq::service
