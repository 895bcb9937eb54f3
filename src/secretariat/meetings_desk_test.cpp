#include "secretariat/meetings_desk.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "secretariat/desks.hpp"
#include "secretariat/secretariat.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::secretariat {
namespace {

using acts::Capacity;
using nlohmann::json;

Instant at(const char* text) {
  return parse_instant(text).value();
}

class MeetingsDeskTest : public ::testing::Test {
 protected:
  // What an act was refused with, "" if it was done.
  std::string act(std::string_view delegation, Capacity capacity, const std::string& verb, const json& fields,
                  const std::string& subject = "") {
    now_ += std::chrono::seconds(1);
    Act wanted{.type = "meeting." + verb,
               .stamp = {.at = now_,
                         .actor = {.by = "t", .delegation = std::string(delegation), .capacity = capacity},
                         .subject = subject},
               .fields = fields};
    const Judgement judgement = state_.judge(wanted);
    if (judgement.refusal) return judgement.refusal->rule + (judgement.refusal->forbidden ? "!" : "");
    for (const Act& each : judgement.acts) {
      last_ = each;
      const record::ActBody body = body_of(each);
      entries_.push_back(body);
      state_.enter(entries_.size(), body.type, body.json);
    }
    return "";
  }
  std::string desk(const std::string& verb, const json& fields, const std::string& subject = "") {
    return act("", Capacity::secretariat, verb, fields, subject);
  }
  std::string plan(const std::string& body, const std::string& local) {
    return desk("planned", {{"body", body}, {"begins", {{"local", local}}}});
  }
  const MeetingsDesk& meetings() const { return state_.desks().meetings; }

