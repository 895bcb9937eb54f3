// Acts in the shared work from the command line: who acts, for whom, and what came of it.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/session.hpp"
#include "service/convening.hpp"

namespace CLI {
class App;
}

namespace mithaq::cli {

// Whose act it is. The keeper of the machine may write an act down for anybody; the rules of procedure still
// hold.
struct Acting {
  std::string delegation{};  // any name of a State or an organization
  std::string capacity{};    // delegation, chair or secretariat; empty: delegation if one is named, else the
                             // secretariat
  std::string by{};          // empty: the user
};

// --for, --as and --by.
void add_acting_options(CLI::App& command, Acting& acting);

// Does an act now, by the session's clock.
//   type     "consultation.objected"
//   subject  the id of what it is about; empty for what begins with this act
service::ActOutcome do_act(Session& session, const Acting& acting, const std::string& type,
                           const std::string& subject, nlohmann::json fields = nlohmann::json::object());
// The same for an act that is read out of something that may be none.
//   read  completes the act. If it throws acts::NoAct, what there is of the act is written down as refused
service::ActOutcome do_act(Session& session, const Acting& acting, secretariat::Act act,
                           const std::function<void(secretariat::Act& wanted)>& read);

// Says what was done, an entry a line, or what refused it with the rule that was broken.
//   returns  the exit code: 6 if this one may never do it, 5 if it is the wrong moment, 2 or 4 if it is no
//   act
int tell_outcome(Session& session, const service::ActOutcome& outcome);

// Writes what time brought by now, then asks the state: nobody need run a server for a silence period to end.
template <typename Ask>
auto ask_convening(Session& session, const Ask& ask) {
  service::Convening& convening = session.workspace.convening();
  if (const auto next = convening.next_due(session.workspace);
      next && *next <= session.workspace.options().clock())
    convening.settle(session.workspace, session.workspace.options().clock());
  return convening.read(session.workspace, ask);
}

}  // namespace mithaq::cli
