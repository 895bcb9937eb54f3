// Bodies, meetings and calendars over HTTP: who may see and do what, and the secret address of a calendar.
#include <gtest/gtest.h>

#include "server/gate_fixture.hpp"
#include "server/openapi_fits.hpp"

namespace mithaq::server {
namespace {

class MeetingsTest : public GateFixture {
 protected:
  void SetUp() override {
    GateFixture::SetUp();
    start();
    desk_ = person("desk", access::Role::officer, "OSCE");
    kaz_ = person("kaz", access::Role::officer, "KAZ");
    jpn_ = person("jpn", access::Role::officer, "JPN");
    bra_ = person("bra", access::Role::officer, "BRA");
  }
  json act(const Person& who, const std::string& verb, const json& fields, const std::string& subject = "",
           int status = 200) {
    json body = {{"type", "meeting." + verb}, {"fields", fields}};
    if (!subject.empty()) body["subject"] = subject;
    const Reply reply = ask(who, "POST", "/api/v1/acts", body.dump());
    EXPECT_EQ(reply.status, status) << verb << ' ' << reply.body;
    return json::parse(reply.body, nullptr, false);
  }
  // The fixture's clock stands in January 2027.
  std::string planned() {
    return act(desk_, "planned",
               {{"body", "OSCE_PC"}, {"begins", {{"local", "2027-03-25T10:00"}}}})["subject"];
  }
  std::string address(const Person& who) { return get(who, "/api/v1/calendar/address")["address"]; }

