#include "cli/commands/fund.hpp"

#include <CLI/CLI.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

#include "base/error.hpp"
#include "cli/commands/convening_answer.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/visible_text.hpp"
#include "service/fund.hpp"
#include "service/iati.hpp"

namespace mithaq::cli {

namespace {

using Json = nlohmann::ordered_json;

// Where the word of the command line and the act are not the same.
struct Verb {
  std::string_view word;
  std::string_view act;
};
constexpr Verb kVerbs[] = {
    {"open", "opened"},        {"pledge", "pledged"},          {"change-pledge", "pledge_changed"},
    {"receive", "received"},   {"read", "contributions_read"}, {"rate", "rate_set"},
    {"exchange", "converted"}, {"project", "project_opened"},  {"allot", "allotted"},
    {"spend", "spent"},        {"return", "returned"},         {"transfer", "transferred"},
    {"post", "posted"},        {"reverse", "reversed"},        {"close", "project_closed"}};

constexpr std::size_t kTableBytesMax = 1 << 20;  // of a file of contributions that is read at all

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorKind::not_found, "no file " + path);
  std::string text(kTableBytesMax, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

// "bank_charges=5.00 EUR": an account, perhaps its project behind a slash, and what is debited.
nlohmann::json lines_of(const std::vector<std::string>& given) {
  nlohmann::json out = nlohmann::json::array();
  for (const std::string& each : given) {
    const std::size_t equals = each.find('=');
    if (equals == std::string::npos)
      throw Error(ErrorKind::invalid_input, "a line is written as cash=-5.00 EUR");
    const std::string account = each.substr(0, equals);
    const std::size_t slash = account.find('/');
    nlohmann::json line = {{"account", account.substr(0, slash)}, {"amount", each.substr(equals + 1)}};
    if (slash != std::string::npos) line["of"] = account.substr(slash + 1);
    out.push_back(std::move(line));
  }
  return out;
}

// Only what was given: the desk says what is missing.
nlohmann::json fields_of(Session& session, const FundCommand& command, std::string_view act) {
  nlohmann::json out = nlohmann::json::object();
  const auto put = [&](const char* name, const std::string& value) {
    if (!value.empty()) out[name] = value;
  };
  const auto entity = [&](const std::string& name) {
    return name.empty() ? name : session.workspace.entity_named(name);
  };
  const auto entities = [&](const std::vector<std::string>& names) {
    nlohmann::json list = nlohmann::json::array();
    for (const std::string& each : names) list.push_back(entity(each));
    return list;
  };
  const auto themes = [&](const std::vector<std::string>& names) {
    nlohmann::json list = nlohmann::json::array();
    for (const std::string& each : names) {
      const auto known = session.themes().named(each);
      list.push_back(known.empty() ? each : known.front());
    }
    return list;
  };
  put("day", command.day);
  put("reference", command.reference);
  if (act == "opened") {
    put("series", command.subject);
    out["title"] = words_given(session, command.title);
    put("organization", entity(command.organization));
    put("currency", command.currency);
    put("rates_per", command.rates_per);
  } else if (act == "pledged") {
    put("contributor", entity(command.contributor));
    put("amount", command.amount);
    if (!command.themes.empty()) out["themes"] = themes(command.themes);
    if (!command.note.empty()) out["note"] = words_given(session, {command.note});
  } else if (act == "pledge_changed") {
    put("amount", command.amount);
    if (!command.reason.empty()) out["reason"] = words_given(session, {command.reason});
  } else if (act == "received") {
    put("contributor", entity(command.contributor));
    put("amount", command.amount);
    if (command.settles) out["settles"] = true;
  } else if (act == "contributions_read") {
    out = {{"table", file_text(command.file)}};
  } else if (act == "rate_set") {
    put("currency", command.currency);
    put("rate", command.rate);
    put("from", command.from);
    put("to", command.to);
    put("source", command.source);
  } else if (act == "converted") {
    put("from", command.amount);
    put("to", command.to_amount);
  } else if (act == "project_opened") {
    out["title"] = words_given(session, command.title);
    if (!command.description.empty()) out["description"] = words_given(session, command.description);
    out["themes"] = themes(command.themes);
    out["beneficiaries"] = entities(command.beneficiaries);
    put("implementer", entity(command.implementer));
    put("starts", command.from);
    put("ends", command.to);
    if (!command.budget.empty()) out["budget"] = command.budget;
  } else if (act == "allotted") {
    put("amount", command.amount);
  } else if (act == "spent") {
    put("amount", command.amount);
    put("charged", command.charged);
    put("purpose", command.purpose);
    put("of", command.nomination);
    put("text", command.note);
  } else if (act == "returned") {
    put("what", command.what);
    put("amount", command.amount);
    put("purpose", command.purpose);
    put("of", command.nomination);
    put("text", command.note);
  } else if (act == "transferred") {
    put("to", command.to_project);
    put("amount", command.amount);
    put("text", command.note);
  } else if (act == "posted") {
    out["lines"] = lines_of(command.lines);
    put("text", command.reason);
  } else if (act == "reversed") {
    out["transaction"] = command.transaction;
    put("reason", command.reason);
  } else if (act == "project_closed") {
    out["report"] = words_given(session, command.report);
  }
  return out;
}

std::string amount_in(const Json& json, const char* name) {
  return json[name]["text"].get<std::string>();
}

int tell_balance(Session& session, const FundCommand& command) {
  const Json answer = service::fund_json(session.workspace, command.subject,
                                         convening_reader(session, command.acting.delegation));
  if (session.style.format == OutputFormat::json) {
    session.out << answer.dump(2) << '\n';
    return kExitOk;
  }
  AnswerTable table;
  table.columns = {{.key = "currency", .heading = session.say("Currency")},
                   {.key = "pledged", .heading = session.say("Pledged"), .number = true},
                   {.key = "received", .heading = session.say("Received"), .number = true},
                   {.key = "allotted", .heading = session.say("Allotted"), .number = true},
                   {.key = "spent", .heading = session.say("Spent"), .number = true},
                   {.key = "balance", .heading = session.say("Can be allotted"), .number = true}};
  for (const Json& each : answer["currencies"])
    table.rows.push_back({each["code"], amount_in(each, "pledged"), amount_in(each, "received"),
                          amount_in(each, "allotted"), amount_in(each, "spent"), amount_in(each, "balance")});
  print(session.out, table, session.style);
  if (session.style.format == OutputFormat::table)
    session.out << '\n'
                << session.say(answer["balanced"] == true ? "The books balance in every currency."
                                                          : "The books do not balance.")
                << '\n';
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

int tell_pledges(Session& session, const FundCommand& command) {
  const Json answer = service::fund_json(session.workspace, command.subject,
                                         convening_reader(session, command.acting.delegation));
  AnswerTable table;
  table.columns = {{.key = "id", .heading = session.say("Pledge")},
                   {.key = "contributor", .heading = session.say("Contributor")},
                   {.key = "pledged", .heading = session.say("Pledged"), .number = true},
                   {.key = "outstanding", .heading = session.say("Outstanding"), .number = true}};
  for (const Json& each : answer["pledges"])
    table.rows.push_back({each["id"], visible(each["contributor"]["name"].get<std::string>()),
                          amount_in(each, "pledged"), amount_in(each, "outstanding")});
  print(session.out, table, session.style);
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

int tell_projects(Session& session, const FundCommand& command) {
  const service::ConveningReader reader = convening_reader(session, command.acting.delegation);
  if (!command.subject.empty() && command.subject.find('-') != std::string::npos) {
    const Json project = service::project_json(session.workspace, command.subject, reader);
    if (session.style.format == OutputFormat::json) {
      session.out << project.dump(2) << '\n';
      return kExitOk;
    }
    const auto line = [&](const char* label, const std::string& value) {
      if (!value.empty()) session.out << session.say(label) << ": " << visible(value) << '\n';
    };
    session.out << visible(command.subject + "  " + project["title"].get<std::string>()) << '\n';
    line("State of the matter", project["state_name"]);
    line("First day", project["from"]);
    line("Last day", project["to"]);
    line("Allotted", amount_in(project, "allotted"));
    line("Spent", amount_in(project, "spent"));
    AnswerTable table;
    table.columns = {{.key = "entry", .heading = session.say("Transaction"), .number = true},
                     {.key = "day", .heading = session.say("Day")},
                     {.key = "said", .heading = session.say("Text")},
                     {.key = "amount", .heading = session.say("Amount"), .number = true}};
    for (const Json& each : project["postings"])
      table.rows.push_back({std::to_string(each["entry"].get<std::uint64_t>()), each["at"],
                            visible(each["said"].get<std::string>()), amount_in(each, "amount")});
    session.out << '\n';
    print(session.out, table, session.style);
    return kExitOk;
  }
  const Json answer = service::fund_json(session.workspace, command.subject, reader);
  AnswerTable table;
  table.columns = {{.key = "id", .heading = session.say("Project")},
                   {.key = "title", .heading = session.say("Title")},
                   {.key = "state", .heading = session.say("State of the matter")},
                   {.key = "allotted", .heading = session.say("Allotted"), .number = true},
                   {.key = "spent", .heading = session.say("Spent"), .number = true}};
  for (const Json& each : answer["projects"])
    table.rows.push_back({each["id"], visible(each["title"].get<std::string>()), each["state_name"],
                          amount_in(each, "allotted"), amount_in(each, "spent")});
  print(session.out, table, session.style);
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

// To a file, or to standard output.
int hand_out(Session& session, const FundCommand& command, const std::string& bytes) {
  if (command.output.empty()) {
    session.out << bytes;
    return kExitOk;
  }
  std::ofstream file(command.output, std::ios::binary);
  file << bytes;
  file.close();
  if (!file) throw Error(ErrorKind::unavailable, "cannot write " + command.output);
  return kExitOk;
}

}  // namespace

int run_fund(Session& session, const FundCommand& command) {
  if (command.action == "balance") return tell_balance(session, command);
  if (command.action == "pledges") return tell_pledges(session, command);
  if (command.action == "show") return tell_projects(session, command);
  if (command.action == "statement") {
    const auto format = service::sheet_format_named(command.as.empty() ? "csv" : command.as);
    const service::ConveningReader reader = convening_reader(session, command.acting.delegation);
    std::ostringstream out;
    service::write_table(service::statement_of_accounts(session.workspace, command.subject, reader),
                         format.value(), reader.language, out);
    return hand_out(session, command, out.str());
  }
  if (command.action == "export") {
    if (command.as == "iati")
      return hand_out(session, command, service::iati_xml(session.workspace, command.subject));
    return hand_out(session, command,
                    service::project_sheet(session.workspace, command.subject,
                                           convening_reader(session, command.acting.delegation)));
  }
  for (const Verb& each : kVerbs) {
    if (each.word != command.action) continue;
    const std::string subject = command.action == "open" ? "" : command.subject;
    return tell_outcome(session, do_act(session, command.acting, "fund." + std::string(each.act), subject,
                                        fields_of(session, command, each.act)));
  }
  throw Error(ErrorKind::bug, "an action of fund has no act");
}

void add_fund(CLI::App& fund, FundCommand& command) {
  fund.require_subcommand(1);
  const auto add = [&](const char* name, const char* says) {
    CLI::App* one = fund.add_subcommand(name, says);
    one->fallthrough();
    one->callback([&command, name] { command.action = name; });
    return one;
  };
  enum class Of { a_fund, a_pledge, a_project };
  const auto act = [&](const char* name, const char* says, Of of) {
    CLI::App* one = add(name, says);
    CLI::Option* subject =
        of == Of::a_fund     ? one->add_option("fund", command.subject, "The fund, if there are several: PF")
        : of == Of::a_pledge ? one->add_option("pledge", command.subject, "The pledge: PF-P-2026-001")
                             : one->add_option("project", command.subject, "The project: PF-2026-001");
    if (of != Of::a_fund) subject->required();
    add_acting_options(*one, command.acting);
    return one;
  };
  const auto with_amount = [&](CLI::App* one) {
    one->add_option("--amount", command.amount, "Digits, a point, the currency: '25000.00 EUR'")->required();
    one->add_option("--day", command.day, "The day that it is about: 2026-03-29 (default: today)");
  };
  const auto with_words = [&](CLI::App* one, const char* name, std::vector<std::string>& words,
                              const char* says) { return one->add_option(name, words, says); };

  CLI::App* open = add("open", "Open a fund");
  open->add_option("series", command.subject, "Before the numbers of its pledges and projects: PF")
      ->required();
  with_words(open, "--title", command.title, "The title, or LANGUAGE=TITLE, several times")->required();
  open->add_option("--organization", command.organization, "Whose fund it is");
  open->add_option("--currency", command.currency, "In which it reports: EUR")->required();
  open->add_option("--rates-per", command.rates_per, "For one unit of which rates are told: USD")
      ->default_val("USD");
  add_acting_options(*open, command.acting);

  CLI::App* pledge =
      act("pledge", "A State, a Partner or an organization pledges a contribution", Of::a_fund);
  with_amount(pledge);
  pledge->add_option("--contributor", command.contributor, "Who pledges, if the secretariat enters it");
  pledge->add_option("--theme", command.themes, "What it is meant for");
  pledge->add_option("--note", command.note, "In a few words");
  CLI::App* change = act("change-pledge", "The pledge is another sum from now on", Of::a_pledge);
  with_amount(change);
  change->add_option("--reason", command.reason, "Why");
  CLI::App* receive =
      act("receive", "What was pledged came; with --contributor also what nobody pledged", Of::a_fund);
  with_amount(receive);
  receive->add_option("--contributor", command.contributor, "Who paid without a pledge");
  receive->add_option("--reference", command.reference, "Of the bank");
  receive->add_flag("--settles", command.settles, "It came in another currency and pays the pledge in full");
  CLI::App* read = act("read", "Read a table of contributions (CSV); formulas are refused", Of::a_fund);
  read->add_option("--file", command.file, "contributor,amount,currency,day,reference")->required();
  CLI::App* rate = act("rate", "Enter a rate of exchange with its source", Of::a_fund);
  rate->add_option("--currency", command.currency, "ISO 4217: KZT")->required();
  rate->add_option("--rate", command.rate, "Units of it for one unit of the fund's currency of rates: 472.10")
      ->required();
  rate->add_option("--from", command.from, "The first day: 2026-03-01")->required();
  rate->add_option("--to", command.to, "The last day (default: the end of that month)");
  rate->add_option("--source", command.source, "Who published it")->required();
  CLI::App* exchange = act("exchange", "The bank changed cash into another currency", Of::a_fund);
  with_amount(exchange);
  exchange->add_option("--got", command.to_amount, "What the bank gave: '1085.00 USD'")->required();
  exchange->add_option("--reference", command.reference, "Of the bank");
  CLI::App* project = act("project", "Open a project", Of::a_fund);
  with_words(project, "--title", command.title, "The title, or LANGUAGE=TITLE, several times")->required();
  with_words(project, "--description", command.description,
             "The description, or LANGUAGE=TEXT, several times");
  project->add_option("--theme", command.themes, "A theme (several times)")->required();
  project->add_option("--in", command.beneficiaries, "A State that it is for (several times)")->required();
  project->add_option("--implementer", command.implementer, "The organization that carries it out");
  project->add_option("--from", command.from, "The first day")->required();
  project->add_option("--to", command.to, "The last day")->required();
  project->add_option("--budget", command.budget, "'40000.00 EUR', one for each currency");
  with_amount(act("allot", "Allot to a project, of what no project holds", Of::a_project));
  CLI::App* spend = act("spend", "Enter what a project spent, within its allotment", Of::a_project);
  with_amount(spend);
  spend->add_option("--charged", command.charged, "The currency of the allotment that bears it");
  spend->add_option("--purpose", command.purpose,
                    "activity, participant, placement, publication, travel, staff, other");
  spend->add_option("--nomination", command.nomination, "Who was sponsored: CALL-2026-001/3");
  spend->add_option("--text", command.note, "For what; no names of persons");
  spend->add_option("--reference", command.reference, "Of the bank");
  CLI::App* give =
      act("return", "Money goes back: of an allotment, an expenditure or a contribution", Of::a_project);
  with_amount(give);
  give->add_option("--what", command.what, "allotment, expenditure or contribution")->required();
  give->add_option("--purpose", command.purpose, "Of an expenditure");
  give->add_option("--nomination", command.nomination, "Whose it was: CALL-2026-001/3");
  give->add_option("--text", command.note, "Why");
  CLI::App* transfer = act("transfer", "From one project to another", Of::a_project);
  with_amount(transfer);
  transfer->add_option("--to", command.to_project, "The other project")->required();
  transfer->add_option("--text", command.note, "Why");
  CLI::App* post = act("post", "A posting by hand; it must balance in every currency", Of::a_fund);
  post->add_option("--line", command.lines, "ACCOUNT=AMOUNT, a debit above zero: cash='-5.00 EUR'")
      ->required();
  post->add_option("--reason", command.reason, "Why")->required();
  post->add_option("--day", command.day, "The day that it is about");
  CLI::App* reverse =
      act("reverse", "Take a transaction back by its reversal; nothing is changed", Of::a_fund);
  reverse->add_option("--transaction", command.transaction, "Its number, which is that of its entry")
      ->required();
  reverse->add_option("--reason", command.reason, "Why")->required();
  CLI::App* close =
      act("close", "Close a project with its report; what is left goes back to the fund", Of::a_project);
  with_words(close, "--report", command.report, "The report, or LANGUAGE=TEXT, several times")->required();

  const auto shown = [&](const char* name, const char* says) {
    CLI::App* one = add(name, says);
    one->add_option("which", command.subject, "The fund, if there are several: PF");
    one->add_option("--for", command.acting.delegation, "As this State or organization sees it");
    return one;
  };
  shown("balance", "Pledged, received, allotted, spent and what can be allotted, by currency");
  shown("pledges", "The pledges and what is outstanding");
  CLI::App* show = shown("show", "The projects, or one of them with its postings");
  show->get_option("which")->description("A project, PF-2026-001, or a fund");
  CLI::App* statement = shown("statement", "The statement of accounts: every posting a row");
  statement->add_option("--as", command.as, "csv or xlsx")->check(CLI::IsMember({"csv", "xlsx"}));
  statement->add_option("-o,--output", command.output, "A file (default: standard output)");
  CLI::App* out = shown("export", "The projects for IATI, or the sheet of one for the public");
  out->add_option("--as", command.as, "iati, or sheet (HTML)")
      ->check(CLI::IsMember({"iati", "sheet"}))
      ->required();
  out->add_option("-o,--output", command.output, "A file (default: standard output)");
}

}  // namespace mithaq::cli
