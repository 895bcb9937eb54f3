#include "service/fund.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "secretariat/desks.hpp"
#include "secretariat/secretariat.hpp"
#include "service/calls.hpp"
#include "service/convening_view.hpp"

namespace mithaq::service {

namespace {

using Json = nlohmann::ordered_json;
using fund::Book;
using fund::Money;
using fund::Project;
using secretariat::FundDesk;
using secretariat::Secretariat;

// Everything that one answer is made from.
struct View : ConveningView {
  const FundDesk& desk = state.desks().funds;

  Json theme(const std::string& id) const {
    return Json{{"id", id}, {"name", workspace.themes().name_of(id, reader.language)}};
  }
  Json money(const Money& money) const {
    return Json{
        {"minor", money.minor}, {"currency", money.currency}, {"text", desk.currencies().text(money)}};
  }
  Json all_money(const std::vector<Money>& all) const {
    Json out = Json::array();
    for (const Money& each : all) out.push_back(money(each));
    return out;
  }
  bool sees(const Book& book) const { return reader.sees(desk.handling_of(book, state)); }
  bool sees(const Project& project) const { return reader.sees(desk.handling_of(project)); }
};

// What an act was, for its history; the sentences stand in data/messages.tsv.
std::string_view act_words(std::string_view verb) {
  static const std::map<std::string_view, std::string_view> kWords = {
      {"opened", "The fund was opened"},
      {"pledged", "Pledged"},
      {"pledge_changed", "The pledge was changed"},
      {"received", "Received"},
      {"rate_set", "A rate of exchange was entered"},
      {"converted", "Exchanged into another currency"},
      {"project_opened", "The project was opened"},
      {"allotted", "Allotted"},
      {"spent", "Spent"},
      {"returned", "Went back"},
      {"transferred", "Transferred to another project"},
      {"posted", "Posted by hand"},
      {"reversed", "Reversed"},
      {"project_closed", "The project was closed"}};
  const auto found = kWords.find(verb);
  return found == kWords.end() ? verb : found->second;
}

std::string_view purpose_words(fund::Purpose purpose) {
  switch (purpose) {
    case fund::Purpose::activity:
      return "Activity";
    case fund::Purpose::participant:
      return "Sponsored participant";
    case fund::Purpose::placement:
      return "Placement of a young diplomat";
    case fund::Purpose::publication:
      return "Publication";
    case fund::Purpose::travel:
      return "Travel";
    case fund::Purpose::staff:
      return "Staff";
    case fund::Purpose::other:
      return "Other";
  }
  return "";
}

std::vector<FormChoice> purposes(const View& view) {
  std::vector<FormChoice> out;
  for (std::size_t each = 0; each < names_of(fund::Purpose{}).size(); ++each)
    out.push_back({std::string(names_of(fund::Purpose{})[each]),
                   view.say(purpose_words(static_cast<fund::Purpose>(each)))});
  return out;
}

FormField field(const char* name, const char* kind, const char* label, bool required = true,
                std::vector<FormChoice> choices = {}, const char* hint = "") {
  return {.name = name,
          .kind = kind,
          .label = label,
          .required = required,
          .choices = std::move(choices),
          .hint = hint};
}

ActForm form(const char* type, const char* says, std::vector<FormField> fields,
             acts::Capacity capacity = acts::Capacity::secretariat) {
  return {.type = type, .says = says, .fields = std::move(fields), .capacity = capacity};
}

std::vector<FormChoice> theme_choices(const View& view) {
  std::vector<FormChoice> out;
  for (const auto& each : view.workspace.themes().all())
    out.push_back({each.id, view.workspace.themes().name_of(each.id, view.reader.language)});
  return out;
}

std::vector<ActForm> forms_of_fund(const View& view, const Book* book) {
  std::vector<ActForm> out;
  const Asker& asker = view.reader.asker;
  if (!asker.acts) return out;
  if (book == nullptr) {
    if (asker.secretariat)
      out.push_back(form(
          "fund.opened", "Open the fund",
          {field("series", "text", "Series of its numbers", true, {}, "Capital letters: PF"),
           field("title", "words", "Title"), field("organization", "text", "Organization", false),
           field("currency", "text", "Currency of its reports", true, {}, "EUR"),
           field("rates_per", "text", "Currency for one unit of which rates are told", true, {}, "USD")}));
    return out;
  }
  if (!asker.secretariat) {
    if (!asker.party.empty())
      out.push_back(form("fund.pledged", "Pledge a contribution",
                         {field("amount", "money", "Amount"), field("note", "words", "Note", false)},
                         acts::Capacity::delegation));
    return out;
  }
  std::vector<FormChoice> pledges;
  for (const auto& [id, pledge] : book->pledges())
    pledges.push_back({id, id + " · " +
                               view.workspace.name_of(pledge.said.contributor, view.reader.language) + " · " +
                               view.desk.currencies().text(book->outstanding(pledge))});
  out.push_back(form(
      "fund.pledged", "Enter a pledge",
      {field("contributor", "text", "Contributor", true, {}, "The id of a State or an organization: KAZ"),
       field("amount", "money", "Amount"), field("day", "day", "Day", false)}));
  if (!pledges.empty()) {
    out.push_back(
        form("fund.received", "Enter a receipt",
             {field("pledge", "choice", "Pledge", true, pledges), field("amount", "money", "Amount"),
              field("day", "day", "Day on which the bank had it", false),
              field("reference", "text", "Reference", false),
              field("settles", "flag", "It pays the pledge in full, in another currency", false)}));
    out.push_back(form("fund.pledge_changed", "Change a pledge",
                       {field("pledge", "choice", "Pledge", true, pledges),
                        field("amount", "money", "The whole pledge from now on"),
                        field("reason", "words", "Reason", false)}));
  }
  out.push_back(
      form("fund.rate_set", "Enter a rate of exchange",
           {field("currency", "text", "Currency"),
            field("rate", "text", "Units for one unit of the fund's currency of rates", true, {}, "0.9210"),
            field("from", "day", "First day"), field("to", "day", "Last day", false),
            field("source", "text", "Who published it")}));
  out.push_back(form("fund.converted", "Enter an exchange at the bank",
                     {field("from", "money", "Given"), field("to", "money", "Got"),
                      field("day", "day", "Day", false), field("reference", "text", "Reference", false)}));
  out.push_back(
      form("fund.project_opened", "Open a project",
           {field("title", "words", "Title"), field("description", "words", "Description", false),
            field("themes", "choice", "Theme", true, theme_choices(view)),
            field("beneficiaries", "states", "States that it is for"),
            field("implementer", "text", "Who carries it out", false, {}, "The id of an organization: OSCE"),
            field("starts", "day", "First day"), field("ends", "day", "Last day"),
            field("budget", "money", "Budget", false)}));
  out.push_back(form("fund.contributions_read", "Read a table of contributions",
                     {field("table", "text", "The rows as CSV", true, {},
                            "contributor,amount,currency,day,reference; no formulas")}));
  return out;
}

std::vector<ActForm> forms_of_project(const View& view, const Book& book, const Project& project) {
  std::vector<ActForm> out;
  if (!view.reader.asker.acts || !view.reader.asker.secretariat || project.closed) return out;
  out.push_back(form("fund.allotted", "Allot",
                     {field("amount", "money", "Amount"), field("day", "day", "Day", false)}));
  out.push_back(
      form("fund.spent", "Enter spending",
           {field("amount", "money", "Amount"), field("purpose", "choice", "Purpose", true, purposes(view)),
            field("charged", "text", "Currency of the allotment that bears it", false),
            field("of", "text", "Nomination that is sponsored", false, {}, "CALL-2026-001/3"),
            field("text", "text", "For what", false, {}, "No names of persons"),
            field("day", "day", "Day", false), field("reference", "text", "Reference", false)}));
  out.push_back(form("fund.returned", "Enter what went back",
                     {field("what", "choice", "What", true,
                            {{"allotment", view.say("From the project to the fund")},
                             {"expenditure", view.say("From a payee to the project")}}),
                      field("amount", "money", "Amount"), field("text", "text", "Why", false)}));
  std::vector<FormChoice> others;
  for (const auto& [id, each] : book.projects())
    if (!each.closed && id != project.id) others.push_back({id, id + " · " + view.words(each.said.title)});
  if (!others.empty())
    out.push_back(form("fund.transferred", "Transfer to another project",
                       {field("to", "choice", "Project", true, others), field("amount", "money", "Amount"),
                        field("text", "text", "Why", false)}));
  std::vector<FormChoice> transactions;
  for (const fund::Transaction& each : book.ledger().transactions())
    if (each.subject == project.id && each.reversed_by == 0 && each.reverses == 0)
      transactions.push_back({std::to_string(each.entry), std::to_string(each.entry) + " · " +
                                                              view.say(act_words(each.kind)) + " · " +
                                                              format_day(each.day)});
  if (!transactions.empty())
    out.push_back(form("fund.reversed", "Reverse a transaction",
                       {field("transaction", "choice", "Transaction", true, transactions),
                        field("reason", "text", "Reason")}));
  out.push_back(form("fund.project_closed", "Close the project", {field("report", "words", "Report")}));
  return out;
}

// The amount in the currency of the budget, or in that which is there.
Money in_first_currency(const std::vector<Money>& all, const std::string& currency) {
  for (const Money& each : all)
    if (each.currency == currency) return each;
  return {.minor = 0, .currency = currency};
}

Json row_json(const View& view, const Book& book, const Project& project) {
  const fund::ProjectOpened& said = project.said;
  const auto allotted = book.allotted(project.id);
  const auto spent = book.spent(project.id);
  const std::string currency = !said.budget.empty() ? said.budget.front().currency
                               : !allotted.empty()  ? allotted.front().currency
                                                    : book.opened().currency;
  Json themes = Json::array(), states = Json::array();
  for (const std::string& each : said.themes) themes.push_back(view.theme(each));
  for (const std::string& each : said.beneficiaries) states.push_back(view.named(each));
  return {{"id", project.id},
          {"title", view.words(said.title)},
          {"theme", themes.empty() ? Json() : themes.front()},
          {"themes", themes},
          {"beneficiaries", states},
          {"implementer", said.implementer.empty() ? Json() : view.named(said.implementer)},
          {"state", project.closed ? "closed" : "open"},
          {"state_name", view.say(project.closed ? "Closed" : "Open")},
          {"budget", view.money(in_first_currency(said.budget, currency))},
          {"budgets", view.all_money(said.budget)},
          {"allotted", view.money(in_first_currency(allotted, currency))},
          {"allotted_in", view.all_money(allotted)},
          {"spent", view.money(in_first_currency(spent, currency))},
          {"spent_in", view.all_money(spent)},
          {"from", format_day(said.starts)},
          {"to", format_day(said.ends)}};
}

Json pledge_json(const View& view, const Book& book, const fund::Pledge& pledge) {
  Json themes = Json::array();
  for (const std::string& each : pledge.said.themes) themes.push_back(view.theme(each));
  return {{"id", pledge.id},
          {"contributor", view.named(pledge.said.contributor)},
          {"at", format_instant(pledge.at)},
          {"pledged", view.money(book.pledged(pledge))},
          {"outstanding", view.money(book.outstanding(pledge))},
          {"received", view.all_money(book.received(pledge))},
          {"themes", themes},
          {"note", view.words(pledge.said.note)}};
}

Json accounts_json(const View& view, const Book& book) {
  Json out = Json::array();
  for (const fund::Account& account : book.chart().all()) {
    Json balances = Json::array();
    for (const std::string& currency : book.ledger().currencies()) {
      const std::int64_t minor = book.ledger().total(account.id, currency);
      if (minor != 0) balances.push_back(view.money({.minor = minor, .currency = currency}));
    }
    out.push_back({{"id", account.id},
                   {"name", view.words(account.names)},
                   {"kind", account.kind},
                   {"balances", balances}});
  }
  return out;
}

const Book& book_named(const View& view, const std::string& fund) {
  const Book* book = view.desk.book_of(fund);
  if (book == nullptr || !book->is_open()) {
    throw Error(ErrorKind::not_found,
                fund.empty()
                    ? view.desk.books().size() > 1 ? "there are several funds; say which" : "no fund is open"
                    : "there is no fund \"" + fund + "\"");
  }
  return *book;
}

std::pair<const Book*, const Project*> project_named(const View& view, const std::string& id) {
  const Book* book = view.desk.book_of(id);
  if (book != nullptr) {
    if (const auto found = book->projects().find(id);
        found != book->projects().end() && view.sees(found->second))
      return {book, &found->second};
  }
  throw Error(ErrorKind::not_found, "there is no project \"" + id + "\"");
}

Json participants_json(const View& view, const Project& project) {
  Json out = Json::array();
  const secretariat::CallsDesk& calls = view.state.desks().calls;
  for (const auto& [id, call] : calls.calls().all()) {
    if (call.said.project != project.id || !view.reader.sees(calls.handling_of(call))) continue;
    for (const auto& [number, nomination] : call.nominations) {
      if (nomination.state != selection::State::selected && nomination.state != selection::State::accepted &&
          nomination.state != selection::State::deployed && nomination.state != selection::State::returned)
        continue;
      Json names = Json::array();
      const bool own = view.reader.asker.secretariat || view.reader.asker.party == nomination.delegation;
      if (own && !nomination.person.name.empty()) names.push_back(nomination.person.name);
      out.push_back({{"delegation", view.named(nomination.delegation)},
                     {"names", names},
                     {"call", id},
                     {"nomination", id + "/" + std::to_string(number)}});
    }
  }
  return out;
}

Json postings_json(const View& view, const Book& book, const Project& project) {
  Json out = Json::array();
  for (const fund::Transaction& transaction : book.ledger().transactions()) {
    for (const fund::Posting& posting : transaction.postings) {
      if (posting.key.of != project.id) continue;
      // An allotment is a credit and spending a debit; people read both as amounts.
      const bool allotment = posting.key.account == fund::kAllotments;
      const Money amount{.minor = allotment ? -posting.minor : posting.minor,
                         .currency = posting.key.currency};
      out.push_back(
          {{"at", format_day(transaction.day)},
           {"kind", transaction.kind},
           {"account", posting.key.account},
           {"said", transaction.text.empty() ? view.say(act_words(transaction.kind)) : transaction.text},
           {"amount", view.money(amount)},
           {"entry", transaction.entry},
           {"reverses", transaction.reverses == 0 ? Json() : Json(transaction.reverses)},
           {"reversed_by", transaction.reversed_by == 0 ? Json() : Json(transaction.reversed_by)}});
    }
  }
  return out;
}

Json history_json(const View& view, const std::string& subject) {
  Json out = Json::array();
  for (const secretariat::HistoryLine& line : view.desk.history(subject)) {
    out.push_back(view.happened(line, std::string(act_words(line.act.verb()))));
  }
  return out;
}

Json full_project(const View& view, const std::string& id) {
  const auto [book, project] = project_named(view, id);
  Json out = row_json(view, *book, *project);
  out["summary"] = view.words(project->said.description);
  Json activities = Json::array();
  for (const fund::Activity& each : project->said.activities)
    activities.push_back({{"title", view.words(each.title)},
                          {"from", each.starts.ok() ? Json(format_day(each.starts)) : Json()},
                          {"to", each.ends.ok() ? Json(format_day(each.ends)) : Json()},
                          {"place", each.place}});
  out["activities"] = std::move(activities);
  out["report"] = view.words(project->report);
  out["closed_on"] = project->closed ? Json(format_day(project->closed_on)) : Json();
  out["participants"] = participants_json(view, *project);
  // The single bookings are of the accounts; the sums above are of the public sheet.
  out["postings"] = view.sees(*book) ? postings_json(view, *book, *project) : Json::array();
  out["history"] = view.sees(*book) ? history_json(view, id) : Json::array();
  out["can"] = forms_json(forms_of_project(view, *book, *project), view.reader.say);
  return out;
}

std::string html_text(std::string_view text) {
  std::string out;
  for (const char each : text) {
    switch (each) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += each;
    }
  }
  return out;
}

constexpr const char* kHeadings[] = {"Transaction", "Day",   "Act",    "About", "Account",  "Of",
                                     "Currency",    "Debit", "Credit", "Text",  "Reverses", "Reversed by"};
constexpr std::size_t kDebit = 7, kCredit = 8;

// A posting a row.
PlainTable statement_table(const View& view, const Book& book) {
  PlainTable table{.number_columns = {kDebit, kCredit}};
  for (const char* each : kHeadings) table.headings.push_back(view.say(each));
  const auto entry_text = [](record::Seq entry) { return entry == 0 ? "" : std::to_string(entry); };
  for (const fund::Transaction& transaction : book.ledger().transactions()) {
    for (const fund::Posting& posting : transaction.postings) {
      const bool is_debit = posting.minor > 0;
      const Money size{.minor = is_debit ? posting.minor : -posting.minor, .currency = posting.key.currency};
      const std::string number = view.desk.currencies().number(size);
      const fund::Account* account = book.chart().find(posting.key.account);
      table.rows.push_back({std::to_string(transaction.entry), format_day(transaction.day),
                            view.say(act_words(transaction.kind)), transaction.subject,
                            account == nullptr ? posting.key.account : view.words(account->names),
                            posting.key.of, posting.key.currency, is_debit ? number : "",
                            is_debit ? "" : number, transaction.text, entry_text(transaction.reverses),
                            entry_text(transaction.reversed_by)});
    }
  }
  return table;
}

}  // namespace

