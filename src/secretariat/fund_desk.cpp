#include "secretariat/fund_desk.hpp"

#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "base/table.hpp"
#include "engines/fund/contributions.hpp"
#include "secretariat/desks.hpp"
#include "secretariat/fact_fields.hpp"
#include "secretariat/secretariat.hpp"

namespace mithaq::secretariat {

using namespace fund;
using acts::Capacity;
using Json = nlohmann::json;

namespace {

std::set<std::string, std::less<>> ids_of(const std::filesystem::path& path) {
  const Table table = Table::read(path);
  std::set<std::string, std::less<>> ids;
  for (std::size_t row = 0; row < table.row_count(); ++row) ids.emplace(table.cell(row, "id"));
  return ids;
}

// People write "25000.00 EUR"; entries hold minor units. Whatever else stands there is left for the reader of
// fields to refuse.
void settle_amount(const Currencies& currencies, const std::string& name, Json& value) {
  if (!value.is_string()) return;
  const auto read = currencies.read(value.get_ref<const std::string&>());
  if (const auto* broken = std::get_if<acts::Refusal>(&read)) {
    throw acts::NoAct(ErrorKind::invalid_input, broken->rule,
                      "the field \"" + name + "\": " + broken->reason);
  }
  const Money& money = std::get<Money>(read);
  value = {{"minor", money.minor}, {"currency", money.currency}};
}

Json with_amounts(const Currencies& currencies, const Act& act) {
  Json fields = act.fields.is_null() ? Json::object() : act.fields;
  if (!fields.is_object()) return fields;
  for (auto& [name, value] : fields.items()) {
    if (name == "amount" || (act.verb() == "converted" && (name == "from" || name == "to")))
      settle_amount(currencies, name, value);
    if (name == "budget" && value.is_array())
      for (Json& each : value) settle_amount(currencies, name, each);
    if (name == "budget" && value.is_string()) {
      Json one = std::move(value);
      settle_amount(currencies, name, one);
      value = Json::array({std::move(one)});
    }
    if (name == "budget" && value.is_object()) value = Json::array({Json(value)});
    // What was chosen from a list is a text.
    if (name == "themes" && value.is_string()) value = Json::array({Json(value)});
    if (name == "transaction" && value.is_string()) {
      const std::string text = value.get<std::string>();
      std::int64_t number = 0;
      const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
      if (read.ec == std::errc() && read.ptr == text.data() + text.size()) value = number;
    }
    if (name == "lines" && value.is_array()) {
      for (Json& each : value)
        if (each.is_object() && each.contains("amount"))
          settle_amount(currencies, "lines.amount", each["amount"]);
    }
  }
  return fields;
}

// What stands before the first dash is the series, which is the fund's id.
std::string_view series_of(std::string_view subject) {
  return subject.substr(0, subject.find('-'));
}

acts::Words title_of_pledge(const Book& book) {
  return book.opened().title;
}

}  // namespace

FundDesk::FundDesk(const std::filesystem::path& data)
    : currencies_(Currencies::of(Table::read(data / "fund" / "currencies.tsv"))),
      chart_(Chart::of(Table::read(data / "fund" / "accounts.tsv"))),
      rules_(data / "fund" / "rules.tsv"),
      themes_(ids_of(data / "themes.tsv")),
      states_(ids_of(data / "states.tsv")),
      organizations_(ids_of(data / "organizations.tsv")) {}

const Book* FundDesk::book_of(std::string_view subject) const {
  if (subject.empty()) return books_.size() == 1 ? &books_.begin()->second : nullptr;
  const auto found = books_.find(series_of(subject));
  return found == books_.end() ? nullptr : &found->second;
}

document::Handling FundDesk::handling_of(const Book& book, const Secretariat& secretariat) const {
  document::Handling handling = book.opened().handling;
  if (handling.originator.empty()) handling.originator = book.opened().organization;
  if (handling.statuses.empty() && handling.recipients.empty() && handling.tlp == document::Tlp::clear) {
    for (const access::Status& status : secretariat.standing().known().all())
      if (!status.organization.empty() && status.organization == book.opened().organization)
        handling.statuses.push_back(status.id);
    std::sort(handling.statuses.begin(), handling.statuses.end());
  }
  return handling;
}

std::string FundDesk::next_id(const Book& book, bool project, Instant at) const {
  const std::string begin = book.id() + (project ? "-" : "-P-") + format_instant(at).substr(0, 4) + "-";
  for (std::size_t number = 1;; ++number) {
    std::string digits = std::to_string(number);
    digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
    const std::string id = begin + digits;
    if (!book.projects().contains(id) && !book.pledges().contains(id)) return id;
  }
}

std::optional<acts::Refusal> FundDesk::may(const Act& wanted, const Fact& fact, const Book* book,
                                           const Secretariat& secretariat) const {
  const acts::Actor& actor = wanted.stamp.actor;
  const bool pledges = std::holds_alternative<Pledged>(fact) || std::holds_alternative<PledgeChanged>(fact);
  if (actor.capacity != Capacity::secretariat && (!pledges || actor.capacity != Capacity::delegation))
    return acts::Refusal{.rule = "fund/secretariat_books",
                         .reason = "the secretariat keeps the books of the fund; a State pledges for itself",
                         .forbidden = true};
  if (!pledges || book == nullptr) return std::nullopt;
  std::string contributor;
  if (const auto* pledged = std::get_if<Pledged>(&fact)) contributor = pledged->contributor;
  if (std::holds_alternative<PledgeChanged>(fact)) {
    const auto pledge = book->pledges().find(wanted.stamp.subject);
    if (pledge != book->pledges().end()) contributor = pledge->second.said.contributor;
  }
  if (actor.capacity == Capacity::delegation && contributor != actor.delegation && !contributor.empty())
    return acts::Refusal{
        .rule = "fund/own_pledge", .reason = "a State pledges for itself alone", .forbidden = true};
  // Partnership Fund, paragraph 5: participating States and Partners for Co-operation contribute to it.
  const std::string& organization = book->opened().organization;
  if (std::holds_alternative<Pledged>(fact) && states_.contains(contributor) && !organization.empty()) {
    const Standing& standing = secretariat.standing();
    const auto held = standing.held(contributor, wanted.stamp.at);
    const bool belongs = std::any_of(held.begin(), held.end(), [&](const access::Held& each) {
      return each.organization == organization;
    });
    if (!belongs && standing.by_register().knows(organization))
      return acts::Refusal{.rule = "fund/contributor",
                           .reason = contributor + " holds no status in " + organization + " at this instant",
                           .forbidden = true};
  }
  return std::nullopt;
}

void FundDesk::check_names(const Fact& fact, const Secretariat& secretariat) const {
  const auto known = [](const auto& ids, const std::string& id, const char* what) {
    if (!ids.contains(id))
      throw Error(ErrorKind::invalid_input, std::string("there is no ") + what + " \"" + id + "\"");
  };
  if (const auto* pledged = std::get_if<Pledged>(&fact)) {
    for (const std::string& theme : pledged->themes) known(themes_, theme, "theme");
    if (!pledged->contributor.empty() && !organizations_.contains(pledged->contributor))
      known(states_, pledged->contributor, "State or organization");
  }
  if (const auto* opened = std::get_if<Opened>(&fact); opened != nullptr && !opened->organization.empty())
    known(organizations_, opened->organization, "organization");
  if (const auto* project = std::get_if<ProjectOpened>(&fact)) {
    for (const std::string& theme : project->themes) known(themes_, theme, "theme");
    for (const std::string& state : project->beneficiaries) known(states_, state, "State");
    if (!project->implementer.empty()) known(organizations_, project->implementer, "organization");
  }
  const auto nomination = [&](const std::string& of) {
    if (!of.empty() && secretariat.desks().calls.nomination(of) == nullptr)
      throw Error(ErrorKind::invalid_input,
                  "there is no nomination \"" + of + "\"; one is named as CALL-2026-001/3");
  };
  if (const auto* spent = std::get_if<Spent>(&fact)) nomination(spent->of);
  if (const auto* returned = std::get_if<Returned>(&fact)) nomination(returned->of);
}

Judgement FundDesk::judge_table(const Act& wanted, const Secretariat& secretariat) const {
  const Book* book = book_of(wanted.stamp.subject);
  if (wanted.stamp.actor.capacity != Capacity::secretariat)
    return Judgement::refused("fund/secretariat_books",
                              "the secretariat keeps the books of the fund; a State pledges for itself",
                              true);
  if (book == nullptr) return Judgement::refused("fund/not_open", "no fund is open under this id");
  const auto table = wanted.fields.find("table");
  if (!wanted.fields.is_object() || wanted.fields.size() != 1 || table == wanted.fields.end() ||
      !table->is_string())
    throw Error(ErrorKind::invalid_input,
                "the field \"table\" holds the rows as CSV, and there is no other field");
  const auto read = read_contributions(table->get_ref<const std::string&>(), currencies_);
  if (const auto* refusal = std::get_if<acts::Refusal>(&read)) return {.refusal = *refusal};
  // Each row is judged on the books as the rows before leave them; one that is refused refuses the table.
  Book after = *book;
  std::uint64_t entry =
      after.ledger().transactions().empty() ? 1 : after.ledger().transactions().back().entry + 1;
  Judgement judgement;
  for (const Contribution& row : std::get<std::vector<Contribution>>(read)) {
    const auto refused = [&](acts::Refusal refusal) {
      refusal.reason = "line " + std::to_string(row.line) + " of the table: " + refusal.reason;
      return Judgement{.refusal = std::move(refusal)};
    };
    if (!states_.contains(row.contributor) && !organizations_.contains(row.contributor))
      return refused(
          {.rule = "fund/table", .reason = "there is no State or organization \"" + row.contributor + "\""});
    const std::pair<const char*, Fact> steps[] = {
        {"fund.pledged", Pledged{.contributor = row.contributor, .amount = row.amount, .day = row.day}},
        {"fund.received", Received{.amount = row.amount, .day = row.day, .reference = row.reference}}};
    const std::string pledge = next_id(after, false, wanted.stamp.at);
    for (const auto& [type, step] : steps) {
      Act act = wanted;
      act.type = type;
      act.stamp.subject = pledge;
      Fact fact = step;
      act.fields = fields_of(fact);
      if (auto refusal = may(act, fact, &after, secretariat)) return refused(std::move(*refusal));
      if (auto refusal = after.judge(act.stamp, fact)) return refused(std::move(*refusal));
      after.enter(entry++, act.stamp, fact);
      judgement.acts.push_back(std::move(act));
    }
  }
  return judgement;
}

Judgement FundDesk::judge(const Act& wanted, const Secretariat& secretariat) const {
  if (wanted.verb() == "contributions_read") return judge_table(wanted, secretariat);
  Act act = wanted;
  Json fields = with_amounts(currencies_, act);
  // What came without a pledge is a pledge and its receipt.
  std::string unpledged;
  if (act.verb() == "received" && fields.is_object() && fields.contains("contributor")) {
    if (!fields["contributor"].is_string())
      throw Error(ErrorKind::invalid_input, "the field \"contributor\" is a text");
    unpledged = fields["contributor"].get<std::string>();
    fields.erase("contributor");
  }
  // A form of the whole fund names the pledge or the project as a field.
  if (fields.is_object() && book_of(act.stamp.subject) != nullptr &&
      (act.stamp.subject.empty() || act.stamp.subject == book_of(act.stamp.subject)->id())) {
    for (const char* name : {"pledge", "project"}) {
      const auto found = fields.find(name);
      if (found == fields.end() || !found->is_string()) continue;
      act.stamp.subject = found->get<std::string>();
      fields.erase(found);
    }
  }
  act.fields = std::move(fields);
  Fact fact = read_fact<Fact>(act, kVerbs);
  if (auto* pledged = std::get_if<Pledged>(&fact); pledged != nullptr && pledged->contributor.empty())
    pledged->contributor = act.stamp.actor.delegation;
  if (const auto* opened = std::get_if<Opened>(&fact)) {
    if (act.stamp.subject.empty()) act.stamp.subject = opened->series;
    if (act.stamp.subject != opened->series)
      return Judgement::refused("fund/series", "a fund is called by its series");
  }
  const Book* book = book_of(act.stamp.subject);
  if (auto refusal = may(act, fact, book, secretariat)) return {.refusal = std::move(refusal)};
  check_names(fact, secretariat);
  if (std::holds_alternative<Opened>(fact)) {
    const Book fresh(currencies_, chart_);
    if (auto refusal = (book == nullptr ? fresh : *book).judge(act.stamp, fact))
      return {.refusal = std::move(refusal)};
    act.fields = fields_of(fact);
    return {.acts = {std::move(act)}};
  }
  if (book == nullptr)
    return Judgement::refused("fund/not_open", act.stamp.subject.empty() && books_.size() > 1
                                                   ? "there are several funds; say which"
                                                   : "no fund is open under this id");
  const bool of_fund = act.stamp.subject.empty() || act.stamp.subject == book->id();
  if (std::holds_alternative<Pledged>(fact) && of_fund)
    act.stamp.subject = next_id(*book, false, act.stamp.at);
  if (std::holds_alternative<ProjectOpened>(fact) && of_fund)
    act.stamp.subject = next_id(*book, true, act.stamp.at);
  if (std::holds_alternative<RateSet>(fact) || std::holds_alternative<Converted>(fact) ||
      std::holds_alternative<Posted>(fact))
    act.stamp.subject = book->id();
  if (const auto* reversed = std::get_if<Reversed>(&fact)) {
    const Transaction* original =
        reversed->transaction <= 0 ? nullptr
                                   : book->ledger().find(static_cast<std::uint64_t>(reversed->transaction));
    if (original != nullptr) act.stamp.subject = original->subject;
  }
  if (!unpledged.empty()) {
    if (!of_fund)
      return Judgement::refused("fund/pledged_already", "a receipt under a pledge has its contributor");
    const auto& received = std::get<Received>(fact);
    Fact pledge = Pledged{.contributor = unpledged, .amount = received.amount, .day = received.day};
    check_names(pledge, secretariat);
    Act first = act;
    first.type = "fund.pledged";
    first.stamp.subject = next_id(*book, false, act.stamp.at);
    first.fields = fields_of(pledge);
    if (auto refusal = may(first, pledge, book, secretariat)) return {.refusal = std::move(refusal)};
    if (auto refusal = book->judge(first.stamp, pledge)) return {.refusal = std::move(refusal)};
    act.stamp.subject = first.stamp.subject;
    act.fields = fields_of(fact);
    return {.acts = {std::move(first), std::move(act)}};
  }
  if (auto refusal = book->judge(act.stamp, fact)) return {.refusal = std::move(refusal)};
  act.fields = fields_of(fact);
  return {.acts = {std::move(act)}};
}

void FundDesk::enter(const Act& act, record::Seq seq, const Secretariat&) {
  const Fact fact = read_fact<Fact>(act, kVerbs);
  Book* book = nullptr;
  if (std::holds_alternative<Opened>(fact)) {
    book = &books_.try_emplace(act.stamp.subject, currencies_, chart_).first->second;
  } else if (const auto found = books_.find(series_of(act.stamp.subject)); found != books_.end()) {
    book = &found->second;
  }
  // Its fund's opening was erased.
  if (book == nullptr || !book->enter(seq, act.stamp, fact)) return;
  history_.add(act.stamp.subject, {.entry = seq, .act = act});
  if (const auto* transferred = std::get_if<Transferred>(&fact))
    history_.add(transferred->to, {.entry = seq, .act = act});
}

std::optional<RuleText> FundDesk::rule(std::string_view id) const {
  return rules_.find(id);
}

std::vector<Notice> FundDesk::notices(const Act& act, record::Seq seq, const Secretariat&) const {
  std::vector<Notice> told;
  const Book* book = book_of(act.stamp.subject);
  if (book == nullptr || !book->is_open()) return told;
  const auto tell = [&](const std::string& delegation, const acts::Words& title, const char* said) {
    for (const Notice& each : told)
      if (each.delegation == delegation) return;
    told.push_back({.delegation = delegation,
                    .entry = seq,
                    .at = act.stamp.at,
                    .kind = act.type,
                    .subject = act.stamp.subject,
                    .title = title,
                    .said = said});
  };
  const std::string_view verb = act.verb();
  if (const auto pledge = book->pledges().find(act.stamp.subject); pledge != book->pledges().end()) {
    const std::string& contributor = pledge->second.said.contributor;
    const acts::Words title = title_of_pledge(*book);
    if (verb == "pledged") tell(contributor, title, "Your pledge is recorded.");
    if (verb == "pledge_changed") tell(contributor, title, "Your pledge was changed.");
    if (verb == "received") tell(contributor, title, "A contribution under your pledge was received.");
    if (verb == "returned") tell(contributor, title, "A part of your contribution goes back to you.");
    if (verb == "reversed") tell(contributor, title, "A booking under your pledge was reversed.");
  }
  if (const auto project = book->projects().find(act.stamp.subject); project != book->projects().end()) {
    const ProjectOpened& said = project->second.said;
    if (verb == "project_opened")
      for (const std::string& state : said.beneficiaries)
        tell(state, said.title, "A project for your State was opened.");
    if (verb == "project_closed") {
      static const char* kClosed = "The project was closed; its report is there.";
      for (const std::string& state : said.beneficiaries) tell(state, said.title, kClosed);
      for (const auto& [unused, each] : book->pledges()) tell(each.said.contributor, said.title, kClosed);
    }
  }
  return told;
}

std::vector<Task> FundDesk::tasks(std::string_view delegation, Instant, const Secretariat&) const {
  std::vector<Task> asked;
  for (const auto& [unused, book] : books_) {
    for (const auto& [id, pledge] : book.pledges()) {
      if (pledge.said.contributor != delegation || book.outstanding(pledge).minor <= 0) continue;
      asked.push_back({.kind = "pledge",
                       .subject = id,
                       .title = title_of_pledge(book),
                       .said = "What you pledged has not been received in full."});
    }
  }
  return asked;
}

}  // namespace mithaq::secretariat
