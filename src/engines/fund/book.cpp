#include "engines/fund/book.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/error.hpp"

namespace mithaq::fund {

namespace {

acts::Refusal refusal(std::string rule, std::string reason) {
  return {.rule = std::move(rule), .reason = std::move(reason)};
}

AccountKey key(std::string_view account, std::string_view of, std::string_view currency) {
  return {std::string(account), std::string(of), std::string(currency)};
}

void debit(Transaction& transaction, std::string_view account, std::string_view of, const Money& amount) {
  if (amount.minor != 0) transaction.postings.push_back({key(account, of, amount.currency), amount.minor});
}

void credit(Transaction& transaction, std::string_view account, std::string_view of, const Money& amount) {
  debit(transaction, account, of, {.minor = -amount.minor, .currency = amount.currency});
}

// A fund is looked at in the year of its oldest papers at the earliest.
constexpr std::chrono::year kFirstYear{1970};
constexpr std::chrono::year kLastYear{2200};
constexpr std::size_t kSeriesMax = 12;
constexpr std::size_t kLinesMax = 100;

bool is_year(Day day) {
  return day.year() >= kFirstYear && day.year() <= kLastYear;
}

}  // namespace

std::chrono::sys_days day_of(const acts::Stamp& stamp, Day said) {
  return said.ok() ? std::chrono::sys_days(said) : std::chrono::floor<std::chrono::days>(stamp.at);
}

Book::Book(const Currencies& currencies, const Chart& chart) : currencies_(&currencies), chart_(&chart) {}

const Opened& Book::opened() const {
  expect(opened_.has_value(), "only an open fund is asked about");
  return *opened_;
}

bool Book::is_amount(Plan& out, const Money& money) const {
  if (currencies_->find(money.currency) == nullptr) {
    out.refusal = refusal("fund/unknown_currency",
                          money.currency.empty() ? "an amount needs the code of its currency, such as EUR"
                                                 : "no currency has the code " + money.currency);
  } else if (money.minor <= 0) {
    out.refusal =
        refusal("fund/amount", "the amount is above zero; what was wrong is reversed, not booked below zero");
  } else if (money.minor > kMinorMax) {
    out.refusal = refusal("fund/too_large", "the amount is too large");
  }
  return !out.refusal;
}

const Project* Book::open_project(Plan& out, std::string_view id) const {
  const auto found = projects_.find(id);
  if (found == projects_.end()) {
    out.absent = true;
    out.refusal = refusal("fund/unknown_project", "the fund has no project " + std::string(id));
    return nullptr;
  }
  if (found->second.closed) {
    out.refusal = refusal("fund/closed_project",
                          "the project " + std::string(id) + " is closed; nothing is booked to it any more");
    return nullptr;
  }
  return &found->second;
}

const Pledge* Book::pledge(Plan& out, std::string_view id) const {
  const auto found = pledges_.find(id);
  if (found != pledges_.end()) return &found->second;
  out.absent = true;
  out.refusal = refusal("fund/unknown_pledge", "the fund has no pledge " + std::string(id));
  return nullptr;
}

std::optional<Money> Book::converted(Plan& out, const Money& amount, std::string_view to) const {
  if (amount.currency == to) return amount;
  const Currency* target = currencies_->find(to);
  if (target == nullptr) {
    out.refusal = refusal("fund/unknown_currency", "no currency has the code " + std::string(to));
    return std::nullopt;
  }
  const std::chrono::sys_days day = out.transaction.day;
  std::optional<Rates::Line> lines[2];
  for (const std::string_view currency : {std::string_view(amount.currency), to}) {
    auto& line = lines[currency == to ? 1 : 0];
    line = rates_.on(currency, day);
    if (!line) {
      out.absent = true;  // at the fold: it was there, and its body was erased
      out.refusal = refusal("fund/no_rate", "no rate of " + std::string(currency) + " is set for " +
                                                format_day(day) + "; enter the rate with its source first");
      return std::nullopt;
    }
    if (line->entry != 0) out.transaction.rates.push_back(*line);
  }
  const auto result = convert(amount, lines[0]->rate, currencies_->find(amount.currency)->digits,
                              lines[1]->rate, target->digits, to);
  if (!result || result->minor == 0) {
    out.refusal =
        !result ? refusal("fund/too_large", "the amount is too large to be converted")
                : refusal("fund/amount", "the amount is less than half a minor unit of " + std::string(to));
    return std::nullopt;
  }
  return result;
}

std::int64_t Book::unspent(std::string_view project, std::string_view currency) const {
  return -ledger_.balance(key(kAllotments, project, currency)) -
         ledger_.balance(key(kExpenditure, project, currency));
}

std::int64_t Book::available(std::string_view currency) const {
  // Credits of allotments and debits of expenditure: their sum, negated, is what projects may still spend.
  const std::int64_t held = -ledger_.total(kAllotments, currency) - ledger_.total(kExpenditure, currency);
  return ledger_.total(kCash, currency) - held;
}

void Book::plan(Plan& out, const acts::Stamp&, const Opened& fact) const {
  if (opened_) {
    out.refusal = refusal("fund/opened_already", "the fund is open");
  } else if (fact.series.empty() || fact.series.size() > kSeriesMax ||
             !std::all_of(fact.series.begin(), fact.series.end(),
                          [](char c) { return c >= 'A' && c <= 'Z'; })) {
    out.refusal = refusal("fund/series", "a fund has a series of up to 12 capital letters, such as PF");
  } else if (fact.title.empty()) {
    out.refusal = refusal("fund/title", "a fund has a title");
  } else if (currencies_->find(fact.currency) == nullptr || currencies_->find(fact.rates_per) == nullptr) {
    out.refusal =
        refusal("fund/unknown_currency",
                "a fund has the currency of its reports and that of its rates, such as EUR and USD");
  }
}

void Book::plan(Plan& out, const acts::Stamp& stamp, const Pledged& fact) const {
  if (pledges_.contains(stamp.subject)) {
    out.refusal = refusal("fund/pledged_already", "the pledge " + stamp.subject + " is there");
    return;
  }
  if (fact.contributor.empty()) {
    out.refusal = refusal("fund/contributor", "a pledge names who makes it");
    return;
  }
  if (!is_amount(out, fact.amount)) return;
  debit(out.transaction, kReceivable, stamp.subject, fact.amount);
  credit(out.transaction, kPledged, stamp.subject, fact.amount);
}

void Book::plan(Plan& out, const acts::Stamp& stamp, const PledgeChanged& fact) const {
  const Pledge* found = pledge(out, stamp.subject);
  if (found == nullptr || !is_amount(out, fact.amount)) return;
  const Money before = pledged(*found);
  if (before.currency != fact.amount.currency) {
    out.refusal = refusal("fund/other_currency", "a pledge keeps its currency, " + before.currency +
                                                     "; for another, reverse it and pledge anew");
    return;
  }
  const Money more{.minor = fact.amount.minor - before.minor, .currency = before.currency};
  if (more.minor == 0) {
    out.refusal = refusal("fund/amount", "the pledge is that amount already");
    return;
  }
  debit(out.transaction, kReceivable, stamp.subject, more);
  credit(out.transaction, kPledged, stamp.subject, more);
}

void Book::plan(Plan& out, const acts::Stamp& stamp, const Received& fact) const {
  const Pledge* found = pledge(out, stamp.subject);
  if (found == nullptr || !is_amount(out, fact.amount)) return;
  const Money due = outstanding(*found);
  auto settled = converted(out, fact.amount, due.currency);
  if (!settled) return;
  if (fact.settles) {
    if (fact.amount.currency == due.currency) {
      out.refusal = refusal("fund/settles",
                            "a receipt in the currency of the pledge settles its own amount; change the "
                            "pledge if less is meant");
      return;
    }
    settled->minor = due.minor;
  }
  if (settled->minor > due.minor) {
    out.refusal =
        refusal("fund/over_the_pledge", "more was received than is still pledged, " + currencies_->text(due) +
                                            "; change the pledge first, or say that the receipt settles it");
    return;
  }
  // The money is in the fund, in the currency in which it came …
  debit(out.transaction, kCash, "", fact.amount);
  credit(out.transaction, kContributions, stamp.subject, fact.amount);
  // … and the pledge is settled by as much, in its own.
  debit(out.transaction, kSettled, stamp.subject, *settled);
  credit(out.transaction, kReceivable, stamp.subject, *settled);
}

void Book::plan(Plan& out, const acts::Stamp&, const RateSet& fact) const {
  if (currencies_->find(fact.currency) == nullptr) {
    out.refusal = refusal("fund/unknown_currency", "no currency has the code " + fact.currency);
  } else if (fact.currency == rates_.per()) {
    out.refusal =
        refusal("fund/rate", "rates are told for one unit of " + rates_.per() + ", whose own rate is one");
  } else if (!Rate::parse(fact.rate)) {
    out.refusal = refusal("fund/rate", "a rate is a decimal above zero, such as 0.9210");
  } else if (!fact.from.ok() || !is_year(fact.from)) {
    out.refusal = refusal("fund/rate", "a rate has the first day on which it holds");
  } else if (fact.to.ok() && (fact.to < fact.from || !is_year(fact.to))) {
    out.refusal = refusal("fund/rate", "a rate does not end before it begins");
  } else if (fact.source.empty()) {
    out.refusal = refusal("fund/rate", "a rate says who published it");
  }
}

void Book::plan(Plan& out, const acts::Stamp&, const Converted& fact) const {
  if (!is_amount(out, fact.from) || !is_amount(out, fact.to)) return;
  if (fact.from.currency == fact.to.currency) {
    out.refusal = refusal("fund/same_currency", "an exchange is between two currencies");
    return;
  }
  const auto by_rate = converted(out, fact.from, fact.to.currency);
  if (!by_rate) return;
  credit(out.transaction, kCash, "", fact.from);
  debit(out.transaction, kExchange, "", fact.from);
  debit(out.transaction, kCash, "", fact.to);
  credit(out.transaction, kExchange, "", *by_rate);
  // What the bank gave less, or more, than the rate of the day.
  debit(out.transaction, kExchangeDifference, "",
        {.minor = by_rate->minor - fact.to.minor, .currency = fact.to.currency});
}

void Book::plan(Plan& out, const acts::Stamp& stamp, const ProjectOpened& fact) const {
  if (projects_.contains(stamp.subject)) {
    out.refusal = refusal("fund/project_opened_already", "the project " + stamp.subject + " is there");
  } else if (fact.title.empty()) {
    out.refusal = refusal("fund/title", "a project has a title");
  } else if (fact.themes.empty()) {
    out.refusal = refusal("fund/themes", "a project has at least one theme");
  } else if (fact.beneficiaries.empty()) {
    out.refusal = refusal("fund/beneficiaries", "a project names the States that it is for");
  } else if (!fact.starts.ok() || !fact.ends.ok() || fact.ends < fact.starts || !is_year(fact.starts) ||
             !is_year(fact.ends)) {
    out.refusal = refusal("fund/days", "a project has a first and a last day, in this order");
  }
  std::set<std::string> budgeted;
  for (const Money& each : fact.budget) {
    if (out.refusal || !is_amount(out, each)) return;
    if (!budgeted.insert(each.currency).second)
      out.refusal = refusal("fund/budget", "a budget has one amount in each currency");
  }
  for (const Activity& each : fact.activities) {
    if (out.refusal) return;
    if (each.title.empty() || (each.starts.ok() && each.ends.ok() && each.ends < each.starts))
      out.refusal = refusal("fund/activities", "an activity has a title and does not end before it begins");
  }
}

void Book::plan(Plan& out, const acts::Stamp& stamp, const Allotted& fact) const {
  if (open_project(out, stamp.subject) == nullptr || !is_amount(out, fact.amount)) return;
  debit(out.transaction, kAppropriated, "", fact.amount);
  credit(out.transaction, kAllotments, stamp.subject, fact.amount);
}

void Book::plan(Plan& out, const acts::Stamp& stamp, const Spent& fact) const {
  if (open_project(out, stamp.subject) == nullptr || !is_amount(out, fact.amount)) return;
  const std::string charged = fact.charged.empty() ? fact.amount.currency : fact.charged;
  const auto borne = converted(out, fact.amount, charged);
  if (!borne) return;
  credit(out.transaction, kCash, "", fact.amount);
  if (charged != fact.amount.currency) {
    debit(out.transaction, kExchange, "", fact.amount);
    credit(out.transaction, kExchange, "", *borne);
  }
  debit(out.transaction, kExpenditure, stamp.subject, *borne);
}

void Book::plan(Plan& out, const acts::Stamp& stamp, const Returned& fact) const {
  if (fact.what == ReturnOf::contribution) {
    if (pledge(out, stamp.subject) == nullptr || !is_amount(out, fact.amount)) return;
    debit(out.transaction, kContributions, stamp.subject, fact.amount);
    credit(out.transaction, kCash, "", fact.amount);
    return;
  }
  if (open_project(out, stamp.subject) == nullptr || !is_amount(out, fact.amount)) return;
  if (fact.what == ReturnOf::allotment) {
    debit(out.transaction, kAllotments, stamp.subject, fact.amount);
    credit(out.transaction, kAppropriated, "", fact.amount);
  } else {
    debit(out.transaction, kCash, "", fact.amount);
    credit(out.transaction, kExpenditure, stamp.subject, fact.amount);
  }
}

void Book::plan(Plan& out, const acts::Stamp& stamp, const Transferred& fact) const {
  if (open_project(out, stamp.subject) == nullptr || open_project(out, fact.to) == nullptr) return;
  if (fact.to == stamp.subject) {
    out.refusal = refusal("fund/same_project", "a transfer is between two projects");
    return;
  }
  if (!is_amount(out, fact.amount)) return;
  debit(out.transaction, kAllotments, stamp.subject, fact.amount);
  credit(out.transaction, kAllotments, fact.to, fact.amount);
}

void Book::plan(Plan& out, const acts::Stamp&, const Posted& fact) const {
  if (fact.text.empty()) {
    out.refusal = refusal("fund/text", "a posting by hand says why");
    return;
  }
  if (fact.lines.size() > kLinesMax) {
    out.refusal = refusal("fund/too_large", "a posting by hand has at most 100 lines");
    return;
  }
  for (const Line& line : fact.lines) {
    const Account* account = chart_->find(line.account);
    if (account == nullptr || !account->by_hand) {
      out.refusal = account == nullptr
                        ? refusal("fund/unknown_account", "the fund has no account \"" + line.account + "\"")
                        : refusal("fund/by_hand",
                                  "the account " + line.account + " moves by its own acts, not by hand");
      return;
    }
    const Money size{.minor = line.amount.minor < 0 && line.amount.minor >= -kMinorMax ? -line.amount.minor
                                                                                       : line.amount.minor,
                     .currency = line.amount.currency};
    if (!is_amount(out, size)) return;
    if (account->of == Account::Of::project && open_project(out, line.of) == nullptr) return;
    if (account->of == Account::Of::fund && !line.of.empty()) {
      out.refusal =
          refusal("fund/unknown_account", "the account " + line.account + " is kept for the whole fund");
      return;
    }
    debit(out.transaction, line.account, line.of, line.amount);
  }
}

void Book::plan(Plan& out, const acts::Stamp&, const Reversed& fact) const {
  const Transaction* original =
      fact.transaction <= 0 ? nullptr : ledger_.find(static_cast<std::uint64_t>(fact.transaction));
  if (original == nullptr) {
    out.absent = true;
    out.refusal = refusal("fund/unknown_transaction",
                          "the fund has no transaction " + std::to_string(fact.transaction));
    return;
  }
  if (original->reversed_by != 0) {
    out.refusal = refusal("fund/reversed_already",
                          "the transaction was reversed by " + std::to_string(original->reversed_by));
    return;
  }
  if (original->reverses != 0) {
    out.refusal = refusal("fund/reversal_of_reversal", "a reversal is not reversed; book it again");
    return;
  }
  if (fact.reason.empty()) {
    out.refusal = refusal("fund/text", "a reversal says why");
    return;
  }
  for (const Posting& posting : original->postings) {
    if (const Account* account = chart_->find(posting.key.account);
        account != nullptr && account->of == Account::Of::project &&
        open_project(out, posting.key.of) == nullptr)
      return;
    out.transaction.postings.push_back({posting.key, -posting.minor});
  }
  out.transaction.reverses = original->entry;
  out.transaction.day = std::max(out.transaction.day, original->day);
}

void Book::plan(Plan& out, const acts::Stamp& stamp, const ProjectClosed& fact) const {
  const Project* project = open_project(out, stamp.subject);
  if (project == nullptr) return;
  if (fact.report.empty()) {
    out.refusal = refusal("fund/report", "a project is closed with its report");
    return;
  }
  for (const Money& rest : unspent(stamp.subject)) {
    debit(out.transaction, kAllotments, stamp.subject, rest);
    credit(out.transaction, kAppropriated, "", rest);
  }
}

Book::Plan Book::plan(const acts::Stamp& stamp, const Fact& fact) const {
  Plan out;
  out.transaction.kind = kVerbs[fact.index()];
  out.transaction.subject = stamp.subject;
  out.transaction.at = stamp.at;
  out.transaction.by = stamp.actor.by;
  std::visit(
      [&](const auto& each) {
        using Each = std::decay_t<decltype(each)>;
        if (!std::is_same_v<Each, Opened> && !opened_) {
          out.absent = true;
          out.refusal = refusal("fund/not_open", "no fund is open under this id");
          return;
        }
        out.transaction.day = day_of(stamp, {});
        if constexpr (requires { each.day; }) {
          out.transaction.day = day_of(stamp, each.day);
          // A day of tomorrow is a slip of the pen: what has not happened is not booked. A day's grace, since
          // it is tomorrow already east of here.
          if (out.transaction.day > day_of(stamp, {}) + std::chrono::days(1)) {
            out.refusal =
                refusal("fund/future_day", "the day " + format_day(each.day) +
                                               " has not come; what has not happened is not booked");
            return;
          }
          if (each.day.ok() && !is_year(each.day)) {
            out.refusal = refusal("fund/future_day", "the year is none of a fund's papers");
            return;
          }
        }
        if constexpr (requires { each.text; }) out.transaction.text = each.text;
        if constexpr (requires { each.reference; })
          if (out.transaction.text.empty()) out.transaction.text = each.reference;
        if constexpr (std::is_same_v<Each, Reversed>) out.transaction.text = each.reason;
        plan(out, stamp, each);
      },
      fact);
  return out;
}

std::optional<acts::Refusal> Book::limits(const Transaction& transaction) const {
  // What each sum changes by. All were counted by Ledger::check and fit.
  std::map<AccountKey, std::int64_t> change;
  std::map<std::string, std::int64_t> cash, held;  // held: what projects may still spend
  std::map<std::pair<std::string, std::string>, std::int64_t> of_project;  // project, currency
  for (const Posting& posting : transaction.postings) {
    change[posting.key] += posting.minor;
    if (posting.key.account == kCash) cash[posting.key.currency] += posting.minor;
    if (posting.key.account == kAllotments || posting.key.account == kExpenditure) {
      held[posting.key.currency] -= posting.minor;
      of_project[{posting.key.of, posting.key.currency}] -= posting.minor;
    }
  }
  const auto said = [&](std::int64_t minor, const std::string& currency) {
    return currencies_->text({.minor = minor, .currency = currency});
  };
  for (const auto& [of, minor] : of_project) {
    const std::int64_t before = unspent(of.first, of.second);
    if (minor < 0 && before + minor < 0)
      return refusal("fund/over_the_allotment", "the allotment of " + of.first + " has " +
                                                    said(before, of.second) + " left, and this takes " +
                                                    said(-minor, of.second));
  }
  for (const auto& [each, minor] : change) {
    const std::int64_t before = ledger_.balance(each);
    if (each.account == kReceivable && minor < 0 && before + minor < 0)
      return refusal("fund/over_the_pledge", "of the pledge " + each.of + " " + said(before, each.currency) +
                                                 " is outstanding, and this takes " +
                                                 said(-minor, each.currency));
    if (each.account == kContributions && minor > 0 && before + minor > 0)
      return refusal("fund/over_the_contribution",
                     "under the pledge " + each.of + " " + said(-before, each.currency) +
                         " was received, and this takes " + said(minor, each.currency));
    if (each.account == kSettled && minor < 0 && before + minor < 0)
      return refusal("fund/over_the_pledge", "of the pledge " + each.of + " less was settled");
    if (each.account == kExpenditure && minor < 0 && before + minor < 0)
      return refusal("fund/over_the_spending", "of " + each.of + " " + said(before, each.currency) +
                                                   " was spent, and " + said(-minor, each.currency) +
                                                   " comes back");
  }
  std::set<std::string> touched;
  for (const auto& [currency, unused] : cash) touched.insert(currency);
  for (const auto& [currency, unused] : held) touched.insert(currency);
  for (const std::string& currency : touched) {
    const std::int64_t minor = cash[currency] - held[currency];
    const std::int64_t before = available(currency);
    if (minor < 0 && before + minor < 0)
      return refusal("fund/over_the_balance", "the fund has " + said(before, currency) +
                                                  " that no project holds, and this takes " +
                                                  said(-minor, currency));
  }
  return std::nullopt;
}

std::optional<acts::Refusal> Book::judge(const acts::Stamp& stamp, const Fact& fact) const {
  const Plan planned = plan(stamp, fact);
  if (planned.refusal) return planned.refusal;
  // A project without anything unspent closes without a posting, a rate and a project are none.
  if (planned.transaction.postings.empty()) {
    const bool posts = !std::holds_alternative<Opened>(fact) && !std::holds_alternative<RateSet>(fact) &&
                       !std::holds_alternative<ProjectOpened>(fact) &&
                       !std::holds_alternative<ProjectClosed>(fact);
    return posts ? ledger_.check({}) : std::nullopt;
  }
  if (auto wrong = ledger_.check(planned.transaction.postings)) return wrong;
  return limits(planned.transaction);
}

bool Book::enter(std::uint64_t entry, const acts::Stamp& stamp, const Fact& fact) {
  Plan planned = plan(stamp, fact);
  if (planned.absent) return false;
  // What was booked stands, even if a limit was set since; only what cannot be counted stops the fold.
  if (planned.refusal)
    throw Error(ErrorKind::corrupt, "entry " + std::to_string(entry) +
                                        " does not fit the books of the fund: " + planned.refusal->reason);
  if (const auto* opened = std::get_if<Opened>(&fact)) {
    opened_ = *opened;
    id_ = stamp.subject;
    rates_ = Rates(opened->rates_per);
  } else if (const auto* pledged = std::get_if<Pledged>(&fact)) {
    pledges_[stamp.subject] = {.id = stamp.subject, .said = *pledged, .at = stamp.at, .entry = entry};
  } else if (const auto* rate = std::get_if<RateSet>(&fact)) {
    const Day from = rate->from;
    const Day to = rate->to.ok() ? rate->to : Day(from.year() / from.month() / std::chrono::last);
    rates_.set({.currency = rate->currency,
                .rate = *Rate::parse(rate->rate),
                .from = std::chrono::sys_days(from),
                .to = std::chrono::sys_days(to),
                .source = rate->source,
                .entry = entry});
  } else if (const auto* project = std::get_if<ProjectOpened>(&fact)) {
    projects_[stamp.subject] = {.id = stamp.subject, .said = *project, .at = stamp.at, .entry = entry};
  } else if (const auto* closed = std::get_if<ProjectClosed>(&fact)) {
    Project& which = projects_.find(stamp.subject)->second;
    which.closed = true;
    which.report = closed->report;
    which.closed_on = planned.transaction.day;
  } else if (const auto* spent = std::get_if<Spent>(&fact)) {
    projects_.find(stamp.subject)
        ->second.payments.push_back(
            {.entry = entry,
             .purpose = spent->purpose,
             .of = spent->of,
             .paid = spent->amount,
             .charged = {.minor = planned.transaction.postings.back().minor,
                         .currency = planned.transaction.postings.back().key.currency}});
  } else if (const auto* returned = std::get_if<Returned>(&fact);
             returned != nullptr && returned->what == ReturnOf::expenditure) {
    const Money back{.minor = -returned->amount.minor, .currency = returned->amount.currency};
    projects_.find(stamp.subject)
        ->second.payments.push_back({.entry = entry,
                                     .purpose = returned->purpose,
                                     .of = returned->of,
                                     .paid = back,
                                     .charged = back});
  }
  if (planned.transaction.postings.empty()) return true;
  if (const auto wrong = ledger_.check(planned.transaction.postings))
    throw Error(ErrorKind::corrupt,
                "entry " + std::to_string(entry) + " does not fit the books of the fund: " + wrong->reason);
  planned.transaction.entry = entry;
  ledger_.post(std::move(planned.transaction));
  return true;
}

std::vector<CurrencySums> Book::sums() const {
  std::vector<CurrencySums> all;
  for (const std::string& currency : ledger_.currencies()) {
    const auto total = [&](std::string_view account) { return ledger_.total(account, currency); };
    all.push_back({.currency = currency,
                   .pledged = -total(kPledged),
                   .outstanding = total(kReceivable),
                   .received = -total(kContributions),
                   .allotted = -total(kAllotments),
                   .spent = total(kExpenditure),
                   .cash = total(kCash),
                   .balance = available(currency)});
  }
  return all;
}

Money Book::pledged(const Pledge& pledge) const {
  const std::string& currency = pledge.said.amount.currency;
  return {.minor = -ledger_.balance(key(kPledged, pledge.id, currency)), .currency = currency};
}

Money Book::outstanding(const Pledge& pledge) const {
  const std::string& currency = pledge.said.amount.currency;
  return {.minor = ledger_.balance(key(kReceivable, pledge.id, currency)), .currency = currency};
}

std::vector<Money> Book::received(const Pledge& pledge) const {
  std::vector<Money> all;
  for (const std::string& currency : ledger_.currencies()) {
    const std::int64_t minor = -ledger_.balance(key(kContributions, pledge.id, currency));
    if (minor != 0) all.push_back({.minor = minor, .currency = currency});
  }
  return all;
}

std::vector<Money> Book::allotted(std::string_view project) const {
  std::vector<Money> all;
  for (const std::string& currency : ledger_.currencies()) {
    const std::int64_t minor = -ledger_.balance(key(kAllotments, project, currency));
    if (minor != 0) all.push_back({.minor = minor, .currency = currency});
  }
  return all;
}

std::vector<Money> Book::spent(std::string_view project) const {
  std::vector<Money> all;
  for (const std::string& currency : ledger_.currencies()) {
    const std::int64_t minor = ledger_.balance(key(kExpenditure, project, currency));
    if (minor != 0) all.push_back({.minor = minor, .currency = currency});
  }
  return all;
}

std::vector<Money> Book::unspent(std::string_view project) const {
  std::vector<Money> all;
  for (const std::string& currency : ledger_.currencies()) {
    const std::int64_t minor = unspent(project, currency);
    if (minor != 0) all.push_back({.minor = minor, .currency = currency});
  }
  return all;
}

std::map<Purpose, std::map<std::string, std::int64_t>> Book::spending_by_purpose() const {
  std::map<Purpose, std::map<std::string, std::int64_t>> sums;
  for (const auto& [unused, project] : projects_) {
    for (const Payment& payment : project.payments) {
      const Transaction* transaction = ledger_.find(payment.entry);
      if (transaction == nullptr || transaction->reversed_by != 0) continue;
      sums[payment.purpose][payment.charged.currency] += payment.charged.minor;
    }
  }
  return sums;
}

}  // namespace mithaq::fund
