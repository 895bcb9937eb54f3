#include "cli/commands/acting.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/visible_text.hpp"

namespace mithaq::cli {

namespace {

// Fills in who acts.
//   throws  acts::NoAct, after what is sure
void read_actor(Session& session, const Acting& acting, acts::Actor& actor) {
  actor.by = acting.by.empty() ? session.user : acting.by;
  if (!acting.capacity.empty()) {
    actor.capacity = acts::capacity_named(acting.capacity).value();
  } else if (acting.delegation.empty()) {
    actor.capacity = acts::Capacity::secretariat;
  }
  if (!acting.delegation.empty())
    actor.delegation = service::delegation_named(session.workspace, acting.delegation);
  if (actor.capacity != acts::Capacity::secretariat && actor.delegation.empty())
    throw acts::NoAct(ErrorKind::invalid_input, "acts/no_delegation",
                      "say with --for which State or organization acts");
}

}  // namespace

void add_acting_options(CLI::App& command, Acting& acting) {
  command.add_option("--for", acting.delegation, "The State or organization for which this is done");
  command.add_option("--as", acting.capacity, "In which capacity: delegation, chair or secretariat")
      ->check(CLI::IsMember({"delegation", "chair", "secretariat"}));
  command.add_option("--by", acting.by, "Who does it (default: the user)");
}

service::ActOutcome do_act(Session& session, const Acting& acting, const std::string& type,
                           const std::string& subject, nlohmann::json fields) {
  return do_act(session, acting, {.type = type, .stamp = {.subject = subject}, .fields = std::move(fields)},
                {});
}

service::ActOutcome do_act(Session& session, const Acting& acting, secretariat::Act act,
                           const std::function<void(secretariat::Act& wanted)>& read) {
  service::Convening& convening = session.workspace.convening();
  const Instant now = session.workspace.options().clock();
  try {
    read_actor(session, acting, act.stamp.actor);
    if (read) read(act);
  } catch (const acts::NoAct& why) {
    return convening.refuse(session.workspace, std::move(act), why, now);
  }
  return convening.act(session.workspace, std::move(act), now);
}

int tell_outcome(Session& session, const service::ActOutcome& outcome) {
  if (outcome.refusal) {
    session.err << session.say("refused") << ": " << visible(session.say(outcome.refusal->reason)) << " ("
                << session.say("rule") << ' ' << outcome.refusal->rule << ")\n";
    return exit_code(outcome.refused_as);
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

int run_notices(Session& session, const NoticesCommand& command) {
  const std::string to = command.delegation.empty() ? "" : session.workspace.entity_named(command.delegation);
  AnswerTable table;
  table.columns = {{.key = "entry", .heading = session.say("Entry"), .number = true},
                   {.key = "at", .heading = session.say("When")},
                   {.key = "delegation", .heading = session.say("Delegation")},
                   {.key = "kind", .heading = session.say("Act")},
                   {.key = "subject", .heading = session.say("About")},
                   {.key = "said", .heading = session.say("What was said")}};
  ask_convening(session, [&](const secretariat::Secretariat& state) {
    for (const secretariat::Notice& each : state.all_notices()) {
      if (!to.empty() && each.delegation != to) continue;
      if (!command.subject.empty() && each.subject != command.subject) continue;
      table.rows.push_back({std::to_string(each.entry), format_instant(each.at), each.delegation, each.kind,
                            each.subject, session.say(each.said)});
    }
  });
  if (table.rows.size() > command.limit)
    table.rows.erase(table.rows.begin(), table.rows.end() - static_cast<std::ptrdiff_t>(command.limit));
  if (session.style.format == OutputFormat::table) {
    for (std::vector<std::string>& row : table.rows)
      row[2] = session.workspace.name_of(row[2], session.language());
  }
  print(session.out, table, session.style);
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

}  // namespace mithaq::cli
