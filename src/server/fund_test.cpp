// A fund and a call over HTTP: who may pledge, book, nominate and choose, what each sees, and what a refusal
// leaves in the record.
#include <gtest/gtest.h>

#include "server/gate_fixture.hpp"
#include "server/openapi_fits.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {
namespace {

class FundRoutes : public GateFixture {
 protected:
  void SetUp() override {
    GateFixture::SetUp();
    start(true);
    office_ = person("office", access::Role::officer, "OSCE");
    austria_ = person("austria", access::Role::officer, "AUT");
    egypt_ = person("egypt", access::Role::officer, "EGY");  // a Partner of the OSCE
    jordan_ = person("jordan", access::Role::officer, "JOR");
    reader_ = person("reader", access::Role::reader, "AUT");
    did(office_, "fund.opened", "",
        {{"series", "PF"},
         {"title", {{"ar", "صندوق الشراكة"}, {"en", "Partnership Fund"}}},
         {"organization", "OSCE"},
         {"currency", "EUR"},
         {"rates_per", "USD"}});
  }
  Reply act(const Person& who, const std::string& type, const std::string& subject, const json& fields) {
    json body = {{"type", type}, {"fields", fields}};
    if (!subject.empty()) body["subject"] = subject;
    return ask(who, "POST", "/api/v1/acts", body.dump());
  }
  std::string did(const Person& who, const std::string& type, const std::string& subject,
                  const json& fields) {
    const Reply reply = act(who, type, subject, fields);
    EXPECT_EQ(reply.status, 200) << type << ' ' << reply.body;
    return reply.status == 200 ? json::parse(reply.body)["subject"].get<std::string>() : "";
  }
  // "409 fund/no_rate"
  std::string refused(const Person& who, const std::string& type, const std::string& subject,
                      const json& fields) {
    const Reply reply = act(who, type, subject, fields);
    const json body = json::parse(reply.body, nullptr, false);
    EXPECT_FALSE(body.value(json::json_pointer("/error/message"), "").empty()) << reply.body;
    return std::to_string(reply.status) + " " + body.value(json::json_pointer("/error/rule/id"), "");
  }
  json project_fields() const {
    return {{"title", {{"ar", "أمن الحدود"}, {"en", "Border security"}}},
            {"themes", "border"},
            {"beneficiaries", {"EGY"}},
            {"starts", "2027-01-01"},
            {"ends", "2027-12-31"},
            {"budget", {{"minor", 4'000'000}, {"currency", "EUR"}}}};
  }

