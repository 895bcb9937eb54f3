#include "engines/conflicts/conflicts.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "engines/conflicts/test_acts.hpp"

namespace mithaq::conflicts {
namespace {

using events::month_of;
using test::MadeActs;

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

// Two countries over two years; deaths are set by the tests.
events::Panel panel_of(std::size_t units, Month first, Month last) {
  events::Panel panel{.vintage = "made", .first = first, .last = last};
  const char* ids[] = {"AFG", "BFA", "CAF"};
  for (std::size_t unit = 0; unit < units; ++unit) panel.units.push_back({.id = ids[unit]});
  for (auto& deaths : panel.deaths) deaths.assign(units * panel.months(), 0);
  return panel;
}

TEST(Episodes, EndAfterSoManyQuietMonths) {
  events::Panel panel = panel_of(1, month_of(2000, 1), month_of(2003, 12));
  const auto die = [&](int year, int month, float deaths) {
    panel.deaths[0][panel.at(0, month_of(year, month))] = deaths;
  };
  die(2000, 1, 30);
  die(2001, 1, 5);  // eleven quiet months between
  die(2002, 2, 7);  // twelve
  die(2003, 12, 1);
  const Acts acts = acts_of(panel, {});
  ASSERT_EQ(acts.conflicts.size(), 3u);
  EXPECT_EQ(acts.conflicts[0].id, "AFG/2000-01");
  EXPECT_EQ(acts.conflicts[1].id, "AFG/2002-02");
  EXPECT_EQ(acts.conflicts[2].id, "AFG/2003-12");
  EXPECT_FALSE(acts.event_level);

  EXPECT_EQ(acts_of(panel, {.quiet_months = 11}).conflicts.size(), 4u);
  EXPECT_EQ(acts_of(panel, {.quiet_months = 22}).conflicts.size(), 1u);

  // By default only episodes with a year of 25 deaths are conflicts.
  const auto active = conflicts(acts, {});
  ASSERT_EQ(active.size(), 1u);
  EXPECT_EQ(active[0].index, 0u);
  EXPECT_EQ(active[0].deaths, 35);
  EXPECT_EQ(active[0].years_active(), 1u);
  EXPECT_EQ(active[0].events, 0u);
  EXPECT_EQ(conflicts(acts, {}, {.active_only = false}).size(), 3u);
}

TEST(Episodes, CountUnknownMonthsAndSkipMonthsBeforeACountryExists) {
  events::Panel panel = panel_of(2, month_of(2011, 1), month_of(2011, 12));
  panel.units[1].from = month_of(2011, 7);
  for (Month month = month_of(2011, 1); month < month_of(2011, 7); ++month)
    panel.deaths[0][panel.at(1, month)] = kUnknown;
  panel.deaths[1][panel.at(0, month_of(2011, 3))] = kUnknown;
  panel.deaths[1][panel.at(1, month_of(2011, 3))] = kUnknown;
  const Acts acts = acts_of(panel, {});
  EXPECT_EQ(acts.unknown[0], std::vector<std::uint32_t>(12, 0));
  EXPECT_EQ(acts.unknown[1][2], 1u);  // only of the country that exists
  EXPECT_TRUE(acts.acts.empty());
}

TEST(Episodes, LookAtTheKindsAskedFor) {
  events::Panel panel = panel_of(1, month_of(2000, 1), month_of(2000, 12));
  panel.deaths[1][panel.at(0, month_of(2000, 5))] = 40;
  panel.deaths[2][panel.at(0, month_of(2000, 5))] = 50;
  EXPECT_TRUE(acts_of(panel, {}).acts.empty());
  const Rules rules{.kinds = {false, true, true}};
  const auto found = conflicts(acts_of(panel, rules), rules);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].violence, Violence::one_sided);
  EXPECT_EQ(found[0].deaths_by_kind, (std::array<double, 3>{0, 40, 50}));
}

TEST(Episodes, RefuseRulesThatAreNone) {
  const events::Panel panel = panel_of(1, 1, 12);
  EXPECT_THROW(acts_of(panel, {.kinds = {false, false, false}}), Error);
  EXPECT_THROW(acts_of(panel, {.deaths_min = 0}), Error);
  EXPECT_THROW(acts_of(panel, {.deaths_min = std::nan("")}), Error);
  EXPECT_THROW(acts_of(panel, {.quiet_months = 0}), Error);
  EXPECT_THROW(acts_of(panel, {.quiet_months = 100000}), Error);
}

