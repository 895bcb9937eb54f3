#include "secretariat/partnerships_desk.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.hpp"
#include "secretariat/test_secretariat.hpp"

namespace mithaq::secretariat {
namespace {

using nlohmann::json;

constexpr const char* kPartner = "OSCE/partner_for_cooperation";

const json kLetter = {{"organization", "OSCE"},
                      {"status", "partner_mediterranean"},
                      {"signed_by", "وزير الخارجية"},
                      {"dated", "2026-01-28"},
                      {"letter", {{"ar", "نتقدم بطلب رسمي إلى رئيس المنظمة"}}}};

// The chair of 2026 is held by Switzerland.
struct Course : TestSecretariat {
  std::string application{};

  Course() : TestSecretariat("2026-02-02T09:00:00Z") {}

  void receive() {
    ASSERT_EQ(of("LBN", "application.received", kLetter), "");
    application = subject();
  }
  void circulate() {
    ASSERT_EQ(
        chair("CHE", "application.circulated", {{"before", {{"local", "2026-02-27T12:00"}}}}, application),
        "");
  }
  void consult() {
    ASSERT_EQ(chair("CHE", "application.consulted", {{"held", "2026-02-02"}}, application), "");
  }
  std::string consultation(const char* title = "On Lebanon") {
    EXPECT_EQ(desk("consultation.opened", {{"body", "OSCE_PC"},
                                           {"title", {{"en", title}}},
                                           {"text", {{"en", "Decides …"}}},
                                           {"case", application}}),
              "");
    return subject();
  }
  // Suggested in a meeting, put under silence until noon of 29 March in Vienna.
  void put_under_silence(const std::string& id) {
    const std::string meeting = open_council("2026-03-26T10:00");
    ASSERT_EQ(chair("CHE", "consultation.proposed",
                    {{"meeting", meeting}, {"deadline", {{"local", "2026-03-29T12:00"}}}}, id),
              "");
    ASSERT_EQ(chair("CHE", "consultation.silence_opened", json::object(), id), "");
  }
  bool partner(const char* when) const { return state().standing().holds("LBN", kPartner, instant(when)); }
  const partnership::Case& about() const { return state().desks().partnerships.book().find(application); }
  bool in_the_book(std::string_view body) const {
    const auto& meetings = state().desks().meetings;
    const auto invited = meetings.invitees(*meetings.bodies().find(body), now(), state());
    return std::any_of(invited.begin(), invited.end(),
                       [](const auto& each) { return each.delegation == "LBN"; });
  }
};

TEST(PartnershipsDesk, AStatusFollowsFromTheDecisionAtTheInstantOfItsAdoption) {
  Course course;
  course.receive();
  EXPECT_EQ(course.application, "OSCE-APP-2026-001");
  EXPECT_EQ(course.about().letter.title.at("ar"), "طلب لبنان: شريك من البحر المتوسط للتعاون");
  EXPECT_EQ(course.told("CHE", "application.received").size(), 1u) << "the request is made to the Chair";
  EXPECT_EQ(course.tasks("CHE", "circulation").size(), 1u);
  EXPECT_TRUE(course.tasks("AUT", "circulation").empty());
  course.circulate();
  EXPECT_EQ(course.about().circulated->consulted.size(), 57u);
  EXPECT_EQ(course.about().circulated->before.at, instant("2026-02-27T11:00:00Z"));
  const auto told = course.told("KAZ", "application.circulated");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0]->deadline, instant("2026-02-27T11:00:00Z"));
  EXPECT_TRUE(course.told("JPN", "application.circulated").empty()) << "a Partner does not consider it";
  ASSERT_EQ(course.tasks("KAZ", "factors").size(), 1u);
  EXPECT_FALSE(course.tasks("KAZ", "factors")[0].done);
  EXPECT_EQ(course.of("KAZ", "application.assessed", {{"factor", "benefit"}, {"text", {{"ru", "Польза"}}}},
                      course.application),
            "");
  EXPECT_TRUE(course.tasks("KAZ", "factors")[0].done);
  EXPECT_EQ(course.of("JPN", "application.assessed", {{"factor", "benefit"}, {"text", {{"en", "Good"}}}},
                      course.application),
            "partnership/consultation!");
  course.consult();
  const std::string decision = course.consultation();
  EXPECT_EQ(
      course.chair("CHE", "application.decision_opened", {{"consultation", decision}}, course.application),
      "");
  course.put_under_silence(decision);
  course.at("2026-03-29T09:59:59.999Z");
  EXPECT_EQ(course.about().stage, partnership::Stage::decision);
  EXPECT_FALSE(course.in_the_book("OSCE_MED"));
  // The program looks a minute after the end: the status holds from the end all the same.
  course.at("2026-03-29T10:01:00Z");
  EXPECT_EQ(course.about().stage, partnership::Stage::granted);
  EXPECT_EQ(course.about().granted->from, instant("2026-03-29T10:00:00Z"));
  EXPECT_FALSE(course.partner("2026-03-29T09:59:59.999Z"));
  EXPECT_TRUE(course.partner("2026-03-29T10:00:00Z"));
  EXPECT_TRUE(course.in_the_book("OSCE_MED"));
  EXPECT_TRUE(course.in_the_book("OSCE_PC"));
  EXPECT_FALSE(course.in_the_book("OSCE_ASIA"));
  EXPECT_EQ(course.told("LBN", "application.granted").size(), 1u);
  EXPECT_EQ(course.told("AUT", "application.granted").size(), 1u);

