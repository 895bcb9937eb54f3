// mithaq call: calls for sponsored participants, placements and secondments.
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/error.hpp"
#include "cli/commands/convening_answer.hpp"
#include "cli/commands/fund.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/visible_text.hpp"
#include "service/calls.hpp"

namespace mithaq::cli {

namespace {

using Json = nlohmann::ordered_json;

struct Verb {
  std::string_view word;
  std::string_view act;
};
constexpr Verb kVerbs[] = {{"open", "opened"},        {"extend", "extended"},    {"cancel", "cancelled"},
                           {"nominate", "nominated"}, {"withdraw", "withdrawn"}, {"select", "decided"},
                           {"accept", "accepted"},    {"decline", "declined"},   {"deploy", "deployed"},
                           {"return", "returned"},    {"report", "reported"}};

// "need=A new unit is set up." for each: the remark under the criterion "need".
nlohmann::json remarks_of(const std::vector<std::string>& given) {
  nlohmann::json out = nlohmann::json::array();
  for (const std::string& each : given) {
    const std::size_t equals = each.find('=');
    if (equals == std::string::npos)
      throw Error(ErrorKind::invalid_input, "a reason is written as CRITERION=TEXT");
    out.push_back({{"criterion", each.substr(0, equals)}, {"text", each.substr(equals + 1)}});
  }
  return out;
}

// "languages=ar=…" or "languages=…", several times for several languages.
nlohmann::json criteria_of(Session& session, const std::vector<std::string>& given) {
  nlohmann::json out = nlohmann::json::array();
  for (const std::string& each : given) {
    const std::size_t equals = each.find('=');
    if (equals == std::string::npos)
      throw Error(ErrorKind::invalid_input, "a criterion is written as ID=TEXT");
    const std::string id = each.substr(0, equals);
    const nlohmann::json words = words_given(session, {each.substr(equals + 1)});
    if (!out.empty() && out.back()["id"] == id) {
      out.back()["text"].update(words);
    } else {
      out.push_back({{"id", id}, {"text", words}});
    }
  }
  return out;
}

nlohmann::json fields_of(Session& session, const CallCommand& command, std::string_view act) {
  nlohmann::json out = nlohmann::json::object();
  const auto put = [&](const char* name, const std::string& value) {
    if (!value.empty()) out[name] = value;
  };
  const auto deadline = [&] {
    nlohmann::json said = {{"local", command.until}, {"zone", command.zone}};
    if (!command.offset.empty()) said["offset"] = command.offset;
    return said;
  };
  if (act != "opened" && act != "extended" && act != "cancelled" && act != "nominated" &&
      command.nomination != 0)
    out["nomination"] = command.nomination;
  if (act == "opened") {
    put("kind", command.kind);
    out["title"] = words_given(session, command.title);
    if (!command.description.empty()) out["description"] = words_given(session, command.description);
    if (!command.organization.empty())
      out["organization"] = session.workspace.entity_named(command.organization);
    out["closes"] = deadline();
    if (command.places != 0) out["places"] = command.places;
    if (command.per_state != 0) out["per_state"] = command.per_state;
    if (!command.statuses.empty()) out["eligible_statuses"] = command.statuses;
    if (!command.states.empty()) {
      out["eligible_states"] = nlohmann::json::array();
      for (const std::string& each : command.states)
        out["eligible_states"].push_back(session.workspace.entity_named(each));
    }
    out["criteria"] = criteria_of(session, command.criteria);
    for (const std::string& each : command.documents)
      out["documents"].push_back({{"title", words_given(session, {each})}});
    put("project", command.project);
    put("place", command.place);
    put("starts", command.from);
    put("ends", command.to);
    put("roster_until", command.roster_until);
    if (command.report_due) out["report_due"] = true;
  } else if (act == "extended") {
    out["closes"] = deadline();
    out["reason"] = words_given(session, {command.reason});
  } else if (act == "cancelled") {
    out["reason"] = words_given(session, {command.reason});
  } else if (act == "nominated") {
    put("name", command.name);
    put("function", command.function);
    put("contact", command.contact);
    put("post", command.post);
    if (command.preference != 0) out["preference"] = command.preference;
    if (!command.reasons.empty()) out["statements"] = remarks_of(command.reasons);
  } else if (act == "decided") {
    put("outcome", command.outcome);
    if (command.order != 0) out["reserve_order"] = command.order;
    out["reasons"] = remarks_of(command.reasons);
  } else if (act == "deployed") {
    put("from", command.from);
    put("to", command.to);
    put("place", command.place);
    put("duty", command.duty);
  } else if (act == "returned") {
    put("day", command.day);
    put("reason", command.reason);
  } else if (act == "reported") {
    put("kind", command.kind);
    out["text"] = words_given(session, command.report);
  } else {
    put("reason", command.reason);
  }
  return out;
}

std::string text(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found == json.end() || !found->is_string() ? "" : found->get<std::string>();
}

std::string clock_text(const Json& local) {
  if (!local.is_object()) return "";
  std::string said = text(local, "local");
  if (said.size() > 10) said[10] = ' ';
  return said + " " + text(local, "offset") + " (" + text(local, "zone") + ")";
}

int tell_list(Session& session, const CallCommand& command) {
  const Json answer = service::calls_json(session.workspace, {.kind = command.kind, .state = command.state},
                                          convening_reader(session, command.acting.delegation));
  if (session.style.format == OutputFormat::json) {
    session.out << answer.dump(2) << '\n';
    return answer["calls"].empty() ? kExitNothingFound : kExitOk;
  }
  AnswerTable table;
  table.columns = {{.key = "id", .heading = session.say("Call")},
                   {.key = "title", .heading = session.say("Title")},
                   {.key = "kind", .heading = session.say("Kind")},
                   {.key = "state", .heading = session.say("State of the matter")},
                   {.key = "closes", .heading = session.say("Deadline")},
                   {.key = "nominated", .heading = session.say("Nominations"), .number = true}};
  for (const Json& each : answer["calls"])
    table.rows.push_back({text(each, "id"), visible(text(each, "title")), text(each, "kind_name"),
                          text(each, "state_name"), clock_text(each["closes_local"]),
                          std::to_string(each["nominated"].get<std::size_t>())});
  print(session.out, table, session.style);
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

int tell_one(Session& session, const CallCommand& command) {
  const Json call = service::call_json(session.workspace, command.call,
                                       convening_reader(session, command.acting.delegation));
  if (session.style.format == OutputFormat::json) {
    session.out << call.dump(2) << '\n';
    return kExitOk;
  }
  const auto line = [&](const char* label, const std::string& value) {
    if (!value.empty()) session.out << session.say(label) << ": " << visible(value) << '\n';
  };
  session.out << visible(text(call, "id") + "  " + text(call, "title")) << '\n';
  line("Kind", text(call, "kind_name"));
  line("State of the matter", text(call, "state_name"));
  line("Deadline", clock_text(call["closes_local"]));
  for (const Json& each : call["criteria"]) line("Criterion", text(each, "id") + "  " + text(each, "name"));
  AnswerTable table;
  table.columns = {{.key = "nomination", .heading = session.say("Nomination"), .number = true},
                   {.key = "delegation", .heading = session.say("Delegation")},
                   {.key = "person", .heading = session.say("Name of the person")},
                   {.key = "state", .heading = session.say("State of the matter")}};
  for (const Json& each : call["nominations"])
    table.rows.push_back({std::to_string(each["number"].get<std::int64_t>()),
                          visible(each["delegation"]["name"].get<std::string>()),
                          visible(text(each, "person")), text(each, "state_name")});
  session.out << '\n';
  print(session.out, table, session.style);
  return kExitOk;
}

int tell_roster(Session& session, const CallCommand& command) {
  const auto names = names_of(selection::Kind{});
  const auto kind = std::find(names.begin(), names.end(), command.kind);
  if (kind == names.end())
    throw Error(ErrorKind::invalid_input, "there is no kind of call \"" + command.kind + "\"");
  const auto day = command.day.empty() ? std::nullopt : parse_day(command.day);
  if (!command.day.empty() && !day) throw Error(ErrorKind::invalid_input, "a day is written as 2026-03-29");
  const Json answer =
      service::roster_json(session.workspace, static_cast<selection::Kind>(kind - names.begin()),
                           day ? std::chrono::sys_days(*day)
                               : std::chrono::floor<std::chrono::days>(session.workspace.options().clock()),
                           convening_reader(session, command.acting.delegation));
  AnswerTable table;
  table.columns = {{.key = "nomination", .heading = session.say("Nomination")},
                   {.key = "delegation", .heading = session.say("Delegation")},
                   {.key = "person", .heading = session.say("Name of the person")},
                   {.key = "deployed", .heading = session.say("Deployed")},
                   {.key = "until", .heading = session.say("Until")}};
  for (const Json& each : answer["roster"])
    table.rows.push_back({text(each, "nomination"), visible(each["delegation"]["name"].get<std::string>()),
                          visible(text(each, "person")), session.say(each["deployed"] == true ? "yes" : "no"),
                          text(each, "until")});
  print(session.out, table, session.style);
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

}  // namespace

int run_call(Session& session, const CallCommand& command) {
  if (command.action == "list") return tell_list(session, command);
  if (command.action == "show") return tell_one(session, command);
  if (command.action == "roster") return tell_roster(session, command);
  for (const Verb& each : kVerbs) {
    if (each.word == command.action)
      return tell_outcome(session, do_act(session, command.acting, "call." + std::string(each.act),
                                          command.call, fields_of(session, command, each.act)));
  }
  throw Error(ErrorKind::bug, "an action of call has no act");
}

void add_call(CLI::App& call, CallCommand& command) {
  call.require_subcommand(1);
  const auto add = [&](const char* name, const char* says) {
    CLI::App* one = call.add_subcommand(name, says);
    one->fallthrough();
    one->callback([&command, name] { command.action = name; });
    return one;
  };
  const auto act = [&](const char* name, const char* says, bool of_nomination) {
    CLI::App* one = add(name, says);
    one->add_option("call", command.call, "The call: CALL-2026-001")->required();
    if (of_nomination)
      one->add_option("nomination", command.nomination, "Its number in the call")->required();
    add_acting_options(*one, command.acting);
    return one;
  };
  const auto with_deadline = [&](CLI::App* one) {
    one->add_option("--until", command.until, "The deadline, in local time: 2026-03-29T12:00")->required();
    one->add_option("--zone", command.zone, "In which zone that is said: Europe/Vienna")->required();
    one->add_option("--offset", command.offset, "Which of two readings is meant when clocks go back: +02:00");
  };
  CLI::App* open = add("open", "Open a call: places, deadline, who may nominate, criteria");
  open->add_option("--kind", command.kind, "sponsorship, placement, field_secondment or election_secondment")
      ->required();
  open->add_option("--title", command.title, "The title, or LANGUAGE=TITLE, several times")->required();
  open->add_option("--description", command.description, "The description, or LANGUAGE=TEXT, several times");
  open->add_option("--organization", command.organization, "The organization that chooses");
  with_deadline(open);
  open->add_option("--places", command.places, "How many");
  open->add_option("--per-state", command.per_state, "Nominations of one State at most");
  open->add_option("--status", command.statuses, "Who may nominate: OSCE/partner_for_cooperation");
  open->add_option("--state", command.states, "These States may too");
  open->add_option("--criterion", command.criteria, "ID=TEXT or ID=LANGUAGE=TEXT, several times")->required();
  open->add_option("--document", command.documents, "A document that is asked for");
  open->add_option("--project", command.project, "The project of the fund that pays: PF-2026-001");
  open->add_option("--place", command.place, "Where");
  open->add_option("--from", command.from, "The first day of what it is for");
  open->add_option("--to", command.to, "The last day");
  open->add_option("--roster-until", command.roster_until, "Who is chosen stands on a roster until this day");
  open->add_flag("--report-due", command.report_due,
                 "A report is due from each State whose nominee returned");
  add_acting_options(*open, command.acting);
  CLI::App* extend = act("extend", "Move the deadline to a later instant", false);
  with_deadline(extend);
  extend->add_option("--reason", command.reason, "Why")->required();
  act("cancel", "Cancel the call", false)->add_option("--reason", command.reason, "Why")->required();
  CLI::App* nominate = act("nominate", "Nominate a person; the name stands in an entry of its own", false);
  nominate->add_option("--name", command.name, "Name of the person")->required();
  nominate->add_option("--function", command.function, "Function");
  nominate->add_option("--contact", command.contact, "How the person is reached");
  nominate->add_option("--statement", command.reasons, "CRITERION=TEXT, several times");
  nominate->add_option("--preference", command.preference, "1 is the State's first");
  nominate->add_option("--post", command.post, "Which of the posts");
  act("withdraw", "Withdraw a nomination", true)->add_option("--reason", command.reason, "Why");
  CLI::App* select = act("select", "Decide on a nomination, with a reason under every criterion", true);
  select->add_option("--outcome", command.outcome, "selected, reserve or not_selected")->required();
  select->add_option("--order", command.order, "Order among the reserves, from 1");
  select->add_option("--reason", command.reasons, "CRITERION=TEXT, once for each criterion")->required();
  act("accept", "Accept the place", true);
  act("decline", "Decline the place", true)->add_option("--reason", command.reason, "Why");
  CLI::App* deploy = act("deploy", "Deploy: from, to, place, duty", true);
  deploy->add_option("--from", command.from, "The first day")->required();
  deploy->add_option("--to", command.to, "The last day")->required();
  deploy->add_option("--place", command.place, "The mission and where, or the meeting")->required();
  deploy->add_option("--duty", command.duty, "What for")->required();
  CLI::App* back = act("return", "Enter a return", true);
  back->add_option("--day", command.day, "The day: 2026-07-31")->required();
  back->add_option("--reason", command.reason, "Of coming back early");
  CLI::App* report = act("report", "Report on a nominee's stay, or on the whole call", false);
  report->add_option("--nomination", command.nomination, "Its number in the call");
  report->add_option("--kind", command.kind, "interim or final")->check(CLI::IsMember({"interim", "final"}));
  report->add_option("--text", command.report, "The report, or LANGUAGE=TEXT, several times")->required();

  CLI::App* list = add("list", "The calls");
  list->add_option("--kind", command.kind, "sponsorship, placement, field_secondment or election_secondment");
  list->add_option("--state", command.state, "opens, open, closed, decided or cancelled");
  list->add_option("--for", command.acting.delegation, "As this State or organization sees it");
  CLI::App* show = add("show", "One call with its nominations");
  show->add_option("call", command.call, "The call: CALL-2026-001")->required();
  show->add_option("--for", command.acting.delegation, "As this State or organization sees it");
  CLI::App* roster = add("roster", "Who stands on the rosters on a day");
  roster
      ->add_option("--kind", command.kind, "sponsorship, placement, field_secondment or election_secondment")
      ->required();
  roster->add_option("--day", command.day, "Default: today");
  roster->add_option("--for", command.acting.delegation, "As this State or organization sees it");
}

}  // namespace mithaq::cli
