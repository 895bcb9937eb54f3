#include "engines/fund/book.hpp"

#include <gtest/gtest.h>

#include "engines/fund/test_fund.hpp"

namespace mithaq::fund {
namespace {

using namespace std::chrono_literals;

// A fund with a pledge of Austria, of which a part was received, and a project with an allotment.
struct Running : TestFund, ::testing::Test {
  Running() {
    EXPECT_EQ(open(), "");
    EXPECT_EQ(act("P1", Pledged{.contributor = "AUT", .amount = money("10000.00 EUR")}), "");
    EXPECT_EQ(act("P1", Received{.amount = money("6000.00 EUR")}), "");
    EXPECT_EQ(project("PF-1"), "");
    EXPECT_EQ(act("PF-1", Allotted{.amount = money("5000.00 EUR")}), "");
  }
  std::string rate(const char* currency, const char* text, Day from = 2026y / 3 / 1) {
    return act("PF",
               RateSet{.currency = currency, .rate = text, .from = from, .source = "UN operational rates"});
  }
};

TEST_F(Running, EverySumStandsOnTheLedger) {
  EXPECT_EQ(
      act("PF-1", Spent{.amount = money("1200.50 EUR"), .purpose = Purpose::participant, .of = "CALL-1/1"}),
      "");
  const CurrencySums eur = sums("EUR");
  EXPECT_EQ(eur.pledged, 1'000'000);
  EXPECT_EQ(eur.outstanding, 400'000);
  EXPECT_EQ(eur.received, 600'000);
  EXPECT_EQ(eur.allotted, 500'000);
  EXPECT_EQ(eur.spent, 120'050);
  EXPECT_EQ(eur.cash, 479'950);
  EXPECT_EQ(eur.balance, 100'000);
  EXPECT_EQ(book.unspent("PF-1"), (std::vector<Money>{money("3799.50 EUR")}));
  std::int64_t all = 0;
  for (const auto& [unused, minor] : book.ledger().balances()) all += minor;
  EXPECT_EQ(all, 0);
}

TEST_F(Running, WhatIsNotThereIsNotSpent) {
  EXPECT_EQ(act("PF-1", Allotted{.amount = money("1000.01 EUR")}), "fund/over_the_balance");
  EXPECT_EQ(act("PF-1", Allotted{.amount = money("1000.00 EUR")}), "");
  EXPECT_EQ(act("PF-1", Spent{.amount = money("6000.01 EUR")}), "fund/over_the_allotment");
  EXPECT_EQ(act("PF-1", Spent{.amount = money("6000.00 EUR")}), "");
  EXPECT_EQ(act("PF-1", Spent{.amount = money("0.01 EUR")}), "fund/over_the_allotment");
  EXPECT_EQ(act("PF-1", Spent{.amount = money("1 USD")}), "fund/over_the_allotment");
  EXPECT_EQ(act("P1", Received{.amount = money("4000.01 EUR")}), "fund/over_the_pledge");
  EXPECT_EQ(sums("EUR").cash, 0);
}

TEST_F(Running, WrongAmountsAndNamesAreRefused) {
  EXPECT_EQ(act("PF-1", Spent{.amount = {.minor = 0, .currency = "EUR"}}), "fund/amount");
  EXPECT_EQ(act("PF-1", Spent{.amount = {.minor = -5, .currency = "EUR"}}), "fund/amount");
  EXPECT_EQ(act("PF-1", Spent{.amount = {.minor = INT64_MIN, .currency = "EUR"}}), "fund/amount");
  EXPECT_EQ(act("PF-1", Spent{.amount = {.minor = INT64_MAX, .currency = "EUR"}}), "fund/too_large");
  EXPECT_EQ(act("PF-1", Spent{.amount = {.minor = 5, .currency = "EUX"}}), "fund/unknown_currency");
  EXPECT_EQ(act("PF-1", Spent{.amount = {.minor = 5, .currency = "EUR"}, .charged = "EUX"}),
            "fund/unknown_currency");
  EXPECT_EQ(act("PF-1", Spent{.amount = {.minor = 5, .currency = ""}}), "fund/unknown_currency");
  EXPECT_EQ(act("PF-2", Spent{.amount = money("1 EUR")}), "fund/unknown_project");
  EXPECT_EQ(act("P9", Received{.amount = money("1 EUR")}), "fund/unknown_pledge");
  EXPECT_EQ(act("PF-1", Spent{.amount = money("1 EUR"), .day = 2026y / 3 / 12}), "fund/future_day");
  EXPECT_EQ(act("PF-1", Spent{.amount = money("1 EUR"), .day = 1066y / 3 / 12}), "fund/future_day");
  EXPECT_EQ(act("PF-1", Spent{.amount = money("1 EUR"), .day = 2026y / 3 / 11}), "");
  EXPECT_EQ(act("P1", Pledged{.contributor = "AUT", .amount = money("1 EUR")}), "fund/pledged_already");
  EXPECT_EQ(act("P2", Pledged{.amount = money("1 EUR")}), "fund/contributor");
  EXPECT_EQ(project("PF-1"), "fund/project_opened_already");
  EXPECT_EQ(open(), "fund/opened_already");
  TestFund closed;
  EXPECT_EQ(closed.act("P1", Pledged{.contributor = "AUT", .amount = money("1 EUR")}), "fund/not_open");
}

TEST_F(Running, AProjectSaysWhatItIsFor) {
  ProjectOpened fact{.title = {{"ar", "تدريب"}},
                     .themes = {"training"},
                     .beneficiaries = {"MNG"},
                     .starts = 2026y / 5 / 1,
                     .ends = 2026y / 6 / 1};
  const auto without = [&](auto change) {
    ProjectOpened changed = fact;
    change(changed);
    return act("PF-2", changed);
  };
  EXPECT_EQ(without([](auto& p) { p.title.clear(); }), "fund/title");
  EXPECT_EQ(without([](auto& p) { p.themes.clear(); }), "fund/themes");
  EXPECT_EQ(without([](auto& p) { p.beneficiaries.clear(); }), "fund/beneficiaries");
  EXPECT_EQ(without([](auto& p) { p.ends = 2026y / 4 / 1; }), "fund/days");
  EXPECT_EQ(without([](auto& p) { p.starts = {}; }), "fund/days");
  EXPECT_EQ(without([&](auto& p) { p.budget = {money("1 EUR"), money("2 EUR")}; }), "fund/budget");
  EXPECT_EQ(without([&](auto& p) { p.budget = {{.minor = 1, .currency = "E"}}; }), "fund/unknown_currency");
  EXPECT_EQ(without([](auto& p) { p.activities = {{}}; }), "fund/activities");
  EXPECT_EQ(act("PF-2", fact), "");
}

TEST_F(Running, APledgeIsChangedButNotBelowWhatCame) {
  EXPECT_EQ(act("P1", PledgeChanged{.amount = money("5999.99 EUR")}), "fund/over_the_pledge");
  EXPECT_EQ(act("P1", PledgeChanged{.amount = money("7000 USD")}), "fund/other_currency");
  EXPECT_EQ(act("P1", PledgeChanged{.amount = money("10000 EUR")}), "fund/amount");
  EXPECT_EQ(act("P1", PledgeChanged{.amount = money("6000 EUR")}), "");
  EXPECT_EQ(book.outstanding(book.pledges().at("P1")).minor, 0);
  EXPECT_EQ(act("P1", PledgeChanged{.amount = money("8000 EUR")}), "");
  EXPECT_EQ(book.pledged(book.pledges().at("P1")), money("8000 EUR"));
}

TEST_F(Running, AReceiptInAnotherCurrencySettlesByTheRateOfItsDay) {
  EXPECT_EQ(act("P1", Received{.amount = money("1000 USD")}), "fund/no_rate");
  EXPECT_EQ(rate("EUR", "0.8"), "");
  EXPECT_EQ(act("P1", Received{.amount = money("1000 USD"), .day = 2026y / 2 / 27}), "fund/no_rate");
  EXPECT_EQ(act("P1", Received{.amount = money("1000 USD"), .day = 2026y / 3 / 2}), "");
  EXPECT_EQ(book.outstanding(book.pledges().at("P1")), money("3200 EUR"));
  EXPECT_EQ(sums("USD").balance, 100'000);
  EXPECT_EQ(act("P1", Received{.amount = money("4100 USD")}), "fund/over_the_pledge");
  EXPECT_EQ(act("P1", Received{.amount = money("3200 EUR"), .settles = true}), "fund/settles");
  EXPECT_EQ(act("P1", Received{.amount = money("3990 USD"), .settles = true}), "");
  EXPECT_EQ(book.outstanding(book.pledges().at("P1")).minor, 0);
  EXPECT_EQ(book.received(book.pledges().at("P1")),
            (std::vector<Money>{money("6000 EUR"), money("4990 USD")}));
}

TEST_F(Running, SpendingInAnotherCurrencyIsBorneThroughTheExchange) {
  EXPECT_EQ(rate("EUR", "0.8"), "");
  EXPECT_EQ(act("PF-1", Spent{.amount = money("100 USD"), .charged = "EUR"}), "fund/over_the_balance");
  EXPECT_EQ(act("PF", Converted{.from = money("900 EUR"), .to = money("1120 USD")}), "");
  EXPECT_EQ(book.ledger().total(kExchangeDifference, "USD"),
            500);  // the bank gave 5 dollars less than the rate
  EXPECT_EQ(sums("EUR").balance, 10'000);
  EXPECT_EQ(sums("USD").balance, 112'000);
  EXPECT_EQ(act("PF-1", Spent{.amount = money("100 USD"), .charged = "EUR", .purpose = Purpose::travel}), "");
  EXPECT_EQ(book.spent("PF-1"), (std::vector<Money>{money("80 EUR")}));
  EXPECT_EQ(sums("USD").balance, 102'000);
  EXPECT_EQ(sums("EUR").balance, 18'000);  // eighty euros of cash are no longer held by the project
  EXPECT_EQ(book.ledger().transactions().back().rates.size(), 1u);
  EXPECT_EQ(act("PF", Converted{.from = money("1 EUR"), .to = money("1 EUR")}), "fund/same_currency");
  EXPECT_EQ(act("PF", Converted{.from = money("181 EUR"), .to = money("1 USD")}), "fund/over_the_balance");
  EXPECT_EQ(act("PF", Converted{.from = money("1 EUR"), .to = money("5 GBP")}), "fund/no_rate");
}

TEST_F(Running, ARateSaysItsDayAndItsSource) {
  EXPECT_EQ(act("PF", RateSet{.currency = "EUX", .rate = "1", .from = 2026y / 3 / 1, .source = "UN"}),
            "fund/unknown_currency");
  EXPECT_EQ(act("PF", RateSet{.currency = "USD", .rate = "1", .from = 2026y / 3 / 1, .source = "UN"}),
            "fund/rate");
  EXPECT_EQ(act("PF", RateSet{.currency = "EUR", .rate = "0", .from = 2026y / 3 / 1, .source = "UN"}),
            "fund/rate");
  EXPECT_EQ(act("PF", RateSet{.currency = "EUR", .rate = "1", .source = "UN"}), "fund/rate");
  EXPECT_EQ(act("PF", RateSet{.currency = "EUR", .rate = "1", .from = 2026y / 3 / 1}), "fund/rate");
  EXPECT_EQ(
      act("PF",
          RateSet{
              .currency = "EUR", .rate = "1", .from = 2026y / 3 / 2, .to = 2026y / 3 / 1, .source = "UN"}),
      "fund/rate");
}

TEST_F(Running, MoneyGoesBackTheWayItCame) {
  EXPECT_EQ(act("PF-1", Spent{.amount = money("1000 EUR")}), "");
  EXPECT_EQ(act("PF-1", Returned{.what = ReturnOf::expenditure, .amount = money("1000.01 EUR")}),
            "fund/over_the_spending");
  EXPECT_EQ(act("PF-1", Returned{.what = ReturnOf::expenditure, .amount = money("400 EUR")}), "");
  EXPECT_EQ(book.spending_by_purpose()[Purpose::activity]["EUR"], 60'000);
  EXPECT_EQ(act("PF-1", Returned{.what = ReturnOf::allotment, .amount = money("4400.01 EUR")}),
            "fund/over_the_allotment");
  EXPECT_EQ(act("PF-1", Returned{.what = ReturnOf::allotment, .amount = money("4400 EUR")}), "");
  EXPECT_EQ(act("P1", Returned{.what = ReturnOf::contribution, .amount = money("6000 EUR")}),
            "fund/over_the_balance");
  EXPECT_EQ(act("P1", Returned{.what = ReturnOf::contribution, .amount = money("5400 EUR")}), "");
  EXPECT_EQ(sums("EUR").cash, 0);
  EXPECT_EQ(act("P1", Received{.amount = money("4000 EUR")}), "");
  EXPECT_EQ(act("P1", Returned{.what = ReturnOf::contribution, .amount = money("4600.01 EUR")}),
            "fund/over_the_contribution");
}

TEST_F(Running, ATransferStaysWithinTheAllotment) {
  EXPECT_EQ(project("PF-2"), "");
  EXPECT_EQ(act("PF-1", Transferred{.to = "PF-2", .amount = money("5000.01 EUR")}),
            "fund/over_the_allotment");
  EXPECT_EQ(act("PF-1", Transferred{.to = "PF-1", .amount = money("1 EUR")}), "fund/same_project");
  EXPECT_EQ(act("PF-1", Transferred{.to = "PF-9", .amount = money("1 EUR")}), "fund/unknown_project");
  EXPECT_EQ(act("PF-1", Transferred{.to = "PF-2", .amount = money("5000 EUR")}), "");
  EXPECT_EQ(sums("EUR").allotted, 500'000);
}

TEST_F(Running, APostingByHandBalances) {
  const auto post = [&](std::vector<Line> lines, const char* text = "bank charges of March") {
    return act("PF", Posted{.lines = std::move(lines), .text = text});
  };
  EXPECT_EQ(post({{.account = "bank_charges", .amount = money("5 EUR")},
                  {.account = "cash", .amount = money("-4 EUR")}}),
            "fund/unbalanced");
  // Debits and credits that cancel only across currencies do not.
  EXPECT_EQ(post({{.account = "bank_charges", .amount = money("5 EUR")},
                  {.account = "cash", .amount = money("-5 USD")}}),
            "fund/unbalanced");
  EXPECT_EQ(post({{.account = "bank_charges", .amount = money("5 EUR")},
                  {.account = "contributions", .amount = money("-5 EUR")}}),
            "fund/by_hand");
  EXPECT_EQ(post({{.account = "till", .amount = money("5 EUR")}}), "fund/unknown_account");
  EXPECT_EQ(post({{.account = "cash", .of = "PF-1", .amount = money("5 EUR")}}), "fund/unknown_account");
  EXPECT_EQ(post({}), "fund/amount");
  EXPECT_EQ(post({{.account = "cash", .amount = money("0 EUR")}}), "fund/amount");
  EXPECT_EQ(post({{.account = "cash", .amount = {.minor = INT64_MIN, .currency = "EUR"}}}), "fund/amount");
  EXPECT_EQ(post({{.account = "bank_charges", .amount = money("1001 EUR")},
                  {.account = "cash", .amount = money("-1001 EUR")}}),
            "fund/over_the_balance");
  EXPECT_EQ(post({{.account = "bank_charges", .amount = money("5 EUR")},
                  {.account = "cash", .amount = money("-5 EUR")}},
                 ""),
            "fund/text");
  EXPECT_EQ(post(std::vector<Line>(101, {.account = "cash", .amount = money("5 EUR")})), "fund/too_large");
  EXPECT_EQ(post({{.account = "bank_charges", .amount = money("5 EUR")},
                  {.account = "cash", .amount = money("-5 EUR")}}),
            "");
  EXPECT_EQ(sums("EUR").balance, 99'500);
}

TEST_F(Running, AReversalTakesBackWithoutChanging) {
  EXPECT_EQ(act("PF-1", Spent{.amount = money("1000 EUR"), .purpose = Purpose::placement}), "");
  const std::int64_t spent = static_cast<std::int64_t>(entry);
  const std::size_t before = book.ledger().transactions().size();
  EXPECT_EQ(act("PF-1", Reversed{.transaction = spent}), "fund/text");
  EXPECT_EQ(act("PF-1", Reversed{.transaction = 999, .reason = "x"}), "fund/unknown_transaction");
  EXPECT_EQ(act("PF-1", Reversed{.transaction = -1, .reason = "x"}), "fund/unknown_transaction");
  EXPECT_EQ(act("PF-1", Reversed{.transaction = spent, .reason = "paid by another project"}), "");
  const std::int64_t reversal = static_cast<std::int64_t>(entry);
  EXPECT_EQ(book.ledger().transactions().size(), before + 1);
  EXPECT_EQ(book.spent("PF-1"), std::vector<Money>{});
  EXPECT_TRUE(book.spending_by_purpose().empty());
  EXPECT_EQ(act("PF-1", Reversed{.transaction = spent, .reason = "x"}), "fund/reversed_already");
  EXPECT_EQ(act("PF-1", Reversed{.transaction = reversal, .reason = "x"}), "fund/reversal_of_reversal");
  // The receipt of 6,000 cannot be taken back while 5,000 of it are allotted.
  EXPECT_EQ(act("P1", Reversed{.transaction = 3, .reason = "x"}), "fund/over_the_balance");
  EXPECT_EQ(act("PF-1", Reversed{.transaction = 5, .reason = "x"}), "");
  EXPECT_EQ(act("P1", Reversed{.transaction = 2, .reason = "x"}), "fund/over_the_pledge");
  EXPECT_EQ(act("P1", Reversed{.transaction = 3, .reason = "x"}), "");
  EXPECT_EQ(act("P1", Reversed{.transaction = 2, .reason = "x"}), "");
  for (const auto& [key, minor] : book.ledger().balances()) EXPECT_EQ(minor, 0) << key.account;
}

TEST_F(Running, NothingIsBookedToAClosedProject) {
  EXPECT_EQ(project("PF-2"), "");
  EXPECT_EQ(act("PF-1", Spent{.amount = money("1000 EUR")}), "");
  const std::int64_t spent = static_cast<std::int64_t>(entry);
  EXPECT_EQ(act("PF-1", ProjectClosed{}), "fund/report");
  EXPECT_EQ(act("PF-1", ProjectClosed{.report = {{"ar", "درّب المشروع ثلاثين موظفاً."}}}), "");
  EXPECT_EQ(sums("EUR").balance, 500'000);  // what was not spent is the fund's again
  EXPECT_EQ(book.unspent("PF-1"), std::vector<Money>{});
  for (const Fact& fact : std::vector<Fact>{
           Spent{.amount = money("1 EUR")}, Allotted{.amount = money("1 EUR")},
           Returned{.what = ReturnOf::allotment, .amount = money("1 EUR")},
           Returned{.what = ReturnOf::expenditure, .amount = money("1 EUR")},
           Transferred{.to = "PF-2", .amount = money("1 EUR")}, Reversed{.transaction = spent, .reason = "x"},
           ProjectClosed{.report = {{"en", "again"}}}})
    EXPECT_EQ(act("PF-1", fact), "fund/closed_project") << fact.index();
  EXPECT_EQ(act("PF-2", Transferred{.to = "PF-1", .amount = money("1 EUR")}), "fund/closed_project");
  EXPECT_EQ(act("PF", Posted{.lines = {{.account = "expenditure", .of = "PF-1", .amount = money("1 EUR")},
                                       {.account = "cash", .amount = money("-1 EUR")}},
                             .text = "x"}),
            "fund/closed_project");
}

TEST_F(Running, WhatAnErasedActWasAboutIsPassedOver) {
  const acts::Stamp stamp{.at = now, .subject = "P7"};
  EXPECT_FALSE(book.enter(++entry, stamp, Received{.amount = money("5 EUR")}));
  EXPECT_FALSE(book.enter(++entry, stamp, Reversed{.transaction = 77, .reason = "x"}));
  EXPECT_TRUE(book.ledger().reconciles());
}

TEST_F(Running, SumsThatCannotBeCountedAreRefused) {
  const Money most{.minor = kMinorMax, .currency = "EUR"};
  std::string refused;
  int done = 0;
  for (; done < 2'000 && refused.empty(); ++done)
    refused = act("Q" + std::to_string(done), Pledged{.contributor = "AUT", .amount = most});
  EXPECT_EQ(refused, "fund/too_large");
  EXPECT_GT(done, 900);
}

// B10 of the acceptance list: pledges, receipts, allotments, spending, sponsored participants and placements
// reconcile to zero in every currency.
TEST(Fund, ReconcilesToZeroInEveryCurrency) {
  TestFund fund;
  ASSERT_EQ(fund.open(), "");
  const auto done = [&](const std::string& subject, const Fact& fact) {
    ASSERT_EQ(fund.act(subject, fact), "");
  };
  const auto money = [&](const char* text) { return fund.money(text); };
  for (const auto& [currency, rate] :
       {std::pair{"EUR", "0.925"}, {"JPY", "149.35"}, {"KZT", "472.1"}, {"TND", "3.11"}})
    done(
        "PF",
        RateSet{.currency = currency, .rate = rate, .from = 2026y / 3 / 1, .source = "UN operational rates"});
  done("P1", Pledged{.contributor = "AUT", .amount = money("50000 EUR")});
  done("P2", Pledged{.contributor = "JPN", .amount = money("3000000 JPY")});  // a Partner contributes too
  done("P3", Pledged{.contributor = "KAZ", .amount = money("20000 USD")});
  done("P1", Received{.amount = money("50000 EUR")});
  done("P2", Received{.amount = money("3000000 JPY")});
  done("P3", Received{.amount = money("4721000 KZT")});
  done("P3", PledgeChanged{.amount = money("15000 USD")});
  done("PF", Converted{.from = money("3000000 JPY"), .to = money("18500 EUR")});
  done("PF", Converted{.from = money("4721000 KZT"), .to = money("10012.34 USD")});
  ASSERT_EQ(fund.project("PF-2026-001"), "");
  ASSERT_EQ(fund.project("PF-2026-002"), "");
  done("PF-2026-001", Allotted{.amount = money("40000 EUR")});
  done("PF-2026-002", Allotted{.amount = money("8000 USD")});
  done("PF-2026-001",
       Spent{.amount = money("1850.75 EUR"), .purpose = Purpose::participant, .of = "CALL-2026-001/1"});
  done("PF-2026-001", Spent{.amount = money("940.10 USD"),
                            .charged = "EUR",
                            .purpose = Purpose::participant,
                            .of = "CALL-2026-001/2"});
  done("PF-2026-001",
       Spent{.amount = money("12000 EUR"), .purpose = Purpose::placement, .of = "CALL-2026-002/1"});
  done("PF-2026-002", Spent{.amount = money("2500 USD"), .purpose = Purpose::publication});
  done("PF-2026-002",
       Returned{.what = ReturnOf::expenditure, .amount = money("500 USD"), .purpose = Purpose::publication});
  done("PF", Posted{.lines = {{.account = "bank_charges", .amount = money("12.30 EUR")},
                              {.account = "cash", .amount = money("-12.30 EUR")}},
                    .text = "charges of March"});
  done("PF-2026-002", ProjectClosed{.report = {{"en", "done"}}});

  std::map<std::string, std::int64_t> by_currency;
  for (const auto& [key, minor] : fund.book.ledger().balances()) by_currency[key.currency] += minor;
  EXPECT_EQ(by_currency.size(), 4u);
  for (const auto& [currency, minor] : by_currency) EXPECT_EQ(minor, 0) << currency;

  // What was received and came by exchange and interest is what is in the bank and what was spent.
  const auto by_purpose = fund.book.spending_by_purpose();
  EXPECT_EQ(by_purpose.at(Purpose::participant).at("EUR"), 185'075 + 86'959);  // 940.10 × 0.925 = 869.5925
  EXPECT_EQ(by_purpose.at(Purpose::placement).at("EUR"), 1'200'000);
  EXPECT_EQ(by_purpose.at(Purpose::publication).at("USD"), 200'000);
  for (const CurrencySums& sum : fund.book.sums()) {
    std::int64_t spent = 0;
    for (const auto& [unused, sums] : by_purpose)
      if (const auto found = sums.find(sum.currency); found != sums.end()) spent += found->second;
    EXPECT_EQ(spent, sum.spent) << sum.currency;
    const Ledger& ledger = fund.book.ledger();
    EXPECT_EQ(sum.cash, sum.received - sum.spent - ledger.total(kExchange, sum.currency) -
                            ledger.total(kExchangeDifference, sum.currency) -
                            ledger.total("bank_charges", sum.currency))
        << sum.currency;
    EXPECT_EQ(sum.cash - sum.balance, sum.allotted - sum.spent) << sum.currency;
    EXPECT_GE(sum.balance, 0);
  }
}

}  // namespace
}  // namespace mithaq::fund
