// mithaq debate: debates in preparation, and agenda items that come back; mithaq home: what a delegation has
// to answer.
#include <CLI/CLI.hpp>
#include <ostream>

#include "cli/commands/commands.hpp"
#include "cli/commands/convening_answer.hpp"
#include "cli/commands/partnership.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/visible_text.hpp"
#include "service/debates.hpp"
#include "service/home.hpp"

namespace mithaq::cli {

namespace {

using Json = nlohmann::ordered_json;

struct Verb {
  std::string_view word;  // of the command line
  std::string_view act;
};

constexpr Verb kVerbs[] = {{"open", "opened"},
                           {"note", "note_given"},
                           {"invite", "speaker_invited"},
                           {"answer", "speaker_answered"},
                           {"ask", "views_asked"},
                           {"view", "view_given"},
                           {"held", "held"},
                           {"conclude", "concluded"},
                           {"cancel", "cancelled"},
                           {"follow", "item_followed"},
                           {"taken-up", "taken_up"}};

// Only what was given: the desk says what is missing.
nlohmann::json fields_of(Session& session, const DebateCommand& command, std::string_view act) {
  nlohmann::json out = nlohmann::json::object();
  const auto put = [&](const char* name, const std::string& value) {
    if (!value.empty()) out[name] = value;
  };
  const auto put_words = [&](const char* name, const std::vector<std::string>& given) {
    if (!given.empty()) out[name] = words_given(session, given);
  };
  put("body", command.body);
  put("item", command.item);
  put("meeting", command.meeting);
  put("document", command.document);
  put("role", command.role);
  put("day", command.day);
  put("symbol", command.symbol);
  put("decision", command.decision);
  put("speaker", command.speaker);
  if (!command.presidency.empty()) out["presidency"] = session.workspace.entity_named(command.presidency);
  if (!command.organization.empty())
    out["organization"] = session.workspace.entity_named(command.organization);
  put_words("title", command.title);
  put_words("name", command.name);
  put_words("office", command.office);
  if (!command.statuses.empty()) out["statuses"] = command.statuses;
  if (!command.until.empty())
    out[act == "opened" ? "begins" : "before"] = deadline_given(command.until, command.zone, command.offset);
  if (act == "speaker_answered") out["accepts"] = !command.declines;
  if (act == "taken_up") out["session"] = command.session;
  put_words(act == "views_asked" ? "question"
            : act == "concluded" ? "outcome"
            : act == "cancelled" ? "reason"
                                 : "text",
            command.text);
  return out;
}

int tell_list(Session& session, const DebateCommand& command) {
  const Json answer =
      service::debates_json(session.workspace, convening_reader(session, command.acting.delegation));
  if (session.style.format == OutputFormat::json) {
    session.out << answer.dump(2) << '\n';
    return kExitOk;
  }
  AnswerTable table;
  table.columns = {{.key = "id", .heading = session.say("Id")},
                   {.key = "title", .heading = session.say("Agenda item")},
                   {.key = "body", .heading = session.say("Body"), .hxl = "#org"},
                   {.key = "presidency", .heading = session.say("Presidency"), .hxl = "#country+name"},
                   {.key = "state", .heading = session.say("Stage")},
                   {.key = "begins", .heading = session.say("Begins"), .hxl = "#date+start"}};
  for (const Json& each : answer["debates"]) {
    table.rows.push_back({text_in(each, "id"), text_in(each, "title"), name_in(each, "body"),
                          name_in(each, "presidency"), session.say(text_in(each, "state")),
                          clock_in(each, "begins_local")});
  }
  print(session.out, table, session.style);
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

int tell_items(Session& session, const DebateCommand&) {
  const Json answer = service::debates_json(session.workspace, convening_reader(session, ""));
  if (session.style.format == OutputFormat::json) {
    session.out << answer["cycles"].dump(2) << '\n';
    return kExitOk;
  }
  AnswerTable table;
  table.columns = {{.key = "id", .heading = session.say("Id")},
                   {.key = "item", .heading = session.say("Agenda item")},
                   {.key = "session", .heading = session.say("Session"), .number = true},
                   {.key = "opens", .heading = session.say("Opens"), .hxl = "#date+start"},
                   {.key = "state", .heading = session.say("State of the item")},
                   {.key = "decision", .heading = session.say("Decision")},
                   {.key = "followed", .heading = session.say("Followed")}};
  for (const Json& cycle : answer["cycles"]) {
    for (const Json& each : cycle["sessions"]) {
      table.rows.push_back({text_in(cycle, "id"), text_in(cycle, "item"), each["session"].dump(),
                            text_in(each, "opens"), session.say(text_in(each, "state")),
                            text_in(each, "decision"),
                            session.say(cycle["followed"] == true ? "yes" : "no")});
    }
  }
  print(session.out, table, session.style);
  return kExitOk;
}

int tell_one(Session& session, const DebateCommand& command) {
  const Json answer = service::debate_json(session.workspace, command.debate,
                                           convening_reader(session, command.acting.delegation));
  if (session.style.format == OutputFormat::json) {
    session.out << answer.dump(2) << '\n';
    return kExitOk;
  }
  std::ostream& out = session.out;
  const auto line = [&](const char* heading, const std::string& value) {
    if (!value.empty()) out << session.say(heading) << ": " << visible(value) << '\n';
  };
  line("Debate", text_in(answer, "id") + "  " + text_in(answer, "title"));
  line("Body", name_in(answer, "body"));
  line("Presidency", name_in(answer, "presidency"));
  line("Stage", session.say(text_in(answer, "state")));
  line("Begins", clock_in(answer, "begins_local"));
  if (!answer["notes"].empty()) {
    const Json& note = answer["notes"].back();
    line("Concept note", text_in(note, "document") + " " + words_in(session, note, "text"));
  }
  if (!answer["speakers"].empty()) out << '\n' << session.say("Speakers") << ":\n";
  for (const Json& each : answer["speakers"]) {
    const char* answered = each["accepts"].is_null() ? "no answer yet"
                           : each["accepts"] == true ? "accepts"
                                                     : "declines";
    out << "  " << text_in(each, "id") << "  " << visible(text_in(each, "name")) << " ("
        << visible(name_in(each, "organization")) << "): " << session.say(answered) << '\n';
  }
  line("Views are asked for before", text_in(answer, "views_before"));
  for (const Json& each : answer["views"]) {
    if (each["amended"] == true) continue;  // the history has it
    out << "  " << visible(name_in(each, "delegation")) << ": " << visible(words_in(session, each, "text"));
    if (each["late"] == true) out << " (" << session.say("after the time that was asked for") << ")";
    out << '\n';
  }
  line("Outcome", words_in(session, answer, "outcome"));
  line("Decision", text_in(answer, "decision"));
  tell_history(session, answer);
  tell_offers(session, answer);
  return kExitOk;
}

}  // namespace

int run_debate(Session& session, const DebateCommand& command) {
  for (const Verb& each : kVerbs) {
    if (each.word != command.action) continue;
    return tell_outcome(session, do_act(session, command.acting, "debate." + std::string(each.act),
                                        command.debate, fields_of(session, command, each.act)));
  }
  // Nobody need run a server for a reminder to go out.
  ask_convening(session, [](const secretariat::Secretariat&) { return 0; });
  if (command.action == "list") return tell_list(session, command);
  if (command.action == "items") return tell_items(session, command);
  return tell_one(session, command);
}

void add_debate(CLI::App& debate, DebateCommand& command) {
  debate.require_subcommand(1);
  const auto add = [&](const char* name, const char* says) {
    CLI::App* one = debate.add_subcommand(name, says);
    one->fallthrough();
    one->callback([&command, name] { command.action = name; });
    return one;
  };
  const auto act = [&](const char* name, const char* says, const char* subject = "Its id: DEB-2026-001") {
    CLI::App* one = add(name, says);
    if (*subject != '\0') one->add_option("debate", command.debate, subject)->required();
    add_acting_options(*one, command.acting);
    return one;
  };
  const auto with_text = [&](CLI::App* one, const char* says) {
    one->add_option("--text", command.text, says);
  };
  const auto with_time = [&](CLI::App* one, const char* name, const char* says) {
    one->add_option(name, command.until, says)->required();
    one->add_option("--zone", command.zone, "In which zone that is said: America/New_York");
    one->add_option("--offset", command.offset, "Which of two readings is meant when clocks go back: +02:00");
  };

  CLI::App* open = act("open", "Prepare a debate", "");
  open->add_option("--body", command.body, "The body in which it is held: UN.SC")->required();
  open->add_option("--title", command.title, "The agenda item, or LANGUAGE=TITLE, several times");
  open->add_option("--item", command.item, "The item that comes back: un_csto");
  open->add_option("--presidency", command.presidency, "The State that presides (default: that of --for)");
  open->add_option("--meeting", command.meeting, "In which meeting: PC-M-2026-031");
  with_time(open, "--begins", "When it begins, in local time: 2026-10-28T10:00");
  CLI::App* note = act("note", "Give the concept note, or a new version of it");
  with_text(note, "What it says, or LANGUAGE=TEXT, several times");
  note->add_option("--document", command.document, "Its symbol, or the id of the document");
  CLI::App* invite = act("invite", "Invite somebody to speak");
  invite->add_option("--name", command.name, "The person, or LANGUAGE=NAME, several times");
  invite->add_option("--office", command.office, "Their office, or LANGUAGE=OFFICE");
  invite->add_option("--organization", command.organization, "The organization or the State");
  invite->add_option("--role", command.role, "briefer, guest, regional_member, other_state")
      ->check(CLI::IsMember({"briefer", "guest", "regional_member", "other_state"}));
  CLI::App* answer = act("answer", "Answer an invitation to speak");
  answer->add_option("speaker", command.speaker, "Which: speaker-1")->required();
  answer->add_flag("--declines", command.declines, "Will not speak");
  CLI::App* ask = act("ask", "Ask States for their views before the debate");
  ask->add_option("--of", command.statuses, "Whom: UN/member, CSTO/member, several times")->required();
  with_text(ask, "The question, or LANGUAGE=TEXT");
  with_time(ask, "--until", "Before when, in local time");
  CLI::App* view = act("view", "Give the view of a State");
  with_text(view, "The view, or LANGUAGE=TEXT, several times");
  view->add_option("--document", command.document, "Its symbol, or the id of the document");
  CLI::App* held = act("held", "Record that it was held");
  held->add_option("--day", command.day, "On which day: 2026-10-28")->required();
  held->add_option("--symbol", command.symbol, "The symbol of the record of the meeting");
  CLI::App* conclude = act("conclude", "Record the outcome");
  with_text(conclude, "The outcome, or LANGUAGE=TEXT");
  conclude->add_option("--decision", command.decision, "The symbol of the decision");
  with_text(act("cancel", "Cancel it"), "Why");
  act("follow", "Follow an item that comes back and remind those concerned", "The item: un_csto");
  CLI::App* taken =
      act("taken-up", "Record the decision that a session took on an item", "The item: un_csto");
  taken->add_option("session", command.session, "Which session: 81")->required()->check(CLI::Range(1, 9999));
  taken->add_option("--decision", command.decision, "Its symbol: A/RES/81/12")->required();

  add("list", "The debates, the latest first");
  add("items", "The items that come back, with their next sessions");
  CLI::App* show = add("show", "One debate: concept note, speakers, views, outcome");
  show->add_option("debate", command.debate, "Its id: DEB-2026-001")->required();
  show->add_option("--for", command.acting.delegation, "What this State may do now");
}

int run_home(Session& session, const HomeCommand& command) {
  ask_convening(session, [](const secretariat::Secretariat&) { return 0; });
  const Json answer =
      service::home_json(session.workspace, {}, convening_reader(session, command.delegation, command.zone));
  if (session.style.format == OutputFormat::json) {
    session.out << answer.dump(2) << '\n';
    return kExitOk;
  }
  std::ostream& out = session.out;
  out << visible(name_in(answer, "delegation")) << "  " << clock_in(answer, "now_local") << '\n';
  for (const Json& each : answer["statuses"]) out << "  " << visible(text_in(each, "name")) << '\n';
  AnswerTable tasks;
  tasks.columns = {{.key = "deadline", .heading = session.say("Before"), .hxl = "#date"},
                   {.key = "said", .heading = session.say("What is asked")},
                   {.key = "title", .heading = session.say("About")},
                   {.key = "subject", .heading = session.say("Id")},
                   {.key = "done", .heading = session.say("Answered")}};
  for (const Json& each : answer["tasks"]) {
    tasks.rows.push_back({clock_in(each, "deadline_local"), text_in(each, "said"), text_in(each, "title"),
                          text_in(each, "subject"), session.say(each["done"] == true ? "yes" : "no")});
  }
  out << '\n';
  print(out, tasks, session.style);
  AnswerTable notices;
  notices.columns = {{.key = "at", .heading = session.say("When"), .hxl = "#date"},
                     {.key = "said", .heading = session.say("What happened")},
                     {.key = "title", .heading = session.say("About")},
                     {.key = "subject", .heading = session.say("Id")}};
  for (const Json& each : answer["notices"]) {
    notices.rows.push_back({clock_in(each, "at_local"), text_in(each, "said"), text_in(each, "title"),
                            text_in(each, "subject")});
  }
  out << '\n';
  print(out, notices, session.style);
  AnswerTable meetings;
  meetings.columns = {{.key = "begins", .heading = session.say("Begins"), .hxl = "#date+start"},
                      {.key = "title", .heading = session.say("Meeting")},
                      {.key = "body", .heading = session.say("Body"), .hxl = "#org"},
                      {.key = "place", .heading = session.say("Place")},
                      {.key = "id", .heading = session.say("Id")}};
  for (const Json& each : answer["meetings"]) {
    meetings.rows.push_back({text_in(each, "begins"), text_in(each, "title"), name_in(each, "body"),
                             text_in(each, "place"), text_in(each, "id")});
  }
  out << '\n';
  print(out, meetings, session.style);
  return kExitOk;
}

}  // namespace mithaq::cli