TEST(Episodes, OfAnEmptyOrBackwardsPanelAreNone) {
  EXPECT_TRUE(conflicts(acts_of(events::Panel{}, {}), {}).empty());
  events::Panel backwards{.first = 10, .last = 3};
  EXPECT_EQ(acts_of(backwards, {}).months(), 0u);
  EXPECT_TRUE(conflicts(acts_of(backwards, {}), {}).empty());
}

TEST(States, FollowFromTwoYearsOfDeaths) {
  EXPECT_EQ(state_of(0, 0, 25), State::peace);
  EXPECT_EQ(state_of(24, 24, 25), State::peace);
  EXPECT_EQ(state_of(25, 24, 25), State::escalation);
  EXPECT_EQ(state_of(60, 30, 25), State::escalation);
  EXPECT_EQ(state_of(59, 30, 25), State::war);
  EXPECT_EQ(state_of(31, 60, 25), State::war);
  EXPECT_EQ(state_of(30, 60, 25), State::de_escalation);
  EXPECT_EQ(state_of(0, 25, 25), State::de_escalation);
}

// A list of events, written by hand.
struct MadeEvents {
  events::EventTable table{.vintage = "made", .first = month_of(2009, 1), .last = month_of(2011, 12)};
  events::StringIndex text(const std::string& words) {
    for (events::StringIndex each = 0; each < table.strings.size(); ++each) {
      if (table.strings[each] == words) return each;
    }
    table.strings.push_back(words);
    return static_cast<events::StringIndex>(table.strings.size() - 1);
  }
  events::Event& add(events::Day start, events::Day end, int deaths) {
    table.events.push_back({.id = static_cast<events::EventId>(table.events.size()) + 1,
                            .start = start,
                            .end = end,
                            .best = deaths,
                            .low = deaths,
                            .high = deaths});
    return table.events.back();
  }
};

TEST(Events, BelongToTheConflictThatTheirSourceNumbersOrNames) {
  MadeEvents made;
  const auto day = *events::day_of(2009, 2, 20);
  const auto uganda = made.text("Uganda: Government"), lra = made.text("LRA"), caf = made.text("CAF");
  const auto civilians = made.text("Civilians"), other_name = made.text("Uganda : Government");
  made.add(day, day, 3).conflict_number = 314;
  made.table.events.back().conflict = uganda;
  made.add(day, day, 4).conflict_number = 314;  // the number counts, however the name is spelled
  made.table.events.back().conflict = other_name;
  made.table.events.back().state = caf;
  made.add(day, day, 5).conflict = uganda;  // no number: another conflict, by its name
  made.table.events.back().country = 482;
  made.add(day, day, 6).conflict = uganda;
  made.table.events.back().violence = Violence::one_sided;  // and another kind
  made.table.events.back().side_a = lra;
  made.table.events.back().side_b = civilians;
  made.add(day, day, 7).side_a = lra;  // neither: by its parties
  made.add(day, day, 8).country_name = uganda;
  const std::vector<events::Country> countries{{.id = "UGA", .gwcode = 500}, {.id = "CAF", .gwcode = 482}};
  const Acts acts = acts_of(made.table, countries);
  ASSERT_EQ(acts.acts.size(), 6u);
  ASSERT_EQ(acts.conflicts.size(), 5u);
  EXPECT_EQ(acts.conflicts[0].id, "ucdp:314");
  EXPECT_EQ(acts.conflicts[1].id, "state_based:Uganda: Government");
  EXPECT_EQ(acts.conflicts[2].id, "one_sided:Uganda: Government");
  EXPECT_EQ(acts.conflicts[3].name, "LRA - ");
  EXPECT_EQ(acts.acts[1].conflict, 0u);
  EXPECT_EQ(acts.countries.size(), 3u);  // the two, and one that nobody knows but by its name
  EXPECT_EQ(acts.acts[0].country, kNone);
  EXPECT_EQ(acts.acts[1].country, 1u);
  EXPECT_EQ(acts.acts[2].country, 1u);
  EXPECT_EQ(acts.countries[acts.acts[5].country].name, "Uganda: Government");
  EXPECT_EQ(acts.actors, std::vector<std::string>{"LRA"});  // civilians are no party
  EXPECT_EQ(acts.acts[3].side_b, kNone);
}

