#include "secretariat/consultations_desk.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "secretariat/desks.hpp"
#include "secretariat/secretariat.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::secretariat {
namespace {

using acts::Capacity;
using nlohmann::json;
using procedure::State;

Instant at(const char* text) {
  return parse_instant(text).value();
}

class ConsultationsDeskTest : public ::testing::Test {
 protected:
  // What an act was refused with, "" if it was done; with "!" behind it if it is forbidden for good.
  std::string act(std::string_view delegation, Capacity capacity, const std::string& type, const json& fields,
                  const std::string& subject = "") {
    settle();
    Act wanted{.type = type,
               .stamp = {.at = now_,
                         .actor = {.by = "t", .delegation = std::string(delegation), .capacity = capacity},
                         .subject = subject},
               .fields = fields};
    const Judgement judgement = state_.judge(wanted);
    if (judgement.refusal) return judgement.refusal->rule + (judgement.refusal->forbidden ? "!" : "");
    for (const Act& each : judgement.acts) enter(each);
    settle();
    return "";
  }
  void enter(const Act& each) {
    last_ = each;
    const record::ActBody body = body_of(each);
    entries_.push_back(body);
    state_.enter(entries_.size(), body.type, body.json);
  }
  // What time brings by now, as service/convening does it.
  void settle() {
    for (bool again = true; again;) {
      again = false;
      for (Act& due : state_.due(now_)) {
        due.stamp.at = now_;
        const Judgement judgement = state_.judge(due);
        if (judgement.refusal) continue;
        for (const Act& each : judgement.acts) enter(each);
        again = true;
      }
    }
  }
  std::string desk(const std::string& type, const json& fields = json::object(),
                   const std::string& subject = "") {
    return act("", Capacity::secretariat, type, fields, subject);
  }
  std::string state_of(std::string_view id) const {
    const procedure::Case* item = consultations().find(id);
    return item == nullptr ? "" : std::string(name_of(item->state));
  }
  // An open meeting of the Permanent Council.
  std::string open_meeting(const char* local) {
    EXPECT_EQ(desk("meeting.planned", {{"body", "OSCE_PC"}, {"begins", {{"local", local}}}}), "");
    const std::string id = last_.stamp.subject;
    EXPECT_EQ(desk("meeting.invited", json::object(), id), "");
    const meetings::Meeting* meeting = state_.desks().meetings.meeting(id);
    now_ = std::max(now_, meeting->begins.at);
    EXPECT_EQ(desk("meeting.opened", {{"chairperson", "X"}}, id), "");
    return id;
  }
  std::string open(const json& more = json::object()) {
    json fields = {{"body", "OSCE_PC"}, {"title", {{"en", "On a Partner"}}}, {"text", {{"en", "Decides …"}}}};
    fields.update(more);
    EXPECT_EQ(desk("consultation.opened", fields), "");
    return last_.stamp.subject;
  }
  const ConsultationsDesk& consultations() const { return state_.desks().consultations; }

