// "Which States belong to this organization that day?" and "Which belong to which of these?"
#pragma once

#include <string>
#include <vector>

#include "engines/register/register.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

struct MembersRequest {
  std::string organization{};  // a name, an acronym or an id
  std::string at{};            // EDTF; empty: the day of the workspace's clock
  std::string status{};        // only this; empty: all
};

// The States with their statuses, full members first, then by status and name.
//   throws  Error{not_found} if there is no such organization or its States are not known,
//   Error{invalid_input}
//           for a date that is none
std::vector<status_register::Holding> members(Workspace& workspace, const MembersRequest& request);

struct OverlapRequest {
  std::vector<std::string> organizations{};
  std::string at{};
};

// Members and participating States, suspended ones among them.
std::vector<status_register::Part> overlap(Workspace& workspace, const OverlapRequest& request);

// The organization that a person means, of those whose States are known.
//   throws  Error{not_found}
std::string organization_with_states(Workspace& workspace, const std::string& words);

// "participating_state" as people write it, in English: "participating State".
std::string status_words(const std::string& status);

}  // namespace mithaq::service