  Person desk_, kaz_, jpn_, bra_;
};

TEST_F(MeetingsTest, AnswersAreAsOpenApiDescribesThem) {
  const std::string id = planned();
  act(desk_, "invited", json::object(), id);
  act(desk_, "agenda_proposed", {{"items", {{{"title", {{"ar", "تقرير"}}}}}}}, id);
  act(kaz_, "registered", {{"names", "A. Omarov"}}, id);
  act(kaz_, "inscribed", {{"item", 1}}, id);
  act(kaz_, "document_added", {{"item", 1}, {"title", {{"ar", "ورقة"}}}}, id);
  act(desk_, "opened", {{"chairperson", "X"}}, id);
  const json description = get(kaz_, "/api/v1/openapi.json");
  const std::pair<const char*, std::string> asked[] = {
      {"/api/v1/bodies", "/api/v1/bodies"},
      {"/api/v1/bodies/{id}", "/api/v1/bodies/OSCE_MED?year=2026"},
      {"/api/v1/meetings", "/api/v1/meetings?from=2027-01-01"},
      {"/api/v1/meetings/{id}", "/api/v1/meetings/" + id},
      {"/api/v1/calendar", "/api/v1/calendar?year=2027"},
      {"/api/v1/calendar/address", "/api/v1/calendar/address"}};
  for (const auto& [path, target] : asked) {
    const json& schema =
        description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    const json answer = get(kaz_, target);
    expect_fits(description, schema, answer, path);
    const json& shape = schema.contains("$ref")
                            ? description.at(json::json_pointer(schema["$ref"].get<std::string>().substr(1)))
                            : schema;
    for (const auto& [name, member] : answer.items())
      EXPECT_TRUE(shape["properties"].contains(name)) << path << " does not describe " << name;
  }
}

TEST_F(MeetingsTest, WhoIsNotOfTheBodySeesNothingAndAPartnerBlocksNothing) {
  const std::string id = planned();
  act(desk_, "invited", json::object(), id);
  EXPECT_EQ(get(kaz_, "/api/v1/meetings")["meetings"].size(), 1u);
  EXPECT_EQ(get(jpn_, "/api/v1/meetings")["meetings"].size(), 1u);
  EXPECT_EQ(get(bra_, "/api/v1/meetings")["meetings"].size(), 0u);
  EXPECT_EQ(ask(bra_, "GET", "/api/v1/meetings/" + id).status, 404);
  EXPECT_EQ(ask({}, "GET", "/api/v1/meetings").status, 401);
  EXPECT_EQ(ask(kaz_, "GET", "/api/v1/meetings?from=soon").status, 400);
  EXPECT_EQ(ask(kaz_, "GET", "/api/v1/meetings/PC-M-1").status, 404);
  act(desk_, "agenda_proposed", {{"items", {{{"title", {{"en", "Report"}}}}}}}, id);
  act(desk_, "opened", {{"chairperson", "X"}}, id);
  const json refused = act(jpn_, "agenda_objected", json::object(), id, 403);
  EXPECT_EQ(refused["error"]["rule"]["id"], "meetings/members_decide");
  EXPECT_FALSE(refused["error"]["rule"]["quote"].get<std::string>().empty());
  EXPECT_EQ(acts("act.refused", "meetings/members_decide"), 1u) << "the refusal stands in the record";
  act(kaz_, "agenda_objected", json::object(), id);
  EXPECT_EQ(act(desk_, "agenda_adopted", json::object(), id, 409)["error"]["rule"]["id"],
            "meetings/agenda_consensus");
  const Reply arabic =
      ask(jpn_, "POST", "/api/v1/acts", json{{"type", "meeting.closed"}, {"subject", id}}.dump(),
          "Accept-Language: ar\r\n");
  EXPECT_EQ(arabic.status, 403);
  EXPECT_NE(arabic.body.find("يختتم الرئيس الجلسة"), std::string::npos) << arabic.body;
}

TEST_F(MeetingsTest, TheAddressOfACalendarIsARightThatEnds) {
  const std::string id = planned();
  act(desk_, "invited", json::object(), id);
  const std::string of_kaz = address(kaz_), of_bra = address(bra_);
  EXPECT_EQ(of_kaz, address(kaz_)) << "the same each time";
  const Reply feed = ask({}, "GET", of_kaz);
  EXPECT_EQ(feed.status, 200) << feed.body;
  EXPECT_TRUE(feed.headers.at("Content-Type").starts_with("text/calendar"));
  EXPECT_NE(feed.body.find("UID:" + id), std::string::npos) << feed.body;
  EXPECT_EQ(ask({}, "GET", of_bra).body.find("BEGIN:VEVENT"), std::string::npos);
  // Another's account with this one's secret, a cut one, none: there is no such calendar.
  const std::string start = "/api/v1/meetings/calendar.ics?token=";
  const std::string secret = of_kaz.substr(start.size());
  const std::string mixed = of_bra.substr(start.size(), of_bra.find('.', start.size()) - start.size()) +
                            secret.substr(secret.find('.'));
  for (const std::string& token : {mixed, secret.substr(0, secret.size() - 1), secret + "x", std::string("."),
                                   std::string("x"), std::string("eA.")})
    EXPECT_EQ(ask({}, "GET", start + token).status, 404) << token;
  EXPECT_EQ(ask({}, "GET", "/api/v1/meetings/calendar.ics").status, 400);
  EXPECT_EQ(ask({}, "GET", "/api/v1/calendar/address").status, 401);
  // Made anew, the old one leads nowhere.
  const Reply renewed = ask(kaz_, "POST", "/api/v1/calendar/address", "{}");
  ASSERT_EQ(renewed.status, 200) << renewed.body;
  EXPECT_EQ(ask({}, "GET", of_kaz).status, 404);
  const std::string now = json::parse(renewed.body)["address"];
  EXPECT_EQ(ask({}, "GET", now).status, 200);
  // It ends with the account.
  accounts_->change("kaz", {.disabled = true});
  EXPECT_EQ(ask({}, "GET", now).status, 404);
}

TEST_F(MeetingsTest, AReplyOfACalendarProgramRegisters) {
  const std::string id = planned();
  act(desk_, "invited", json::object(), id);
  const std::string feed = ask({}, "GET", address(kaz_)).body;
  const std::size_t begin = feed.find("UID:") + 4;
  const std::string uid = feed.substr(begin, feed.find("\r\n", begin) - begin);
  const auto reply = [&](const Person& who, const std::string& answer) {
    const std::string text = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:" + uid +
                             "\r\nSEQUENCE:0\r\nATTENDEE;CN=\"A. Omarov\";PARTSTAT=" + answer +
                             ":mailto:a@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    return ask(who, "POST", "/api/v1/meetings/reply", json{{"calendar", text}}.dump());
  };
  EXPECT_EQ(reply(kaz_, "ACCEPTED").status, 200);
  EXPECT_EQ(get(kaz_, "/api/v1/meetings/" + id)["registered"][0]["names"][0], "A. Omarov");
  EXPECT_EQ(reply(kaz_, "DECLINED").status, 200);
  EXPECT_TRUE(get(kaz_, "/api/v1/meetings/" + id)["registered"].empty());
  EXPECT_EQ(reply(bra_, "ACCEPTED").status, 403) << "it is not invited";
  act(desk_, "moved", {{"begins", {{"local", "2027-04-01T10:00"}}}}, id);
  EXPECT_EQ(reply(kaz_, "ACCEPTED").status, 409) << "it was moved since";
}

TEST_F(MeetingsTest, GarbageOfACalendarIsRefusedWithItsRuleAndStandsInTheLog) {
  const std::string id = planned();
  act(desk_, "invited", json::object(), id);
  struct Wrong {
    std::string text;
    int status;
    const char* rule;
  };
  const std::string tail =
      "@mithaq\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.org\r\nEND:VEVENT\r\n"
      "END:VCALENDAR\r\n";
  std::size_t refused = 0;
  for (const Wrong& each :
       {Wrong{"garbage", 400, "acts/calendar_reply"}, Wrong{"", 400, "acts/calendar_reply"},
        Wrong{"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:PC-M-1.00" + tail, 404,
              "acts/calendar_reply"}}) {
    const Reply reply = ask(kaz_, "POST", "/api/v1/meetings/reply", json{{"calendar", each.text}}.dump(),
                            "Accept-Language: ar\r\n");
    EXPECT_EQ(reply.status, each.status) << reply.body;
    const json error = json::parse(reply.body)["error"];
    EXPECT_EQ(error["rule"]["id"], each.rule) << reply.body;
    EXPECT_NE(error["rule"]["source"].get<std::string>().find("RFC 5546"), std::string::npos);
    EXPECT_LT(error["message"].get<std::string>().front(), 0) << error["message"];
    EXPECT_EQ(acts("act.refused", each.rule), ++refused);
  }
  EXPECT_TRUE(get(kaz_, "/api/v1/meetings/" + id)["registered"].empty());
}

}  // namespace
}  // namespace mithaq::server
