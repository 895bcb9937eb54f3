// Random histories of a fund beside a slow, obvious model written apart from it.
//
// The model knows no accounts: it keeps how much of what there is in plain tables and says yes or no by
// comparing them. Verdicts and sums must agree after every act.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "base/random.hpp"
#include "engines/fund/test_fund.hpp"

namespace mithaq::fund {
namespace {

using Sums = std::map<std::string, std::int64_t>;  // by currency

constexpr const char* kCurrencies[] = {"EUR", "USD", "JPY", "TND"};
constexpr int kDigits[] = {2, 2, 0, 3};
constexpr std::int64_t kPerDollarThousandths[] = {925, 1'000, 149'350, 3'110};

// What happened, in the simplest words; each act is one of these, and its reversal is the same less.
struct Movement {
  Sums cash{}, contributed{}, allotted{}, spent{}, to_allotted{};
  std::string pledge{}, project{}, to_project{};
  std::int64_t pledged = 0, settled = 0;
  bool reversal = false, reversed = false;
};

struct Model {
  std::map<std::uint64_t, Movement> movements{};  // by entry
  std::map<std::string, std::string> pledge_currency{};
  std::set<std::string> projects{}, closed{};

  // All added up from the beginning: slow on purpose.
  std::int64_t sum(const std::function<std::int64_t(const Movement&)>& of) const {
    std::int64_t total = 0;
    for (const auto& [unused, each] : movements) total += (each.reversal ? -1 : 1) * of(each);
    return total;
  }
  static std::int64_t at(const Sums& sums, const std::string& currency) {
    const auto found = sums.find(currency);
    return found == sums.end() ? 0 : found->second;
  }
  std::int64_t cash(const std::string& currency) const {
    return sum([&](const Movement& m) { return at(m.cash, currency); });
  }
  std::int64_t allotted(const std::string& project, const std::string& currency) const {
    return sum([&](const Movement& m) {
      return (m.project == project ? at(m.allotted, currency) : 0) +
             (m.to_project == project ? at(m.to_allotted, currency) : 0);
    });
  }
  std::int64_t spent(const std::string& project, const std::string& currency) const {
    return sum([&](const Movement& m) { return m.project == project ? at(m.spent, currency) : 0; });
  }
  std::int64_t free(const std::string& currency) const {
    std::int64_t rest = cash(currency);
    for (const std::string& project : projects)
      rest -= allotted(project, currency) - spent(project, currency);
    return rest;
  }
  std::int64_t pledged(const std::string& pledge) const {
    return sum([&](const Movement& m) { return m.pledge == pledge ? m.pledged : 0; });
  }
  std::int64_t settled(const std::string& pledge) const {
    return sum([&](const Movement& m) { return m.pledge == pledge ? m.settled : 0; });
  }
  std::int64_t contributed(const std::string& pledge, const std::string& currency) const {
    return sum([&](const Movement& m) { return m.pledge == pledge ? at(m.contributed, currency) : 0; });
  }
  // Whether nothing is below zero.
  bool holds() const {
    for (const char* currency : kCurrencies) {
      if (free(currency) < 0) return false;
      for (const std::string& project : projects)
        if (spent(project, currency) < 0 || allotted(project, currency) < spent(project, currency))
          return false;
      for (const auto& [pledge, unused] : pledge_currency)
        if (contributed(pledge, currency) < 0) return false;
    }
    for (const auto& [pledge, unused] : pledge_currency)
      if (settled(pledge) < 0 || settled(pledge) > pledged(pledge)) return false;
    return true;
  }
};

// In thousandths and by trying: the whole number whose distance from the quotient is least, of two the even.
std::int64_t slowly_converted(std::int64_t minor, int from, int to) {
  std::int64_t over = minor * kPerDollarThousandths[to], under = kPerDollarThousandths[from];
  for (int each = 0; each < kDigits[to]; ++each) over *= 10;
  for (int each = 0; each < kDigits[from]; ++each) under *= 10;
  const std::int64_t below = over / under;
  const std::int64_t to_below = over - below * under, to_above = (below + 1) * under - over;
  if (to_below != to_above) return to_below < to_above ? below : below + 1;
  return below % 2 == 0 ? below : below + 1;
}

void run(std::uint64_t seed, int acts_count) {
  Random random(seed);
  TestFund fund;
  ASSERT_EQ(fund.open(), "");
  using namespace std::chrono_literals;
  for (const auto& [currency, rate] : {std::pair{"EUR", "0.925"}, {"JPY", "149.35"}, {"TND", "3.11"}})
    ASSERT_EQ(
        fund.act("PF", RateSet{.currency = currency, .rate = rate, .from = 2026y / 3 / 1, .source = "UN"}),
        "");
  Model model;
  for (int each = 0; each < acts_count; ++each) {
    const auto name = [&](const char* prefix) { return prefix + std::to_string(random.below(3)); };
    const int currency = static_cast<int>(random.below(4));
    const std::string code = kCurrencies[currency];
    const std::int64_t minor = 1 + random.below(random.below(2) == 0 ? 500 : 20'000);
    const Money amount{.minor = minor, .currency = code};
    std::string subject;
    Fact fact;
    Movement movement;
    bool possible = true;  // beside what is below zero
    switch (random.below(12)) {
      case 0:
      case 1:
        subject = name("P");
        fact = Pledged{.contributor = "AUT", .amount = amount};
        possible = !model.pledge_currency.contains(subject);
        movement = {.pledge = subject, .pledged = minor};
        break;
      case 2: {
        subject = name("P");
        fact = PledgeChanged{.amount = amount};
        const auto found = model.pledge_currency.find(subject);
        possible =
            found != model.pledge_currency.end() && found->second == code && model.pledged(subject) != minor;
        if (possible) movement = {.pledge = subject, .pledged = minor - model.pledged(subject)};
        break;
      }
      case 3:
      case 4: {
        subject = name("P");
        fact = Received{.amount = amount};
        const auto found = model.pledge_currency.find(subject);
        possible = found != model.pledge_currency.end();
        if (!possible) break;
        int to = 0;
        while (kCurrencies[to] != found->second) ++to;
        movement = {.cash = {{code, minor}},
                    .contributed = {{code, minor}},
                    .pledge = subject,
                    .settled = slowly_converted(minor, currency, to)};
        possible = movement.settled > 0;
        break;
      }
      case 5: {
        const int to = static_cast<int>(random.below(4));
        subject = "PF";
        const std::int64_t given = 1 + random.below(5'000);
        fact = Converted{.from = amount, .to = {.minor = given, .currency = kCurrencies[to]}};
        possible = to != currency && slowly_converted(minor, currency, to) > 0;
        movement = {.cash = {{code, -minor}}};
        movement.cash[kCurrencies[to]] += given;
        break;
      }
      case 6:
        subject = name("PF-");
        if (!model.projects.contains(subject)) {
          ASSERT_EQ(fund.project(subject), "");
          model.projects.insert(subject);
        }
        fact = Allotted{.amount = amount};
        movement = {.allotted = {{code, minor}}, .project = subject};
        break;
      case 7:
      case 8: {
        const int charged = random.below(4) == 0 ? static_cast<int>(random.below(4)) : currency;
        subject = name("PF-");
        fact = Spent{.amount = amount, .charged = kCurrencies[charged]};
        movement = {.cash = {{code, -minor}}, .project = subject};
        movement.spent = {
            {kCurrencies[charged], charged == currency ? minor : slowly_converted(minor, currency, charged)}};
        possible = movement.spent.begin()->second > 0;
        break;
      }
      case 9: {
        const auto what = static_cast<ReturnOf>(random.below(3));
        fact = Returned{.what = what, .amount = amount};
        subject = what == ReturnOf::contribution ? name("P") : name("PF-");
        if (what == ReturnOf::allotment) movement = {.allotted = {{code, -minor}}, .project = subject};
        if (what == ReturnOf::expenditure)
          movement = {.cash = {{code, minor}}, .spent = {{code, -minor}}, .project = subject};
        if (what == ReturnOf::contribution) {
          movement = {.cash = {{code, -minor}}, .contributed = {{code, -minor}}, .pledge = subject};
          possible = model.pledge_currency.contains(subject);
        }
        break;
      }
      case 10: {
        subject = name("PF-");
        const std::string to = name("PF-");
        fact = Transferred{.to = to, .amount = amount};
        movement = {.allotted = {{code, -minor}},
                    .to_allotted = {{code, minor}},
                    .project = subject,
                    .to_project = to};
        possible = to != subject && model.projects.contains(to) && !model.closed.contains(to);
        break;
      }
      default: {
        const std::uint64_t entry = 1 + random.below(static_cast<std::uint32_t>(fund.entry));
        subject = "PF";
        fact = Reversed{.transaction = static_cast<std::int64_t>(entry), .reason = "wrong"};
        const auto found = model.movements.find(entry);
        possible = found != model.movements.end() && !found->second.reversed && !found->second.reversal &&
                   !model.closed.contains(found->second.project) &&
                   !model.closed.contains(found->second.to_project);
        if (possible) {
          movement = found->second;
          movement.reversal = true;
        }
      }
    }
    if (random.below(60) == 0) {
      // Sometimes a project is closed; what is left of it goes back.
      subject = name("PF-");
      fact = ProjectClosed{.report = {{"en", "done"}}};
      possible = true;
      movement = {.project = subject};
      for (const char* each_code : kCurrencies)
        movement.allotted[each_code] =
            -(model.allotted(subject, each_code) - model.spent(subject, each_code));
    }
    if (!movement.project.empty() && !movement.reversal)
      possible =
          possible && model.projects.contains(movement.project) && !model.closed.contains(movement.project);
    const bool pledges = std::holds_alternative<Pledged>(fact);
    if (possible) {
      Model after = model;
      after.movements[fund.entry + 1] = movement;
      if (pledges) after.pledge_currency[subject] = code;
      possible = after.holds();
    }
    const std::string refused = fund.act(subject, fact);
    ASSERT_EQ(refused.empty(), possible)
        << "seed " << seed << " act " << each << " " << kVerbs[fact.index()] << " " << subject << " "
        << fund.currencies.text(amount) << ": " << refused;
    if (!possible) continue;
    model.movements[fund.entry] = movement;
    if (pledges) model.pledge_currency[subject] = code;
    if (std::holds_alternative<ProjectClosed>(fact)) model.closed.insert(subject);
    if (const auto* reversal = std::get_if<Reversed>(&fact))
      model.movements[static_cast<std::uint64_t>(reversal->transaction)].reversed = true;
  }
  for (const char* currency : kCurrencies) {
    const CurrencySums sums = fund.sums(currency);
    EXPECT_EQ(sums.cash, model.cash(currency)) << seed;
    EXPECT_EQ(sums.balance, model.free(currency)) << seed;
    std::int64_t zero = 0, contributed = 0, spent = 0;
    for (const auto& [key, minor] : fund.book.ledger().balances())
      if (key.currency == currency) zero += minor;
    EXPECT_EQ(zero, 0) << seed << currency;
    for (const auto& [pledge, unused] : model.pledge_currency)
      contributed += model.contributed(pledge, currency);
    for (const std::string& project : model.projects) spent += model.spent(project, currency);
    EXPECT_EQ(sums.received, contributed) << seed;
    EXPECT_EQ(sums.spent, spent) << seed;
  }
  for (const auto& [id, pledge] : fund.book.pledges()) {
    EXPECT_EQ(fund.book.pledged(pledge).minor, model.pledged(id)) << seed;
    EXPECT_EQ(fund.book.outstanding(pledge).minor, model.pledged(id) - model.settled(id)) << seed;
  }
}

TEST(Fund, RandomHistoriesAgreeWithASlowModel) {
  for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
    run(seed, 60);
    if (HasFatalFailure()) return;
  }
}

// The books of the sums of a day are those that a fold up to that day would have.
TEST(Ledger, SumsOfADayAreThoseOfTheActsUntilThen) {
  using namespace std::chrono_literals;
  TestFund fund;
  ASSERT_EQ(fund.open(), "");
  for (int each = 0; each < 20; ++each) {
    const std::string id = "P" + std::to_string(each);
    ASSERT_EQ(
        fund.act(
            id, Pledged{.contributor = "AUT", .amount = fund.money("10 EUR"), .day = 2026y / 2 / (1 + each)}),
        "");
  }
  for (int day = 1; day <= 20; ++day) {
    std::int64_t pledged = 0;
    for (const auto& [key, minor] : fund.book.ledger().balances_on(2026y / 2 / day))
      if (key.account == kReceivable) pledged += minor;
    EXPECT_EQ(pledged, 1'000 * day);
  }
}

}  // namespace
}  // namespace mithaq::fund
