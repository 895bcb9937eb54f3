// Consultations over HTTP: who sees them, who may object, what a refusal says, the clock in three zones.
#include <gtest/gtest.h>

#include "server/gate_fixture.hpp"
#include "server/openapi_fits.hpp"

namespace mithaq::server {
namespace {

class ConsultationRoutesTest : public GateFixture {
 protected:
  void SetUp() override {
    GateFixture::SetUp();
    start();
    desk_ = person("desk", access::Role::officer, "OSCE");
    kazakhstan_ = person("kaz", access::Role::officer, "KAZ");
    japan_ = person("jpn", access::Role::officer, "JPN");
    reader_ = person("kaz-reader", access::Role::reader, "KAZ");
    description_ = get(desk_, "/api/v1/openapi.json");
  }
  Reply act(const Person& who, const std::string& verb, const json& fields, const std::string& subject = "",
            const std::string& language = "en") {
    json body = {{"type", "consultation." + verb}, {"fields", fields}};
    if (!subject.empty()) body["subject"] = subject;
    return ask(who, "POST", "/api/v1/acts", body.dump(), "Accept-Language: " + language + "\r\n");
  }
  // Under silence until 16 January 2027, noon in Vienna.
  std::string under_silence() {
    const Reply opened = act(desk_, "opened",
                             {{"rule_set", "osce_pc"},
                              {"title", {{"ar", "مقرر بشأن شريك جديد"}, {"en", "A new Partner"}}},
                              {"text", {{"ar", "يقرر المجلس"}, {"en", "The Council decides"}}}});
    EXPECT_EQ(opened.status, 200) << opened.body;
    const std::string id = json::parse(opened.body)["subject"];
    EXPECT_EQ(act(desk_, "proposed", {{"meeting", "PC-1"}}, id).status, 200);
    const Reply silence = act(desk_, "silence_opened",
                              {{"deadline", {{"local", "2027-01-16T12:00"}, {"zone", "Europe/Vienna"}}}}, id);
    EXPECT_EQ(silence.status, 200) << silence.body;
    return id;
  }
  bool offers(const json& item, const std::string& type) {
    return std::any_of(item["can"].begin(), item["can"].end(),
                       [&](const json& each) { return each["type"] == type; });
  }
  void fits(const json& answer, const std::string& path) {
    expect_fits(
        description_,
        description_["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"],
        answer, path);
  }

