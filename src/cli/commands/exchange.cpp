#include "cli/commands/exchange.hpp"

#include <CLI/CLI.hpp>
#include <charconv>
#include <fstream>
#include <ostream>

#include "base/error.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/visible_text.hpp"
#include "service/exchanges.hpp"

namespace mithaq::cli {

namespace {

using Json = nlohmann::ordered_json;

// The keeper of the machine sees the whole record.
service::ConveningReader keeper(const Session& session) {
  return {.asker = {.secretariat = true},
          .sees = [](const document::Handling&) { return true; },
          .language = session.language(),
          .say = [&session](std::string_view english) { return session.say(english); }};
}

// Writes down first what time brought.
void settle(Session& session) {
  ask_convening(session, [](const secretariat::Secretariat&) { return 0; });
}

std::string text_of(const Json& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return value.get<std::string>();
  return value.dump();
}

// Prints JSON as it is for programs, a table for people and spreadsheets.
int show(Session& session, const Json& all, const AnswerTable& table) {
  if (session.style.format == OutputFormat::json) {
    session.out << all.dump(2) << '\n';
  } else {
    print(session.out, table, session.style);
  }
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

int show_calendar(Session& session, const ExchangeCommand& command) {
  const Json all = service::exchanges_json(session.workspace, command.year, keeper(session));
  AnswerTable table;
  table.columns = {{.key = "exchange", .heading = session.say("Exchange")},
                   {.key = "id", .heading = session.say("Code")},
                   {.key = "last_day", .heading = session.say("Last day")},
                   {.key = "obliged", .heading = session.say("Obliged"), .number = true},
                   {.key = "sent", .heading = session.say("Sent"), .number = true},
                   {.key = "late", .heading = session.say("Late"), .number = true},
                   {.key = "missing", .heading = session.say("Missing"), .number = true},
                   {.key = "rule", .heading = session.say("Rule"), .beneath = true}};
  for (const Json& each : all.at("exchanges")) {
    const Json& local = each.at("due_local");
    table.rows.push_back({each.at("name"), each.at("subject"),
                          local.is_null() ? session.say("each State's own")
                                          : local.at("local").get<std::string>().substr(0, 10),
                          text_of(each.at("obliged")), text_of(each.at("sent")), text_of(each.at("late")),
                          text_of(each.at("missing")), each.at("rule").at("quote")});
  }
  return show(session, all, table);
}

int show_status(Session& session, const ExchangeCommand& command) {
  const Json all = service::exchange_json(session.workspace, command.subject, keeper(session));
  AnswerTable table;
  table.columns = {{.key = "state", .heading = session.say("State")},
                   {.key = "code", .heading = session.say("Code")},
                   {.key = "status", .heading = session.say("Status")},
                   {.key = "sent_at", .heading = session.say("Sent")},
                   {.key = "corrections", .heading = session.say("Corrections"), .number = true},
                   {.key = "symbol", .heading = session.say("Symbol of the paper")}};
  for (const Json& row : all.at("rows"))
    table.rows.push_back({row.at("state").at("name"), row.at("state").at("id"), row.at("state_name"),
                          text_of(row.at("sent_at")), text_of(row.at("corrections")),
                          row.contains("symbol") ? visible(row.at("symbol").get<std::string>()) : ""});
  return show(session, all, table);
}

int show_quotas(Session& session, const ExchangeCommand& command) {
  const Json all = service::quotas_json(session.workspace, command.year, command.state, keeper(session));
  AnswerTable table;
  table.columns = {{.key = "state", .heading = session.say("State")},
                   {.key = "code", .heading = session.say("Code")},
                   {.key = "kind", .heading = session.say("Kind of visit")},
                   {.key = "quota", .heading = session.say("Quota"), .number = true},
                   {.key = "used", .heading = session.say("Used"), .number = true},
                   {.key = "same_state", .heading = session.say("From one State"), .number = true},
                   {.key = "units", .heading = session.say("Formations and units reported"), .number = true}};
  for (const Json& row : all.at("quotas"))
    table.rows.push_back({row.at("state").at("name"), row.at("state").at("id"), row.at("kind_name"),
                          row.at("quota").is_null() ? session.say("not reported") : text_of(row.at("quota")),
                          text_of(row.at("used")), text_of(row.at("same_state")), text_of(row.at("units"))});
  return show(session, all, table);
}

int show_visits(Session& session, const ExchangeCommand& command) {
  const Json all = service::quotas_json(session.workspace, command.year, command.state, keeper(session));
  AnswerTable table;
  table.columns = {{.key = "id", .heading = session.say("Code")},
                   {.key = "kind", .heading = session.say("Kind of visit")},
                   {.key = "by", .heading = session.say("Asked by")},
                   {.key = "to", .heading = session.say("State to be visited")},
                   {.key = "enters", .heading = session.say("Estimated entry")},
                   {.key = "state", .heading = session.say("Status")}};
  for (const Json& row : all.at("requests"))
    table.rows.push_back({row.at("id"), row.at("kind_name"), row.at("by").at("name"), row.at("to").at("name"),
                          row.at("enters"), row.at("state_name")});
  return show(session, all.at("requests"), table);
}

int show_visit(Session& session, const ExchangeCommand& command) {
  const Json visit = service::visit_json(session.workspace, command.subject, keeper(session));
  AnswerTable table;
  table.columns = {{.key = "what", .heading = session.say("What")}, {.key = "value", .heading = ""}};
  const auto line = [&](const char* what, const std::string& value) {
    if (!value.empty()) table.rows.push_back({session.say(what), visible(value)});
  };
  line("Kind of visit", visit.at("kind_name"));
  line("Status", visit.at("state_name"));
  line("Asked by", visit.at("by").at("name"));
  line("State to be visited", visit.at("to").at("name"));
  line("Formation or unit", visit.at("unit"));
  line("Estimated entry", visit.at("enters"));
  line("Answer due", text_of(visit.at("reply_due")));
  line("Report due", text_of(visit.at("report_due")));
  for (const Json& each : visit.at("not_owed_by"))
    line("Need not be accepted", each.at("rule").at("says").get<std::string>() + " (" +
                                     text_of(each.at("used")) + "/" + text_of(each.at("limit")) + ", " +
                                     each.at("rule").at("id").get<std::string>() + ")");
  return show(session, visit, table);
}

int export_table(Session& session, const ExchangeCommand& command) {
  const auto format = service::sheet_format_named(command.as.empty() ? "csv" : command.as);
  if (!format) throw Error(ErrorKind::invalid_input, "a table is exported as csv or xlsx");
  const service::PlainTable table =
      command.kind == "quotas" ? service::quotas_table(session.workspace, command.year, keeper(session))
                               : service::exchanges_table(session.workspace, command.year, keeper(session));
  if (command.output.empty()) {
    service::write_table(table, *format, session.language(), session.out);
    return kExitOk;
  }
  std::ofstream file(command.output, std::ios::binary);
  if (!file) throw Error(ErrorKind::unavailable, "cannot write " + command.output);
  service::write_table(table, *format, session.language(), file);
  file.flush();
  if (!file) throw Error(ErrorKind::no_space, "the answer could not be written: is the disk full?");
  return kExitOk;
}

nlohmann::json paper_of(Session& session, const ExchangeCommand& command) {
  nlohmann::json out = nlohmann::json::object();
  if (!command.symbol.empty()) out["symbol"] = command.symbol;
  if (!command.document.empty()) out["document"] = command.document;
  if (!command.note.empty()) out["note"] = command.note;
  if (command.units) out["units"] = *command.units;
  for (const std::string& each : command.stationed) {
    const auto equals = each.find('=');
    int units = 0;
    const char* end = each.data() + each.size();
    if (equals == std::string::npos || std::from_chars(each.data() + equals + 1, end, units).ptr != end)
      throw Error(ErrorKind::invalid_input, "units abroad are given as STATE=NUMBER");
    out["stationed"].push_back(
        {{"host", session.workspace.entity_named(each.substr(0, equals))}, {"units", units}});
  }
  return out;
}

}  // namespace

void add_exchange_options(CLI::App& command, ExchangeCommand& exchange) {
  const auto add = [&](const char* name, const char* about) {
    CLI::App* out = command.add_subcommand(name, about);
    out->fallthrough();
    out->callback([&exchange, name] { exchange.action = name; });
    return out;
  };
  const auto add_act = [&](const char* name, const char* about, const char* what) {
    CLI::App* out = add(name, about);
    if (what != nullptr) out->add_option("id", exchange.subject, what)->required();
    add_acting_options(*out, exchange.acting);
    return out;
  };
  constexpr const char* kRound = "The exchange and its year: aemi-2026";
  constexpr const char* kVisit = "The visit: VISIT-2026-0003";
  const auto paper = [&](CLI::App* app) {
    app->add_option("--symbol", exchange.symbol, "Symbol of the paper");
    app->add_option("--document", exchange.document, "The paper, if the record has it");
    app->add_option("--note", exchange.note, "Note");
  };
  const auto units = [&](CLI::App* app) {
    app->add_option("--units", exchange.units, "Formations and units reported");
    app->add_option("--stationed", exchange.stationed, "Of these on the territory of another State: DEU=60");
  };
  add("calendar", "What is due in a year, and how many have sent it")
      ->add_option("year", exchange.year, "The year (default: this one)");
  add("status", "Who has sent what, and whether in time")
      ->add_option("id", exchange.subject, kRound)
      ->required();
  CLI::App* app = add("quotas", "How many visits each State has to accept, and how many it has accepted");
  app->add_option("year", exchange.year, "The year (default: this one)");
  app->add_option("--state", exchange.state, "Only this State");
  app = add("visits", "The visits and inspections of a year");
  app->add_option("year", exchange.year, "The year (default: this one)");
  app->add_option("--state", exchange.state, "Only this State");
  add("visit", "One visit, and the rules by which it is owed or not")
      ->add_option("id", exchange.subject, kVisit)
      ->required();
  app = add("export", "The calendar or the quotas as a table: CSV or XLSX");
  app->add_option("year", exchange.year, "The year (default: this one)");
  app->add_option("--what", exchange.kind, "exchanges or quotas")
      ->check(CLI::IsMember({"exchanges", "quotas"}));
  app->add_option("--as", exchange.as, "csv or xlsx")->check(CLI::IsMember({"csv", "xlsx"}));
  app->add_option("-o,--output", exchange.output, "A file (default: standard output)");

  app = add("open", "Open the calendar of a year: from then on States are reminded");
  app->add_option("year", exchange.subject, "The year")->required();
  add_acting_options(*app, exchange.acting);
  app = add_act("send", "Send what an exchange asks for", kRound);
  paper(app);
  units(app);
  add_act("nil", "Report that there is nothing", kRound)->add_option("--note", exchange.note, "Note");
  app = add_act("correct", "Correct what was sent; the version that is corrected is named", kRound);
  app->add_option("--version", exchange.number, "Version that is corrected")->required();
  paper(app);
  units(app);
  app = add_act("delay", "Announce that it will be late", kRound);
  app->add_option("--reason", exchange.reason, "Why")->required();
  app->add_option("--expected", exchange.day, "The day on which it will come");
  add_act("occasion", "Tell the day from which the time runs", kRound)
      ->add_option("--day", exchange.day, "The day")
      ->required();
  app = add_act("ask", "Ask a State about what it sent", kRound);
  app->add_option("--state", exchange.state, "The State that is asked")->required();
  app->add_option("--question", exchange.text, "Question")->required();
  app = add_act("answer", "Answer a question", kRound);
  app->add_option("--number", exchange.number, "The number of the question")->required();
  app->add_option("--answer", exchange.text, "Answer")->required();

  app = add_act("request", "Ask for a visit or an inspection", nullptr);
  app->add_option("kind", exchange.kind, "inspection, evaluation or military_visit")->required();
  app->add_option("state", exchange.state, "State to be visited")->required();
  app->add_option("--enters", exchange.enters, "Estimated entry: 2026-05-11T08:00:00Z")->required();
  app->add_option("--unit", exchange.unit, "Formation or unit");
  app->add_option("--host", exchange.host, "On whose territory, if that is another State");
  app->add_option("--hours", exchange.hours, "How many hours it stays");
  app->add_option("--purpose", exchange.purpose, "Purpose");
  app->add_option("--with", exchange.with, "Other States in the team");
  add_act("accept", "Accept a visit", kVisit)->add_option("--note", exchange.note, "Note");
  app = add_act("refuse", "Refuse a visit, with the reason", kVisit);
  app->add_option("--reason", exchange.reason,
                  "quota, same_state, unit, at_once, stationed, force_majeure or other")
      ->required();
  app->add_option("--text", exchange.text, "In words");
  app = add_act("call-off", "Call a visit off", kVisit);
  app->add_option("--reason", exchange.reason, "withdrawn or force_majeure")->required();
  app->add_option("--text", exchange.text, "In words");
  app = add_act("carried-out", "Say that a visit took place", kVisit);
  app->add_option("--entered", exchange.enters, "When the team entered")->required();
  app->add_option("--left", exchange.left, "When the team left")->required();
  app->add_option("--note", exchange.note, "Note");
  paper(add_act("report", "Send the report on a visit", kVisit));
}

int run_exchange(Session& session, const ExchangeCommand& command) {
  const auto act = [&](const char* verb, const std::string& subject, nlohmann::json fields) {
    return tell_outcome(session, do_act(session, command.acting, std::string("exchange.") + verb, subject,
                                        std::move(fields)));
  };
  const auto state_named = [&](const std::string& words) { return session.workspace.entity_named(words); };
  const std::string& action = command.action;
  nlohmann::json fields = nlohmann::json::object();
  const auto put = [&](const char* name, const std::string& value) {
    if (!value.empty()) fields[name] = value;
  };
  if (action == "open") return act("calendar_opened", command.subject, fields);
  if (action == "send") return act("sent", command.subject, paper_of(session, command));
  if (action == "nil") {
    put("note", command.note);
    return act("nil_reported", command.subject, fields);
  }
  if (action == "correct") {
    fields = paper_of(session, command);
    fields["corrects"] = command.number;
    return act("corrected", command.subject, fields);
  }
  if (action == "delay") {
    put("reason", command.reason);
    put("expected", command.day);
    return act("delay_announced", command.subject, fields);
  }
  if (action == "occasion") return act("occasion_told", command.subject, {{"day", command.day}});
  if (action == "ask")
    return act("clarification_asked", command.subject,
               {{"state", state_named(command.state)}, {"question", command.text}});
  if (action == "answer")
    return act("clarification_answered", command.subject,
               {{"number", command.number}, {"answer", command.text}});
  if (action == "request") {
    fields = {{"kind", command.kind}, {"receiving", state_named(command.state)}, {"enters", command.enters}};
    if (!command.host.empty()) fields["host"] = state_named(command.host);
    if (command.hours != 0) fields["hours"] = command.hours;
    put("unit", command.unit);
    put("purpose", command.purpose);
    for (const std::string& each : command.with) fields["with"].push_back(state_named(each));
    return act("visit_requested", "", fields);
  }
  if (action == "accept") {
    put("note", command.note);
    return act("visit_accepted", command.subject, fields);
  }
  if (action == "refuse" || action == "call-off") {
    put("reason", command.reason);
    put("text", command.text);
    return act(action == "refuse" ? "visit_refused" : "visit_called_off", command.subject, fields);
  }
  if (action == "carried-out") {
    put("entered", command.enters);
    put("left", command.left);
    put("note", command.note);
    return act("visit_carried_out", command.subject, fields);
  }
  if (action == "report") return act("visit_report_sent", command.subject, paper_of(session, command));
  settle(session);
  if (action == "status") return show_status(session, command);
  if (action == "quotas") return show_quotas(session, command);
  if (action == "visits") return show_visits(session, command);
  if (action == "visit") return show_visit(session, command);
  if (action == "export") return export_table(session, command);
  return show_calendar(session, command);
}

}  // namespace mithaq::cli
