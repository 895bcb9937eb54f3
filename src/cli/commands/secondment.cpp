#include "cli/commands/secondment.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "cli/exit_code.hpp"
#include "cli/output/visible_text.hpp"
#include "service/secondments.hpp"

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

int show(Session& session, const Json& all, const AnswerTable& table) {
  if (session.style.format == OutputFormat::json) {
    session.out << all.dump(2) << '\n';
  } else {
    print(session.out, table, session.style);
  }
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

// "20 + 155": long- and short-term observers, or staff.
std::string count_text(const Json& numbers) {
  if (numbers.contains("staff")) return numbers.at("staff").dump();
  return numbers.at("long_term").dump() + " + " + numbers.at("short_term").dump();
}

std::string names_text(const Json& named) {
  std::string out;
  for (const Json& each : named) out += (out.empty() ? "" : "; ") + each.at("name").get<std::string>();
  return out;
}

int show_missions(Session& session) {
  const Json all = service::missions_json(session.workspace, keeper(session));
  AnswerTable table;
  table.columns = {{.key = "id", .heading = session.say("Code")},
                   {.key = "title", .heading = session.say("Title")},
                   {.key = "kind", .heading = session.say("Kind")},
                   {.key = "country", .heading = session.say("Country")},
                   {.key = "organizations", .heading = session.say("Organizations")},
                   {.key = "days", .heading = session.say("Days")},
                   {.key = "status", .heading = session.say("Status")},
                   {.key = "asked", .heading = session.say("Asked for"), .number = true},
                   {.key = "pledged", .heading = session.say("Offered"), .number = true},
                   {.key = "deployed", .heading = session.say("There now"), .number = true}};
  for (const Json& each : all.at("missions"))
    table.rows.push_back({each.at("id"), visible(each.at("title").get<std::string>()), each.at("kind_name"),
                          each.at("country").at("name"), names_text(each.at("organizations")),
                          each.at("from").get<std::string>() + "/" + each.at("to").get<std::string>(),
                          each.at("state_name"), count_text(each.at("asked")), count_text(each.at("pledged")),
                          each.at("deployed").dump()});
  return show(session, all, table);
}

int show_mission(Session& session, const SecondmentCommand& command) {
  const Json all = service::mission_json(session.workspace, command.mission, keeper(session));
  AnswerTable table;
  table.columns = {{.key = "state", .heading = session.say("State")},
                   {.key = "code", .heading = session.say("Code")},
                   {.key = "offered", .heading = session.say("Offered"), .number = true},
                   {.key = "note", .heading = session.say("Note")}};
  for (const Json& each : all.at("pledges"))
    table.rows.push_back({each.at("state").at("name"), each.at("state").at("id"),
                          count_text(each.at("numbers")), visible(each.at("note").get<std::string>())});
  if (session.style.format == OutputFormat::table)
    session.out << visible(all.at("title").get<std::string>()) << "  " << all.at("from").get<std::string>()
                << '/' << all.at("to").get<std::string>() << '\n'
                << session.say("Asked for") << ": " << count_text(all.at("asked")) << "  "
                << session.say("Offered") << ": " << count_text(all.at("pledged")) << "  "
                << session.say("Most of one State") << ": " << count_text(all.at("most_of_one_state"))
                << "\n\n";
  show(session, all, table);
  return kExitOk;
}

int show_roster(Session& session, const SecondmentCommand& command) {
  const Json all = service::roster_json(session.workspace,
                                        {.kind = command.kind.empty() ? "election" : command.kind,
                                         .day = command.day,
                                         .language = command.speaks,
                                         .region = command.region},
                                        keeper(session));
  AnswerTable table;
  table.columns = {{.key = "call", .heading = session.say("Call")},
                   {.key = "nomination", .heading = session.say("Nomination"), .number = true},
                   {.key = "state", .heading = session.say("State")},
                   {.key = "languages", .heading = session.say("Languages")},
                   {.key = "regions", .heading = session.say("Regions")},
                   {.key = "where", .heading = session.say("There now")}};
  for (const Json& each : all.at("roster"))
    table.rows.push_back({each.at("call"), each.at("nomination").dump(), each.at("delegation").at("name"),
                          visible(each.at("languages").get<std::string>()),
                          visible(each.at("regions").get<std::string>()),
                          visible(each.at("where").get<std::string>())});
  return show(session, all, table);
}

}  // namespace