  Person desk_{}, kazakhstan_{}, japan_{}, reader_{};
  json description_{};
};

TEST_F(ConsultationRoutesTest, AnswerAsTheirDescriptionSays) {
  const std::string id = under_silence();
  fits(get(kazakhstan_, "/api/v1/consultations"), "/api/v1/consultations");
  fits(get(kazakhstan_, "/api/v1/consultations/" + id), "/api/v1/consultations/{id}");
  fits(get(kazakhstan_, "/api/v1/rule-sets"), "/api/v1/rule-sets");
  EXPECT_EQ(ask(kazakhstan_, "GET", "/api/v1/consultations?state=voted").status, 400);
  EXPECT_EQ(ask(kazakhstan_, "GET", "/api/v1/consultations/" + id + "?zone=Mars").status, 400);
  EXPECT_EQ(ask(kazakhstan_, "GET", "/api/v1/consultations/PC-2027-9999").status, 404);
  EXPECT_EQ(ask({}, "GET", "/api/v1/consultations").status, 401);
}

TEST_F(ConsultationRoutesTest, TheClockIsToldInThreeZonesAndTheTextInArabic) {
  const std::string id = under_silence();
  const Reply reply = ask(kazakhstan_, "GET", "/api/v1/consultations/" + id + "?zone=Asia/Tokyo", "",
                          "Accept-Language: ar\r\n");
  ASSERT_EQ(reply.status, 200) << reply.body;
  const json item = json::parse(reply.body);
  EXPECT_EQ(item["title"], "مقرر بشأن شريك جديد");
  EXPECT_EQ(item["state"], "under_silence");
  EXPECT_EQ(item["state_name"], "تحت إجراء عدم الاعتراض");
  EXPECT_EQ(item["expires"]["utc"], "2027-01-16T11:00:00.000Z");
  EXPECT_EQ(item["expires"]["host"]["local"], "2027-01-16T12:00:00");
  EXPECT_EQ(item["expires"]["reader"]["local"], "2027-01-16T20:00:00");
  EXPECT_EQ(item["entitled"].size(), 57u);
  EXPECT_EQ(item["may_object"], true);
  EXPECT_TRUE(offers(item, "consultation.objected"));
  EXPECT_FALSE(offers(item, "consultation.hold_placed"));
  EXPECT_FALSE(offers(item, "consultation.issued"));
  // Of what the program says nothing stays English.
  for (const json& step : item["steps"])
    EXPECT_FALSE(step["says"].get<std::string>().starts_with("The ")) << step;
  for (const json& next : item["next"])
    EXPECT_GT(next["says"].get<std::string>().front(), '\x7f' - 256) << next;
  for (const json& each : item["history"]) EXPECT_LT(each["said"].get<std::string>().front(), 0) << each;
  EXPECT_TRUE(get(reader_, "/api/v1/consultations/" + id)["can"].empty()) << "a reader acts for nobody";
}

TEST_F(ConsultationRoutesTest, APartnersObjectionIsForbiddenAndStandsInTheLog) {
  const std::string id = under_silence();
  EXPECT_EQ(acts("act.refused"), 0u);
  const Reply reply = act(japan_, "objected", {{"text", "no"}}, id, "ar");
  EXPECT_EQ(reply.status, 403) << reply.body;
  const json error = json::parse(reply.body)["error"];
  EXPECT_EQ(error["rule"]["id"], "osce_pc/consensus");
  EXPECT_NE(error["rule"]["quote"].get<std::string>().find("absence of any objection"), std::string::npos);
  EXPECT_NE(error["message"].get<std::string>().find("فتح البند"), std::string::npos);
  EXPECT_EQ(acts("act.refused", "JPN"), 1u);
  EXPECT_EQ(get(kazakhstan_, "/api/v1/consultations/" + id)["state"], "under_silence");
  // It is not for Partners to see either.
  EXPECT_EQ(ask(japan_, "GET", "/api/v1/consultations/" + id).status, 404);
  EXPECT_EQ(get(japan_, "/api/v1/consultations")["total"], 0);
  EXPECT_EQ(get(kazakhstan_, "/api/v1/consultations")["total"], 1);
}

TEST_F(ConsultationRoutesTest, WhatIsNoActIsRefusedWithItsRuleAndStandsInTheLog) {
  const std::string id = under_silence();
  struct Wrong {
    json body;
    int status;
    const char* rule;
  };
  std::size_t refused = 0;
  for (const Wrong& each :
       {Wrong{{{"type", "consultation.sung"}, {"subject", id}}, 400, "acts/form"},
        Wrong{{{"type", "consultation.objected"}, {"subject", id}, {"fields", {{"mood", "bad"}}}},
              400,
              "acts/form"},
        Wrong{{{"type", "consultation.objected"}, {"subject", "PC-1"}}, 404, "acts/subject"},
        Wrong{{{"type", "consultation.objected"}, {"subject", id}, {"delegation", "Atlantis"}},
              404,
              "acts/subject"},
        Wrong{{{"type", "consultation.objected"}, {"subject", id}, {"capacity", "system"}},
              400,
              "acts/form"}}) {
    const Reply reply = ask(kazakhstan_, "POST", "/api/v1/acts", each.body.dump(), "Accept-Language: ar\r\n");
    EXPECT_EQ(reply.status, each.status) << each.body << ' ' << reply.body;
    const json error = json::parse(reply.body)["error"];
    EXPECT_EQ(error["rule"]["id"], each.rule) << each.body;
    EXPECT_FALSE(error["rule"]["quote"].get<std::string>().empty()) << each.body;
    EXPECT_LT(error["message"].get<std::string>().front(), 0) << "said in Arabic: " << error["message"];
    EXPECT_GE(acts("act.refused", each.rule), 1u) << each.body;
    EXPECT_EQ(acts("act.refused"), ++refused) << each.body;
  }
  EXPECT_EQ(get(kazakhstan_, "/api/v1/consultations/" + id)["state"], "under_silence");
  // Who may act for nobody writes no such line: a reader, a visitor.
  EXPECT_EQ(ask(reader_, "POST", "/api/v1/acts", json{{"type", "choir.sung"}}.dump()).status, 403);
  EXPECT_EQ(ask({}, "POST", "/api/v1/acts", json{{"type", "choir.sung"}}.dump()).status, 401);
  EXPECT_EQ(acts("act.refused"), refused);
}

// The fixture's clock stands in January 2027: the register knows ten of the fifteen members of the Council.
TEST_F(ConsultationRoutesTest, ACommitteeWhoseMembersAreNotAllKnownIsOpenedByNamingThem) {
  const auto opening = [&](const Person& who) {
    const json list = get(who, "/api/v1/consultations");
    json found;
    for (const json& each : list["can"]) {
      if (each["type"] == "consultation.opened") found = each["fields"];
    }
    return found;
  };
  const std::string of_the_secretariat = opening(desk_).dump();
  EXPECT_NE(of_the_secretariat.find("UN_SC_1267"), std::string::npos);
  EXPECT_NE(of_the_secretariat.find("\"entitled\""), std::string::npos);
  const std::string of_a_state = opening(kazakhstan_).dump();
  EXPECT_EQ(of_a_state.find("UN_SC_1267"), std::string::npos);
  EXPECT_EQ(of_a_state.find("\"entitled\""), std::string::npos);
  json fields = {{"body", "UN_SC_1267"}, {"title", {{"en", "A listing"}}}, {"text", {{"en", "x"}}}};
  const Reply unnamed = act(desk_, "opened", fields, "", "ar");
  EXPECT_EQ(unnamed.status, 409) << unnamed.body;
  EXPECT_EQ(json::parse(unnamed.body)["error"]["rule"]["id"], "sanctions_hold/consensus");
  fields["entitled"] = {"CHN", "FRA", "GBR", "RUS", "USA", "BHR", "COL", "COD",
                        "LVA", "LBR", "AUT", "PRT", "KGZ", "ZWE", "TTO"};
  const Reply opened = act(desk_, "opened", fields);
  EXPECT_EQ(opened.status, 200) << opened.body;
  const std::string id = json::parse(opened.body)["subject"];
  EXPECT_EQ(id, "SC1267-2027-0001");
  for (const auto& [name, state] : {std::pair("london", "GBR"), std::pair("vienna", "AUT")}) {
    const Person member = person(name, access::Role::officer, state);
    EXPECT_EQ(get(member, "/api/v1/consultations/" + id)["entitled"].size(), 15u)
        << state << " sees it, whether the register knows that it is a member or the act named it";
  }
  EXPECT_EQ(ask(kazakhstan_, "GET", "/api/v1/consultations/" + id).status, 404) << "it is for the members";
}

TEST_F(ConsultationRoutesTest, WhatComesTooLateIsWrittenDownAndBreaksNothing) {
  const std::string id = under_silence();
  now_ = 1'800'097'200;  // 2027-01-16T11:00:00Z, the very instant of expiry
  // A day later everybody signs in again.
  kazakhstan_ = person("kaz", access::Role::officer, "KAZ");
  desk_ = person("desk", access::Role::officer, "OSCE");
  const Reply reply = act(kazakhstan_, "objected", {{"text", "no"}}, id);
  EXPECT_EQ(reply.status, 200) << reply.body;
  const json item = get(kazakhstan_, "/api/v1/consultations/" + id);
  EXPECT_EQ(item["state"], "adopted");
  EXPECT_EQ(item["adopted_at"], "2027-01-16T11:00:00.000Z");
  ASSERT_EQ(item["breaks"].size(), 1u);
  EXPECT_EQ(item["breaks"][0]["late"], true);
  EXPECT_EQ(item["breaks"][0]["delegations"][0]["name"], "Kazakhstan");
  EXPECT_EQ(acts("consultation.expired"), 1u);
  EXPECT_FALSE(item["embargo_until"].is_null());
  // 409: the wrong moment; the rule says when.
  const Reply issue = act(desk_, "issued", json::object(), id);
  EXPECT_EQ(issue.status, 409) << issue.body;
  EXPECT_EQ(json::parse(issue.body)["error"]["rule"]["id"], "osce_pc/4");
}

}  // namespace
}  // namespace mithaq::server