  // A Partner still has no part in decisions.
  const std::string revocation = course.consultation("On ending a status");
  EXPECT_FALSE(course.state().desks().consultations.find(revocation)->is_entitled("LBN"));
  EXPECT_EQ(course.chair("CHE", "application.revocation_opened", {{"consultation", revocation}},
                         course.application),
            "");
  const std::string meeting = course.open_council("2026-04-02T10:00");
  EXPECT_EQ(course.chair("CHE", "consultation.proposed", {{"meeting", meeting}}, revocation), "");
  EXPECT_TRUE(course.in_the_book("OSCE_MED"));
  course.wait(std::chrono::milliseconds(1500));
  const Instant adopted = course.now();
  EXPECT_EQ(course.chair("CHE", "consultation.adopted_in_meeting", json::object(), revocation), "");
  EXPECT_EQ(course.about().stage, partnership::Stage::revoked);
  EXPECT_EQ(course.about().revoked->from, adopted);
  EXPECT_TRUE(course.state().standing().holds("LBN", kPartner, adopted - std::chrono::milliseconds(1)));
  EXPECT_FALSE(course.state().standing().holds("LBN", kPartner, adopted));
  EXPECT_FALSE(course.in_the_book("OSCE_MED"));
  EXPECT_EQ(course.told("LBN", "application.revoked").size(), 1u);
}

// Japan is a Partner by the register; no case granted it.
TEST(PartnershipsDesk, AStatusOfTheRegisterEndsAtTheInstantOfADecision) {
  Course course;
  const json wanted = {{"organization", "OSCE"},
                       {"state", "JPN"},
                       {"status", "partner_asian"},
                       {"reason", {{"en", "It asked for it"}}}};
  EXPECT_EQ(course.chair("AUT", "application.review_opened", wanted), "acts/chair!");
  EXPECT_EQ(course.of("JPN", "application.review_opened", wanted), "partnership/formal_decision!");
  json not_held = wanted;
  not_held["state"] = "LBN";
  EXPECT_EQ(course.chair("CHE", "application.review_opened", not_held), "partnership/closed");
  not_held["state"] = "ATLANTIS";
  EXPECT_THROW(course.chair("CHE", "application.review_opened", not_held), Error);
  EXPECT_THROW(course.chair("CHE", "application.review_opened", wanted, "OSCE-REV-2026-007"), Error);
  ASSERT_EQ(course.chair("CHE", "application.review_opened", wanted), "");
  course.application = course.subject();
  EXPECT_EQ(course.application, "OSCE-REV-2026-001");
  EXPECT_EQ(course.about().letter.title.at("ar"), "مراجعة مركز اليابان: شريك آسيوي للتعاون");
  EXPECT_EQ(course.told("JPN", "application.review_opened").size(), 1u);
  EXPECT_EQ(course.told("AUT", "application.review_opened").size(), 1u);
  EXPECT_TRUE(course.told("KOR", "application.review_opened").empty()) << "a Partner does not decide on it";
  EXPECT_TRUE(course.tasks("JPN", "factors").empty());

  const std::string revocation = course.consultation("On the status of Japan");
  EXPECT_EQ(course.chair("CHE", "application.revocation_opened", {{"consultation", revocation}},
                         course.application),
            "");
  const std::string meeting = course.open_council("2026-04-02T10:00");
  EXPECT_EQ(course.chair("CHE", "consultation.proposed", {{"meeting", meeting}}, revocation), "");
  course.wait(std::chrono::milliseconds(1500));
  const Instant adopted = course.now();
  EXPECT_EQ(course.chair("CHE", "consultation.adopted_in_meeting", json::object(), revocation), "");
  EXPECT_EQ(course.about().stage, partnership::Stage::revoked);
  const auto& standing = course.state().standing();
  EXPECT_TRUE(standing.holds("JPN", kPartner, adopted - std::chrono::milliseconds(1)));
  EXPECT_FALSE(standing.holds("JPN", kPartner, adopted));
  EXPECT_TRUE(standing.holds("KOR", kPartner, adopted)) << "the others are what they were";
  EXPECT_EQ(course.told("JPN", "application.revoked").size(), 1u);
  const auto was = standing.history("JPN");
  EXPECT_TRUE(std::any_of(was.begin(), was.end(), [&](const Holding& each) {
    return each.status == "partner_asian" && each.ended_by == revocation &&
           each.to == format_instant(adopted) && !each.source.empty();
  })) << "the register's line stays, with the decision that ended it";
  // It may apply again, as any other State.
  EXPECT_EQ(course.chair("CHE", "application.review_opened", wanted), "partnership/closed");
  EXPECT_EQ(course.of("JPN", "application.received",
                      {{"organization", "OSCE"},
                       {"status", "partner_asian"},
                       {"signed_by", "The Minister"},
                       {"dated", "2026-04-01"},
                       {"letter", {{"en", "We apply"}}}}),
            "");
}