  Secretariat state_{test::data()};
  std::vector<record::ActBody> entries_{};
  Act last_{};
  Instant now_ = at("2026-03-01T10:00:00Z");
};

TEST_F(MeetingsDeskTest, APlanIsInLocalTimeAcrossTheChangesOfTheClock) {
  EXPECT_EQ(plan("OSCE_PC", "2026-03-26T10:00"), "");
  EXPECT_EQ(last_.stamp.subject, "PC-M-2026-001");
  EXPECT_EQ(meetings().meeting("PC-M-2026-001")->begins.at, at("2026-03-26T09:00:00Z"));
  EXPECT_EQ(meetings().meeting("PC-M-2026-001")->ends.at, at("2026-03-26T12:00:00Z"));
  EXPECT_EQ(plan("OSCE_PC", "2026-04-02T10:00"), "");
  EXPECT_EQ(last_.stamp.subject, "PC-M-2026-002");
  EXPECT_EQ(meetings().meeting("PC-M-2026-002")->begins.at, at("2026-04-02T08:00:00Z"));
  EXPECT_EQ(plan("OSCE_PC", "2026-03-29T02:30"), "acts/deadline") << "this time never is";
  EXPECT_EQ(plan("OSCE_PC", "2026-10-25T02:30"), "acts/deadline") << "this time is twice";
  EXPECT_EQ(desk("planned",
                 {{"body", "OSCE_PC"}, {"begins", {{"local", "2026-10-25T02:30"}, {"offset", "+01:00"}}}}),
            "");
  EXPECT_EQ(meetings().meeting("PC-M-2026-003")->begins.at, at("2026-10-25T01:30:00Z"));
  EXPECT_EQ(plan("OSCE_PC", "2026-02-05T10:00"), "acts/deadline") << "it has passed";
  EXPECT_EQ(plan("OSCE_XX", "2026-04-02T10:00"), "meetings/fields");
  EXPECT_EQ(act("FRA", Capacity::delegation, "planned",
                {{"body", "OSCE_PC"}, {"begins", {{"local", "2026-04-09T10:00"}}}}),
            "meetings/members_plan!");
  EXPECT_THROW(desk("planned", {{"body", "OSCE_PC"}}, "PC-M-2026-009"), Error);
  EXPECT_THROW(desk("opened", {}, "PC-M-2026-777"), Error);
  EXPECT_THROW(desk("crowned", {}, "PC-M-2026-001"), Error);
  EXPECT_THROW(desk("planned", {{"body", "OSCE_PC"}, {"colour", "red"}}), Error);
}

TEST_F(MeetingsDeskTest, ARuleGivesTitlePlaceAndLength) {
  EXPECT_EQ(
      desk("planned",
           {{"body", "OSCE_FSC"}, {"rule", "OSCE_FSC/weekly"}, {"begins", {{"local", "2026-04-15T10:00"}}}}),
      "");
  const auto* meeting = meetings().meeting("FSC-M-2026-001");
  ASSERT_NE(meeting, nullptr);
  EXPECT_EQ(meeting->title.at("en"), "Plenary meeting of the Forum for Security Co-operation");
  EXPECT_EQ(meeting->place, "Hofburg, Vienna");
  EXPECT_EQ(meeting->ends.local, "2026-04-15T12:30:00");
  EXPECT_EQ(
      desk("planned",
           {{"body", "OSCE_PC"}, {"rule", "OSCE_FSC/weekly"}, {"begins", {{"local", "2026-04-15T10:00"}}}}),
      "meetings/fields");
}

TEST_F(MeetingsDeskTest, InvitationsGoToWhomAStatusGivesASeatAtThatInstant) {
  EXPECT_EQ(plan("OSCE_PC", "2026-03-26T10:00"), "");
  EXPECT_EQ(desk("invited", json::object(), "PC-M-2026-001"), "");
  const auto* meeting = meetings().meeting("PC-M-2026-001");
  const auto& invitees = meeting->invitees;
  EXPECT_EQ(std::count_if(invitees.begin(), invitees.end(), [](const auto& each) { return each.member; }),
            57);
  EXPECT_EQ(invitees.size(), 57u + 11u);
  EXPECT_EQ(invitees[0].delegation, "ALB");
  EXPECT_EQ(invitees[1].delegation, "DEU") << "Allemagne: the French alphabetical order";
  EXPECT_TRUE(invitees.back().at_table) << "Partners sit at the main table since 2007";
  // Exactly one notice for each.
  EXPECT_EQ(state_.all_notices().size(), 68u);
  EXPECT_EQ(state_.notices_to("JPN").size(), 1u);
  EXPECT_EQ(state_.notices_to("JPN")[0]->deadline, at("2026-03-26T09:00:00Z"));
  EXPECT_TRUE(state_.notices_to("BRA").empty());
  EXPECT_EQ(desk("invited", json::object(), "PC-M-2026-001"), "");
  EXPECT_EQ(state_.all_notices().size(), 68u) << "nobody is invited twice";
  // A decision invites whom no status does.
  EXPECT_EQ(desk("invited", {{"delegations", {"BRA"}}}, "PC-M-2026-001"), "meetings/invited");
  EXPECT_EQ(desk("invited", {{"delegations", {"ATLANTIS"}}, {"decision", "PC.DEC/1"}}, "PC-M-2026-001"),
            "meetings/fields");
  EXPECT_EQ(desk("invited", {{"delegations", {"BRA"}}, {"decision", "PC.DEC/1"}}, "PC-M-2026-001"), "");
  EXPECT_EQ(state_.notices_to("BRA").size(), 1u);
  EXPECT_EQ(act("BRA", Capacity::delegation, "registered", {{"names", {{{"name", "A"}}}}}, "PC-M-2026-001"),
            "");
  EXPECT_EQ(
      act("BRA", Capacity::delegation, "registered", {{"names", "A. One\n  B. Two \n\n"}}, "PC-M-2026-001"),
      "");
  ASSERT_EQ(meeting->registered.at("BRA").names.size(), 2u);
  EXPECT_EQ(meeting->registered.at("BRA").names[1].name, "B. Two");
  EXPECT_EQ(act("BRA", Capacity::delegation, "registered", {{"names", {"C. Three"}}}, "PC-M-2026-001"), "");
  EXPECT_THROW(act("BRA", Capacity::delegation, "registered", {{"names", 5}}, "PC-M-2026-001"), Error);
  EXPECT_EQ(act("ARG", Capacity::delegation, "registered", {{"names", {{{"name", "A"}}}}}, "PC-M-2026-001"),
            "meetings/invited!");
}

TEST_F(MeetingsDeskTest, AStatusThatWasGrantedInvitesAndOneThatEndedDoesNotSpeak) {
  EXPECT_EQ(plan("OSCE_MED", "2026-03-20T10:00"), "");
  EXPECT_EQ(desk("invited", json::object(), "MED-M-2026-001"), "");
  EXPECT_TRUE(state_.notices_to("LBN").empty());
  EXPECT_TRUE(state_.notices_to("JPN").empty()) << "an Asian Partner is of another contact group";
  EXPECT_EQ(state_.notices_to("EGY").size(), 1u);
  const_cast<Standing&>(state_.standing())
      .grant({.organization = "OSCE",
              .state = "LBN",
              .status = "partner_mediterranean",
              .from = now_,
              .decision = "PC-2026-0001"});
  EXPECT_EQ(desk("invited", json::object(), "MED-M-2026-001"), "");
  EXPECT_EQ(state_.notices_to("LBN").size(), 1u);
  EXPECT_EQ(state_.notices_to("EGY").size(), 1u);
  const json names = {{"names", {{{"name", "A"}}}}};
  EXPECT_EQ(act("LBN", Capacity::delegation, "registered", names, "MED-M-2026-001"), "");
  const_cast<Standing&>(state_.standing())
      .revoke("OSCE", "LBN", "partner_mediterranean", now_ + std::chrono::seconds(1), "PC-2026-0002");
  EXPECT_EQ(act("LBN", Capacity::delegation, "registered", names, "MED-M-2026-001"), "meetings/invited!");
}

TEST_F(MeetingsDeskTest, TheChairIsWhoseTurnItIs) {
  EXPECT_EQ(meetings().chair_of("OSCE_PC", at("2025-12-31T22:59:59Z")), "FIN");
  EXPECT_EQ(meetings().chair_of("OSCE_PC", at("2025-12-31T23:00:00Z")), "CHE") << "midnight in Vienna";
  EXPECT_EQ(meetings().chair_of("OSCE_MED", now_), "CYP");
  EXPECT_EQ(meetings().chair_of("OSCE_ASIA", now_), "FIN");
  EXPECT_EQ(meetings().chairs_of("OSCE_JOINT", now_).size(), 2u);
  EXPECT_EQ(meetings().chair_of("NOTHING", now_), std::nullopt);
  const json fields = {{"body", "OSCE_MED"}, {"begins", {{"local", "2026-03-20T10:00"}}}};
  EXPECT_EQ(act("CHE", Capacity::chair, "planned", fields), "meetings/chair_conducts!");
  EXPECT_EQ(act("CYP", Capacity::chair, "planned", fields), "");
  // An act names a Chair where the table does not, or another.
  const json named = {{"body", "OSCE_MED"},
                      {"state", "MLT"},
                      {"from", "2026-03-01"},
                      {"to", "2026-04-01"},
                      {"decision", "PC.DEC/2"}};
  EXPECT_EQ(act("CYP", Capacity::chair, "chair_named", named), "meetings/members_plan!");
  EXPECT_EQ(desk("chair_named", named), "");
  EXPECT_EQ(meetings().chair_of("OSCE_MED", at("2026-03-31T20:00:00Z")), "MLT");
  EXPECT_EQ(meetings().chair_of("OSCE_MED", at("2026-04-01T20:00:00Z")), "CYP");
}

TEST_F(MeetingsDeskTest, AMoveAndACancellationAreTold) {
  EXPECT_EQ(plan("OSCE_PC", "2026-03-26T10:00"), "");
  const std::string id = "PC-M-2026-001";
  EXPECT_EQ(desk("invited", json::object(), id), "");
  EXPECT_EQ(desk("moved", {{"begins", {{"local", "2026-03-27T15:00"}}}}, id), "");
  EXPECT_EQ(meetings().meeting(id)->ends.at, at("2026-03-27T17:00:00Z")) << "as long as before";
  EXPECT_EQ(meetings().meeting(id)->sequence, 1);
  EXPECT_EQ(state_.notices_to("KAZ").back()->said, "the meeting is now on 2026-03-27 15:00 (Europe/Vienna)");
  auto tasks = state_.tasks_of("KAZ", now_);
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].kind, "invitation");
  EXPECT_FALSE(tasks[0].done);
  EXPECT_EQ(act("KAZ", Capacity::delegation, "declined", json::object(), id), "");
  EXPECT_TRUE(state_.tasks_of("KAZ", now_)[0].done);
  EXPECT_EQ(desk("cancelled", {{"reason", {{"en", "No interpreters."}}}}, id), "");
  EXPECT_EQ(state_.notices_to("KAZ").size(), 3u);
  EXPECT_TRUE(state_.tasks_of("KAZ", now_).empty());
  EXPECT_EQ(desk("opened", {{"chairperson", "X"}}, id), "meetings/state");
}

