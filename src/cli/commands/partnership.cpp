// mithaq status: applications for a status, and the register of statuses at an instant.
#include "cli/commands/partnership.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/convening_answer.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/visible_text.hpp"
#include "service/partnerships.hpp"

namespace mithaq::cli {

namespace {

using Json = nlohmann::ordered_json;

struct Verb {
  std::string_view word;  // of the command line
  std::string_view act;
};

constexpr Verb kVerbs[] = {{"apply", "received"},       {"circulate", "circulated"},
                           {"assess", "assessed"},      {"name-factor", "factor_named"},
                           {"consult", "consulted"},    {"decide", "decision_opened"},
                           {"refuse", "refused"},       {"withdraw", "withdrawn"},
                           {"review", "review_opened"}, {"revoke", "revocation_opened"}};

// Only what was given: the desk says what is missing.
nlohmann::json fields_of(Session& session, const StatusCommand& command, std::string_view act) {
  nlohmann::json out = nlohmann::json::object();
  const auto put = [&](const char* name, const std::string& value) {
    if (!value.empty()) out[name] = value;
  };
  if ((act == "received" || act == "review_opened") && !command.organization.empty())
    out["organization"] = session.workspace.entity_named(command.organization);
  if (!command.state.empty()) out["state"] = session.workspace.entity_named(command.state);
  put("status", command.status);
  put("signed_by", command.signed_by);
  put("dated", command.dated);
  put("document", command.document);
  put("factor", command.factor);
  put("held", command.day);
  put("consultation", command.consultation);
  if (!command.letter.empty()) out["letter"] = words_given(session, command.letter);
  if (!command.with.empty()) out["with"] = parties_given(session, command.with);
  if (!command.until.empty()) out["before"] = deadline_given(command.until, command.zone, command.offset);
  if (!command.text.empty()) {
    const char* name = act == "assessed"       ? "text"
                       : act == "factor_named" ? "name"
                       : act == "consulted"    ? "said"
                                               : "reason";
    out[name] = words_given(session, command.text);
  }
  return out;
}

int tell_list(Session& session, const StatusCommand& command) {
  const Json answer =
      service::applications_json(session.workspace, convening_reader(session, command.acting.delegation));
  if (session.style.format == OutputFormat::json) {
    session.out << answer.dump(2) << '\n';
    return answer["total"] == 0 ? kExitNothingFound : kExitOk;
  }
  AnswerTable table;
  table.columns = {{.key = "id", .heading = session.say("Id")},
                   {.key = "state", .heading = session.say("State"), .hxl = "#country+name"},
                   {.key = "organization", .heading = session.say("Organization"), .hxl = "#org"},
                   {.key = "status", .heading = session.say("Status asked for"), .hxl = "#status"},
                   {.key = "stage", .heading = session.say("Stage")},
                   {.key = "dated", .heading = session.say("Date of the letter"), .hxl = "#date"}};
  for (const Json& each : answer["applications"]) {
    table.rows.push_back({text_in(each, "id"), name_in(each, "state"), name_in(each, "organization"),
                          name_in(each, "status_wanted"), session.say(text_in(each, "stage")),
                          each["letter"].is_object() ? text_in(each["letter"], "dated") : ""});
  }
  print(session.out, table, session.style);
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

int tell_one(Session& session, const StatusCommand& command) {
  const Json answer = service::application_json(session.workspace, command.application,
                                                convening_reader(session, command.acting.delegation));
  if (session.style.format == OutputFormat::json) {
    session.out << answer.dump(2) << '\n';
    return kExitOk;
  }
  std::ostream& out = session.out;
  const auto line = [&](const char* heading, const std::string& value) {
    if (!value.empty()) out << session.say(heading) << ": " << visible(value) << '\n';
  };
  line("Application", text_in(answer, "id") + "  " + text_in(answer, "title"));
  line("Stage", session.say(text_in(answer, "stage")));
  if (answer["letter"].is_object()) {
    line("Signed by", text_in(answer["letter"], "signed_by"));
    line("Date of the letter", text_in(answer["letter"], "dated"));
  } else {
    line("Reason", words_in(session, answer["review"], "reason"));
  }
  if (answer["circulated"].is_object())
    line("Assessments are asked for before", clock_in(answer["circulated"], "before_local"));
  line("The status holds from", text_in(answer, "granted_at"));
  line("It was revoked at", text_in(answer, "revoked_at"));
  if (!answer["factors"].empty())
    out << '\n'
        << session.say(
               "The factors are neither exhaustive nor cumulative: no answer is required, and none is "
               "counted.")
        << '\n';
  for (const Json& factor : answer["factors"]) {
    out << "\n" << visible(text_in(factor, "name"));
    if (const std::string quote = text_in(factor, "quote"); !quote.empty())
      out << " (" << visible(quote) << ")";
    out << '\n';
    for (const Json& each : factor["assessments"]) {
      if (each["amended"] == true) continue;  // the history has it
      out << "  " << visible(name_in(each, "delegation")) << ": " << visible(words_in(session, each, "text"));
      if (each["late"] == true) out << " (" << session.say("after the time that was asked for") << ")";
      out << '\n';
    }
  }
  out << '\n' << session.say("What the status opens") << ":\n";
  for (const Json& each : answer["opens"]) out << "  " << visible(text_in(each, "says")) << '\n';
  tell_history(session, answer);
  tell_offers(session, answer);
  return kExitOk;
}

AnswerTable standing_table(Session& session) {
  AnswerTable table;
  table.columns = {{.key = "state", .heading = session.say("State"), .hxl = "#country+name"},
                   {.key = "organization", .heading = session.say("Organization"), .hxl = "#org"},
                   {.key = "status", .heading = session.say("Status"), .hxl = "#status"},
                   {.key = "since", .heading = session.say("Since"), .hxl = "#date+start"},
                   {.key = "until", .heading = session.say("Until"), .hxl = "#date+end"},
                   {.key = "decision", .heading = session.say("Decision")},
                   {.key = "source", .heading = session.say("Source"), .hxl = "#meta+source"}};
  return table;
}

int tell_register(Session& session, const StatusCommand& command) {
  const service::ConveningReader reader = convening_reader(session, "");
  const bool of_one = !command.state.empty();
  const Json answer =
      of_one ? service::standing_of_json(session.workspace, command.state, reader)
             : service::standing_json(session.workspace, command.organization, command.at, reader);
  if (session.style.format == OutputFormat::json) {
    session.out << answer.dump(2) << '\n';
    return kExitOk;
  }
  AnswerTable table = standing_table(session);
  for (const Json& each : answer[of_one ? "history" : "states"]) {
    const bool uncertain = each["uncertain"] == true;
    table.rows.push_back({name_in(each, "state"), name_in(each, "organization"),
                          name_in(each, "status") + (uncertain ? "?" : ""), text_in(each, "from"),
                          text_in(each, "to"), text_in(each, "decision"), text_in(each, "source")});
  }
  print(session.out, table, session.style);
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

}  // namespace

int run_status(Session& session, const StatusCommand& command) {
  for (const Verb& each : kVerbs) {
    if (each.word != command.action) continue;
    const service::ActOutcome outcome =
        do_act(session, command.acting, "application." + std::string(each.act), command.application,
               fields_of(session, command, each.act));
    return tell_outcome(session, outcome);
  }
  // Nobody need run a server for a status to follow from a decision.
  ask_convening(session, [](const secretariat::Secretariat&) { return 0; });
  if (command.action == "list") return tell_list(session, command);
  if (command.action == "show") return tell_one(session, command);
  return tell_register(session, command);
}

void add_status(CLI::App& status, StatusCommand& command) {
  status.require_subcommand(1);
  const auto add = [&](const char* name, const char* says) {
    CLI::App* one = status.add_subcommand(name, says);
    one->fallthrough();
    one->callback([&command, name] { command.action = name; });
    return one;
  };
  const auto act = [&](const char* name, const char* says, bool of_one = true) {
    CLI::App* one = add(name, says);
    if (of_one) one->add_option("application", command.application, "Its id: OSCE-APP-2026-001")->required();
    add_acting_options(*one, command.acting);
    return one;
  };
  const auto with_text = [&](CLI::App* one, const char* says) {
    one->add_option("--text", command.text, says);
  };

  CLI::App* apply = act("apply", "Record a formal request to the Chair", false);
  apply->add_option("--organization", command.organization, "The organization: OSCE")->required();
  apply->add_option("--status", command.status, "The status: partner_mediterranean, partner_asian, observer")
      ->required();
  apply->add_option("--signed-by", command.signed_by, "Who signed the letter, with their office");
  apply->add_option("--dated", command.dated, "The date of the letter: 2026-01-28");
  apply->add_option("--letter", command.letter, "What it says, or LANGUAGE=TEXT, several times");
  apply->add_option("--document", command.document, "Its symbol, or the id of the document");
  CLI::App* circulate = act("circulate", "Circulate it to the States that consider it");
  circulate->add_option("--until", command.until, "Before when assessments are asked for, in local time")
      ->required();
  circulate->add_option("--zone", command.zone, "In which zone that is said (default: the seat's)");
  circulate->add_option("--offset", command.offset,
                        "Which of two readings is meant when clocks go back: +02:00");
  circulate->add_option("--document", command.document, "The symbol of the circular: CIO.GAL/12/26");
  CLI::App* assess = act("assess", "Say what a State thinks of a factor, in its own words");
  assess->add_option("--factor", command.factor, "benefit, existing_relations … (see mithaq status show)")
      ->required();
  with_text(assess, "The assessment, or LANGUAGE=TEXT, several times");
  with_text(act("name-factor", "Name a further factor: they are not exhaustive"),
            "Its name, or LANGUAGE=NAME");
  CLI::App* consult = act("consult", "Record consultations that were held");
  consult->add_option("--day", command.day, "On which day: 2026-02-12")->required();
  consult->add_option("--with", command.with, "With which States (default: all that consider it)");
  with_text(consult, "The summary of the Chair");
  act("decide", "Put the decision to the body: a consultation (mithaq consult open)")
      ->add_option("consultation", command.consultation, "Its id: PC-2026-0017")
      ->required();
  with_text(act("refuse", "Close it: the decision was not adopted"), "Why");
  with_text(act("withdraw", "Withdraw it; the applicant alone can"), "Why");
  CLI::App* review =
      act("review", "Review a status that the register holds: the body may take it away", false);
  review->add_option("--organization", command.organization, "The organization: OSCE")->required();
  review->add_option("--status", command.status, "The status: partner_mediterranean, partner_asian, observer")
      ->required();
  review->add_option("--state", command.state, "The State that holds it")->required();
  with_text(review, "Why");
  CLI::App* revoke = act("revoke", "Put a decision to revoke the status to the body");
  revoke->add_option("consultation", command.consultation, "Its id: PC-2026-0018")->required();
  with_text(revoke, "Why");

  add("list", "The applications, the latest first");
  CLI::App* show = add("show", "One application: stage, factors, decision, what the status opens");
  show->add_option("application", command.application, "Its id: OSCE-APP-2026-001")->required();
  show->add_option("--for", command.acting.delegation, "What this State may do now");
  CLI::App* reg =
      add("register", "Who is what in an organization at an instant, with what decisions granted");
  reg->add_option("organization", command.organization, "The organization (default: OSCE)");
  reg->add_option("--at", command.at, "An instant or a day: 2026-03-05T11:00:00Z, 2026-03-05 (default: now)");
  reg->add_option("--state", command.state, "All that this State ever was, in every organization");
}

}  // namespace mithaq::cli
