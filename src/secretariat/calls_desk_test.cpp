#include "secretariat/calls_desk.hpp"

#include "base/error.hpp"
#include "secretariat/desk_fixture.hpp"

namespace mithaq::secretariat {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

class CallsDeskTest : public DeskFixture {
 protected:
  void SetUp() override {
    ASSERT_EQ(office("call.opened", call_fields()), "");
    ASSERT_EQ(subject, "CALL-2026-001");
  }
  const selection::Call& call() const { return *state.desks().calls.calls().find("CALL-2026-001"); }
  std::string nominate(const char* state_id) {
    return for_state(state_id, "call.nominated", {{"name", "ليلى مثال"}, {"function", "Second Secretary"}},
                     "CALL-2026-001");
  }
  std::string decide(int nomination, const char* outcome) {
    json fields = {{"nomination", nomination},
                   {"outcome", outcome},
                   {"reasons", {{{"criterion", "need"}, {"text", "A new unit is set up."}}}}};
    if (std::string(outcome) == "reserve") fields["reserve_order"] = 1;
    return office("call.decided", fields, "CALL-2026-001");
  }
};

TEST_F(CallsDeskTest, TheDeadlineIsTheInstantOfItsLocalTime) {
  // Noon in Vienna on the day on which clocks went forward.
  EXPECT_EQ(call().closes, *parse_instant("2026-03-29T10:00:00Z"));
  EXPECT_EQ(call().said.zone, "Europe/Vienna");
  json fields = call_fields();
  fields["closes"] = {{"local", "2026-03-29T02:30"}, {"zone", "Europe/Vienna"}};
  EXPECT_NE(office("call.opened", fields), "");  // that time never is
  EXPECT_EQ(office("call.extended",
                   {{"closes", {{"local", "2026-04-02T12:00"}, {"zone", "Europe/Vienna"}}},
                    {"reason", {{"en", "a holiday"}}}},
                   "CALL-2026-001"),
            "");
  EXPECT_EQ(call().closes, *parse_instant("2026-04-02T10:00:00Z"));
}

TEST_F(CallsDeskTest, APartnerNominatesAndItsNomineeIsNamedInAnActOfItsOwn) {
  EXPECT_EQ(nominate("TUN"), "");
  ASSERT_EQ(done.size(), 2u);
  EXPECT_EQ(done[0].type, "call.nominated");
  EXPECT_EQ(done[0].fields.dump().find("ليلى"), std::string::npos);
  EXPECT_EQ(done[1].type, "call.person_named");
  EXPECT_EQ(call().nominations.at(1).person.name, "ليلى مثال");
  EXPECT_EQ(nominate("AUT"), "call/eligible!");
  EXPECT_EQ(for_state("JOR", "call.nominated", json::object(), "CALL-2026-001"), "call/person");
  EXPECT_EQ(for_state("TUN", "call.decided", {{"nomination", 1}}, "CALL-2026-001"),
            "call/secretariat_selects!");
  EXPECT_EQ(for_state("JOR", "call.withdrawn", {{"nomination", 1}}, "CALL-2026-001"),
            "call/own_nominations!");
  // On paper, brought in by the secretariat.
  EXPECT_EQ(act("JOR", acts::Capacity::secretariat, "call.nominated", {{"name", "X"}}, "CALL-2026-001"), "");
  EXPECT_EQ(call().nominations.at(2).delegation, "JOR");
  EXPECT_NE(state.desks().calls.nomination("CALL-2026-001/2"), nullptr);
  for (const char* none :
       {"CALL-2026-001/3", "CALL-2026-001", "CALL-2026-001/", "CALL-2026-001/2x", "/1", ""})
    EXPECT_EQ(state.desks().calls.nomination(none), nullptr) << none;
}

TEST_F(CallsDeskTest, AfterTheDeadlineTheRuleIsNamed) {
  now = call().closes - 1ms;
  EXPECT_EQ(nominate("TUN"), "");
  now = call().closes;
  EXPECT_EQ(nominate("TUN"), "call/deadline");
  EXPECT_TRUE(state.rule("call/deadline").has_value());
}

TEST_F(CallsDeskTest, StatesAreAskedAndTold) {
  const auto task = [&](std::string_view delegation, std::string_view kind) {
    for (const Task& each : state.tasks_of(delegation, now))
      if (each.kind == kind) return each.done ? "done" : "asked";
    return "none";
  };
  EXPECT_STREQ(task("TUN", "nomination"), "asked");
  EXPECT_STREQ(task("AUT", "nomination"), "none");
  EXPECT_EQ(told("TUN").size(), 1u);
  EXPECT_EQ(told("AUT").size(), 0u);
  ASSERT_EQ(nominate("TUN"), "");
  EXPECT_STREQ(task("TUN", "nomination"), "done");
  now = call().closes;
  EXPECT_STREQ(task("TUN", "nomination"), "none");
  ASSERT_EQ(decide(1, "selected"), "");
  EXPECT_STREQ(task("TUN", "selection"), "asked");
  ASSERT_EQ(for_state("TUN", "call.accepted", {{"nomination", 1}}, "CALL-2026-001"), "");
  EXPECT_STREQ(task("TUN", "selection"), "none");
  ASSERT_EQ(office("call.deployed",
                   {{"nomination", 1},
                    {"from", "2026-05-01"},
                    {"to", "2026-05-03"},
                    {"place", "Vienna"},
                    {"duty", "Contact group"}},
                   "CALL-2026-001"),
            "");
  ASSERT_EQ(office("call.returned", {{"nomination", 1}, {"day", "2026-05-03"}}, "CALL-2026-001"), "");
  EXPECT_STREQ(task("TUN", "report"), "asked");
  ASSERT_EQ(
      for_state("TUN", "call.reported", {{"nomination", 1}, {"text", {{"ar", "تقرير"}}}}, "CALL-2026-001"),
      "");
  EXPECT_STREQ(task("TUN", "report"), "none");
  EXPECT_EQ(told("TUN").size(), 4u);
}

TEST_F(CallsDeskTest, ThePersonIsErasedAndTheCallGoesOn) {
  ASSERT_EQ(nominate("TUN"), "");
  now = call().closes;
  ASSERT_EQ(decide(1, "selected"), "");
  Secretariat erased(test::data());
  for (std::size_t each = 0; each < entries.size(); ++each)
    erased.enter(each + 1, entries[each].type,
                 entries[each].type == "call.person_named" ? "" : entries[each].json);
  const selection::Nomination& nomination = *erased.desks().calls.nomination("CALL-2026-001/1");
  EXPECT_EQ(nomination.person.name, "");
  EXPECT_EQ(nomination.state, selection::State::selected);
  // No other entry holds the name, and the history that is shown does not either.
  for (const record::ActBody& body : entries)
    EXPECT_EQ(body.json.find("ليلى") != std::string::npos, body.type == "call.person_named") << body.type;
  for (const HistoryLine& line : state.desks().calls.history("CALL-2026-001"))
    EXPECT_EQ(line.act.fields.dump().find("ليلى"), std::string::npos);
}

TEST_F(CallsDeskTest, ASponsoredParticipantIsPaidByTheProjectOfTheCall) {
  ASSERT_EQ(open_fund(), "");
  ASSERT_EQ(open_project(), "");
  json fields = call_fields();
  fields["project"] = "PF-2026-009";
  EXPECT_THROW(office("call.opened", fields), Error);
  fields["project"] = "PF-2026-001";
  EXPECT_EQ(office("call.opened", fields), "");
  EXPECT_EQ(subject, "CALL-2026-002");
  ASSERT_EQ(nominate("TUN"), "");
  ASSERT_EQ(office("fund.received", {{"amount", "900 EUR"}, {"contributor", "CHE"}}), "");
  ASSERT_EQ(office("fund.allotted", {{"amount", "900 EUR"}}, "PF-2026-001"), "");
  EXPECT_EQ(
      office("fund.spent", {{"amount", "850 EUR"}, {"purpose", "participant"}, {"of", "CALL-2026-001/1"}},
             "PF-2026-001"),
      "");
  EXPECT_EQ(state.desks().funds.book_of("")->projects().at("PF-2026-001").payments[0].of, "CALL-2026-001/1");
}

TEST_F(CallsDeskTest, AFlatFormSaysTheSame) {
  EXPECT_EQ(
      for_state("TUN", "call.nominated", {{"name", "X"}, {"statement:need", "A new unit."}}, "CALL-2026-001"),
      "");
  EXPECT_EQ(call().nominations.at(1).said.statements[0].text, "A new unit.");
  now = call().closes;
  EXPECT_EQ(office("call.decided",
                   {{"nomination", "1"}, {"outcome", "selected"}, {"reason:need", "It is set up now."}},
                   "CALL-2026-001"),
            "");
  EXPECT_EQ(call().nominations.at(1).reasons[0].criterion, "need");
  EXPECT_THROW(office("call.decided", {{"nomination", "one"}}, "CALL-2026-001"), Error);
}

TEST_F(CallsDeskTest, HostileFieldsAreNamed) {
  for (const json& fields : {json::array(), json{{"name", 5}}, json{{"age", 5}}, json{{"statements", "x"}}})
    EXPECT_THROW(for_state("TUN", "call.nominated", fields, "CALL-2026-001"), Error) << fields;
  json fields = call_fields();
  fields["eligible_statuses"] = {"OSCE/king"};
  EXPECT_THROW(office("call.opened", fields), Error);
  EXPECT_EQ(for_state("TUN", "call.nominated", {{"name", "X"}, {"nomination", 77}}, "CALL-2026-001"), "");
  EXPECT_EQ(call().nominations.begin()->first, 1);
}

}  // namespace
}  // namespace mithaq::secretariat
