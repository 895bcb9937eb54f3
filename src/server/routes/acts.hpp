// Acts in the shared work, for routes that do one of their own.
#pragma once

#include <functional>

#include "secretariat/desk.hpp"
#include "server/api.hpp"

namespace mithaq::server {

// Does an act that the asker wants, if they may act for its delegation: judged, written down, answered as
// POST /api/v1/acts answers.
//   read  makes the act of the request. If it throws acts::NoAct, what there is of the act is written down as
//         refused and answered with the rule
Response do_act(Call& call, const std::function<void(secretariat::Act& wanted)>& read);

}  // namespace mithaq::server