void add_secondment_options(CLI::App& command, SecondmentCommand& secondment) {
  const auto add = [&](const char* name, const char* about) {
    CLI::App* out = command.add_subcommand(name, about);
    out->fallthrough();
    out->callback([&secondment, name] { secondment.action = name; });
    return out;
  };
  const auto add_act = [&](const char* name, const char* about) {
    CLI::App* out = add(name, about);
    if (std::string_view(name) != "open")
      out->add_option("mission", secondment.mission, "The mission: MISSION-2026-001")->required();
    add_acting_options(*out, secondment.acting);
    return out;
  };
  const auto numbers = [&](CLI::App* app) {
    app->add_option("--long-term", secondment.long_term, "Long-term observers");
    app->add_option("--short-term", secondment.short_term, "Short-term observers");
    app->add_option("--staff", secondment.staff, "Staff");
  };
  add("missions", "The missions, what they ask for and what was offered");
  add("show", "One mission: what each State offers, rules, deployments")
      ->add_option("mission", secondment.mission, "The mission: MISSION-2026-001")
      ->required();
  CLI::App* app = add("roster", "Who was chosen and can be sent");
  app->add_option("--kind", secondment.kind, "election or field")
      ->check(CLI::IsMember({"election", "field"}));
  app->add_option("--day", secondment.day, "On this day (default: today)");
  app->add_option("--speaks", secondment.speaks, "Only those who speak this language");
  app->add_option("--region", secondment.region, "Only those who know this region");
  app = add_act("open", "Open a mission");
  app->add_option("kind", secondment.kind, "election or field")
      ->required()
      ->check(CLI::IsMember({"election", "field"}));
  app->add_option("--title", secondment.title, "Title, in the language of the interface")->required();
  app->add_option("--in", secondment.country, "The country")->required();
  app->add_option("--org", secondment.organizations, "Its organization; several: a joint mission")
      ->required();
  app->add_option("--from", secondment.from, "First day")->required();
  app->add_option("--to", secondment.to, "Last day")->required();
  app->add_option("--election-day", secondment.election_day, "Election day");
  app->add_option("--languages", secondment.languages, "Languages that are asked for");
  app->add_option("--regions", secondment.regions, "Regions to which people are sent");
  app->add_option("--invitation", secondment.invitation, "The paper by which the country invites it");
  numbers(app);
  app = add_act("change", "Change what a mission asks for, or its last day");
  app->add_option("--to", secondment.to, "Last day");
  numbers(app);
  app = add_act("join", "Another organization joins");
  app->add_option("--org", secondment.organizations, "The organization")->required()->expected(1);
  app->add_option("--paper", secondment.paper, "Symbol of the paper");
  add_act("leave", "An organization leaves")
      ->add_option("--org", secondment.organizations, "The organization")
      ->required()
      ->expected(1);
  app = add_act("pledge", "Say how many people a State will second");
  numbers(app);
  app->add_option("--note", secondment.note, "Note");
  app = add_act("close", "Close a mission");
  app->add_option("--report", secondment.paper, "Symbol of the paper");
  app->add_option("--note", secondment.note, "Note");
}

int run_secondment(Session& session, const SecondmentCommand& command) {
  const auto act = [&](const char* verb, nlohmann::json fields) {
    return tell_outcome(session, do_act(session, command.acting, std::string("mission.") + verb,
                                        command.mission, std::move(fields)));
  };
  const std::string& action = command.action;
  nlohmann::json fields = nlohmann::json::object();
  const auto put = [&](const char* name, const std::string& value) {
    if (!value.empty()) fields[name] = value;
  };
  const auto put_numbers = [&] {
    fields["long_term"] = command.long_term;
    fields["short_term"] = command.short_term;
    fields["staff"] = command.staff;
  };
  if (action == "open") {
    fields["kind"] = command.kind;
    fields["title"] = {{std::string(service::language_code(session.language())), command.title}};
    fields["country"] = session.workspace.entity_named(command.country);
    for (const std::string& each : command.organizations)
      fields["organizations"].push_back(session.workspace.entity_named(each));
    put("from", command.from);
    put("to", command.to);
    put("election_day", command.election_day);
    put("invitation", command.invitation);
    if (!command.languages.empty()) fields["languages"] = command.languages;
    if (!command.regions.empty()) fields["regions"] = command.regions;
    put_numbers();
    return act("opened", fields);
  }
  if (action == "change") {
    put_numbers();
    put("to", command.to);
    return act("changed", fields);
  }
  if (action == "join" || action == "leave") {
    fields["organization"] = session.workspace.entity_named(command.organizations.front());
    put("paper", command.paper);
    return act(action == "join" ? "joined" : "left", fields);
  }
  if (action == "pledge") {
    put_numbers();
    put("note", command.note);
    return act("pledged", fields);
  }
  if (action == "close") {
    put("report", command.paper);
    put("note", command.note);
    return act("closed", fields);
  }
  if (action == "show") return show_mission(session, command);
  if (action == "roster") return show_roster(session, command);
  return show_missions(session);
}

}  // namespace mithaq::cli