Json fund_json(Workspace& workspace, const std::string& fund, const ConveningReader& reader) {
  return view_now<View>(workspace, reader, [&](const View& view) -> Json {
    if (fund.empty() && view.desk.books().empty())
      return {{"fund", {{"id", ""}, {"name", ""}}},
              {"currencies", Json::array()},
              {"accounts", Json::array()},
              {"pledges", Json::array()},
              {"projects", Json::array()},
              {"rates", Json::array()},
              {"balanced", true},
              {"can", forms_json(forms_of_fund(view, nullptr), reader.say)}};
    const Book& book = book_named(view, fund);
    Json currencies = Json::array(), pledges = Json::array(), projects = Json::array(), rates = Json::array();
    const bool sees = view.sees(book);
    if (sees) {
      for (const auto& sum : book.sums()) {
        const auto money = [&](std::int64_t minor) {
          return view.money({.minor = minor, .currency = sum.currency});
        };
        currencies.push_back({{"code", sum.currency},
                              {"pledged", money(sum.pledged)},
                              {"outstanding", money(sum.outstanding)},
                              {"received", money(sum.received)},
                              {"allotted", money(sum.allotted)},
                              {"spent", money(sum.spent)},
                              {"cash", money(sum.cash)},
                              {"balance", money(sum.balance)}});
      }
      for (const auto& [unused, each] : book.pledges()) pledges.push_back(pledge_json(view, book, each));
      for (const auto& each : book.rates().lines())
        rates.push_back({{"currency", each.currency},
                         {"rate", each.rate.text()},
                         {"per", book.rates().per()},
                         {"from", format_day(each.from)},
                         {"to", format_day(each.to)},
                         {"source", each.source},
                         {"entry", each.entry}});
    }
    for (const auto& [unused, each] : book.projects())
      if (view.sees(each)) projects.push_back(row_json(view, book, each));
    return {{"fund", {{"id", book.id()}, {"name", view.words(book.opened().title)}}},
            {"currencies", currencies},
            {"accounts", sees ? accounts_json(view, book) : Json::array()},
            {"pledges", pledges},
            {"projects", projects},
            {"rates", rates},
            {"balanced", book.ledger().reconciles()},
            {"can", forms_json(forms_of_fund(view, &book), reader.say)}};
  });
}

