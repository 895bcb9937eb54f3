// What a State is in its organizations at an instant, for the decision about who may see what.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "engines/access/statuses.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// A status that a decision granted counts from the millisecond of its adoption, and no longer from that of
// its revocation, whichever process wrote them into the record.
//   options  of the record; with the shared work of the process, if there is one
//   returns  a function, for every thread: what the register and the decisions of the record say of a party
//   for
//            certain at an instant; nothing for an organization or an unknown party
std::function<std::vector<access::Held>(const std::string& party, Instant at)> party_statuses(
    WorkspaceOptions options);

}  // namespace mithaq::service