  Person office_{}, austria_{}, egypt_{}, jordan_{}, reader_{};
};

TEST_F(FundRoutes, AnUnknownCurrencyIsRefusedWithItsRuleAndStandsInTheLog) {
  EXPECT_EQ(refused(austria_, "fund.pledged", "", {{"amount", "5 XXQ"}}), "400 fund/unknown_currency");
  EXPECT_EQ(refused(austria_, "fund.pledged", "", {{"amount", "5,50 EUR"}}), "400 fund/amount_form");
  EXPECT_EQ(refused(austria_, "fund.pledged", "", {{"amount", {{"minor", 5}, {"currency", "XXQ"}}}}),
            "409 fund/unknown_currency");
  EXPECT_EQ(acts("act.refused", "XXQ"), 2u);
  EXPECT_EQ(acts("act.refused"), 3u);
  EXPECT_TRUE(get(office_, "/api/v1/fund")["pledges"].empty());
}

TEST_F(FundRoutes, AStateAndAPartnerPledgeAndTheSecretariatBooks) {
  const std::string pledge = did(austria_, "fund.pledged", "PF", {{"amount", "50000 EUR"}});
  EXPECT_EQ(pledge, "PF-P-2027-001");
  EXPECT_EQ(did(egypt_, "fund.pledged", "PF", {{"amount", {{"minor", 500'000}, {"currency", "EGP"}}}}),
            "PF-P-2027-002");
  EXPECT_EQ(refused(austria_, "fund.received", pledge, {{"amount", "50000 EUR"}}),
            "403 fund/secretariat_books");
  EXPECT_EQ(refused(egypt_, "fund.pledge_changed", pledge, {{"amount", "1 EUR"}}), "403 fund/own_pledge");
  EXPECT_EQ(act(reader_, "fund.pledged", "PF", {{"amount", "1 EUR"}}).status, 403)
      << "a reader acts for nobody";
  EXPECT_EQ(act(austria_, "fund.pledged", "PF", {{"amount", "1,000 EUR"}}).status, 400);
  EXPECT_EQ(act(austria_, "fund.pledged", "PF", {{"amount", "5 XXE"}}).status, 400);
  did(office_, "fund.received", "PF", {{"pledge", pledge}, {"amount", "50000 EUR"}});
  const std::string project = did(office_, "fund.project_opened", "PF", project_fields());
  EXPECT_EQ(project, "PF-2027-001");
  EXPECT_EQ(refused(office_, "fund.allotted", project, {{"amount", "50000.01 EUR"}}),
            "409 fund/over_the_balance");
  did(office_, "fund.allotted", project, {{"amount", "40000 EUR"}});
  EXPECT_EQ(refused(office_, "fund.spent", project, {{"amount", "1 USD"}, {"charged", "EUR"}}),
            "409 fund/no_rate");
  EXPECT_EQ(refused(office_, "fund.posted", "PF",
                    {{"lines",
                      {{{"account", "bank_charges"}, {"amount", "5 EUR"}},
                       {{"account", "cash"}, {"amount", "-4 EUR"}}}},
                     {"text", "charges"}}),
            "409 fund/unbalanced");
  EXPECT_EQ(refused(office_, "fund.contributions_read", "PF",
                    {{"table", "contributor,amount,day\nAUT,5 EUR,=NOW()\n"}}),
            "409 fund/formula");

  const json book = get(austria_, "/api/v1/fund");
  EXPECT_EQ(book["currencies"].size(), 2u);
  EXPECT_EQ(book["currencies"][1]["balance"]["text"], "10000.00 EUR");
  EXPECT_EQ(book["balanced"], true);
  const json described = json::parse(openapi_text());
  const auto fits = [&](const std::string& path, const json& answer) {
    expect_fits(described,
                described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"],
                answer, path);
  };
  fits("/api/v1/fund", book);
  fits("/api/v1/fund/projects/{id}", get(office_, "/api/v1/fund/projects/" + project));
  // The refusal quotes its rule in the language of the asker.
  const Reply arabic =
      ask(office_, "POST", "/api/v1/acts",
          json{{"type", "fund.allotted"}, {"subject", project}, {"fields", {{"amount", "99999 EUR"}}}}.dump(),
          "Accept-Language: ar\r\n");
  EXPECT_EQ(json::parse(arabic.body)["error"]["rule"]["quote"], "لا يُخصَّص إلا ما قُبض ولم يُخصَّص بعد.");
}

TEST_F(FundRoutes, TheSheetIsForEverybodyAndTheAccountsAreNot) {
  did(austria_, "fund.pledged", "PF", {{"amount", "50000 EUR"}});
  const std::string project = did(office_, "fund.project_opened", "PF", project_fields());
  const Reply sheet = ask({}, "GET", "/api/v1/fund/projects/" + project + "/sheet?language=ar");
  EXPECT_EQ(sheet.status, 200);
  EXPECT_NE(sheet.headers.at("Content-Type").find("text/html"), std::string::npos);
  EXPECT_NE(sheet.body.find("أمن الحدود"), std::string::npos);
  const json same =
      json::parse(ask({}, "GET", "/api/v1/fund/projects/" + project + "/sheet?format=json").body);
  EXPECT_EQ(same["id"], project);
  EXPECT_FALSE(same.contains("history"));
  EXPECT_EQ(ask({}, "GET", "/api/v1/fund/projects/" + project + "/sheet?format=pdf").status, 400);
  const json outside = json::parse(ask({}, "GET", "/api/v1/fund").body);
  EXPECT_TRUE(outside["currencies"].empty());
  EXPECT_TRUE(outside["pledges"].empty());
  EXPECT_EQ(outside["projects"].size(), 1u);
  EXPECT_EQ(ask({}, "GET", "/api/v1/fund/export?format=csv").status, 403);
  EXPECT_EQ(ask(austria_, "GET", "/api/v1/fund/export?format=csv").status, 200);
  EXPECT_TRUE(ask(austria_, "GET", "/api/v1/fund/export?format=xlsx").body.starts_with("PK"));
  EXPECT_EQ(ask(austria_, "GET", "/api/v1/fund/export?format=pdf").status, 400);
  const Reply iati = ask({}, "GET", "/api/v1/fund/iati.xml");
  EXPECT_EQ(iati.status, 200);
  EXPECT_NE(iati.body.find("version=\"2.03\""), std::string::npos);
  EXPECT_EQ(ask(austria_, "GET", "/api/v1/fund/projects/PF-2027-009").status, 404);
}

TEST_F(FundRoutes, ANomineeIsNamedToItsStateAndTheSecretariatAlone) {
  const std::string call = did(office_, "call.opened", "",
                               {{"kind", "placement"},
                                {"title", {{"ar", "إلحاق دبلوماسيين شباب"}}},
                                {"organization", "OSCE"},
                                {"closes", {{"local", "2027-02-01T12:00"}, {"zone", "Europe/Vienna"}}},
                                {"places", 1},
                                {"eligible_statuses", "OSCE/partner_for_cooperation"},
                                {"criteria", "ما تكسبه الدولة\nEnglish"}});
  EXPECT_EQ(call, "CALL-2027-001");
  did(egypt_, "call.nominated", call, {{"name", "ليلى مثال"}, {"statement:c1", "وحدة جديدة"}});
  EXPECT_EQ(refused(austria_, "call.nominated", call, {{"name", "X"}}), "403 call/eligible");
  EXPECT_EQ(refused(egypt_, "call.decided", call, {{"nomination", 1}}), "403 call/secretariat_selects");
  EXPECT_EQ(
      refused(office_, "call.decided", call, {{"nomination", "1"}, {"reason:c1", "a"}, {"reason:c2", "b"}}),
      "409 call/before_deadline");
  EXPECT_NE(get(egypt_, "/api/v1/calls/" + call).dump().find("ليلى"), std::string::npos);
  EXPECT_NE(get(office_, "/api/v1/calls/" + call).dump().find("ليلى"), std::string::npos);
  EXPECT_EQ(get(jordan_, "/api/v1/calls/" + call).dump().find("ليلى"), std::string::npos);
  EXPECT_EQ(ask(austria_, "GET", "/api/v1/calls/" + call).status, 404) << "the call is for Partners";
  EXPECT_EQ(get(egypt_, "/api/v1/calls?state=open")["calls"].size(), 1u);
  EXPECT_EQ(ask(egypt_, "GET", "/api/v1/calls?kind=holiday").status, 400);
  now_ = std::chrono::duration_cast<std::chrono::seconds>(
             parse_instant("2027-02-01T11:00:00Z")->time_since_epoch())
             .count();
  const Person late = person("jordan", access::Role::officer, "JOR");
  EXPECT_EQ(refused(late, "call.nominated", call, {{"name", "S."}}), "409 call/deadline");
  const Person office = person("office", access::Role::officer, "OSCE");
  did(office, "call.decided", call,
      {{"nomination", "1"}, {"outcome", "selected"}, {"reason:c1", "a"}, {"reason:c2", "b"}});
  EXPECT_EQ(get(office, "/api/v1/rosters?kind=placement")["roster"].size(), 0u);
  EXPECT_EQ(ask(office, "GET", "/api/v1/rosters?kind=placement&day=soon").status, 400);
}

}  // namespace
}  // namespace mithaq::server