Json project_json(Workspace& workspace, const std::string& project, const ConveningReader& reader) {
  return view_now<View>(workspace, reader, [&](const View& view) { return full_project(view, project); });
}

std::string project_sheet(Workspace& workspace, const std::string& project, const ConveningReader& reader) {
  return view_now<View>(workspace, reader, [&](const View& view) {
    const Json sheet = full_project(view, project);
    const bool arabic = reader.language == Language::arabic;
    const auto text = [&](const char* name) { return html_text(sheet[name].get<std::string>()); };
    const auto names = [&](const char* list) {
      std::string out;
      for (const Json& each : sheet[list])
        out += (out.empty() ? "" : arabic ? "، " : ", ") + html_text(each["name"].get<std::string>());
      return out;
    };
    // Amounts are ASCII and read from left to right in Arabic too.
    const auto amounts = [&](const char* list) {
      std::string out;
      for (const Json& each : sheet[list])
        out += (out.empty() ? "" : "<br>") +
               ("<bdi dir=\"ltr\">" + html_text(each["text"].get<std::string>()) + "</bdi>");
      return out.empty() ? std::string("—") : out;
    };
    std::string out = "<!doctype html>\n<html lang=\"" + std::string(language_code(reader.language)) +
                      "\" dir=\"" + (arabic ? "rtl" : "ltr") +
                      "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + text("id") + " " + text("title") +
                      "</title>\n</head>\n<body>\n<main>\n<h1>" + text("title") + "</h1>\n<p><bdi>" +
                      text("id") + "</bdi> · " + text("state_name") + "</p>\n";
    if (!sheet["summary"].get<std::string>().empty()) out += "<p>" + text("summary") + "</p>\n";
    out += "<table>\n";
    const auto row = [&](const char* label, const std::string& value) {
      if (!value.empty())
        out += "<tr><th scope=\"row\">" + html_text(view.say(label)) + "</th><td>" + value + "</td></tr>\n";
    };
    row("Themes", names("themes"));
    row("States that it is for", names("beneficiaries"));
    if (sheet["implementer"].is_object())
      row("Who carries it out", html_text(sheet["implementer"]["name"].get<std::string>()));
    row("First day", "<bdi>" + text("from") + "</bdi>");
    row("Last day", "<bdi>" + text("to") + "</bdi>");
    row("Budget", amounts("budgets"));
    row("Allotted", amounts("allotted_in"));
    row("Spent", amounts("spent_in"));
    out += "</table>\n";
    if (!sheet["activities"].empty()) {
      out += "<h2>" + html_text(view.say("Activities")) + "</h2>\n<ul>\n";
      for (const Json& each : sheet["activities"]) {
        out += "<li>" + html_text(each["title"].get<std::string>());
        if (each["from"].is_string()) out += " <bdi>" + html_text(each["from"].get<std::string>()) + "</bdi>";
        if (!each["place"].get<std::string>().empty())
          out += " · " + html_text(each["place"].get<std::string>());
        out += "</li>\n";
      }
      out += "</ul>\n";
    }
    if (!sheet["report"].get<std::string>().empty())
      out += "<h2>" + html_text(view.say("Report")) + "</h2>\n<p>" + text("report") + "</p>\n";
    return out + "</main>\n</body>\n</html>\n";
  });
}

PlainTable statement_of_accounts(Workspace& workspace, const std::string& fund,
                                 const ConveningReader& reader) {
  return view_now<View>(workspace, reader, [&](const View& view) {
    const Book& book = book_named(view, fund);
    if (!view.sees(book)) throw Error(ErrorKind::forbidden, "the accounts of the fund are not for you");
    return statement_table(view, book);
  });
}

}  // namespace mithaq::service
