// Acts in the shared work, for routes that do one of their own.
#pragma once

#include "secretariat/desk.hpp"
#include "server/api.hpp"

namespace mithaq::server {

// Does an act that the asker wants, if they may act for its delegation: judged, written down, answered as
// POST /api/v1/acts answers.
Response do_act(Call& call, const secretariat::Act& wanted);

}  // namespace mithaq::server
