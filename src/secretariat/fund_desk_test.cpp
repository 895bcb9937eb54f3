#include "secretariat/fund_desk.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "secretariat/desk_fixture.hpp"

namespace mithaq::secretariat {
namespace {

using nlohmann::json;

class FundDeskTest : public DeskFixture {
 protected:
  void SetUp() override { ASSERT_EQ(open_fund(), ""); }
  const fund::Book& book() const { return *state.desks().funds.book_of(""); }
};

TEST_F(FundDeskTest, AStatePledgesForItselfAndThePartnersToo) {
  EXPECT_EQ(for_state("AUT", "fund.pledged", {{"amount", "50000 EUR"}}), "");
  EXPECT_EQ(subject, "PF-P-2026-001");
  EXPECT_EQ(for_state("JPN", "fund.pledged", {{"amount", "٣٠٠٠٠٠٠ JPY"}, {"themes", {"border"}}}), "");
  EXPECT_EQ(subject, "PF-P-2026-002");
  EXPECT_EQ(book().pledges().at("PF-P-2026-002").said.contributor, "JPN");
  EXPECT_EQ(done[0].fields["amount"], (json{{"minor", 3'000'000}, {"currency", "JPY"}}));
  EXPECT_EQ(for_state("AUT", "fund.pledged", {{"amount", "1 EUR"}, {"contributor", "DEU"}}),
            "fund/own_pledge!");
  EXPECT_EQ(for_state("JPN", "fund.pledge_changed", {{"amount", "60000 EUR"}}, "PF-P-2026-001"),
            "fund/own_pledge!");
  EXPECT_EQ(for_state("AUT", "fund.pledge_changed", {{"amount", "60000 EUR"}}, "PF-P-2026-001"), "");
  EXPECT_EQ(for_state("BRA", "fund.pledged", {{"amount", "1 EUR"}}), "fund/contributor!");
  EXPECT_EQ(office("fund.pledged", {{"amount", "1 EUR"}, {"contributor", "EU"}}), "");
  EXPECT_EQ(office("fund.pledged", {{"amount", "1 EUR"}}), "fund/contributor");
}

TEST_F(FundDeskTest, TheSecretariatKeepsTheBooks) {
  ASSERT_EQ(for_state("AUT", "fund.pledged", {{"amount", "50000 EUR"}}), "");
  const std::string pledge = subject;
  EXPECT_EQ(for_state("AUT", "fund.received", {{"amount", "50000 EUR"}}, pledge), "fund/secretariat_books!");
  EXPECT_EQ(act("AUT", acts::Capacity::chair, "fund.pledged", {{"amount", "50000 EUR"}}),
            "fund/secretariat_books!");
  EXPECT_EQ(for_state("AUT", "fund.opened", {{"series", "X"}}), "fund/secretariat_books!");
  EXPECT_EQ(office("fund.received", {{"amount", "50000 EUR"}, {"day", "2026-03-09"}}, pledge), "");
  ASSERT_EQ(open_project(), "");
  EXPECT_EQ(subject, "PF-2026-001");
  EXPECT_EQ(office("fund.allotted", {{"amount", "40000 EUR"}}, "PF-2026-001"), "");
  EXPECT_EQ(for_state("TUN", "fund.spent", {{"amount", "1 EUR"}}, "PF-2026-001"), "fund/secretariat_books!");
  EXPECT_EQ(office("fund.spent", {{"amount", "40000.01 EUR"}}, "PF-2026-001"), "fund/over_the_allotment");
  EXPECT_EQ(office("fund.spent", {{"amount", "100.50 EUR"}, {"purpose", "travel"}}, "PF-2026-001"), "");
  const auto entry = entries.size();
  EXPECT_EQ(office("fund.reversed", {{"transaction", entry}, {"reason", "wrong project"}}), "");
  EXPECT_EQ(subject, "PF-2026-001");
  EXPECT_EQ(office("fund.rate_set",
                   {{"currency", "JPY"}, {"rate", "149.35"}, {"from", "2026-03-01"}, {"source", "UN"}}),
            "");
  EXPECT_EQ(subject, "PF");
  EXPECT_TRUE(book().ledger().reconciles());
}

TEST_F(FundDeskTest, AContributionThatNobodyPledgedIsAPledgeAndItsReceipt) {
  EXPECT_EQ(office("fund.received", {{"amount", "700 EUR"}, {"contributor", "CHE"}}), "");
  ASSERT_EQ(done.size(), 2u);
  EXPECT_EQ(done[0].type, "fund.pledged");
  EXPECT_EQ(done[1].type, "fund.received");
  const fund::Pledge& pledge = book().pledges().at("PF-P-2026-001");
  EXPECT_EQ(pledge.said.contributor, "CHE");
  EXPECT_EQ(book().outstanding(pledge).minor, 0);
  EXPECT_EQ(office("fund.received", {{"amount", "700 EUR"}, {"contributor", "CHE"}}, "PF-P-2026-001"),
            "fund/pledged_already");
  EXPECT_EQ(office("fund.received", {{"amount", "700 EUR"}}), "fund/unknown_pledge");
}

TEST_F(FundDeskTest, WhatIsNotKnownIsNamed) {
  const auto complaint = [&](const char* type, const json& fields, const char* about = "") -> std::string {
    try {
      return office(type, fields, about);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
      return error.what();
    }
  };
  EXPECT_EQ(
      complaint("fund.pledged", {{"amount", "1,000 EUR"}, {"contributor", "AUT"}}),
      "the field \"amount\": an amount is written as 25000.00 EUR: digits, a point, the currency's code");
  EXPECT_EQ(complaint("fund.pledged", {{"amount", "5 XQQ"}, {"contributor", "AUT"}}),
            "the field \"amount\": no currency has the code XQQ");
  EXPECT_EQ(complaint("fund.pledged", {{"amount", {{"minor", 1.5}, {"currency", "EUR"}}}}),
            "the field \"amount.minor\" is a whole number");
  EXPECT_EQ(complaint("fund.pledged", {{"amount", "5 EUR"}, {"contributor", "Atlantis"}}),
            "there is no State or organization \"Atlantis\"");
  EXPECT_EQ(complaint("fund.pledged", {{"amount", "5 EUR"}, {"contributor", "AUT"}, {"themes", {"gold"}}}),
            "there is no theme \"gold\"");
  EXPECT_EQ(complaint("fund.embezzled", {}), "there is no act \"fund.embezzled\"");
  EXPECT_EQ(complaint("fund.pledged", json::array()), "the fields of an act are an object");
  EXPECT_EQ(complaint("fund.pledged", {{"sum", 5}}), "the field \"sum\" is none that this act has");
  EXPECT_EQ(complaint("fund.spent", {{"amount", "5 EUR"}, {"of", "CALL-2026-001/1"}}, "PF-2026-001"),
            "there is no nomination \"CALL-2026-001/1\"; one is named as CALL-2026-001/3");
  EXPECT_EQ(complaint("fund.posted", {{"lines", {5}}, {"text", "x"}}), "the field \"lines.0\" is an object");
  EXPECT_EQ(complaint("fund.posted", {{"lines", {{{"account", "cash"}, {"amount", "x"}}}}, {"text", "x"}}),
            "the field \"lines.amount\": an amount is written as 25000.00 EUR: digits, a point, the "
            "currency's code");
}

TEST_F(FundDeskTest, ContributorsAndBeneficiariesAreToldOnce) {
  ASSERT_EQ(for_state("AUT", "fund.pledged", {{"amount", "500 EUR"}}), "");
  const std::string pledge = subject;
  ASSERT_EQ(state.tasks_of("AUT", now).size(), 1u);
  EXPECT_EQ(state.tasks_of("AUT", now)[0].kind, "pledge");
  ASSERT_EQ(office("fund.received", {{"amount", "500 EUR"}}, pledge), "");
  EXPECT_TRUE(state.tasks_of("AUT", now).empty());
  ASSERT_EQ(open_project(), "");
  ASSERT_EQ(office("fund.project_closed", {{"report", {{"ar", "تقرير"}}}}, "PF-2026-001"), "");
  EXPECT_EQ(told("AUT").size(), 3u);
  EXPECT_EQ(told("TUN").size(), 2u);
  EXPECT_EQ(told("DEU").size(), 0u);
}

TEST_F(FundDeskTest, ATableOfContributionsIsTakenWholeOrNotAtAll) {
  const std::string head = "contributor,amount,currency,day,reference\n";
  const auto read = [&](const std::string& rows) {
    return office("fund.contributions_read", {{"table", head + rows}});
  };
  EXPECT_EQ(read("AUT,100,EUR,2026-03-02,A1\nJPN,5000,JPY,2026-03-03,\n"), "");
  EXPECT_EQ(done.size(), 4u);
  EXPECT_EQ(book().pledges().size(), 2u);
  EXPECT_EQ(book().available("EUR"), 10'000);
  EXPECT_EQ(read("AUT,100,EUR,2026-03-02,=1+1\n"), "fund/formula");
  EXPECT_EQ(read("AUT,100,EUR,2026-03-02,\nAtlantis,5,EUR,2026-03-02,\n"), "fund/table");
  EXPECT_EQ(read("AUT,100,EUR,2026-03-02,\nBRA,5,EUR,2026-03-02,\n"), "fund/contributor!");
  EXPECT_EQ(read("AUT,100,EUR,2027-03-02,\n"), "fund/future_day");
  EXPECT_EQ(for_state("AUT", "fund.contributions_read", {{"table", head}}), "fund/secretariat_books!");
  EXPECT_THROW(office("fund.contributions_read", {{"table", 5}}), Error);
  EXPECT_EQ(book().pledges().size(), 2u);
}

TEST_F(FundDeskTest, AFormOfTheFundNamesThePledge) {
  ASSERT_EQ(for_state("AUT", "fund.pledged", {{"amount", "500 EUR"}}), "");
  EXPECT_EQ(office("fund.received", {{"pledge", "PF-P-2026-001"}, {"amount", "500 EUR"}}, "PF"), "");
  EXPECT_EQ(subject, "PF-P-2026-001");
}

TEST_F(FundDeskTest, SeveralFundsAreToldApart) {
  EXPECT_EQ(open_fund(), "fund/opened_already");
  EXPECT_EQ(
      office(
          "fund.opened",
          {{"series", "TF"}, {"title", {{"en", "Trust Fund"}}}, {"currency", "USD"}, {"rates_per", "USD"}}),
      "");
  EXPECT_EQ(for_state("AUT", "fund.pledged", {{"amount", "5 EUR"}}), "fund/not_open");
  EXPECT_EQ(for_state("AUT", "fund.pledged", {{"amount", "5 EUR"}}, "TF"), "");
  EXPECT_EQ(subject, "TF-P-2026-001");
  EXPECT_EQ(for_state("AUT", "fund.pledged", {{"amount", "5 EUR"}}, "PF"), "");
  EXPECT_EQ(subject, "PF-P-2026-001");
}

TEST_F(FundDeskTest, TheSameActsGiveTheSameBooks) {
  ASSERT_EQ(for_state("AUT", "fund.pledged", {{"amount", "500 EUR"}}), "");
  ASSERT_EQ(office("fund.received", {{"amount", "500 EUR"}}, subject), "");
  Secretariat again(test::data());
  for (std::size_t each = 0; each < entries.size(); ++each)
    again.enter(each + 1, entries[each].type, entries[each].json);
  const fund::Book& other = *again.desks().funds.book_of("");
  EXPECT_EQ(other.ledger().balances(), book().ledger().balances());
  // The body of the pledge was erased: its receipt is passed over, the rest stands.
  Secretariat erased(test::data());
  for (std::size_t each = 0; each < entries.size(); ++each)
    erased.enter(each + 1, entries[each].type, each == 1 ? "" : entries[each].json);
  EXPECT_TRUE(erased.desks().funds.book_of("")->ledger().transactions().empty());
}

TEST_F(FundDeskTest, TheAccountsAreForTheOrganizationAndAProjectForEverybody) {
  const document::Handling handling = state.desks().funds.handling_of(book(), state);
  EXPECT_FALSE(handling.is_public());
  EXPECT_EQ(handling.originator, "OSCE");
  EXPECT_TRUE(
      std::binary_search(handling.statuses.begin(), handling.statuses.end(), "OSCE/participating_state"));
  EXPECT_TRUE(
      std::binary_search(handling.statuses.begin(), handling.statuses.end(), "OSCE/partner_for_cooperation"));
  ASSERT_EQ(open_project(), "");
  EXPECT_TRUE(state.desks().funds.handling_of(book().projects().at("PF-2026-001")).is_public());
  EXPECT_TRUE(state.rule("fund/no_rate").has_value());
  EXPECT_FALSE(state.rule("fund/none").has_value());
}

}  // namespace
}  // namespace mithaq::secretariat