  Secretariat state_{test::data()};
  std::vector<record::ActBody> entries_{};
  Act last_{};
  Instant now_ = at("2026-03-20T10:00:00Z");
};

TEST_F(ConsultationsDeskTest, TheEntitledAreComputedAtTheInstantAtWhichTheItemOpens) {
  const std::string id = open();
  EXPECT_EQ(id, "PC-2026-0001");
  const procedure::Case* item = consultations().find(id);
  EXPECT_EQ(item->entitled.size(), 57u);
  EXPECT_TRUE(item->is_entitled("MNG"));
  EXPECT_FALSE(item->is_entitled("JPN"));
  EXPECT_EQ(item->rule_set, "osce_pc");
  EXPECT_EQ(item->series, "PC.DEC");
  EXPECT_FALSE(item->handling.is_public());
  EXPECT_EQ(open(), "PC-2026-0002");
  EXPECT_THROW(desk("consultation.opened", {{"body", "OSCE_PC"}, {"entitled", {"JPN"}}}), Error);
  EXPECT_EQ(desk("consultation.opened", {{"body", "NOWHERE"}}), "procedure/fields");
  EXPECT_EQ(desk("consultation.opened", {{"rule_set", "votes"}}), "procedure/fields");
  EXPECT_THROW(desk("consultation.voted", json::object(), id), Error);
  EXPECT_THROW(desk("consultation.objected", json::object(), "PC-2026-9999"), Error);
}

TEST_F(ConsultationsDeskTest, AStateThatJoinedAfterTheItemOpenedIsNotInTheSet) {
  now_ = at("2012-11-20T10:00:00Z");
  const std::string before = open({{"body", ""}, {"rule_set", "osce_pc"}});
  now_ = at("2012-11-22T10:00:00Z");
  const std::string after = open({{"body", ""}, {"rule_set", "osce_pc"}});
  EXPECT_EQ(consultations().find(before)->entitled.size() + 1, consultations().find(after)->entitled.size());
  EXPECT_EQ(desk("consultation.proposed", {{"meeting", "a"}}, before), "");
  EXPECT_EQ(act("MNG", Capacity::delegation, "consultation.objected_in_meeting", json::object(), before),
            "osce_pc/consensus!");
  EXPECT_EQ(desk("consultation.proposed", {{"meeting", "a"}}, after), "");
  EXPECT_EQ(act("MNG", Capacity::delegation, "consultation.objected_in_meeting", json::object(), after), "");
}

TEST_F(ConsultationsDeskTest, ADecisionGoesItsWayWithOneOutcomeNoticeForEach) {
  const std::string id = open();
  EXPECT_EQ(desk("consultation.proposed", {{"meeting", "PC-M-2026-001"}}, id), "procedure/fields");
  const std::string meeting = open_meeting("2026-03-26T10:00");
  const json noon = {{"meeting", meeting}, {"deadline", {{"local", "2026-03-29T12:00"}}}};
  // The chair of 2026 is held by Switzerland.
  EXPECT_EQ(act("AUT", Capacity::chair, "consultation.proposed", noon, id), "procedure/capacity!");
  EXPECT_EQ(act("CHE", Capacity::chair, "consultation.proposed", noon, id), "");
  EXPECT_EQ(act("JPN", Capacity::delegation, "consultation.objected_in_meeting", json::object(), id),
            "osce_pc/consensus!");
  EXPECT_EQ(act("CHE", Capacity::chair, "consultation.silence_opened", json::object(), id), "");
  EXPECT_EQ(consultations().find(id)->expires_at, at("2026-03-29T10:00:00Z"))
      << "noon of Vienna's summer time";
  EXPECT_EQ(state_.next_due(), at("2026-03-29T10:00:00Z"));
  const auto tasks = state_.tasks_of("KAZ", now_);
  const auto task =
      std::find_if(tasks.begin(), tasks.end(), [](const Task& each) { return each.kind == "consultation"; });
  ASSERT_NE(task, tasks.end());
  EXPECT_EQ(task->deadline, at("2026-03-29T10:00:00Z"));
  EXPECT_EQ(task->zone, "Europe/Vienna");

  now_ = at("2026-03-29T10:00:00.001Z");
  EXPECT_EQ(act("KAZ", Capacity::delegation, "consultation.objected", {{"text", "no"}}, id), "");
  EXPECT_EQ(state_of(id), "adopted") << "it came too late";
  EXPECT_TRUE(consultations().find(id)->breaks().back().late);
  const auto outcomes = [&](const char* said) {
    std::map<std::string, int> counts;
    for (const Notice& each : state_.all_notices())
      counts[each.delegation] += each.subject == id && each.said == said;
    return counts;
  };
  const auto kept = outcomes("silence was kept: the decision is adopted");
  for (const std::string& each : consultations().find(id)->entitled) EXPECT_EQ(kept.at(each), 1) << each;

  EXPECT_EQ(act("CHE", Capacity::chair, "consultation.announced", {{"meeting", meeting}}, id), "osce_pc/5")
      << "that meeting opened before the adoption";
  EXPECT_EQ(desk("meeting.closed", json::object(), meeting), "");
  const std::string next = open_meeting("2026-04-02T10:00");
  EXPECT_EQ(act("CHE", Capacity::chair, "consultation.announced", {{"meeting", next}}, id), "");
  EXPECT_EQ(consultations().find(id)->number, "PC.DEC/1");
  EXPECT_TRUE(consultations().find(id)->journal.starts_with("PC.JOUR/"));
  EXPECT_EQ(act("KAZ", Capacity::delegation, "consultation.statement_made",
                {{"text", {{"en", "We read it so."}}}, {"with", {"ARM", "BLR"}}}, id),
            "");
  EXPECT_EQ(desk("meeting.closed", json::object(), next), "");
  EXPECT_TRUE(consultations().find(id)->statements_closed) << "with the meeting";
  EXPECT_EQ(
      act("AUT", Capacity::delegation, "consultation.statement_made", {{"text", {{"en", "We too."}}}}, id),
      "osce_pc/statements");
  EXPECT_EQ(desk("consultation.issued", json::object(), id), "");
  EXPECT_EQ(state_of(id), "issued");
  EXPECT_EQ(consultations().entries(id).size(), consultations().find(id)->history.size());

  // The same acts give the same state and the same notices.
  Secretariat again(test::data());
  for (std::size_t each = 0; each < entries_.size(); ++each)
    again.enter(each + 1, entries_[each].type, entries_[each].json);
  EXPECT_EQ(again.all_notices().size(), state_.all_notices().size());
  EXPECT_EQ(again.desks().consultations.find(id)->symbol(), "PC.DEC/1");
}

TEST_F(ConsultationsDeskTest, AStateThatLostItsStatusActsNoMore) {
  const std::string id = open({{"body", ""}, {"rule_set", "osce_pc"}});
  EXPECT_EQ(desk("consultation.proposed", {{"meeting", "a"}}, id), "");
  EXPECT_EQ(desk("consultation.silence_opened", {{"deadline", {{"local", "2026-03-27T12:00"}}}}, id), "");
  // Here the state is the test's own; in the program the desk of partnerships changes it.
  const_cast<Standing&>(state_.standing())
      .revoke("OSCE", "KGZ", "participating_state", now_ + std::chrono::seconds(1), "PC-2026-9999");
  now_ += std::chrono::seconds(2);
  EXPECT_EQ(act("KGZ", Capacity::delegation, "consultation.objected", json::object(), id),
            "procedure/standing!");
  EXPECT_EQ(act("KAZ", Capacity::delegation, "consultation.objected", json::object(), id), "");
  EXPECT_EQ(state_of(id), "broken");
}

TEST_F(ConsultationsDeskTest, ALocalTimeThatNeverIsOrIsTwiceIsRefused) {
  const std::string id = open({{"body", ""}, {"rule_set", "osce_pc"}});
  EXPECT_EQ(
      desk("consultation.proposed", {{"meeting", "a"}, {"deadline", {{"local", "2026-03-29T02:30"}}}}, id),
      "acts/deadline");
  EXPECT_EQ(
      desk("consultation.proposed", {{"meeting", "a"}, {"deadline", {{"local", "2026-10-25T02:30"}}}}, id),
      "acts/deadline");
  EXPECT_EQ(desk("consultation.proposed",
                 {{"meeting", "a"}, {"deadline", {{"local", "2026-10-25T02:30"}, {"offset", "+01:00"}}}}, id),
            "");
  EXPECT_EQ(consultations().find(id)->suggested_expiry, at("2026-10-25T01:30:00Z"));
}

TEST_F(ConsultationsDeskTest, ConsensusMinusOneNamesTheStateConcerned) {
  const json fields = {{"rule_set", "minus_one"}, {"title", {{"en", "x"}}}, {"text", {{"en", "y"}}}};
  EXPECT_EQ(desk("consultation.opened", fields), "minus_one/16");
  json named = fields;
  named["excluded"] = {"JPN"};
  EXPECT_EQ(desk("consultation.opened", named), "minus_one/16") << "a Partner takes no part in any case";
  named["excluded"] = {"AUT"};
  EXPECT_EQ(desk("consultation.opened", named), "");
  EXPECT_EQ(consultations().find(last_.stamp.subject)->entitled.size(), 56u);
  EXPECT_FALSE(consultations().find(last_.stamp.subject)->is_entitled("AUT"));
}

TEST_F(ConsultationsDeskTest, TheMembersOfTheSecurityCouncilAreThoseOfTheInstant) {
  const json fields = {{"rule_set", "sanctions_hold"}, {"title", {{"en", "x"}}}, {"text", {{"en", "y"}}}};
  now_ = at("2025-12-31T23:59:59.999Z");
  EXPECT_EQ(desk("consultation.opened", fields), "");
  const auto before = consultations().find(last_.stamp.subject)->entitled;
  EXPECT_EQ(before.size(), 15u);
  EXPECT_TRUE(std::binary_search(before.begin(), before.end(), "DZA"));
  now_ = at("2026-01-01T00:00:00Z");
  EXPECT_EQ(desk("consultation.opened", fields), "");
  const std::string id = last_.stamp.subject;
  const auto after = consultations().find(id)->entitled;
  EXPECT_EQ(after.size(), 15u);
  EXPECT_FALSE(std::binary_search(after.begin(), after.end(), "DZA"));
  EXPECT_TRUE(std::binary_search(after.begin(), after.end(), "LBR"));
  EXPECT_EQ(consultations().find(id)->handling.statuses, (std::vector<std::string>{"UN.SC/member"}));
  json named = fields;
  named["entitled"] = {"FRA", "GBR", "USA"};
  EXPECT_THROW(desk("consultation.opened", named), Error) << "the register knows them all";
}

// Who sits in the Council from 2027 on was not known when the table was written.
TEST_F(ConsultationsDeskTest, MembersWhomTheRegisterDoesNotKnowAreNamed) {
  const json fields = {{"rule_set", "sanctions_hold"}, {"title", {{"en", "x"}}}, {"text", {{"en", "y"}}}};
  now_ = at("2027-02-01T10:00:00Z");
  EXPECT_EQ(desk("consultation.opened", fields), "sanctions_hold/consensus");
  json named = fields;
  named["entitled"] = {"CHN", "FRA", "GBR", "RUS", "USA", "BHR", "COL",
                       "COD", "LVA", "LBR", "AUT", "PRT", "KGZ", "ZWE"};
  EXPECT_EQ(desk("consultation.opened", named), "sanctions_hold/consensus") << "fourteen";
  named["entitled"].push_back("AUT");
  EXPECT_EQ(desk("consultation.opened", named), "sanctions_hold/consensus") << "still fourteen";
  named["entitled"].push_back("TTO");
  EXPECT_EQ(act("FRA", Capacity::delegation, "consultation.opened", named), "procedure/capacity!");
  json without = named;
  without["entitled"][0] = "MEX";
  EXPECT_EQ(desk("consultation.opened", without), "sanctions_hold/consensus") << "China is a member";
  EXPECT_EQ(desk("consultation.opened", named), "");
  const std::string id = last_.stamp.subject;
  EXPECT_EQ(consultations().find(id)->entitled.size(), 15u);
  EXPECT_EQ(consultations().find(id)->handling.recipients.size(), 15u);
  EXPECT_EQ(desk("consultation.silence_opened",
                 {{"deadline", {{"local", "2027-02-25T12:00"}, {"zone", "UTC"}}}}, id),
            "");
  EXPECT_EQ(
      act("TTO", Capacity::delegation, "consultation.objected", {{"kind", "objection"}, {"text", "No"}}, id),
      "")
      << "named, so entitled, though the register does not know it";
}

TEST_F(ConsultationsDeskTest, ARuleIsShownInItsOwnWords) {
  ASSERT_TRUE(consultations().rule("osce_pc/3"));
  EXPECT_NE(consultations().rule("osce_pc/3")->quote.find("an objection or an amendment"), std::string::npos);
  EXPECT_TRUE(consultations().rule("procedure/standing"));
  EXPECT_FALSE(consultations().rule("osce_pc/99"));
}

}  // namespace
}  // namespace mithaq::secretariat
