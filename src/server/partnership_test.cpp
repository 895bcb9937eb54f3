// A8 of a secretariat's acceptance: from the letter to the status to its revocation, over HTTP, with what
// each account may see and do at each step.
#include "server/gate_fixture.hpp"
#include "server/openapi_fits.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {
namespace {

class PartnershipTest : public GateFixture {
 protected:
  void SetUp() override {
    now_ = at("2026-02-02T09:00:00Z");
    GateFixture::SetUp();
    start();
    sign_in();
  }
  // Sessions end after days, so people sign in anew when time has gone on.
  void sign_in() {
    lebanon_ = person("rima", access::Role::officer, "LBN");
    kazakhstan_ = person("aigul", access::Role::officer, "KAZ");
    japan_ = person("yuki", access::Role::officer, "JPN");
    chair_ = person("beat", access::Role::officer, "CHE");
    desk_ = person("desk", access::Role::officer, "OSCE");
  }
  void go(const char* time) {
    now_ = at(time);
    sign_in();
  }
  static std::int64_t at(const char* text) {
    return std::chrono::floor<std::chrono::seconds>(*parse_instant(text)).time_since_epoch().count();
  }
  Reply post(const Person& who, const std::string& type, const json& fields, const std::string& subject = "",
             const std::string& capacity = "") {
    json body = {{"type", type}, {"fields", fields}};
    if (!subject.empty()) body["subject"] = subject;
    if (!capacity.empty()) body["capacity"] = capacity;
    return ask(who, "POST", "/api/v1/acts", body.dump());
  }
  // Does an act that has to be done; returns what it was about.
  std::string act(const Person& who, const std::string& type, const json& fields,
                  const std::string& subject = "", const std::string& capacity = "") {
    const Reply reply = post(who, type, fields, subject, capacity);
    EXPECT_EQ(reply.status, 200) << type << ' ' << reply.body;
    const json answer = json::parse(reply.body, nullptr, false);
    return answer.is_object() ? answer.value("subject", "") : "";
  }
  // An open meeting of the Permanent Council.
  std::string open_council(const char* local, const char* utc) {
    const std::string meeting =
        act(desk_, "meeting.planned", {{"body", "OSCE_PC"}, {"begins", {{"local", local}}}});
    act(desk_, "meeting.invited", json::object(), meeting);
    go(utc);
    act(desk_, "meeting.opened", {{"chairperson", "X"}}, meeting);
    return meeting;
  }
  std::string consultation(const std::string& application) {
    return act(desk_, "consultation.opened",
               {{"body", "OSCE_PC"},
                {"title", {{"en", "Lebanon"}}},
                {"text", {{"ar", "يقرر المجلس"}}},
                {"case", application}});
  }
  int sees_partners_paper(const Person& who) {
    return ask(who, "GET", "/api/v1/documents/" + partners_).status;
  }
  std::vector<std::string> kinds(const Person& who, const std::string& target) {
    std::vector<std::string> out;
    const json answer = get(who, target);
    for (const json& each : answer["can"]) out.push_back(each["type"]);
    return out;
  }
  bool offered(const Person& who, const std::string& target, const std::string& type) {
    const auto all = kinds(who, target);
    return std::find(all.begin(), all.end(), type) != all.end();
  }
  // An answer of these routes is as openapi.json says.
  void fits(const json& answer, const char* path) {
    const json description = json::parse(openapi_text());
    const json& schema = description.at("paths")
                             .at(path)
                             .at("get")
                             .at("responses")
                             .at("200")
                             .at("content")
                             .at("application/json")
                             .at("schema");
    expect_fits(description, schema, answer, path);
  }
  bool has_status(const Person& who, const std::string& status) {
    const json home = get(who, "/api/v1/home");
    fits(home, "/api/v1/home");
    return std::any_of(home["statuses"].begin(), home["statuses"].end(),
                       [&](const json& each) { return each["id"] == status; });
  }
  bool listed(const std::string& moment) {
    const json answer = get(desk_, "/api/v1/standing?organization=OSCE&at=" + moment);
    fits(answer, "/api/v1/standing");
    return std::any_of(answer["states"].begin(), answer["states"].end(),
                       [](const json& each) { return each["state"]["id"] == "LBN"; });
  }