TEST_F(MeetingsDeskTest, PapersGetTheNextSymbolAndTheHandlingOfTheBody) {
  EXPECT_EQ(plan("OSCE_PC", "2026-03-26T10:00"), "");
  const std::string id = "PC-M-2026-001";
  EXPECT_EQ(desk("invited", json::object(), id), "");
  EXPECT_EQ(act("FRA", Capacity::delegation, "document_added", {{"title", {{"en", "Food for thought"}}}}, id),
            "");
  EXPECT_EQ(last_.fields.at("symbol"), "PC.DEL/1/26");
  EXPECT_EQ(last_.fields.at("handling").at("originator"), "OSCE");
  EXPECT_EQ(act("KAZ", Capacity::delegation, "document_added",
                {{"title", {{"en", "Paper"}}}, {"restricted", true}}, id),
            "");
  EXPECT_EQ(last_.fields.at("symbol"), "PC.DEL/2/26");
  EXPECT_EQ(last_.fields.at("handling").at("statuses").size(), 2u);
}

TEST_F(MeetingsDeskTest, TheSameEntriesGiveTheSameBookAndEveryRuleHasWords) {
  EXPECT_EQ(plan("OSCE_PC", "2026-03-26T10:00"), "");
  const std::string id = "PC-M-2026-001";
  EXPECT_EQ(desk("invited", json::object(), id), "");
  EXPECT_EQ(desk("agenda_proposed", {{"items", {{{"title", {{"ar", "تقرير الأمين العام"}}}}}}}, id), "");
  EXPECT_EQ(act("KAZ", Capacity::delegation, "registered", {{"names", {{{"name", "A"}}}}}, id), "");
  EXPECT_EQ(desk("opened", {{"chairperson", "X"}, {"number", 1560}}, id), "");
  EXPECT_EQ(act("KAZ", Capacity::delegation, "agenda_objected", json::object(), id), "");
  Secretariat again(test::data());
  for (std::size_t each = 0; each < entries_.size(); ++each)
    again.enter(each + 1, entries_[each].type, entries_[each].json);
  const auto* one = meetings().meeting(id);
  const auto* other = again.desks().meetings.meeting(id);
  ASSERT_NE(other, nullptr);
  EXPECT_EQ(one->number, 1560);
  EXPECT_EQ(other->number, 1560);
  EXPECT_EQ(one->invitees, other->invitees);
  EXPECT_EQ(one->objections.size(), other->objections.size());
  EXPECT_EQ(again.all_notices().size(), state_.all_notices().size());
  EXPECT_EQ(meetings().history(id).size(), 6u);
  for (const char* rule : {"members_plan", "chair_conducts", "agenda_consensus", "members_decide", "invited",
                           "registered", "state", "one_speaker", "speakers_list", "right_of_reply",
                           "point_of_order", "symbol", "number", "fields"})
    EXPECT_TRUE(meetings().rule("meetings/" + std::string(rule)).has_value()) << rule;
}

}  // namespace
}  // namespace mithaq::secretariat
