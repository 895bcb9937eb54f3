#include "cli/commands/consult.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/error.hpp"
#include "cli/commands/convening_answer.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/visible_text.hpp"
#include "service/consultations.hpp"

namespace mithaq::cli {

namespace {

using Json = nlohmann::ordered_json;

struct Verb {
  std::string_view word;  // of the command line
  std::string_view act;
};

// Where the word of the command line and the act are not the same.
constexpr Verb kVerbs[] = {{"open", "opened"},
                           {"propose", "proposed"},
                           {"silence", "silence_opened"},
                           {"object", "objected"},
                           {"object-in-meeting", "objected_in_meeting"},
                           {"withdraw-objection", "objection_withdrawn"},
                           {"hold", "hold_placed"},
                           {"extend-hold", "hold_extended"},
                           {"release", "hold_released"},
                           {"extend", "extended"},
                           {"adopt", "adopted_in_meeting"},
                           {"confirm", "confirmed"},
                           {"announce", "announced"},
                           {"state", "statement_made"},
                           {"issue", "issued"},
                           {"revise", "revised"},
                           {"correct", "corrected"},
                           {"withdraw", "withdrawn"},
                           {"supersede", "superseded"},
                           {"series", "series_started"}};

// Only what was given: the desk says what is missing.
nlohmann::json fields_of(Session& session, const ConsultCommand& command, std::string_view act) {
  nlohmann::json out = nlohmann::json::object();
  const auto put = [&](const char* name, const std::string& value) {
    if (!value.empty()) out[name] = value;
  };
  const bool words = act == "opened" || act == "revised" || act == "corrected" || act == "statement_made";
  if (act == "opened") {
    put("rule_set", command.rule_set);
    put("body", command.body);
    put("case", command.application);
    put("zone", command.zone);
    put("series", command.series);
    put("session", command.session);
    if (!command.title.empty()) out["title"] = words_given(session, command.title);
    if (!command.entitled.empty()) out["entitled"] = parties_given(session, command.entitled);
    if (!command.excluded.empty()) out["excluded"] = parties_given(session, command.excluded);
    if (!command.proposed_by.empty())
      out["proposed_by"] = session.workspace.entity_named(command.proposed_by);
  }
  if (act == "series_started") {
    put("series", command.series);
    put("session", command.session);
    out["number"] = command.number;
  }
  if (words && !command.text.empty()) out["text"] = words_given(session, command.text);
  if (!words && !command.text.empty()) out["text"] = command.text.front();
  put("meeting", command.meeting);
  put("journal", command.journal);
  put("letter", command.letter);
  put("note", command.note);
  put("by", command.by_consultation);
  put("kind", command.kind);
  if (!command.until.empty()) out["deadline"] = deadline_given(command.until, command.zone, command.offset);
  if (command.urgent) out["urgent"] = true;
  if (!command.with.empty()) out["with"] = parties_given(session, command.with);
  if (!command.present.empty()) out["present"] = parties_given(session, command.present);
  return out;
}

std::string text(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found == json.end() || !found->is_string() ? "" : found->get<std::string>();
}

std::string name_in(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found == json.end() || !found->is_object() ? "" : text(*found, "name");
}

// "2026-03-29 12:00 +02:00 (Europe/Vienna)"
std::string clock_text(const Json& local) {
  if (!local.is_object()) return "";
  std::string said = text(local, "local");
  if (said.size() > 10) said[10] = ' ';
  return said + " " + text(local, "offset") + " (" + text(local, "zone") + ")";
}

int tell_list(Session& session, const ConsultCommand& command) {
  const Json answer = service::consultations_json(
      session.workspace, {.state = command.only_state, .body = command.body, .limit = command.limit},
      convening_reader(session, command.acting.delegation, command.reader_zone));
  if (session.style.format == OutputFormat::json) {
    session.out << answer.dump(2) << '\n';
    return answer["total"] == 0 ? kExitNothingFound : kExitOk;
  }
  AnswerTable table;
  table.columns = {{.key = "id", .heading = session.say("Consultation")},
                   {.key = "title", .heading = session.say("Title")},
                   {.key = "state", .heading = session.say("State of the matter")},
                   {.key = "expires", .heading = session.say("Expires")},
                   {.key = "number", .heading = session.say("Number")}};
  for (const Json& each : answer["consultations"])
    table.rows.push_back({text(each, "id"), text(each, "title"), text(each, "state_name"),
                          each["expires"].is_object() ? clock_text(each["expires"]["host"]) : "",
                          text(each, "number")});
  print(session.out, table, session.style);
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

int tell_one(Session& session, const ConsultCommand& command) {
  const Json item =
      service::consultation_json(session.workspace, command.consultation,
                                 convening_reader(session, command.acting.delegation, command.reader_zone));
  if (session.style.format == OutputFormat::json) {
    session.out << item.dump(2) << '\n';
    return kExitOk;
  }
  std::ostream& out = session.out;
  const auto line = [&](const char* label, const std::string& value) {
    if (!value.empty()) out << session.say(label) << ": " << visible(value) << '\n';
  };
  out << visible(text(item, "id") + "  " + text(item, "title")) << '\n';
  line("Body", name_in(item, "body"));
  line("Rules", name_in(item, "rule_set"));
  line("State of the matter", text(item, "state_name"));
  line("Number", text(item, "number"));
  line("Adopted", text(item, "adopted_at"));
  if (item["expires"].is_object() && !item["adopted_at"].is_string()) {
    line("Expires", clock_text(item["expires"]["host"]));
    line("In UTC", text(item["expires"], "utc"));
    if (!command.reader_zone.empty()) line("For you", clock_text(item["expires"]["reader"]));
  }
  out << session.say("States that may object: " + std::to_string(item["entitled"].size())) << '\n';
  for (const Json& each : item["breaks"]) {
    std::string names;
    for (const Json& one : each["delegations"]) names += (names.empty() ? "" : ", ") + text(one, "name");
    line(each["late"] == true ? "Received too late" : "Objected", names + "  " + text(each, "at"));
  }
  for (const Json& each : item["statements"]) {
    std::string names;
    for (const Json& one : each["by"]) names += (names.empty() ? "" : ", ") + text(one, "name");
    line("Attachment", std::to_string(each["attachment"].get<int>()) + "  " + names);
  }
  out << '\n' << session.say("Steps") << '\n';
  for (const Json& each : item["steps"]) {
    const std::string state = text(each, "state");
    const char* mark = state == "done" ? "✓" : state == "now" ? "●" : state == "next" ? "○" : " ";
    out << "  " << mark << ' ' << visible(text(each, "says")) << "  (" << text(each, "id") << ")\n";
  }
  if (!item["next"].empty()) out << '\n' << session.say("What comes next") << '\n';
  for (const Json& each : item["next"])
    out << "  " << visible(text(each, "says")) << "  (" << text(each, "rule") << ")"
        << (each["at"].is_string() ? "  " + text(each, "at") : "") << '\n';
  return kExitOk;
}

// After an act: where the matter is now, and what comes next.
void tell_next(Session& session, const ConsultCommand& command, const std::string& id) {
  const Json item = service::consultation_json(
      session.workspace, id, convening_reader(session, command.acting.delegation, command.reader_zone));
  session.out << "  " << visible(session.say("State of the matter") + ": " + text(item, "state_name"))
              << '\n';
  for (const Json& each : item["next"])
    session.out << "  → " << visible(text(each, "says")) << "  (" << text(each, "rule") << ")"
                << (each["at"].is_string() ? "  " + text(each, "at") : "") << '\n';
}

int tell_rules(Session& session, const ConsultCommand& command) {
  const Json answer = service::rule_sets_json(
      session.workspace, convening_reader(session, command.acting.delegation, command.reader_zone));
  if (session.style.format == OutputFormat::json) {
    session.out << answer.dump(2) << '\n';
    return kExitOk;
  }
  AnswerTable table;
  table.columns = {{.key = "rule", .heading = session.say("Rule")},
                   {.key = "says", .heading = session.say("Says")},
                   {.key = "quote", .heading = session.say("Quote")},
                   {.key = "source", .heading = session.say("Source")}};
  for (const Json& set : answer["rule_sets"]) {
    if (!command.consultation.empty() && text(set, "id") != command.consultation) continue;
    for (const Json& rule : set["rules"])
      table.rows.push_back({text(rule, "id"), text(rule, "says"), text(rule, "quote"), text(rule, "source")});
  }
  print(session.out, table, session.style);
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

}  // namespace

int run_consult(Session& session, const ConsultCommand& command) {
  if (command.action == "rules") return tell_rules(session, command);
  if (command.action == "list" || command.action == "status") {
    // Nobody need run a server for a silence period to end.
    ask_convening(session, [](const secretariat::Secretariat&) { return 0; });
    return command.action == "list" ? tell_list(session, command) : tell_one(session, command);
  }
  for (const Verb& each : kVerbs) {
    if (each.word != command.action) continue;
    const service::ActOutcome outcome =
        do_act(session, command.acting, "consultation." + std::string(each.act), command.consultation,
               fields_of(session, command, each.act));
    const int code = tell_outcome(session, outcome);
    if (code == kExitOk && session.style.format == OutputFormat::table && each.act != "series_started")
      tell_next(session, command, outcome.done.front().act.stamp.subject);
    return code;
  }
  throw Error(ErrorKind::bug, "an action of consult has no act");
}

void add_consult(CLI::App& consult, ConsultCommand& command) {
  consult.require_subcommand(1);
  const auto add = [&](const char* name, const char* says) {
    CLI::App* one = consult.add_subcommand(name, says);
    one->fallthrough();
    one->callback([&command, name] { command.action = name; });
    return one;
  };
  const auto act = [&](const char* name, const char* says, bool of_one = true) {
    CLI::App* one = add(name, says);
    if (of_one) one->add_option("consultation", command.consultation, "Its id: PC-2026-0017")->required();
    add_acting_options(*one, command.acting);
    return one;
  };
  const auto with_text = [&](CLI::App* one, const char* says = "The text, or LANGUAGE=TEXT, several times") {
    one->add_option("--text", command.text, says);
  };
  const auto in_a_meeting = [&](CLI::App* one) {
    one->add_option("--meeting", command.meeting, "In which meeting: PC-M-2026-031");
  };
  const auto with_deadline = [&](CLI::App* one) {
    one->add_option("--until", command.until, "When silence expires, in local time: 2026-03-29T12:00");
    one->add_option("--zone", command.zone,
                    "In which zone that is said: Europe/Vienna (default: the body's)");
    one->add_option("--offset", command.offset, "Which of two readings is meant when clocks go back: +02:00");
  };

  CLI::App* open =
      act("open", "Put a draft before a body; who may object is computed at this instant", false);
  open->add_option("--body", command.body, "The body that decides: OSCE_PC");
  open->add_option("--rules", command.rule_set, "The rule set, where there is no body: osce_pc");
  open->add_option("--title", command.title, "The title, or LANGUAGE=TITLE, several times")->required();
  with_text(open);
  open->add_option("--case", command.application, "The application that it decides");
  open->add_option("--proposed-by", command.proposed_by,
                   "The State that proposes it, if the secretariat opens it");
  open->add_option("--zone", command.zone, "In which its deadlines are said");
  open->add_option("--series", command.series, "The series of its number: PC.DEC");
  open->add_option("--session", command.session, "The session, where decisions are numbered by it");
  open->add_option("--entitled", command.entitled, "Who may object, where no register knows it");
  open->add_option("--excluded", command.excluded, "The State concerned, where its consent is not needed");
  CLI::App* propose = act("propose", "Suggest it in a meeting");
  in_a_meeting(propose);
  with_deadline(propose);
  CLI::App* silence = act("silence", "Put the text under silence: the clock runs");
  in_a_meeting(silence);
  with_deadline(silence);
  silence->add_flag("--urgent", command.urgent, "The Chair finds it urgent");
  CLI::App* object = act("object", "Object, or propose an amendment, in writing");
  object->add_option("--kind", command.kind, "objection or amendment")
      ->check(CLI::IsMember({"objection", "amendment"}));
  with_text(object, "The objection or the amendment");
  CLI::App* in_meeting = act("object-in-meeting", "Object in the meeting in which it is suggested");
  in_a_meeting(in_meeting);
  with_text(in_meeting, "Why");
  with_text(act("withdraw-objection", "Take an objection back"), "Why");
  with_text(act("hold", "Ask for more time by a hold"), "Why");
  with_text(act("extend-hold", "Let a hold stand longer"), "Why");
  with_text(act("release", "Release a hold"), "Why");
  CLI::App* extend = act("extend", "Let the silence period run longer");
  with_deadline(extend);
  with_text(extend, "Why");
  CLI::App* adopt = act("adopt", "Adopt it in a meeting: nobody objects");
  in_a_meeting(adopt);
  adopt->add_option("--present", command.present, "The delegations in the room, where a rule asks for them");
  act("confirm", "Confirm the adoption by letter")->add_option("--letter", command.letter, "Which letter");
  CLI::App* announce = act("announce", "Announce the adoption in a meeting");
  in_a_meeting(announce);
  announce->add_option("--journal", command.journal, "The journal of that meeting: PC.JOUR/1233");
  CLI::App* state = act("state", "Have a statement attached to the decision");
  state->add_option("--kind", command.kind, "interpretative or reservation")
      ->check(CLI::IsMember({"interpretative", "reservation"}));
  with_text(state);
  state->add_option("--with", command.with, "The States that join it");
  act("issue", "Issue the decision with its number and attachments");
  CLI::App* revise = act("revise", "Circulate another text, Rev.n");
  with_text(revise);
  revise->add_option("--note", command.note, "What changed");
  CLI::App* correct = act("correct", "Issue a correction, Corr.n");
  with_text(correct);
  correct->add_option("--note", command.note, "What was wrong");
  with_text(act("withdraw", "Withdraw the text"), "Why");
  act("supersede", "Let another consultation take its place")
      ->add_option("other", command.by_consultation, "The id of the other one")
      ->required();
  CLI::App* series = act("series", "Say with which number a series goes on", false);
  series->add_option("series", command.series, "PC.DEC")->required();
  series->add_option("number", command.number, "The next number")
      ->required()
      ->check(CLI::Range(1, 1'000'000));
  series->add_option("--session", command.session, "The session or the year, where numbers begin anew");

  CLI::App* list = add("list", "The consultations: those whose clock runs first");
  list->add_option("--state", command.only_state, "Only in this state: under_silence");
  list->add_option("--body", command.body, "Only of this body");
  list->add_option("--limit", command.limit, "At most so many rows (default: 100)");
  CLI::App* status =
      add("status", "One consultation: its clock, its steps with their rules, what comes next");
  status->add_option("consultation", command.consultation, "Its id: PC-2026-0017")->required();
  status->add_option("--my-zone", command.reader_zone, "Show the deadline in this zone too: Asia/Almaty");
  status->add_option("--for", command.acting.delegation, "What this State may do now");
  CLI::App* rules = add("rules", "The rules by which bodies decide, each quoted");
  rules->add_option("rule_set", command.consultation, "Only of this rule set: osce_pc");
}

}  // namespace mithaq::cli
