#include "service/fund.hpp"

#include "base/error.hpp"
#include "service/calls.hpp"
#include "service/convening_fixture.hpp"

namespace mithaq::service {
namespace {

class FundTest : public FundFixture {
 protected:
  std::set<std::string> offered(const nlohmann::ordered_json& view) {
    std::set<std::string> types;
    for (const auto& each : view["can"]) types.insert(each["type"].get<std::string>());
    return types;
  }
};

TEST_F(FundTest, BeforeItIsOpenedTheSecretariatMayOpenIt) {
  const auto empty = fund_json(*workspace_, "", reader("", true));
  EXPECT_EQ(offered(empty), (std::set<std::string>{"fund.opened"}));
  EXPECT_TRUE(fund_json(*workspace_, "", reader("AUT"))["can"].empty());
  EXPECT_THROW(fund_json(*workspace_, "XX", reader("AUT")), Error);
  EXPECT_THROW(project_json(*workspace_, "PF-2026-001", reader("AUT")), Error);
}

TEST_F(FundTest, ShowsItsSumsWithTheirText) {
  a_running_fund();
  const auto view = fund_json(*workspace_, "", reader("AUT"));
  EXPECT_EQ(view["fund"]["name"], "صندوق الشراكة");
  ASSERT_EQ(view["currencies"].size(), 2u);
  EXPECT_EQ(view["currencies"][0]["received"]["text"], "50000.00 EUR");
  EXPECT_EQ(view["currencies"][0]["balance"]["minor"], 2'000'000);
  EXPECT_EQ(view["currencies"][0]["spent"]["text"], "850.50 EUR");
  EXPECT_EQ(view["currencies"][1]["outstanding"]["text"], "3000000 JPY");
  EXPECT_EQ(view["balanced"], true);
  EXPECT_EQ(view["pledges"].size(), 2u);
  EXPECT_EQ(view["projects"][0]["theme"]["id"], "border");
  EXPECT_EQ(view["projects"][0]["budget"]["minor"], 4'000'001);
  EXPECT_EQ(offered(view), (std::set<std::string>{"fund.pledged"}));
  const auto whole = fund_json(*workspace_, "PF", reader("", true));
  EXPECT_TRUE(offered(whole).contains("fund.project_opened"));
  EXPECT_TRUE(offered(whole).contains("fund.received"));
  // Every account's balances add up to nothing in each currency.
  std::map<std::string, std::int64_t> sums;
  for (const auto& account : whole["accounts"])
    for (const auto& balance : account["balances"])
      sums[balance["currency"]] += balance["minor"].get<std::int64_t>();
  for (const auto& [currency, sum] : sums) EXPECT_EQ(sum, 0) << currency;
}

TEST_F(FundTest, ThePublicSeesProjectsAndNoAccounts) {
  a_running_fund();
  const auto view = fund_json(*workspace_, "", reader("", false, false));
  EXPECT_TRUE(view["currencies"].empty());
  EXPECT_TRUE(view["accounts"].empty());
  EXPECT_TRUE(view["pledges"].empty());
  EXPECT_EQ(view["projects"].size(), 1u);
  const auto project = project_json(*workspace_, "PF-2026-001", reader("", false, false));
  EXPECT_TRUE(project["postings"].empty());
  EXPECT_TRUE(project["participants"].empty());
  EXPECT_THROW(statement_of_accounts(*workspace_, "", reader("", false, false)), Error);
}

TEST_F(FundTest, AProjectNamesItsParticipantToItsStateAlone) {
  a_running_fund();
  const auto own = project_json(*workspace_, "PF-2026-001", reader("TUN"));
  ASSERT_EQ(own["participants"].size(), 1u);
  EXPECT_EQ(own["participants"][0]["names"], (Json{"ليلى مثال"}));
  const auto other = project_json(*workspace_, "PF-2026-001", reader("JOR"));
  EXPECT_TRUE(other["participants"][0]["names"].empty());
  EXPECT_EQ(own["postings"].size(), 4u);  // an allotment, two payments, a reversal
  EXPECT_EQ(own["postings"][0]["amount"]["text"], "30000.00 EUR");
  EXPECT_TRUE(own["can"].empty());
  EXPECT_TRUE(offered(project_json(*workspace_, "PF-2026-001", reader("", true))).contains("fund.spent"));
}

TEST_F(FundTest, ItsSheetIsWellFormedAndNamesNobody) {
  a_running_fund();
  const std::string sheet = project_sheet(*workspace_, "PF-2026-001", reader("TUN"));
  EXPECT_NE(sheet.find("dir=\"rtl\""), std::string::npos);
  EXPECT_NE(sheet.find("أمن الحدود &lt;وإدارتها&gt;"), std::string::npos);
  EXPECT_NE(sheet.find("40000.01 EUR"), std::string::npos);
  EXPECT_EQ(sheet.find("ليلى"), std::string::npos);
  EXPECT_EQ(sheet.find("<script"), std::string::npos);
}

TEST_F(FundTest, NoCellOfItsStatementIsAFormula) {
  a_running_fund();
  std::ostringstream out;
  const PlainTable table = statement_of_accounts(*workspace_, "", reader("", true));
  write_table(table, SheetFormat::csv, Language::arabic, out);
  const std::string csv = out.str();
  EXPECT_NE(csv.find("'=HYPERLINK"), std::string::npos);
  EXPECT_NE(csv.find("'+cmd|"), std::string::npos);
  EXPECT_EQ(csv.find(",=HYPERLINK"), std::string::npos);
  EXPECT_EQ(csv.find(",\"=HYPERLINK"), std::string::npos);
  EXPECT_NE(csv.find("850.50"), std::string::npos);
  std::ostringstream sheet;
  write_table(table, SheetFormat::xlsx, Language::arabic, sheet);
  EXPECT_TRUE(sheet.str().starts_with("PK"));
}

TEST_F(FundTest, ARefusalIsAnEntryOfItsOwn) {
  a_running_fund();
  EXPECT_EQ(act("", "fund.contributions_read", {{"table", "contributor,amount,day\nAUT,=1+1,2026-03-02\n"}}),
            "fund/formula");
  EXPECT_EQ(act("", "fund.spent", {{"amount", "1000000 EUR"}}, "PF-2026-001"), "fund/over_the_allotment");
  const record::Seq size = workspace_->record().size();
  EXPECT_EQ(act("BRA", "fund.pledged", {{"amount", "1 EUR"}}), "fund/contributor");
  EXPECT_EQ(workspace_->record().size(), size + 1);
  EXPECT_EQ(act("", "fund.contributions_read", {{"table", "contributor,amount,day\nCHE,5 CHF,2026-03-02\n"}}),
            "");
}

TEST_F(FundTest, ACallShowsNamesAndReasonsToItsStateAlone) {
  a_running_fund();
  const auto shown = [&](const ConveningReader& who) {
    return call_json(*workspace_, "CALL-2026-001", who).dump();
  };
  EXPECT_NE(shown(reader("TUN")).find("ليلى مثال"), std::string::npos);
  EXPECT_NE(shown(reader("TUN")).find("A new unit."), std::string::npos);
  EXPECT_EQ(shown(reader("TUN")).find("Sami"), std::string::npos);
  EXPECT_EQ(shown(reader("JOR")).find("ليلى"), std::string::npos);
  EXPECT_EQ(shown(reader("JOR")).find("A new unit."), std::string::npos);
  EXPECT_NE(shown(reader("", true)).find("Sami Example"), std::string::npos);
  EXPECT_THROW(call_json(*workspace_, "CALL-2026-001", reader("", false, false)), Error);
  EXPECT_THROW(call_json(*workspace_, "CALL-2026-009", reader("", true)), Error);
  const auto call = call_json(*workspace_, "CALL-2026-001", reader("TUN"));
  EXPECT_EQ(call["closes"], "2026-03-29T10:00:00.000Z");
  EXPECT_EQ(call["closes_local"]["local"], "2026-03-29T12:00:00");
  EXPECT_EQ(call["nominated"], 2);
  EXPECT_EQ(call["state"], "decided");
  EXPECT_EQ(call["criteria"][0]["name"], "حاجة الدولة");
  EXPECT_EQ(offered(call), (std::set<std::string>{"call.accepted", "call.declined", "call.withdrawn"}));
  EXPECT_TRUE(offered(call_json(*workspace_, "CALL-2026-001", reader("", true))).contains("call.decided"));
}

TEST_F(FundTest, CallsAreNarrowedByKindAndState) {
  a_running_fund();
  const auto count = [&](const char* kind, const char* state) {
    return calls_json(*workspace_, {.kind = kind, .state = state}, reader("TUN"))["calls"].size();
  };
  EXPECT_EQ(count("", ""), 1u);
  EXPECT_EQ(count("sponsorship", "decided"), 1u);
  EXPECT_EQ(count("placement", ""), 0u);
  EXPECT_EQ(count("", "open"), 0u);
  EXPECT_THROW(count("holiday", ""), Error);
  EXPECT_THROW(count("", "ajar"), Error);
  EXPECT_TRUE(calls_json(*workspace_, {}, reader("", false, false))["calls"].empty());
}

// Whatever is said to people has its line in data/messages.tsv.
TEST_F(FundTest, WhatItSaysIsSaidInArabic) {
  a_running_fund();
  for (const auto& view : {fund_json(*workspace_, "", reader("", true)),
                           project_json(*workspace_, "PF-2026-001", reader("", true)),
                           call_json(*workspace_, "CALL-2026-001", reader("", true)),
                           calls_json(*workspace_, {}, reader("", true))}) {
    const auto arabic = [](const std::string& text) {
      return text.find_first_of("\xD8\xD9") != std::string::npos;
    };
    for (const auto& each : view["can"]) {
      EXPECT_TRUE(arabic(each["says"])) << each["says"];
      for (const auto& field : each["fields"]) EXPECT_TRUE(arabic(field["label"])) << field["label"];
    }
    for (const auto& each : view.value("history", nlohmann::ordered_json::array()))
      EXPECT_TRUE(arabic(each["said"])) << each["said"];
  }
}

}  // namespace
}  // namespace mithaq::service
