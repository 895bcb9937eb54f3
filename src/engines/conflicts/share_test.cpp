#include "engines/conflicts/share.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/random.hpp"
#include "engines/conflicts/test_acts.hpp"

namespace mithaq::conflicts {
namespace {

using events::month_of;
using test::MadeActs;

Membership nobody(const Acts& acts) {
  return {.months = std::vector<Belonging>(acts.countries.size() * acts.months(), Belonging::no)};
}

// A country belongs in some months, both included.
void belong(Membership& membership, const Acts& acts, const std::string& country, Month from, Month to,
            Belonging how = Belonging::yes) {
  for (CountryIndex each = 0; each < acts.countries.size(); ++each) {
    if (acts.countries[each].id != country) continue;
    for (Month month = from; month <= to; ++month)
      membership.months[each * acts.months() + static_cast<std::size_t>(month - acts.first)] = how;
  }
}

// 2000: conflict a in AFG (40) and IND (20), b in IND (30), c in AFG (24: not active).
Acts one_year() {
  return MadeActs(month_of(2000, 1), month_of(2000, 12))
      .add({month_of(2000, 1), "a", "AFG", 15})
      .add({month_of(2000, 9), "a", "AFG", 25})
      .add({month_of(2000, 2), "a", "IND", 20})
      .add({month_of(2000, 3), "b", "IND", 30})
      .add({month_of(2000, 4), "c", "AFG", 24})
      .add({month_of(2000, 4), "d", "AFG", 1000, "", "", Violence::one_sided})
      .made();
}

TEST(Share, CountsActiveConflictsAndAllDeaths) {
  const Acts acts = one_year();
  Membership oic = nobody(acts);
  belong(oic, acts, "AFG", acts.first, acts.last);
  const auto years = share(acts, oic, {});
  ASSERT_EQ(years.size(), 1u);
  const ShareYear& year = years[0];
  EXPECT_EQ(year.year, 2000);
  EXPECT_EQ(year.months, 12u);
  EXPECT_EQ(year.members, 1u);
  EXPECT_EQ(year.conflicts, 1);
  EXPECT_EQ(year.conflicts_world, 2);
  EXPECT_EQ(year.deaths, 64);  // those of c too
  EXPECT_EQ(year.deaths_world, 114);
  EXPECT_DOUBLE_EQ(*year.share_conflicts(), 0.5);
  EXPECT_DOUBLE_EQ(*year.share_deaths(), 64.0 / 114);
  ASSERT_EQ(year.which.size(), 2u);
  EXPECT_EQ(year.which[0].deaths, 60);
  EXPECT_EQ(year.which[0].deaths_members, 40);
  EXPECT_EQ(year.which[0].counted, 1);
  EXPECT_EQ(year.which[1].counted, 0);
}

TEST(Share, HangsOnWhereAConflictIsCounted) {
  const Acts acts = one_year();
  Membership members = nobody(acts);
  belong(members, acts, "IND", acts.first, acts.last);
  EXPECT_EQ(share(acts, members, {})[0].conflicts, 1);  // b
  EXPECT_EQ(share(acts, members, {.where = Where::any})[0].conflicts, 2);
  EXPECT_DOUBLE_EQ(share(acts, members, {.where = Where::part})[0].conflicts, 20.0 / 60 + 1);
  // Countries: AFG 64 deaths, IND 50.
  const ShareYear countries = share(acts, members, {.counted = Counted::country})[0];
  EXPECT_EQ(countries.conflicts, 1);
  EXPECT_EQ(countries.conflicts_world, 2);
  // Half is not most.
  Membership both = nobody(acts);
  const Acts halves = MadeActs(1, 12).add({1, "a", "AFG", 50}).add({2, "a", "IND", 50}).made();
  Membership half = nobody(halves);
  belong(half, halves, "AFG", 1, 12);
  EXPECT_EQ(share(halves, half, {})[0].conflicts, 0);
}

TEST(Share, FollowsTheRules) {
  const Acts acts = one_year();
  Membership members = nobody(acts);
  belong(members, acts, "AFG", acts.first, acts.last);
  EXPECT_EQ(share(acts, members, {.rules = {.deaths_min = 24}})[0].conflicts_world, 3);
  EXPECT_EQ(share(acts, members, {.rules = {.deaths_min = 61}})[0].conflicts_world, 0);
  EXPECT_EQ(share(acts, members, {.rules = {.deaths_min = 61}})[0].share_conflicts(), std::nullopt);
  const ShareYear one_sided = share(acts, members, {.rules = {.kinds = {false, false, true}}})[0];
  EXPECT_EQ(one_sided.conflicts, 1);
  EXPECT_EQ(one_sided.deaths_world, 1000);
}

TEST(Share, UsesTheMembershipOfEachMonth) {
  // Suspended, or a new member, in the middle of a year: 30 deaths before July, 20 from it on.
  const Acts acts = MadeActs(month_of(2012, 1), month_of(2013, 6))
                        .add({month_of(2012, 6), "a", "SYR", 30})
                        .add({month_of(2012, 7), "a", "SYR", 20})
                        .add({month_of(2013, 6), "a", "SYR", 26})
                        .made();
  Membership joins = nobody(acts);
  belong(joins, acts, "SYR", month_of(2012, 7), acts.last);
  const auto years = share(acts, joins, {});
  ASSERT_EQ(years.size(), 2u);
  EXPECT_EQ(years[0].members, 1u);
  EXPECT_EQ(years[0].deaths, 20);
  EXPECT_EQ(years[0].conflicts, 0);  // most of the year's deaths came before
  EXPECT_EQ(years[1].conflicts, 1);
  EXPECT_EQ(years[1].months, 6u);

  Membership leaves = nobody(acts);
  belong(leaves, acts, "SYR", acts.first, month_of(2012, 6));
  EXPECT_EQ(share(acts, leaves, {})[0].members, 0u);
  EXPECT_EQ(share(acts, leaves, {})[0].conflicts, 1);
  EXPECT_EQ(share(acts, leaves, {})[1].deaths, 0);
}

TEST(Share, SaysWhatIsUncertainAndUnknown) {
  Acts acts = one_year();
  Membership members = nobody(acts);
  belong(members, acts, "AFG", month_of(2000, 1), month_of(2000, 12), Belonging::uncertain);
  acts.unknown[0].assign(12, 0);
  acts.unknown[0][3] = 2;
  const ShareYear year = share(acts, members, {})[0];
  EXPECT_EQ(year.members_uncertain, 1u);
  EXPECT_EQ(year.deaths, 64);
  EXPECT_EQ(year.unknown_months, 2u);
}

TEST(Share, CountsDeathsInNoKnownCountryToTheWorld) {
  const Acts acts = MadeActs(1, 12).add({1, "a", "", 40}).add({1, "b", "AFG", 40}).made();
  Membership members = nobody(acts);
  belong(members, acts, "AFG", 1, 12);
  const ShareYear year = share(acts, members, {.where = Where::any})[0];
  EXPECT_EQ(year.deaths_elsewhere, 40);
  EXPECT_EQ(year.conflicts, 1);
  EXPECT_EQ(year.conflicts_world, 2);
}

TEST(Share, OfTheYearsAskedFor) {
  const Acts acts =
      MadeActs(month_of(2000, 1), month_of(2003, 12)).add({month_of(2001, 1), "a", "AFG", 40}).made();
  const Membership members = nobody(acts);
  EXPECT_EQ(share(acts, members, {}, 2001, 2002).size(), 2u);
  EXPECT_EQ(share(acts, members, {}, 2001, 2001)[0].conflicts_world, 1);
  EXPECT_EQ(share(acts, members, {}, 1900, 2200).size(), 4u);
  EXPECT_TRUE(share(acts, members, {}, 1980, 1990).empty());
  EXPECT_THROW(share(acts, members, {}, 2002, 2001), Error);
  EXPECT_TRUE(share(Acts{}, {}, {}).empty());
}

// The same figures by the slowest way there is: for each year and conflict, look at every act.
TEST(Share, AgreesWithTheObviousCountOnRandomTables) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Random random(seed);
    MadeActs made(month_of(2000, 4), month_of(2003, 9));
    for (const char* id : {"AFG", "BFA", "CAF"}) made.country(id);
    for (std::size_t act = random.below(60); act > 0; --act)
      made.add({static_cast<Month>(month_of(2000, 4) + random.below(42)),
                std::string(1, static_cast<char>('a' + random.below(6))),
                std::array{"AFG", "BFA", "CAF", ""}[random.below(4)], static_cast<double>(random.below(30)),
                "", "", static_cast<Violence>(random.below(3))});
    const Acts acts = made.made();
    Membership members = nobody(acts);
    for (Belonging& each : members.months) each = static_cast<Belonging>(random.below(3));
    const ShareRules rules{.rules = {.kinds = {true, random.below(2) == 1, false}}};
    for (const ShareYear& year : share(acts, members, rules)) {
      double world = 0, inside = 0;
      for (ConflictIndex conflict = 0; conflict < acts.conflicts.size(); ++conflict) {
        double deaths = 0, deaths_members = 0;
        for (const Act& act : acts.acts) {
          if (act.conflict != conflict || events::year_of(act.month) != year.year) continue;
          if (!rules.rules.looks_at(act.violence)) continue;
          deaths += act.deaths;
          if (act.country == kNone) continue;
          const std::size_t cell =
              act.country * acts.months() + static_cast<std::size_t>(act.month - acts.first);
          if (members.months[cell] != Belonging::no) deaths_members += act.deaths;
        }
        if (deaths < 25) continue;
        ++world;
        if (deaths_members > deaths - deaths_members) ++inside;
      }
      EXPECT_EQ(year.conflicts_world, world) << seed;
      EXPECT_EQ(year.conflicts, inside) << seed;
    }
  }
}

}  // namespace
}  // namespace mithaq::conflicts