TEST(Events, AreOfADyadByItsNameOrItsSides) {
  MadeEvents made;
  const auto day = *events::day_of(2009, 2, 20);
  const auto a = made.text("A"), b = made.text("B"), named = made.text("A vs B");
  for (int each = 0; each < 3; ++each) {
    events::Event& event = made.add(day, day, 10);
    event.conflict_number = 1;
    event.side_a = a;
    event.side_b = each == 2 ? 0 : b;
    event.dyad = each == 1 ? named : 0;
  }
  const Acts acts = acts_of(made.table, {});
  EXPECT_EQ(acts.dyads, (std::vector<std::string>{"A - B", "A vs B"}));
  EXPECT_EQ(acts.acts[2].dyad, kNone);
  EXPECT_EQ(conflicts(acts, {})[0].dyads.size(), 2u);
}

TEST(Events, OfSeveralMonthsCountWhereTheRulesSay) {
  MadeEvents made;
  made.add(*events::day_of(2009, 11, 20), *events::day_of(2010, 2, 1), 120).conflict_number = 1;
  const Acts end = acts_of(made.table, {});
  ASSERT_EQ(end.acts.size(), 1u);
  EXPECT_EQ(end.acts[0].month, month_of(2010, 2));
  const Acts split = acts_of(made.table, {}, {.multi_month = events::MultiMonth::even_split});
  ASSERT_EQ(split.acts.size(), 4u);
  const auto found = conflicts(split, {});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].events, 1u);
  EXPECT_EQ(found[0].years[0].deaths, 60);
  EXPECT_EQ(found[0].years[0].events, 1u);
  EXPECT_EQ(found[0].years[1].deaths, 60);
  EXPECT_EQ(found[0].years[1].events, 0u);
}

TEST(Events, ThatAreNotSureEnoughOrOutsideAreLeftOutAndCounted) {
  MadeEvents made;
  const auto day = *events::day_of(2009, 2, 20), after = *events::day_of(2012, 1, 1);
  made.add(day, day, 3).where_prec = 6;
  made.add(after, after, 4);
  made.add(day, day, 5);
  events::LeftOut left_out;
  const Acts acts = acts_of(made.table, {}, {.where_prec_max = 2}, &left_out);
  EXPECT_EQ(acts.acts.size(), 1u);
  EXPECT_EQ(left_out.events, 2u);
  EXPECT_EQ(left_out.deaths, 7);
}

TEST(Events, WithNamesOutsideThePoolAreABugAndEmptyTablesAreNone) {
  MadeEvents made;
  EXPECT_TRUE(conflicts(acts_of(made.table, {}), {}).empty());
  made.add(*events::day_of(2009, 2, 20), *events::day_of(2009, 2, 20), 3).side_a = 77;
  EXPECT_THROW(acts_of(made.table, {}), Error);
}

MadeActs two_countries() {
  MadeActs made(month_of(2009, 1), month_of(2011, 12));
  made.add({month_of(2009, 2), "Uganda: Government", "UGA", 10, "Government of Uganda", "LRA"})
      .add({month_of(2010, 3), "Uganda: Government", "CAF", 30, "Government of Uganda", "LRA"})
      .add({month_of(2010, 3), "Uganda: Government", "CAF", 12, "Government of Uganda", "LRA"})
      .add({month_of(2011, 12), "Uganda: Government", "COD", 3, "Government of Uganda", "LRA"})
      .add({month_of(2011, 6), "IS - Civilians", "", 26, "IS", "", Violence::one_sided});
  return made;
}

