// Journals and decisions over HTTP: files in three formats, and who gets them.
#include <gtest/gtest.h>

#include "server/gate_fixture.hpp"

namespace mithaq::server {
namespace {

class JournalRoutesTest : public GateFixture {
 protected:
  void SetUp() override {
    GateFixture::SetUp();
    start();
    desk_ = person("desk", access::Role::officer, "OSCE");
    kazakhstan_ = person("kaz", access::Role::officer, "KAZ");
    brazil_ = person("bra", access::Role::officer, "BRA");  // neither a participating State nor a Partner
  }
  std::string act(const std::string& type, const json& fields, const std::string& subject = "") {
    json body = {{"type", type}, {"fields", fields}};
    if (!subject.empty()) body["subject"] = subject;
    const Reply reply = ask(desk_, "POST", "/api/v1/acts", body.dump());
    EXPECT_EQ(reply.status, 200) << reply.body;
    return json::parse(reply.body).value("subject", "");
  }

  Person desk_{}, kazakhstan_{}, brazil_{};
};

TEST_F(JournalRoutesTest, AJournalIsAFileInThreeFormatsForWhomTheMeetingIs) {
  const std::string id =
      act("meeting.planned", {{"body", "OSCE_PC"}, {"begins", {{"local", "2099-03-19T10:00"}}}});
  const std::string address = "/api/v1/meetings/" + id + "/journal";
  const Reply html = ask(kazakhstan_, "GET", address, "", "Accept-Language: ar\r\n");
  ASSERT_EQ(html.status, 200) << html.body;
  EXPECT_EQ(html.headers.at("Content-Type"), "text/html; charset=utf-8");
  // What people wrote into it runs nowhere.
  EXPECT_NE(html.headers.at("Content-Security-Policy").find("sandbox"), std::string::npos);
  EXPECT_NE(html.body.find("<html lang=\"ar\" dir=\"rtl\">"), std::string::npos);
  EXPECT_TRUE(ask(kazakhstan_, "GET", address + "?format=pdf&language=ru").body.starts_with("%PDF-"));
  EXPECT_TRUE(ask(kazakhstan_, "GET", address + "?format=docx").body.starts_with("PK"));
  EXPECT_EQ(ask(kazakhstan_, "GET", address + "?format=odt").status, 400);
  EXPECT_EQ(ask(kazakhstan_, "GET", address + "?language=xx").status, 400);
  EXPECT_EQ(ask(kazakhstan_, "GET", "/api/v1/meetings/PC-M-1999-009/journal").status, 404);
  EXPECT_EQ(ask(brazil_, "GET", address).status, 404);
  EXPECT_EQ(ask({}, "GET", address).status, 401);
}

TEST_F(JournalRoutesTest, ADecisionIsAPaper) {
  const std::string id = act("consultation.opened", {{"body", "OSCE_PC"},
                                                     {"title", {{"ar", "مقرر بشأن شريك جديد"}}},
                                                     {"text", {{"ar", "يقرر المجلس <b>الدائم</b>"}}}});
  const std::string address = "/api/v1/consultations/" + id + "/paper";
  const Reply html = ask(kazakhstan_, "GET", address + "?language=ar");
  ASSERT_EQ(html.status, 200) << html.body;
  EXPECT_NE(html.body.find("مشروع مقرر"), std::string::npos);
  EXPECT_NE(html.body.find("&lt;b&gt;"), std::string::npos);
  EXPECT_EQ(ask(brazil_, "GET", address).status, 404);
  EXPECT_EQ(ask(kazakhstan_, "GET", "/api/v1/consultations/PC-1999-9/paper").status, 404);
}

}  // namespace
}  // namespace mithaq::server
