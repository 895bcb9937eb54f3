#include "engines/selection/calls.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/error.hpp"
#include "base/random.hpp"
#include "base/table.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::selection {
namespace {

using namespace std::chrono_literals;

// A call for two young diplomats of Partners, with Uzbekistan beside them.
struct Placement : ::testing::Test {
  Calls calls;
  std::uint64_t entry = 0;
  Instant now = *parse_instant("2026-03-01T09:00:00Z");
  const Instant closes = *parse_instant("2026-03-29T10:00:00Z");

  static bool holds(std::string_view state, std::string_view status) {
    return status == "OSCE/partner_for_cooperation" && (state == "TUN" || state == "MNG" || state == "JPN");
  }
  acts::Refusal refused(const std::string& delegation, const Fact& fact) {
    const acts::Stamp stamp{
        .at = now, .actor = {.by = "account:1", .delegation = delegation}, .subject = "CALL-1"};
    if (auto refusal = calls.judge(stamp, fact, holds)) return *refusal;
    expect(calls.enter(++entry, stamp, fact), "an act that was judged is folded");
    return {};
  }
  std::string act(const std::string& delegation, const Fact& fact) { return refused(delegation, fact).rule; }
  Opened call() const {
    return {.kind = Kind::placement,
            .title = {{"ar", "إلحاق دبلوماسيين شباب"}, {"en", "Placement of young diplomats"}},
            .organization = "OSCE",
            .closes = closes,
            .zone = "Europe/Vienna",
            .places = 2,
            .per_state = 2,
            .eligible_statuses = {"OSCE/partner_for_cooperation"},
            .eligible_states = {"UZB"},
            .criteria = {{"languages", {{"en", "English"}}}, {"need", {{"en", "What the State gains"}}}},
            .report_due = true};
  }
  std::vector<Remark> reasons() const {
    return {{"languages", "Fluent."}, {"need", "A new unit is set up."}};
  }
  Fact decided(std::int64_t nomination, Outcome outcome, int order = 0) const {
    return Decided{
        .nomination = nomination, .outcome = outcome, .reserve_order = order, .reasons = reasons()};
  }
  void nominate(std::int64_t number, const std::string& state) {
    ASSERT_EQ(act(state, Nominated{.nomination = number}), "");
    ASSERT_EQ(act(state, PersonNamed{.nomination = number, .name = "A. B."}), "");
  }
  State state_of(std::int64_t number) const { return calls.find("CALL-1")->nominations.at(number).state; }
};

TEST_F(Placement, ACallSaysWhatItLooksAt) {
  const auto without = [&](auto change) {
    Opened changed = call();
    change(changed);
    return act("", changed);
  };
  EXPECT_EQ(without([](auto& c) { c.title.clear(); }), "call/title");
  EXPECT_EQ(without([&](auto& c) { c.closes = now; }), "call/deadline");
  EXPECT_EQ(without([&](auto& c) { c.opens = c.closes; }), "call/deadline");
  EXPECT_EQ(without([](auto& c) { c.places = 0; }), "call/places");
  EXPECT_EQ(without([](auto& c) { c.places = -1; }), "call/places");
  EXPECT_EQ(without([](auto& c) { c.criteria.clear(); }), "call/criteria");
  EXPECT_EQ(without([](auto& c) { c.criteria[1].id = "languages"; }), "call/criteria");
  EXPECT_EQ(without([](auto& c) { c.eligible_statuses = c.eligible_states = {}; }), "call/eligible");
  EXPECT_EQ(act("TUN", Nominated{.nomination = 1}), "call/unknown");
  EXPECT_EQ(act("", call()), "");
  EXPECT_EQ(act("", call()), "call/opened_already");
}

TEST_F(Placement, AMillisecondBeforeTheDeadlineIsInTimeAndAtItIsLate) {
  ASSERT_EQ(act("", call()), "");
  now = closes - 1ms;
  EXPECT_EQ(act("TUN", Nominated{.nomination = 1}), "");
  now = closes;
  const acts::Refusal late = refused("TUN", Nominated{.nomination = 2});
  EXPECT_EQ(late.rule, "call/deadline");
  EXPECT_FALSE(late.forbidden);
  now = closes - 1ms;
  EXPECT_EQ(act("", Extended{.closes = closes - 1ms, .reason = {{"en", "x"}}}), "call/deadline");
  EXPECT_EQ(act("", Extended{.closes = closes + 24h}), "call/reason");
  EXPECT_EQ(act("", Extended{.closes = closes + 24h, .reason = {{"en", "a holiday"}}}), "");
  now = closes;
  EXPECT_EQ(act("TUN", Nominated{.nomination = 2}), "");
}

TEST_F(Placement, AStateThatIsNotEligibleIsForbidden) {
  ASSERT_EQ(act("", call()), "");
  EXPECT_TRUE(refused("AUT", Nominated{.nomination = 1}).forbidden);
  EXPECT_EQ(act("AUT", Nominated{.nomination = 1}), "call/eligible");
  EXPECT_TRUE(refused("", Nominated{.nomination = 1}).forbidden);
  EXPECT_EQ(act("UZB", Nominated{.nomination = 1}), "");
  now = closes;
  EXPECT_TRUE(refused("AUT", Nominated{.nomination = 2}).forbidden);
}

TEST_F(Placement, AStateNominatesAsManyAsItMay) {
  ASSERT_EQ(act("", call()), "");
  nominate(1, "TUN");
  nominate(2, "TUN");
  EXPECT_EQ(act("TUN", Nominated{.nomination = 3}), "call/per_state");
  EXPECT_EQ(act("MNG", Nominated{.nomination = 2}), "call/number");
  EXPECT_TRUE(refused("MNG", Withdrawn{.nomination = 1}).forbidden);
  EXPECT_EQ(act("TUN", Withdrawn{.nomination = 1}), "");
  EXPECT_EQ(act("TUN", Withdrawn{.nomination = 1}), "call/state");
  nominate(3, "TUN");
  EXPECT_EQ(act("TUN", Nominated{.nomination = 4, .statements = {{"age", "young"}}}), "call/per_state");
  EXPECT_EQ(act("MNG", Nominated{.nomination = 4, .statements = {{"age", "young"}}}), "call/criteria");
  EXPECT_TRUE(refused("MNG", PersonNamed{.nomination = 3, .name = "X"}).forbidden);
}

TEST_F(Placement, AReasonStandsUnderEveryCriterion) {
  ASSERT_EQ(act("", call()), "");
  nominate(1, "TUN");
  EXPECT_EQ(act("", decided(1, Outcome::selected)), "call/before_deadline");
  now = closes;
  EXPECT_EQ(act("", Decided{.nomination = 1, .reasons = {{"languages", "Fluent."}}}), "call/reasons");
  EXPECT_EQ(act("", Decided{.nomination = 1, .reasons = {{"languages", "Fluent."}, {"need", ""}}}),
            "call/reasons");
  EXPECT_EQ(act("", Decided{.nomination = 1, .reasons = {{"languages", "a"}, {"need", "b"}, {"need", "c"}}}),
            "call/reasons");
  EXPECT_EQ(act("", Decided{.nomination = 1, .reasons = {{"languages", "a"}, {"need", "b"}, {"looks", "c"}}}),
            "call/criteria");
  EXPECT_EQ(act("", decided(9, Outcome::selected)), "call/unknown");
  EXPECT_EQ(act("", decided(1, Outcome::selected)), "");
  EXPECT_EQ(calls.find("CALL-1")->nominations.at(1).reasons.size(), 2u);
}

TEST_F(Placement, AReserveFollowsWhenAPlaceIsFree) {
  ASSERT_EQ(act("", call()), "");
  nominate(1, "TUN");
  nominate(2, "MNG");
  nominate(3, "JPN");
  nominate(4, "UZB");
  now = closes;
  EXPECT_EQ(act("", decided(1, Outcome::selected)), "");
  EXPECT_EQ(act("", decided(2, Outcome::selected)), "");
  EXPECT_EQ(act("", decided(3, Outcome::selected)), "call/places");
  EXPECT_EQ(act("", decided(3, Outcome::reserve)), "call/reserve");
  EXPECT_EQ(act("", decided(3, Outcome::reserve, 2)), "");
  EXPECT_EQ(act("", decided(4, Outcome::reserve, 2)), "call/reserve");
  EXPECT_EQ(act("", decided(4, Outcome::reserve, 1)), "");
  EXPECT_EQ(calls.find("CALL-1")->next_reserve()->number, 4);
  EXPECT_TRUE(refused("TUN", Accepted{.nomination = 2}).forbidden);
  EXPECT_EQ(act("MNG", Declined{.nomination = 2, .reason = "needed at home"}), "");
  EXPECT_EQ(act("", decided(4, Outcome::selected)), "");
  EXPECT_EQ(act("", decided(3, Outcome::selected)), "call/places");
  EXPECT_EQ(calls.find("CALL-1")->taken(), 2);
  EXPECT_EQ(act("TUN", Accepted{.nomination = 1}), "");
  EXPECT_EQ(act("TUN", Accepted{.nomination = 1}), "call/state");
  EXPECT_EQ(act("", decided(1, Outcome::not_selected)), "call/state");
}

TEST_F(Placement, WhoAcceptedIsDeployedReturnsAndReports) {
  ASSERT_EQ(act("", call()), "");
  nominate(1, "TUN");
  now = closes;
  ASSERT_EQ(act("", decided(1, Outcome::selected)), "");
  const Deployed there{
      .nomination = 1, .from = 2026y / 5 / 1, .to = 2026y / 7 / 31, .place = "Vienna", .duty = "Press"};
  EXPECT_EQ(act("", there), "call/state");
  ASSERT_EQ(act("TUN", Accepted{.nomination = 1}), "");
  EXPECT_EQ(act("TUN", Reported{.nomination = 1, .text = {{"ar", "تقرير"}}}), "call/state");
  EXPECT_EQ(act("", Deployed{.nomination = 1, .from = 2026y / 5 / 1, .to = 2026y / 7 / 31}),
            "call/deployment");
  EXPECT_EQ(
      act("",
          Deployed{.nomination = 1, .from = 2026y / 8 / 1, .to = 2026y / 7 / 31, .place = "V", .duty = "D"}),
      "call/days");
  EXPECT_EQ(act("", there), "");
  EXPECT_EQ(act("", Returned{.nomination = 1, .day = 2026y / 4 / 30}), "call/days");
  EXPECT_EQ(act("", Returned{.nomination = 1, .day = 2026y / 7 / 31}), "");
  EXPECT_EQ(act("", there), "call/state");  // no roster: once
  EXPECT_EQ(act("TUN", Reported{.nomination = 1}), "call/report");
  EXPECT_TRUE(refused("MNG", Reported{.nomination = 1, .text = {{"en", "x"}}}).forbidden);
  EXPECT_EQ(act("TUN", Reported{.nomination = 1, .text = {{"ar", "تقرير"}}}), "");
  EXPECT_EQ(act("", Reported{.text = {{"en", "on the call"}}}), "");
  EXPECT_TRUE(refused("TUN", Reported{.text = {{"en", "x"}}}).forbidden);
  EXPECT_EQ(calls.find("CALL-1")->reports.size(), 2u);
}

TEST_F(Placement, FromARosterSomebodyGoesMoreThanOnce) {
  Opened roster = call();
  roster.kind = Kind::election_secondment;
  roster.places = 0;
  roster.roster_until = 2027y / 12 / 31;
  ASSERT_EQ(act("", roster), "");
  nominate(1, "TUN");
  nominate(2, "TUN");
  now = closes;
  ASSERT_EQ(act("", decided(1, Outcome::selected)), "");
  EXPECT_TRUE(calls.roster(Kind::election_secondment, 2026y / 5 / 1).empty());
  ASSERT_EQ(act("TUN", Accepted{.nomination = 1}), "");
  const auto deployed = [&](Day from, Day to) {
    return act("", Deployed{.nomination = 1, .from = from, .to = to, .place = "Bishkek", .duty = "Observer"});
  };
  EXPECT_EQ(deployed(2028y / 1 / 1, 2028y / 1 / 5), "call/roster");
  EXPECT_EQ(deployed(2026y / 5 / 1, 2026y / 5 / 10), "");
  EXPECT_EQ(deployed(2026y / 6 / 1, 2026y / 6 / 10), "call/state");
  ASSERT_EQ(act("", Returned{.nomination = 1, .day = 2026y / 5 / 8}), "");
  EXPECT_EQ(deployed(2026y / 5 / 8, 2026y / 6 / 10), "call/days");
  EXPECT_EQ(deployed(2026y / 6 / 1, 2026y / 6 / 10), "");
  const auto deployed_on = [&](std::chrono::sys_days day) {
    const auto lines = calls.roster(Kind::election_secondment, day);
    return lines.size() == 1 && lines[0].deployed;
  };
  EXPECT_TRUE(deployed_on(2026y / 5 / 8));
  EXPECT_FALSE(deployed_on(2026y / 5 / 9));
  EXPECT_TRUE(deployed_on(2026y / 6 / 10));
  EXPECT_TRUE(calls.roster(Kind::field_secondment, 2026y / 5 / 8).empty());
  EXPECT_TRUE(calls.roster(Kind::election_secondment, 2028y / 1 / 1).empty());
}

// The body of the act that names a person is erased: the fold never sees it.
TEST_F(Placement, AnErasedPersonLeavesNoHole) {
  ASSERT_EQ(act("", call()), "");
  ASSERT_EQ(act("TUN", Nominated{.nomination = 1}), "");
  nominate(2, "MNG");
  now = closes;
  EXPECT_EQ(act("", decided(1, Outcome::selected)), "");
  EXPECT_EQ(calls.find("CALL-1")->nominations.at(1).person.name, "");
  EXPECT_EQ(calls.find("CALL-1")->nominations.at(1).person_entry, 0u);
  EXPECT_EQ(state_of(1), State::selected);
  // And if the nomination itself was erased, what followed is passed over.
  EXPECT_FALSE(calls.enter(++entry, {.at = now, .subject = "CALL-1"}, decided(7, Outcome::selected)));
  EXPECT_FALSE(calls.enter(++entry, {.at = now, .subject = "CALL-9"}, decided(7, Outcome::selected)));
}

TEST_F(Placement, ACancelledCallTakesNothing) {
  ASSERT_EQ(act("", call()), "");
  EXPECT_EQ(act("", Cancelled{}), "call/reason");
  EXPECT_EQ(act("", Cancelled{.reason = {{"en", "no money"}}}), "");
  EXPECT_EQ(act("TUN", Nominated{.nomination = 1}), "call/cancelled");
}

// Whatever the order of acts, no more places are taken than there are, and no nominee is chosen without
// reasons.
TEST_F(Placement, RandomHistoriesNeverTakeMorePlacesThanThereAre) {
  const char* const kStates[] = {"TUN", "MNG", "JPN", "UZB", "AUT", ""};
  for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
    Random random(seed);
    calls = {};
    entry = 0;
    now = *parse_instant("2026-03-01T09:00:00Z");
    ASSERT_EQ(act("", call()), "");
    std::int64_t next = 1;
    for (int each = 0; each < 60; ++each) {
      if (each == 25) now = closes;
      const std::string state = kStates[random.below(6)];
      const std::int64_t number = 1 + random.below(8);
      switch (random.below(7)) {
        case 0:
          if (act(state, Nominated{.nomination = next}).empty()) {
            EXPECT_LT(now, closes);
            EXPECT_TRUE(state != "AUT" && !state.empty());
            ++next;
          }
          break;
        case 1:
          act(state, Withdrawn{.nomination = number});
          break;
        case 2:
          act(state, Accepted{.nomination = number});
          break;
        case 3:
          act(state, Declined{.nomination = number});
          break;
        case 4:
          act("", decided(number, Outcome::selected));
          break;
        case 5:
          act("", decided(number, Outcome::reserve, 1 + static_cast<int>(random.below(3))));
          break;
        default:
          act("", Decided{.nomination = number, .outcome = Outcome::not_selected});
          break;
      }
      const Call& now_is = *calls.find("CALL-1");
      int taken = 0;
      std::set<int> orders;
      std::map<std::string, int> own;
      for (const auto& [unused, nomination] : now_is.nominations) {
        const bool chosen = nomination.state == State::selected || nomination.state == State::accepted;
        taken += chosen ? 1 : 0;
        EXPECT_TRUE(!chosen || nomination.reasons.size() == 2u);
        EXPECT_TRUE(nomination.state != State::reserve || orders.insert(nomination.reserve_order).second);
        own[nomination.delegation] += nomination.state != State::withdrawn ? 1 : 0;
        EXPECT_LE(own[nomination.delegation], 2);
      }
      ASSERT_LE(taken, 2) << seed;
      ASSERT_EQ(taken, now_is.taken());
    }
  }
}

TEST(Kinds, AreNamedInOrder) {
  EXPECT_EQ(names_of(Kind{})[static_cast<std::size_t>(Kind::election_secondment)], "election_secondment");
  EXPECT_EQ(names_of(State{})[static_cast<std::size_t>(State::returned)], "returned");
}

}  // namespace
}  // namespace mithaq::selection