TEST(Conflicts, SpanCountries) {
  const Acts acts = two_countries().made();
  const auto found = conflicts(acts, {});
  ASSERT_EQ(found.size(), 1u);
  const Conflict& uganda = found[0];
  EXPECT_EQ(acts.conflicts[uganda.index].name, "Uganda: Government");
  EXPECT_EQ(uganda.deaths, 55);
  EXPECT_EQ(uganda.events, 4u);
  EXPECT_EQ(uganda.first, month_of(2009, 2));
  EXPECT_EQ(uganda.last, month_of(2011, 12));
  ASSERT_EQ(uganda.countries.size(), 3u);
  EXPECT_EQ(acts.countries[uganda.countries[0].of].id, "CAF");
  EXPECT_EQ(uganda.countries[0].deaths, 42);
  EXPECT_EQ(uganda.countries[0].events, 2u);
  ASSERT_EQ(uganda.parties.size(), 2u);
  EXPECT_EQ(uganda.parties[0].deaths, 55);
  ASSERT_EQ(uganda.years.size(), 3u);
  EXPECT_FALSE(uganda.years[0].active);
  EXPECT_TRUE(uganda.years[1].active);
  EXPECT_EQ(uganda.years[1].events, 2u);
  ASSERT_EQ(uganda.by_month.size(), 3u);
  EXPECT_EQ(uganda.by_month[1].deaths, 42);
  EXPECT_EQ(uganda.deaths_12, 3);
  EXPECT_EQ(uganda.deaths_before, 42);
  EXPECT_EQ(uganda.state, State::de_escalation);
  EXPECT_EQ(uganda.first_event, 1);
  EXPECT_EQ(uganda.deadliest_event, 2);
  EXPECT_EQ(uganda.last_event, 4);
  EXPECT_TRUE(std::isnan(uganda.latitude));
}

TEST(Conflicts, AreLookedAtWithinTheTimeAskedFor) {
  const Acts acts = two_countries().made();
  const auto found = conflicts(acts, {}, {.from = month_of(2010, 1), .to = month_of(2010, 12)});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].deaths, 42);
  EXPECT_EQ(found[0].state, State::escalation);  // of the year before nothing is counted
  EXPECT_THROW(conflicts(acts, {}, {.from = month_of(2011, 1), .to = month_of(2010, 1)}), Error);
}

TEST(Conflicts, OfACountryKeepWhatHappensElsewhere) {
  MadeActs made = two_countries();
  const CountryIndex congo = made.country("COD"), mali = made.country("MLI");
  const Acts acts = made.made();
  const auto found = conflicts(acts, {}, {.countries = {congo}});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].deaths, 55);
  EXPECT_TRUE(conflicts(acts, {}, {.countries = {mali}}).empty());
}

TEST(Conflicts, OfMembersHaveAnActInOneWhileItBelonged) {
  MadeActs made = two_countries();
  const CountryIndex caf = made.country("CAF");
  const Acts acts = made.made();
  Membership members{std::vector<Belonging>(acts.countries.size() * acts.months(), Belonging::no)};
  const auto belongs = [&](Month month) -> Belonging& {
    return members.months[caf * acts.months() + static_cast<std::size_t>(month - acts.first)];
  };
  belongs(month_of(2010, 4)) = Belonging::yes;  // a month too late
  EXPECT_TRUE(conflicts(acts, {}, {.members = &members}).empty());
  belongs(month_of(2010, 3)) = Belonging::uncertain;
  EXPECT_EQ(conflicts(acts, {}, {.members = &members}).size(), 1u);
  EXPECT_TRUE(conflicts(acts, {}, {.countries = {made.country("COD")}, .members = &members}).empty());
}

TEST(Conflicts, WithoutAPlaceAreStillConflicts) {
  const auto found = conflicts(two_countries().made(), {.kinds = {false, false, true}});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].deaths, 26);
  EXPECT_TRUE(found[0].countries.empty());
  EXPECT_EQ(found[0].state, State::escalation);
}

TEST(Conflicts, HaveAMiddleAlsoAcrossTheHundredAndEightiethMeridian) {
  MadeActs made(1, 12);
  made.add({1, "a", "FJI", 30, "", "", Violence::state_based, -10, 178})
      .add({2, "a", "FJI", 30, "", "", Violence::state_based, -20, -178});
  const auto found = conflicts(made.made(), {});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_FLOAT_EQ(found[0].latitude, -15);
  EXPECT_NEAR(std::abs(found[0].longitude), 180, 1e-3);
}

TEST(Conflicts, NamesOfKindsAndStatesAreThoseOfTheInterface) {
  EXPECT_EQ(violence_named("non_state"), Violence::non_state);
  EXPECT_EQ(violence_named("war"), std::nullopt);
  EXPECT_EQ(name_of(State::de_escalation), "de_escalation");
}

}  // namespace
}  // namespace mithaq::conflicts
