#include "engines/exchanges/quotas.hpp"

#include <gtest/gtest.h>

#include "tests/support/test_paths.hpp"

namespace mithaq::exchanges {
namespace {

const Rules& rules() {
  static const Rules loaded = Rules::load(test::data() / "exchanges");
  return loaded;
}

std::optional<Reported> units(int number) {
  return Reported{.units = number};
}

// Units reported, the quota that follows, what one State may take of it, and the rules that say so.
struct Case {
  int units;
  int quota;
  int same_state;
  const char* quota_rule;
  const char* same_rule;
};

constexpr const char* kQuota = "vd2011/evaluation/quota";
constexpr const char* kMax = "vd2011/evaluation/max";
constexpr const char* kFifth = "vd2011/evaluation/fifth";
constexpr const char* kSmall = "vd2011/evaluation/small";

// Counted by hand: one for every sixty units or portion of sixty, never over fifteen; one fifth of that to
// the same State, and one where the quota is under five.
constexpr Case kCases[] = {
    {0, 0, 1, kQuota, kSmall},    {1, 1, 1, kQuota, kSmall},      {2, 1, 1, kQuota, kSmall},
    {30, 1, 1, kQuota, kSmall},   {59, 1, 1, kQuota, kSmall},     {60, 1, 1, kQuota, kSmall},
    {61, 2, 1, kQuota, kSmall},   {119, 2, 1, kQuota, kSmall},    {120, 2, 1, kQuota, kSmall},
    {121, 3, 1, kQuota, kSmall},  {179, 3, 1, kQuota, kSmall},    {180, 3, 1, kQuota, kSmall},
    {181, 4, 1, kQuota, kSmall},  {240, 4, 1, kQuota, kSmall},    {241, 5, 1, kQuota, kFifth},
    {299, 5, 1, kQuota, kFifth},  {300, 5, 1, kQuota, kFifth},    {301, 6, 1, kQuota, kFifth},
    {360, 6, 1, kQuota, kFifth},  {420, 7, 1, kQuota, kFifth},    {480, 8, 1, kQuota, kFifth},
    {540, 9, 1, kQuota, kFifth},  {541, 10, 2, kQuota, kFifth},   {600, 10, 2, kQuota, kFifth},
    {601, 11, 2, kQuota, kFifth}, {720, 12, 2, kQuota, kFifth},   {780, 13, 2, kQuota, kFifth},
    {840, 14, 2, kQuota, kFifth}, {841, 15, 3, kQuota, kFifth},   {899, 15, 3, kQuota, kFifth},
    {900, 15, 3, kQuota, kFifth}, {901, 15, 3, kMax, kFifth},     {960, 15, 3, kMax, kFifth},
    {2'000, 15, 3, kMax, kFifth}, {100'000, 15, 3, kMax, kFifth},
};

TEST(EvaluationQuota, FollowsFromTheUnitsReported) {
  static_assert(std::size(kCases) >= 30);
  for (const Case& each : kCases) {
    SCOPED_TRACE(each.units);
    const auto quota = quota_of(rules(), "evaluation", units(each.units));
    ASSERT_TRUE(quota);
    EXPECT_EQ(quota->number, each.quota);
    EXPECT_EQ(quota->rule->id, each.quota_rule);
    const auto same = same_state_limit(rules(), "evaluation", quota);
    ASSERT_TRUE(same);
    EXPECT_EQ(same->number, each.same_state);
    EXPECT_EQ(same->rule->id, each.same_rule);
  }
}

TEST(EvaluationQuota, IsUnknownBeforeUnitsAreReported) {
  EXPECT_FALSE(quota_of(rules(), "evaluation", std::nullopt));
  EXPECT_FALSE(same_state_limit(rules(), "evaluation", std::nullopt));
}

TEST(EvaluationQuota, IsSharedByWhereTheUnitsAre) {
  // 600 units, a quota of 10: 60 of them in DEU are a tenth, 1 in ISL is a part of a visit.
  const Reported reported{.units = 600, .stationed = {{"DEU", 60}, {"ISL", 1}, {"ITA", 61}}};
  const auto quota = quota_of(rules(), "evaluation", reported);
  const auto in = [&](const char* host) {
    return stationed_limit(rules(), "evaluation", quota, reported, host)->number;
  };
  EXPECT_EQ(in("DEU"), 1);
  EXPECT_EQ(in("ISL"), 1);
  EXPECT_EQ(in("ITA"), 2);
  EXPECT_EQ(in("FRA"), 0);
  // All units abroad in one State: its share is the whole quota.
  const Reported abroad{.units = 600, .stationed = {{"DEU", 600}}};
  EXPECT_EQ(stationed_limit(rules(), "evaluation", quota, abroad, "DEU")->number, 10);
  EXPECT_FALSE(stationed_limit(rules(), "evaluation", std::nullopt, std::nullopt, "DEU"));
  EXPECT_FALSE(stationed_limit(rules(), "evaluation", quota, units(0), "DEU"));
}

TEST(InspectionQuota, IsThreeAYearAndOneFromEachState) {
  // Whatever was reported, and if nothing was.
  for (const auto& reported : {std::optional<Reported>(), units(0), units(5'000)}) {
    const auto quota = quota_of(rules(), "inspection", reported);
    EXPECT_EQ(quota->number, 3);
    EXPECT_EQ(quota->rule->id, "vd2011/inspection/total");
    EXPECT_EQ(same_state_limit(rules(), "inspection", quota)->number, 1);
  }
}

TEST(MilitaryVisits, HaveNoQuota) {
  EXPECT_FALSE(quota_of(rules(), "military_visit", units(100)));
}

VisitRequested asked(const char* from, const char* unit, const char* enters) {
  VisitRequested out{.kind = "evaluation", .receiving = "POL", .unit = unit};
  out.stamp.actor.delegation = from;
  out.enters = parse_instant(enters).value();
  return out;
}

std::vector<std::string> rules_of(const std::vector<Exhausted>& reached) {
  std::vector<std::string> out;
  for (const Exhausted& each : reached) out.push_back(each.rule->id);
  return out;
}

TEST(Exhausted, NamesEveryRuleThatIsReached) {
  using Ids = std::vector<std::string>;
  const auto visit = asked("KAZ", "1st Brigade", "2026-05-11T08:00:00Z");
  Used used;
  EXPECT_EQ(rules_of(exhausted(rules(), visit, units(130), used, {})), Ids{});
  used.all = 3;
  EXPECT_EQ(rules_of(exhausted(rules(), visit, units(180), used, {})), Ids{kQuota});
  EXPECT_EQ(rules_of(exhausted(rules(), visit, units(181), used, {})), Ids{});
  used.by_state["KAZ"] = 1;
  EXPECT_EQ(rules_of(exhausted(rules(), visit, units(181), used, {})), Ids{kSmall});
  used.by_state["KAZ"] = 2;
  EXPECT_EQ(rules_of(exhausted(rules(), visit, units(900), used, {})), Ids{});
  used.by_state["KAZ"] = 3;
  EXPECT_EQ(rules_of(exhausted(rules(), visit, units(900), used, {})), Ids{kFifth});
  used = {};
  used.by_unit["1st Brigade"] = 2;
  const auto twice = exhausted(rules(), visit, units(900), used, {});
  EXPECT_EQ(rules_of(twice), Ids{"vd2011/evaluation/unit"});
  EXPECT_TRUE(twice.front().forbids);
  used.by_unit["1st Brigade"] = 1;
  used.by_unit_and_state[{"1st Brigade", "KAZ"}] = 1;
  EXPECT_EQ(rules_of(exhausted(rules(), visit, units(900), used, {})),
            Ids{"vd2011/evaluation/unit_same_state"});
  // Nothing was reported: the State cannot call on a quota that nobody knows.
  used = {};
  used.all = 50;
  EXPECT_EQ(rules_of(exhausted(rules(), visit, std::nullopt, used, {})), Ids{});
}

TEST(Exhausted, KnowsVisitsOfTheSameTime) {
  const auto visit = asked("KAZ", "1st Brigade", "2026-05-11T08:00:00Z");
  const auto stay = [](const char* host, const char* from, const char* to) {
    return Stay{.host = host, .from = parse_instant(from).value(), .to = parse_instant(to).value()};
  };
  const auto at_once = [&](const Stay& other) {
    return !exhausted(rules(), visit, units(900), {}, {other}).empty();
  };
  EXPECT_TRUE(at_once(stay("POL", "2026-05-11T08:00:00Z", "2026-05-11T20:00:00Z")));
  EXPECT_TRUE(at_once(stay("POL", "2026-05-10T08:00:00Z", "2026-05-11T08:00:00.001Z")));
  // The one leaves as the other enters.
  EXPECT_FALSE(at_once(stay("POL", "2026-05-10T08:00:00Z", "2026-05-11T08:00:00Z")));
  EXPECT_FALSE(at_once(stay("POL", "2026-05-12T08:00:00Z", "2026-05-12T20:00:00Z")));
  EXPECT_TRUE(at_once(stay("POL", "2026-05-12T07:59:59.999Z", "2026-05-12T20:00:00Z")));
  EXPECT_FALSE(at_once(stay("DEU", "2026-05-11T08:00:00Z", "2026-05-11T20:00:00Z")));
}

}  // namespace
}  // namespace mithaq::exchanges
