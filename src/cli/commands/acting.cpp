#include "cli/commands/acting.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/visible_text.hpp"

namespace mithaq::cli {

void add_acting_options(CLI::App& command, Acting& acting) {
  command.add_option("--for", acting.delegation, "The State or organization for which this is done");
  command.add_option("--as", acting.capacity, "In which capacity: delegation, chair or secretariat")
      ->check(CLI::IsMember({"delegation", "chair", "secretariat"}));
  command.add_option("--by", acting.by, "Who does it (default: the user)");
}

service::ActOutcome do_act(Session& session, const Acting& acting, const std::string& type,
                           const std::string& subject, nlohmann::json fields) {
  secretariat::Act act{.type = type, .stamp = {.subject = subject}, .fields = std::move(fields)};
  acts::Actor& actor = act.stamp.actor;
  actor.by = acting.by.empty() ? session.user : acting.by;
  if (!acting.delegation.empty()) actor.delegation = session.workspace.entity_named(acting.delegation);
  actor.capacity = actor.delegation.empty() ? acts::Capacity::secretariat : acts::Capacity::delegation;
  if (!acting.capacity.empty()) actor.capacity = acts::capacity_named(acting.capacity).value();
  if (actor.capacity != acts::Capacity::secretariat && actor.delegation.empty())
    throw Error(ErrorKind::invalid_input, "say with --for which State or organization acts");
  return session.workspace.convening().act(session.workspace, std::move(act),
                                           session.workspace.options().clock());
}

int tell_outcome(Session& session, const service::ActOutcome& outcome) {
  if (outcome.refusal) {
    session.err << session.say("refused") << ": " << visible(session.say(outcome.refusal->reason)) << " ("
                << session.say("rule") << ' ' << outcome.refusal->rule << ")\n";
    return outcome.refusal->forbidden ? kExitForbidden : kExitConflict;
  }
  if (session.style.format == OutputFormat::json) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const service::DoneAct& done : outcome.done)
      all.push_back({{"entry", done.entry},
                     {"type", done.act.type},
                     {"subject", done.act.stamp.subject},
                     {"at", format_instant(done.act.stamp.at)}});
    session.out << all.dump(2) << '\n';
    return kExitOk;
  }
  for (const service::DoneAct& done : outcome.done)
    session.out << format_instant(done.act.stamp.at) << "  " << session.say("entry") << ' ' << done.entry
                << "  " << done.act.type << "  " << visible(done.act.stamp.subject) << '\n';
  return kExitOk;
}

int run_act(Session& session, const ActCommand& command) {
  nlohmann::json fields = nlohmann::json::object();
  if (!command.fields.empty()) {
    fields = nlohmann::json::parse(command.fields, nullptr, false);
    if (!fields.is_object()) throw Error(ErrorKind::invalid_input, "--fields is an object in JSON");
  }
  const Acting acting{.delegation = command.delegation, .capacity = command.capacity, .by = command.by};
  return tell_outcome(session, do_act(session, acting, command.type, command.subject, std::move(fields)));
}

}  // namespace mithaq::cli
