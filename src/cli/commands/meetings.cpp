#include "cli/commands/meetings.hpp"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>
#include <ostream>

#include "base/error.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/visible_text.hpp"
#include "service/calendar_feed.hpp"
#include "service/meetings.hpp"

namespace mithaq::cli {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

// What a person writes on the command line is in the language in which they are answered.
json words(const Session& session, const std::string& text) {
  return json{{std::string(service::language_code(session.language())), text}};
}

service::ConveningReader reader_of(Session& session, const Acting& acting) {
  const std::string party =
      acting.delegation.empty() ? "" : session.workspace.entity_named(acting.delegation);
  return {.asker = {.party = party, .secretariat = party.empty()},
          .sees = [](const document::Handling&) { return true; },  // the keeper of the machine sees all of it
          .language = session.language(),
          .say = [&session](std::string_view english) { return session.say(english); }};
}

// Writes what time brought, so that what is shown is of now.
void settle(Session& session) {
  ask_convening(session, [](const secretariat::Secretariat&) { return 0; });
}

int print_json(Session& session, const ordered_json& answer) {
  session.out << answer.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
  return kExitOk;
}

std::string name_in(const ordered_json& named) {
  return named.is_object() ? named.value("name", "") : std::string();
}

json moment(const MeetingCommand& command, const std::string& local) {
  json out = {{"local", local}};
  if (!command.zone.empty()) out["zone"] = command.zone;
  if (!command.offset.empty()) out["offset"] = command.offset;
  return out;
}

std::vector<std::string> entities(Session& session, const std::vector<std::string>& names) {
  std::vector<std::string> out;
  for (const std::string& each : names) out.push_back(session.workspace.entity_named(each));
  return out;
}

int list(Session& session, const MeetingCommand& command) {
  settle(session);
  service::MeetingsQuestion question{.body = command.body};
  const auto day = [&](const std::string& text, const char* option) -> std::optional<Instant> {
    if (text.empty()) return std::nullopt;
    const auto found = parse_day(text);
    if (!found) throw Error(ErrorKind::invalid_input, std::string(option) + " is a day: 2026-03-26");
    return Instant(std::chrono::sys_days(*found));
  };
  question.from = day(command.from, "--from");
  question.to = day(command.to, "--to");
  const ordered_json answer =
      service::meetings_json(session.workspace, question, reader_of(session, command.acting));
  AnswerTable table;
  table.columns = {{.key = "meeting", .heading = session.say("Meeting")},
                   {.key = "number", .heading = session.say("Number"), .number = true},
                   {.key = "body", .heading = session.say("Body")},
                   {.key = "begins", .heading = session.say("Begins")},
                   {.key = "zone", .heading = session.say("Zone")},
                   {.key = "place", .heading = session.say("Place")},
                   {.key = "state", .heading = session.say("State now")},
                   {.key = "sequence", .data_only = true},
                   {.key = "begins_utc", .data_only = true}};
  for (const auto& each : answer.at("meetings")) {
    std::string local = each.at("begins_local").get<std::string>().substr(0, 16);
    local[10] = ' ';
    table.rows.push_back(
        {each.at("id"), each.at("number").is_null() ? "" : std::to_string(each.at("number").get<int>()),
         name_in(each.at("body")), local, each.at("zone"), each.at("place"), each.at("state_name"),
         std::to_string(each.at("sequence").get<int>()), each.at("begins")});
  }
  print(session.out, table, session.style);
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

int show(Session& session, const MeetingCommand& command) {
  settle(session);
  const ordered_json meeting =
      service::meeting_json(session.workspace, command.id, reader_of(session, command.acting));
  if (session.style.format == OutputFormat::json) return print_json(session, meeting);
  const auto line = [&](const char* name, const std::string& value) {
    if (!value.empty()) session.out << session.say(name) << ": " << visible(value) << '\n';
  };
  line("Meeting", meeting.at("id"));
  line("Body", name_in(meeting.at("body")));
  line("Title", meeting.at("title"));
  line("Begins",
       meeting.at("begins_local").get<std::string>() + " (" + meeting.at("zone").get<std::string>() + ")");
  line("Place", meeting.at("place"));
  line("State now", meeting.at("state_name"));
  for (const auto& each : meeting.at("chairs")) line("Who presides", each.at("name"));
  session.out << '\n';
  AnswerTable agenda;
  agenda.columns = {{.key = "item", .heading = session.say("Item"), .number = true},
                    {.key = "title", .heading = session.say("Title")},
                    {.key = "state", .heading = session.say("State now")}};
  for (const auto& each : meeting.at("agenda"))
    agenda.rows.push_back({each.at("number"), each.at("title"), each.at("state_name")});
  if (!agenda.rows.empty()) print(session.out, agenda, session.style);
  AnswerTable speakers;
  speakers.columns = {{.key = "speech", .heading = session.say("No."), .number = true},
                      {.key = "item", .heading = session.say("Item"), .number = true},
                      {.key = "delegation", .heading = session.say("Delegation")},
                      {.key = "group", .heading = session.say("For a group")},
                      {.key = "state", .heading = session.say("State now")},
                      {.key = "seconds", .heading = session.say("Seconds"), .number = true}};
  for (const auto& [item, speeches] : meeting.at("speakers").items()) {
    for (const auto& each : speeches) {
      const bool partner = each.at("partner").get<bool>() && each.at("status").is_object();
      speakers.rows.push_back(
          {each.at("id"), item,
           name_in(each.at("delegation")) + (partner ? " (" + name_in(each.at("status")) + ")" : ""),
           each.at("group"), each.at("state_name"), std::to_string(each.at("seconds").get<int>())});
    }
  }
  if (!speakers.rows.empty()) print(session.out, speakers, session.style);
  AnswerTable history;
  history.columns = {{.key = "at", .heading = session.say("When")},
                     {.key = "entry", .heading = session.say("entry"), .number = true},
                     {.key = "delegation", .heading = session.say("Delegation")},
                     {.key = "said", .heading = session.say("What happened")}};
  for (const auto& each : meeting.at("history"))
    history.rows.push_back({each.at("at"), std::to_string(each.at("entry").get<record::Seq>()),
                            name_in(each.at("delegation")), each.at("said")});
  print(session.out, history, session.style);
  return kExitOk;
}

int calendar(Session& session, const MeetingCommand& command) {
  const int year =
      command.year != 0
          ? command.year
          : static_cast<int>(std::chrono::year_month_day(
                                 std::chrono::floor<std::chrono::days>(session.workspace.options().clock()))
                                 .year());
  const ordered_json answer =
      service::proposals_json(session.workspace, command.body, year, reader_of(session, command.acting));
  AnswerTable table;
  table.columns = {{.key = "begins", .heading = session.say("Begins")},
                   {.key = "zone", .heading = session.say("Zone")},
                   {.key = "title", .heading = session.say("Title")},
                   {.key = "place", .heading = session.say("Place")},
                   {.key = "rule", .heading = session.say("Rule")},
                   {.key = "meeting", .heading = session.say("Meeting")},
                   {.key = "body", .data_only = true},
                   {.key = "begins_utc", .data_only = true}};
  for (const auto& each : answer.at("proposals")) {
    std::string local = each.at("begins_local").get<std::string>().substr(0, 16);
    local[10] = ' ';
    table.rows.push_back({local, each.at("zone"), each.at("title"), each.at("place"), each.at("rule"),
                          each.at("meeting").is_null() ? "" : each.at("meeting").get<std::string>(),
                          each.at("body").at("id"), each.at("begins")});
  }
  print(session.out, table, session.style);
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

int feed(Session& session, const MeetingCommand& command) {
  settle(session);
  const std::string text = service::calendar_feed(session.workspace, reader_of(session, command.acting));
  if (command.output.empty()) {
    session.out << text;
    return kExitOk;
  }
  std::ofstream file(command.output, std::ios::binary);
  if (!file) throw Error(ErrorKind::unavailable, "cannot write " + command.output);
  file << text;
  file.flush();
  if (!file) throw Error(ErrorKind::no_space, "the answer could not be written: is the disk full?");
  return kExitOk;
}

int take_reply(Session& session, const MeetingCommand& command) {
  std::ifstream file(command.file, std::ios::binary);
  if (!file) throw Error(ErrorKind::not_found, "no file or folder " + command.file);
  // One byte more than is taken, so that a file that is too long is refused and not read.
  std::string text(service::kReplyBytesMax + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return tell_outcome(
      session, do_act(session, command.acting, {.type = "meeting.reply"}, [&](secretariat::Act& wanted) {
        service::read_reply(session.workspace, text, wanted);
      }));
}

// The act that a command stands for: its verb and fields.
std::pair<std::string, json> act_of(Session& session, const MeetingCommand& command) {
  const std::string& action = command.action;
  json fields = json::object();
  if (action == "plan") {
    fields = {{"body", command.id}, {"begins", moment(command, command.when)}};
    if (!command.ends.empty()) fields["ends"] = moment(command, command.ends);
    if (!command.title.empty()) fields["title"] = words(session, command.title);
    if (!command.place.empty()) fields["place"] = command.place;
    if (!command.rule.empty()) fields["rule"] = command.rule;
    return {"planned", fields};
  }
  if (action == "invite") {
    if (!command.delegations.empty()) fields["delegations"] = entities(session, command.delegations);
    if (!command.decision.empty()) fields["decision"] = command.decision;
    if (!command.text.empty()) fields["text"] = words(session, command.text);
    return {"invited", fields};
  }
  if (action == "move") {
    fields["begins"] = moment(command, command.when);
    if (!command.ends.empty()) fields["ends"] = moment(command, command.ends);
    if (!command.place.empty()) fields["place"] = command.place;
    if (!command.text.empty()) fields["reason"] = words(session, command.text);
    return {"moved", fields};
  }
  if (action == "cancel") {
    if (!command.text.empty()) fields["reason"] = words(session, command.text);
    return {"cancelled", fields};
  }
  if (action == "register") return {"registered", {{"names", command.names}}};
  if (action == "decline") {
    if (!command.text.empty()) fields["text"] = command.text;
    return {"declined", fields};
  }
  if (action == "agenda") {
    if (command.adopt) return {"agenda_adopted", fields};
    if (command.withdraw) return {"agenda_objection_withdrawn", fields};
    if (command.object) {
      if (!command.text.empty()) fields["text"] = words(session, command.text);
      return {"agenda_objected", fields};
    }
    if (command.items.empty())
      throw Error(ErrorKind::invalid_input,
                  "an agenda has an item: name each with --item, or say --adopt, --object or --withdraw");
    fields["items"] = json::array();
    for (const std::string& each : command.items)
      fields["items"].push_back({{"title", words(session, each)}});
    return {"agenda_proposed", fields};
  }
  if (action == "open") {
    fields["chairperson"] = command.chairperson;
    if (command.number != 0) fields["number"] = command.number;
    return {"opened", fields};
  }
  if (action == "suspend") return {"suspended", fields};
  if (action == "resume") return {"resumed", fields};
  if (action == "speak") {
    if (command.point_of_order) return {"order_raised", {{"text", command.text}}};
    fields["item"] = command.item;
    if (command.reply) fields["kind"] = "right_of_reply";
    if (!command.group.empty()) fields["group"] = command.group;
    if (!command.aligned.empty()) fields["aligned"] = entities(session, command.aligned);
    return {"inscribed", fields};
  }
  if (action == "next") {
    if (command.item != 0) fields["item"] = command.item;
    if (command.speech != 0) fields["speech"] = command.speech;
    return {"floor_given", fields};
  }
  if (action == "end") return {"spoke", fields};
  if (action == "rule") return {"order_ruled", {{"text", command.text}}};
  if (action == "close") {
    if (!command.next.empty()) fields["next"] = command.next;
    if (!command.text.empty()) fields["next_said"] = words(session, command.text);
    if (command.with_waiting) fields["with_waiting"] = true;
    return {"closed", fields};
  }
  throw Error(ErrorKind::bug, "a command that nobody knows: " + action);
}

}  // namespace

void add_meeting_actions(CLI::App& app, MeetingCommand& command) {
  app.require_subcommand(1);
  const auto add = [&](const char* name, const char* about) {
    CLI::App* one = app.add_subcommand(name, about);
    one->fallthrough();
    one->callback([&command, name] { command.action = name; });
    return one;
  };
  const auto add_act = [&](const char* name, const char* about) {
    CLI::App* one = add(name, about);
    one->add_option("meeting", command.id, "Its id: PC-M-2026-031")->required();
    add_acting_options(*one, command.acting);
    return one;
  };
  const auto add_times = [&](CLI::App* one) {
    one->add_option("when", command.when, "When it begins, local time: 2026-03-26T10:00")->required();
    one->add_option("--ends", command.ends, "When it ends, local time");
    one->add_option("--zone", command.zone, "The time zone (default: that of the body)");
    one->add_option("--offset", command.offset,
                    "Which of the two, if the clock shows the time twice: +01:00");
    one->add_option("--place", command.place, "Where");
  };
  CLI::App* list_app = add("list", "Meetings, by their beginning");
  list_app->add_option("--body", command.body, "Of this body: OSCE_PC");
  list_app->add_option("--from", command.from, "From this day on: 2026-03-01");
  list_app->add_option("--to", command.to, "Before this day");
  list_app->add_option("--for", command.acting.delegation, "As this delegation sees them");
  CLI::App* show_app = add("show", "One meeting: agenda, list of speakers, what happened");
  show_app->add_option("meeting", command.id, "Its id: PC-M-2026-031")->required();
  show_app->add_option("--for", command.acting.delegation, "As this delegation sees it");
  CLI::App* calendar_app = add("calendar", "What the rules propose for a year, and what of it is planned");
  calendar_app->add_option("year", command.year, "The year (default: this one)")
      ->check(CLI::Range(1990, 2100));
  calendar_app->add_option("--body", command.body, "Of this body: OSCE_PC");
  CLI::App* feed_app = add("feed", "The calendar of a delegation as iCalendar, for other programs");
  feed_app->add_option("--for", command.acting.delegation, "Of this delegation (default: all meetings)");
  feed_app->add_option("-o,--output", command.output, "A file (default: standard output)");
  CLI::App* reply_app = add("reply", "Take the answer of a calendar program to an invitation");
  reply_app->add_option("file", command.file, "The answer: a file of iCalendar with METHOD:REPLY")
      ->required();
  add_acting_options(*reply_app, command.acting);

  CLI::App* plan_app = add("plan", "Set a meeting of a body");
  plan_app->add_option("body", command.id, "The body: OSCE_PC (mithaq body list)")->required();
  add_times(plan_app);
  plan_app->add_option("--title", command.title, "Its title (default: that of the rule or the body)");
  plan_app->add_option("--rule", command.rule, "The rule that proposes it: OSCE_PC/weekly");
  add_acting_options(*plan_app, command.acting);
  CLI::App* invite_app = add_act("invite", "Send the invitations; again, to who is new since");
  invite_app->add_option("--also", command.delegations,
                         "Whom a decision invites, beside those whom their status does");
  invite_app->add_option("--decision", command.decision, "That decision");
  invite_app->add_option("--text", command.text, "Text of the invitation");
  CLI::App* move_app = add_act("move", "Move a meeting to another time or place");
  add_times(move_app);
  move_app->add_option("--why", command.text, "Why");
  add_act("cancel", "Cancel a meeting")->add_option("--why", command.text, "Why");
  add_act("register", "Say who comes")
      ->add_option("--name", command.names, "Who comes; may be given several times")
      ->required();
  add_act("decline", "Say that the delegation does not come")->add_option("--why", command.text, "Why");
  CLI::App* agenda_app = add_act("agenda", "Propose an agenda, adopt it, or object to it");
  agenda_app->add_option("--item", command.items, "An item; may be given several times");
  agenda_app->add_flag("--adopt", command.adopt, "Nobody objects: it is adopted");
  agenda_app->add_flag("--object", command.object, "Object to it");
  agenda_app->add_flag("--withdraw", command.withdraw, "Withdraw the objection");
  agenda_app->add_option("--why", command.text, "Why");
  CLI::App* open_app = add_act("open", "Open a meeting");
  open_app->add_option("--chairperson", command.chairperson, "Who presides, by name")->required();
  open_app->add_option("--number", command.number, "Its number, if the record goes on from earlier meetings");
  add_act("suspend", "Suspend a meeting");
  add_act("resume", "Resume a meeting");
  CLI::App* speak_app = add_act("speak", "Ask for the floor");
  speak_app->add_option("--item", command.item, "On this item");
  speak_app->add_option("--group", command.group, "For a group: EU");
  speak_app->add_option("--aligned", command.aligned, "Who aligns itself; may be given several times");
  speak_app->add_flag("--reply", command.reply, "A right of reply");
  speak_app->add_flag("--point-of-order", command.point_of_order, "A point of order, at once");
  speak_app->add_option("--text", command.text, "What the point of order is about");
  CLI::App* next_app = add_act("next", "Give the floor to the next speaker");
  next_app->add_option("--item", command.item, "On this item (default: the one before the meeting)");
  next_app->add_option("--speech", command.speech, "To this one of the list");
  add_act("end", "The statement ends");
  add_act("rule", "The Chair rules on the point of order")
      ->add_option("--text", command.text, "The ruling")
      ->required();
  CLI::App* close_app = add_act("close", "Close a meeting");
  close_app->add_option("--next", command.next, "The id of the next meeting");
  close_app->add_option("--next-said", command.text, "Or when it is, in words");
  close_app->add_flag("--with-waiting", command.with_waiting, "Though delegations wait for the floor");
}

void add_body_actions(CLI::App& app, BodyCommand& command) {
  app.require_subcommand(1);
  for (const auto& [name, about] : {std::pair("list", "All bodies, and who chairs them now"),
                                    std::pair("show", "One body: members, whom it invites, how it meets"),
                                    std::pair("chairs", "Who chaired a body and who will, with the rule")}) {
    CLI::App* one = app.add_subcommand(name, about);
    one->fallthrough();
    const std::string action = name;
    one->callback([&command, action] { command.action = action; });
    if (action == "list") continue;
    one->add_option("body", command.id, "Its id: OSCE_MED")->required();
    one->add_option("--year", command.year, "Around this year (default: this one)")
        ->check(CLI::Range(1990, 2100));
  }
}

int run_meeting(Session& session, const MeetingCommand& command) {
  if (command.action == "list") return list(session, command);
  if (command.action == "show") return show(session, command);
  if (command.action == "calendar") return calendar(session, command);
  if (command.action == "feed") return feed(session, command);
  if (command.action == "reply") return take_reply(session, command);
  auto [verb, fields] = act_of(session, command);
  return tell_outcome(session, do_act(session, command.acting, "meeting." + verb,
                                      command.action == "plan" ? "" : command.id, std::move(fields)));
}

int run_body(Session& session, const BodyCommand& command) {
  const service::ConveningReader reader = reader_of(session, {});
  if (command.action == "list") {
    const ordered_json answer = service::bodies_json(session.workspace, reader);
    AnswerTable table;
    table.columns = {{.key = "body", .heading = session.say("Code")},
                     {.key = "name", .heading = session.say("Body")},
                     {.key = "chair", .heading = session.say("Chair")},
                     {.key = "until", .heading = session.say("Until")},
                     {.key = "meets", .heading = session.say("Meets")}};
    for (const auto& each : answer.at("bodies")) {
      const auto& chair = each.at("chair");
      table.rows.push_back(
          {each.at("id"), each.at("name"), chair.is_null() ? "" : name_in(chair.at("state")),
           chair.is_null() || chair.at("to").is_null() ? "" : chair.at("to").get<std::string>(),
           each.at("meets").at("says")});
    }
    print(session.out, table, session.style);
    return kExitOk;
  }
  const ordered_json body = service::body_json(session.workspace, command.id, command.year, reader);
  if (session.style.format == OutputFormat::json) return print_json(session, body);
  if (command.action == "show") {
    const auto line = [&](const char* name, const std::string& value) {
      if (!value.empty()) session.out << session.say(name) << ": " << visible(value) << '\n';
    };
    line("Body", body.at("name"));
    line("Members", name_in(body.at("members_status")));
    for (const auto& each : body.at("invited")) line("Invited", name_in(each));
    line("How it decides", name_in(body.at("rule_set")));
    line("Meets", body.at("meets").at("says"));
    line("Chair", body.at("chair").is_null() ? "" : name_in(body.at("chair").at("state")));
    line("Source", body.at("source"));
    session.out << '\n';
  }
  AnswerTable table;
  table.columns = {{.key = "state", .heading = session.say("Chair")},
                   {.key = "code", .data_only = true},
                   {.key = "from", .heading = session.say("Since")},
                   {.key = "to", .heading = session.say("Until")},
                   {.key = "rule", .heading = session.say("Rule")},
                   {.key = "source", .heading = session.say("Source"), .beneath = true}};
  for (const auto& each : body.at("chairs"))
    table.rows.push_back({name_in(each.at("state")), each.at("state").at("id"), each.at("from"),
                          each.at("to").is_null() ? "" : each.at("to").get<std::string>(), each.at("rule"),
                          each.at("source")});
  print(session.out, table, session.style);
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

}  // namespace mithaq::cli