  Person lebanon_{}, kazakhstan_{}, japan_{}, chair_{}, desk_{};
};

TEST_F(PartnershipTest, FromTheLetterToTheStatusToItsRevocation) {
  // 1. The letter.
  EXPECT_EQ(sees_partners_paper(lebanon_), 403);
  EXPECT_EQ(sees_partners_paper(japan_), 200) << "a Partner sees what is opened to Partners";
  EXPECT_TRUE(offered(lebanon_, "/api/v1/applications", "application.received"));
  EXPECT_FALSE(offered(kazakhstan_, "/api/v1/applications", "application.received"));
  const std::string id = act(lebanon_, "application.received",
                             {{"organization", "OSCE"},
                              {"status", "partner_mediterranean"},
                              {"signed_by", "وزير الخارجية"},
                              {"dated", "2026-01-28"},
                              {"letter", {{"ar", "نتقدم بطلب رسمي"}}}});
  const std::string page = "/api/v1/applications/" + id;
  EXPECT_EQ(ask(japan_, "GET", page).status, 404) << "it is for those that consider it, and the applicant";
  EXPECT_EQ(get(lebanon_, page)["stage"], "received");

  // 2. The assessments: words of States that consider it, not shown to the applicant.
  EXPECT_TRUE(offered(chair_, page, "application.circulated"));
  EXPECT_FALSE(offered(kazakhstan_, page, "application.circulated"));
  act(chair_, "application.circulated", {{"before", {{"local", "2026-02-27T12:00"}}}}, id, "chair");
  EXPECT_TRUE(offered(kazakhstan_, page, "application.assessed"));
  const json before = get(kazakhstan_, "/api/v1/home?zone=Asia/Almaty");
  const auto task = std::find_if(before["tasks"].begin(), before["tasks"].end(),
                                 [](const json& each) { return each["kind"] == "factors"; });
  ASSERT_NE(task, before["tasks"].end());
  EXPECT_EQ((*task)["deadline"], "2026-02-27T11:00:00.000Z");
  EXPECT_EQ((*task)["deadline_local"]["local"], "2026-02-27T16:00:00");
  EXPECT_EQ((*task)["deadline_host"]["local"], "2026-02-27T12:00:00");
  const std::string secret = "Польза для диалога";
  act(kazakhstan_, "application.assessed", {{"factor", "benefit"}, {"text", {{"ru", secret}}}}, id);
  const Reply refused =
      post(japan_, "application.assessed", {{"factor", "benefit"}, {"text", {{"en", "Good"}}}}, id);
  EXPECT_EQ(refused.status, 403) << refused.body;
  EXPECT_EQ(json::parse(refused.body)["error"]["rule"]["id"], "partnership/consultation");
  EXPECT_EQ(acts("act.refused", "JPN"), 1u);
  EXPECT_EQ(get(kazakhstan_, page).dump().find(secret) != std::string::npos, true);
  EXPECT_EQ(get(lebanon_, page).dump().find(secret), std::string::npos);
  EXPECT_EQ(ask(lebanon_, "GET", page).body.find("score"), std::string::npos);

  // 3. The decision.
  act(chair_, "application.consulted", {{"held", "2026-02-02"}}, id, "chair");
  const std::string decision = consultation(id);
  EXPECT_TRUE(offered(chair_, page, "application.decision_opened"));
  act(chair_, "application.decision_opened", {{"consultation", decision}}, id, "chair");
  const std::string meeting = open_council("2026-03-26T10:00", "2026-03-26T09:00:00Z");
  act(chair_, "consultation.proposed", {{"meeting", meeting}, {"deadline", {{"local", "2026-03-29T12:00"}}}},
      decision, "chair");
  act(chair_, "consultation.silence_opened", json::object(), decision, "chair");
  const json shown = get(kazakhstan_, page);
  fits(shown, "/api/v1/applications/{id}");
  EXPECT_EQ(shown["decision"]["id"], decision);
  EXPECT_EQ(shown["stage"], "decision");
  go("2026-03-29T09:59:59Z");
  EXPECT_EQ(sees_partners_paper(lebanon_), 403);

  // 4. The status holds from the end of silence on: documents, the invitation, the seat.
  go("2026-03-29T10:00:00Z");
  const std::string next =
      act(desk_, "meeting.planned", {{"body", "OSCE_MED"}, {"begins", {{"local", "2026-04-15T10:00"}}}});
  EXPECT_EQ(get(lebanon_, page)["granted_at"], "2026-03-29T10:00:00.000Z");
  EXPECT_EQ(sees_partners_paper(lebanon_), 200);
  EXPECT_TRUE(has_status(lebanon_, "OSCE/partner_mediterranean"));
  EXPECT_FALSE(listed("2026-03-29T09:59:59.999Z"));
  EXPECT_TRUE(listed("2026-03-29T10:00:00Z"));
  act(desk_, "meeting.invited", json::object(), next);
  const json home = get(lebanon_, "/api/v1/home");
  ASSERT_FALSE(home["meetings"].empty());
  EXPECT_EQ(home["meetings"][0]["id"], next) << "the contact group invites the new Partner";
  act(lebanon_, "meeting.registered", json::parse(R"({"names":[{"name":"Rima K."}]})"), next);
  EXPECT_EQ(post(lebanon_, "consultation.objected", {{"kind", "objection"}, {"text", "No"}}, decision).status,
            403)
      << "a Partner never blocks";

  // 5. The revocation closes them at its instant.
  const std::string revocation = consultation(id);
  act(chair_, "application.revocation_opened", {{"consultation", revocation}}, id, "chair");
  const std::string council = open_council("2026-04-30T10:00", "2026-04-30T08:00:00Z");
  act(chair_, "consultation.proposed", {{"meeting", council}}, revocation, "chair");
  EXPECT_EQ(sees_partners_paper(lebanon_), 200);
  go("2026-04-30T08:30:00Z");
  act(chair_, "consultation.adopted_in_meeting", json::object(), revocation, "chair");
  EXPECT_EQ(sees_partners_paper(lebanon_), 403);
  EXPECT_FALSE(has_status(lebanon_, "OSCE/partner_mediterranean"));
  EXPECT_TRUE(listed("2026-04-30T08:29:59Z"));
  EXPECT_FALSE(listed("2026-04-30T08:30:00Z"));
  const std::string later =
      act(desk_, "meeting.planned", {{"body", "OSCE_MED"}, {"begins", {{"local", "2026-05-20T10:00"}}}});
  act(desk_, "meeting.invited", json::object(), later);
  EXPECT_NE(
      post(lebanon_, "meeting.registered", json::parse(R"({"names":[{"name":"Rima K."}]})"), later).status,
      200);
  EXPECT_EQ(get(lebanon_, page)["stage"], "revoked");
  // Another process than the server sees the same from the record alone.
  const auto statuses = service::party_statuses(options());
  EXPECT_TRUE(statuses("LBN", *parse_instant("2026-04-01T00:00:00Z")).size() >
              statuses("LBN", *parse_instant("2026-05-01T00:00:00Z")).size());
}

TEST_F(PartnershipTest, AStatusOfTheRegisterIsReviewedAndEnds) {
  EXPECT_EQ(sees_partners_paper(japan_), 200);
  EXPECT_TRUE(offered(chair_, "/api/v1/applications", "application.review_opened"));
  EXPECT_TRUE(offered(desk_, "/api/v1/applications", "application.review_opened"));
  EXPECT_FALSE(offered(kazakhstan_, "/api/v1/applications", "application.review_opened"));
  EXPECT_FALSE(offered(japan_, "/api/v1/applications", "application.review_opened"));
  const json wanted = {{"organization", "OSCE"}, {"state", "JPN"}, {"status", "partner_asian"}};
  EXPECT_EQ(post(kazakhstan_, "application.review_opened", wanted).status, 403);
  const std::string id = act(chair_, "application.review_opened", wanted, "", "chair");
  const std::string page = "/api/v1/applications/" + id;
  for (const Person& who : {kazakhstan_, japan_, chair_, desk_}) {
    const json shown = get(who, page);
    fits(shown, "/api/v1/applications/{id}");
    EXPECT_TRUE(shown["letter"].is_null());
    EXPECT_FALSE(shown["review"].is_null());
    EXPECT_EQ(shown["stage"], "under_review");
    EXPECT_TRUE(shown["factors"].empty());
  }
  EXPECT_EQ(ask(lebanon_, "GET", page).status, 404);
  fits(get(japan_, "/api/v1/applications"), "/api/v1/applications");
  const std::string revocation = consultation(id);
  act(chair_, "application.revocation_opened", {{"consultation", revocation}}, id, "chair");
  EXPECT_EQ(get(kazakhstan_, page)["revocation"]["id"], revocation);
  const std::string council = open_council("2026-04-30T10:00", "2026-04-30T08:00:00Z");
  act(chair_, "consultation.proposed", {{"meeting", council}}, revocation, "chair");
  EXPECT_EQ(sees_partners_paper(japan_), 200);
  go("2026-04-30T08:30:00Z");
  act(chair_, "consultation.adopted_in_meeting", json::object(), revocation, "chair");
  EXPECT_EQ(sees_partners_paper(japan_), 403);
  EXPECT_FALSE(has_status(japan_, "OSCE/partner_asian"));
  EXPECT_EQ(get(japan_, page)["stage"], "revoked");
}

TEST_F(PartnershipTest, HomesAreForTheirDelegations) {
  EXPECT_EQ(ask(kazakhstan_, "GET", "/api/v1/home?delegation=JPN").status, 403);
  EXPECT_EQ(get(desk_, "/api/v1/home?delegation=JPN")["delegation"]["id"], "JPN");
  EXPECT_EQ(ask({}, "GET", "/api/v1/home").status, 401);
  EXPECT_EQ(ask(kazakhstan_, "GET", "/api/v1/home?zone=CET%2B1").status, 400);
  EXPECT_EQ(ask(kazakhstan_, "GET", "/api/v1/home?delegation=nobody").status, 404);
  EXPECT_EQ(get(kazakhstan_, "/api/v1/home")["zone"], "Europe/Vienna");
  EXPECT_EQ(ask(kazakhstan_, "GET", "/api/v1/standing?at=yesterday").status, 400);
  EXPECT_EQ(ask(kazakhstan_, "GET", "/api/v1/applications/OSCE-APP-1999-001").status, 404);
  const json history = get(kazakhstan_, "/api/v1/standing/MNG");
  fits(history, "/api/v1/standing/{state}");
  EXPECT_FALSE(history["history"].empty());
}

TEST_F(PartnershipTest, DebatesArePreparedOverHttp) {
  const std::string id = act(desk_, "debate.opened",
                             {{"body", "UN.SC"},
                              {"presidency", "CHE"},
                              {"item", "un_csto"},
                              {"begins", {{"local", "2026-10-28T10:00"}, {"zone", "America/New_York"}}}});
  const std::string page = "/api/v1/debates/" + id;
  EXPECT_TRUE(offered(chair_, page, "debate.note_given"));
  EXPECT_FALSE(offered(kazakhstan_, page, "debate.note_given"));
  act(chair_, "debate.note_given", {{"document", "S/2026/1"}}, id, "chair");
  act(chair_, "debate.views_asked",
      {{"statuses", {"CSTO/member"}}, {"before", {{"local", "2026-10-20T18:00"}}}}, id, "chair");
  EXPECT_TRUE(offered(kazakhstan_, page, "debate.view_given"));
  EXPECT_FALSE(offered(japan_, page, "debate.view_given"));
  const std::string view = "Безопасность и развитие";
  act(kazakhstan_, "debate.view_given", {{"text", {{"ru", view}}}}, id);
  const json shown = get(chair_, page);
  fits(shown, "/api/v1/debates/{id}");
  EXPECT_NE(shown.dump().find(view), std::string::npos);
  EXPECT_EQ(get(japan_, page).dump().find(view), std::string::npos) << "views are for those that were asked";
  EXPECT_EQ(post(japan_, "debate.view_given", {{"text", {{"en", "We too"}}}}, id).status, 403);
  const json all = get(desk_, "/api/v1/debates");
  fits(all, "/api/v1/debates");
  EXPECT_EQ(all["cycles"][0]["id"], "un_csto");
  EXPECT_EQ(all["cycles"][0]["sessions"][1]["session"], 81);
  EXPECT_EQ(all["cycles"][0]["sessions"][1]["opens"], "2026-09-08");
}

}  // namespace
}  // namespace mithaq::server
