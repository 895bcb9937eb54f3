// The status register: members, overlap.
#include <algorithm>
#include <map>
#include <ostream>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/name_order.hpp"
#include "service/status_register.hpp"

namespace mithaq::cli {

namespace {

// By status as they are, and by name within a status.
void sort_by_name(Session& session, std::vector<status_register::Holding>& holdings) {
  const NameOrder order(session.style.language);
  for (auto first = holdings.begin(); first != holdings.end();) {
    const auto last = std::find_if(
        first, holdings.end(), [&](const auto& each) { return each.spell.status != first->spell.status; });
    std::stable_sort(first, last, [&](const auto& a, const auto& b) {
      return order.before(session.workspace.name_of(a.spell.state, session.language()),
                          session.workspace.name_of(b.spell.state, session.language()));
    });
    first = last;
  }
}

}  // namespace

int run_members(Session& session, const MembersCommand& command) {
  auto holdings = service::members(session.workspace, {command.organization, command.at, command.status});
  AnswerTable table;
  table.columns = {{.key = "state", .heading = session.say("State"), .hxl = "#country+name"},
                   {.key = "code", .heading = session.say("Code"), .hxl = "#country+code+v_iso3"},
                   {.key = "status", .heading = session.say("Status"), .hxl = "#status"},
                   {.key = "since", .heading = session.say("Since"), .hxl = "#date+start"},
                   {.key = "until", .heading = session.say("Until"), .hxl = "#date+end"},
                   {.key = "certain", .heading = session.say("Certain"), .hxl = "#status+certain"},
                   {.key = "source", .heading = session.say("Source"), .hxl = "#meta+source"}};
  std::size_t certain = 0;
  sort_by_name(session, holdings);
  for (const auto& holding : holdings) {
    const auto& spell = holding.spell;
    if (!holding.uncertain) ++certain;
    table.rows.push_back({session.workspace.name_of(spell.state, session.language()), spell.state,
                          session.say(service::status_words(spell.status)), spell.from, spell.to,
                          holding.uncertain ? session.say("no") : session.say("yes"), spell.source});
  }
  print(session.out, table, session.style);
  if (session.style.format == OutputFormat::table) {
    const std::size_t uncertain = holdings.size() - certain;
    session.out << '\n'
                << session.say(
                       "States: " + std::to_string(holdings.size()) +
                       (uncertain == 0 ? "" : ", uncertain by their dates: " + std::to_string(uncertain)))
                << '\n';
  }
  return holdings.empty() ? kExitNothingFound : kExitOk;
}

int run_overlap(Session& session, const OverlapCommand& command) {
  const auto parts = service::overlap(session.workspace, {command.organizations, command.at});
  AnswerTable table;
  table.columns = {
      {.key = "organizations", .heading = session.say("In all of"), .hxl = "#org"},
      {.key = "count", .heading = session.say("States"), .number = true, .hxl = "#indicator+count"},
      {.key = "states", .heading = session.say("Which"), .hxl = "#country+name"}};
  for (const auto& part : parts) {
    std::string organizations, states;
    for (const std::string& id : part.organizations)
      organizations += (organizations.empty() ? "" : " ∩ ") + id;
    std::vector<std::string> names;
    for (const auto& state : part.states) {
      const bool suspended =
          std::any_of(state.holdings.begin(), state.holdings.end(),
                      [](const auto& holding) { return holding.spell.status == "suspended"; });
      const std::string mark = suspended ? " (" + session.say("suspended") + ")" : "";
      names.push_back(session.workspace.name_of(state.state, session.language()) + mark +
                      (state.uncertain ? "?" : ""));
    }
    const NameOrder order(session.style.language);
    std::sort(names.begin(), names.end(), [&](const auto& a, const auto& b) { return order.before(a, b); });
    for (const std::string& name : names) states += (states.empty() ? "" : "; ") + name;
    table.rows.push_back({organizations, std::to_string(part.states.size()), states});
  }
  print(session.out, table, session.style);
  return parts.empty() ? kExitNothingFound : kExitOk;
}

}  // namespace mithaq::cli