TEST(PartnershipsDesk, ABrokenSilenceGrantsNothing) {
  Course course;
  course.receive();
  course.circulate();
  course.consult();
  const std::string decision = course.consultation();
  EXPECT_EQ(
      course.chair("CHE", "application.decision_opened", {{"consultation", decision}}, course.application),
      "");
  course.put_under_silence(decision);
  EXPECT_EQ(course.of("AUT", "consultation.objected", {{"kind", "objection"}, {"text", "No"}}, decision), "");
  course.at("2026-04-01T10:00:00Z");
  EXPECT_FALSE(course.partner("2026-04-01T10:00:00Z"));
  EXPECT_EQ(course.about().stage, partnership::Stage::decision);
  EXPECT_EQ(
      course.chair("CHE", "application.refused", {{"reason", {{"en", "No consensus"}}}}, course.application),
      "");
  EXPECT_EQ(course.told("LBN", "application.refused").size(), 1u);
}

TEST(PartnershipsDesk, OnlyWhoMayActs) {
  Course course;
  EXPECT_EQ(course.of("AUT", "application.received", kLetter), "partnership/formal_request");
  EXPECT_EQ(course.of("EGY", "application.received", kLetter), "partnership/closed");
  EXPECT_THROW(course.of("LBN", "application.received", kLetter, "OSCE-APP-2026-777"), Error);
  EXPECT_THROW(course.of("NOWHERE", "application.received", kLetter), Error);
  json strange = kLetter;
  strange["score"] = 5;
  EXPECT_THROW(course.of("LBN", "application.received", strange), Error) << "there is no score";
  course.receive();
  EXPECT_EQ(course.chair("AUT", "application.circulated", {{"before", {{"local", "2026-02-27T12:00"}}}},
                         course.application),
            "acts/chair!");
  EXPECT_EQ(course.chair("CHE", "application.circulated", {{"before", {{"local", "2026-03-29T02:30"}}}},
                         course.application),
            "acts/deadline")
      << "this time never is";
  course.circulate();
  EXPECT_THROW(course.desk("application.blessed", json::object(), course.application), Error);
  EXPECT_THROW(course.desk("application.consulted", {{"held", "2026-02-02"}}, "OSCE-APP-2026-009"), Error);
  // What comes after the time that was asked for is kept and marked; the client's own word counts nothing.
  EXPECT_EQ(
      course.of("AUT", "application.assessed",
                {{"factor", "benefit"}, {"text", {{"en", "In time"}}}, {"late", true}}, course.application),
      "");
  course.at("2026-02-27T11:00:00Z");
  EXPECT_EQ(course.of("KAZ", "application.assessed", {{"factor", "benefit"}, {"text", {{"en", "Late"}}}},
                      course.application),
            "");
  const auto& said = course.about().assessments.at("benefit");
  EXPECT_FALSE(said[0].late);
  EXPECT_TRUE(said[1].late);
  // A paper that came by post is written down by the secretariat, for the State.
  EXPECT_EQ(course.act("DEU", acts::Capacity::secretariat, "application.assessed",
                       {{"factor", "benefit"}, {"text", {{"en", "By note"}}}}, course.application),
            "");
  EXPECT_EQ(said.back().delegation, "DEU");
  EXPECT_EQ(course.state().rule("partnership/factors")->quotes.at("ar"),
            "هذه العوامل مع كونها ليست حصرية ولا تراكمية");
}

TEST(PartnershipsDesk, TheSameActsGiveTheSameState) {
  Course course;
  course.receive();
  course.circulate();
  course.consult();
  const std::string decision = course.consultation();
  EXPECT_EQ(
      course.chair("CHE", "application.decision_opened", {{"consultation", decision}}, course.application),
      "");
  course.put_under_silence(decision);
  course.at("2026-03-30T00:00:00Z");
  Secretariat again(test::data());
  record::Seq seq = 0;
  for (const record::ActBody& body : course.entries()) again.enter(++seq, body.type, body.json);
  EXPECT_EQ(again.all_notices().size(), course.state().all_notices().size());
  ASSERT_EQ(again.standing().grants().size(), 1u);
  EXPECT_EQ(again.standing().grants()[0].from, instant("2026-03-29T10:00:00Z"));
  EXPECT_EQ(again.desks().partnerships.book().find(course.application).stage, partnership::Stage::granted);
  EXPECT_TRUE(again.due(instant("2026-03-30T00:00:00Z")).empty());
}

}  // namespace
}  // namespace mithaq::secretariat
