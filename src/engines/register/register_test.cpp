#include "engines/register/register.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::status_register {
namespace {

Edtf at(std::string_view date) {
  return *Edtf::parse(date);
}

Register small() {
  Register spells;
  spells.add(
      Table::parse("organization\tstate\tstatus\tfrom\tto\tsource\n"
                   "LAS\tEGY\tmember\t1945-03-22\t1979-03\ta\n"
                   "LAS\tEGY\tsuspended\t1979-03\t1989-05\tb\n"
                   "LAS\tEGY\tmember\t1989-05\t\tc\n"
                   "OIC\tEGY\tmember\t1969\t\td\n"
                   "OIC\tAZE\tmember\t1991?\t\te\n"
                   "EU\tGBR\tmember\t1973-01-01\t2020-02-01\tf\n",
                   "spells.tsv"));
  return spells;
}

std::set<std::string> states(const std::vector<Holding>& holdings) {
  std::set<std::string> ids;
  for (const Holding& holding : holdings) ids.insert(holding.spell.state);
  return ids;
}

TEST(Register, CountsTheFirstDayButNotTheDayOfTheEnd) {
  const Register spells = small();
  EXPECT_TRUE(spells.members("EU", at("1972-12-31")).empty());
  EXPECT_EQ(spells.members("EU", at("1973-01-01")).size(), 1u);
  EXPECT_EQ(spells.members("EU", at("2020-01-31")).size(), 1u);
  EXPECT_TRUE(spells.members("EU", at("2020-02-01")).empty());
  EXPECT_FALSE(spells.members("EU", at("2020-01-31")).front().uncertain);
}

TEST(Register, SaysUncertainWhereAYearIsAllThatIsKnown) {
  const Register spells = small();
  EXPECT_TRUE(spells.members("OIC", at("1968-12-31")).empty());
  ASSERT_EQ(spells.members("OIC", at("1969-07-01")).size(), 1u);
  EXPECT_TRUE(spells.members("OIC", at("1969-07-01")).front().uncertain);
  ASSERT_EQ(spells.members("OIC", at("1970-01-01")).size(), 1u);
  EXPECT_FALSE(spells.members("OIC", at("1970-01-01")).front().uncertain);
  // 1991? may be a year off.
  ASSERT_EQ(spells.members("OIC", at("1992-06-01")).size(), 2u);
  EXPECT_TRUE(spells.members("OIC", at("1992-06-01")).front().uncertain);
  EXPECT_FALSE(spells.members("OIC", at("1994-01-01")).front().uncertain);
}

TEST(Register, TakesAWholeYearAsATime) {
  const Register spells = small();
  ASSERT_EQ(spells.members("EU", at("2019")).size(), 1u);
  EXPECT_FALSE(spells.members("EU", at("2019")).front().uncertain);
  ASSERT_EQ(spells.members("EU", at("2020")).size(), 1u);
  EXPECT_TRUE(spells.members("EU", at("2020")).front().uncertain) << "a member for a part of the year only";
  EXPECT_TRUE(spells.members("EU", at("2021")).empty());
}

TEST(Register, KeepsASuspendedMemberApart) {
  const Register spells = small();
  EXPECT_TRUE(spells.members("LAS", at("1985-01-01")).empty());
  constexpr std::string_view kAlsoSuspended[] = {"member", "suspended"};
  ASSERT_EQ(spells.members("LAS", at("1985-01-01"), kAlsoSuspended).size(), 1u);
  EXPECT_EQ(spells.members("LAS", at("1985-01-01"), kAlsoSuspended).front().spell.source, "b");
  ASSERT_EQ(spells.history("EGY").size(), 4u);
  EXPECT_EQ(spells.history("EGY")[1].organization, "OIC");
  EXPECT_EQ(spells.history("LAS").size(), 3u);
  EXPECT_TRUE(spells.knows("LAS"));
  EXPECT_FALSE(spells.knows("EGY"));
}

TEST(Register, RefusesWhatIsNoSpell) {
  for (const auto* row :
       {"LAS\tEGY\tmember\t1945-02-30\t\ta", "LAS\tEGY\tmember\t\t\ta", "LAS\t\tmember\t1945\t\ta",
        "LAS\tEGY\tmember\t1945\t1944\ta", "LAS\tEGY\tmember\t1945/1946\t\ta"}) {
    Register spells;
    const std::string text = std::string("organization\tstate\tstatus\tfrom\tto\tsource\n") + row + "\n";
    try {
      spells.add(Table::parse(text, "bad.tsv"));
      ADD_FAILURE() << row;
    } catch (const Error& error) {
      EXPECT_EQ(std::string(error.what()).substr(0, 10), "bad.tsv:2:") << error.what();
    }
  }
  EXPECT_THROW(Register::load("/no/such/folder"), Error);
}

TEST(Register, SplitsAnOverlapIntoPartsThatShareNoState) {
  const Register spells = small();
  const std::vector<std::string> organizations = {"LAS", "OIC", "EU"};
  const auto parts = spells.overlap(organizations, at("2000-01-01"));
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_EQ(parts[0].organizations, (std::vector<std::string>{"LAS", "OIC"}));
  EXPECT_EQ(parts[0].states.front().state, "EGY");
  EXPECT_EQ(parts[0].states.front().holdings.size(), 2u);
  EXPECT_EQ(parts[1].organizations, (std::vector<std::string>{"OIC"}));
  EXPECT_EQ(parts[1].states.front().state, "AZE");
  EXPECT_EQ(parts[2].organizations, (std::vector<std::string>{"EU"}));
  EXPECT_TRUE(spells.overlap(organizations, at("1969-03-01")).front().states.front().uncertain);
  const std::vector<std::string> twice = {"LAS", "LAS"};
  EXPECT_THROW(spells.overlap(twice, at("2000")), Error);
  EXPECT_THROW(spells.overlap(std::vector<std::string>(17, "A"), at("2000")), Error);
}

// The numbers that the organizations themselves give. A suspended State remains a member.
TEST(RegisterData, GivesTheNumbersThatTheOrganizationsGive) {
  const Register spells = Register::load(test::data() / "memberships");
  constexpr std::string_view kAll[] = {"member", "participating_state", "suspended"};
  struct Number {
    const char* organization;
    const char* date;
    std::size_t states;
  };
  for (const Number& number :
       {Number{"UN", "1945-12-31", 51}, {"UN", "1960-12-31", 99},    {"UN", "1990-12-31", 159},
        {"UN", "2026-01-01", 193},      {"OSCE", "1975-08-01", 35},  {"OSCE", "2011-06-01", 56},
        {"OSCE", "2013-01-01", 57},     {"OIC", "2018-11-29", 57},   {"OIC", "2026-01-01", 57},
        {"AU", "2018-01-01", 55},       {"AU", "2026-01-01", 55},    {"LAS", "1945-12-31", 7},
        {"LAS", "2026-01-01", 22},      {"COE", "1949-12-31", 11},   {"COE", "2020-01-01", 47},
        {"COE", "2026-01-01", 46},      {"EU", "1960-01-01", 6},     {"EU", "2015-01-01", 28},
        {"EU", "2026-01-01", 27},       {"NATO", "1950-01-01", 12},  {"NATO", "2010-01-01", 28},
        {"NATO", "2026-01-01", 32},     {"CSTO", "2026-01-01", 6},   {"SCO", "2010-01-01", 6},
        {"SCO", "2018-01-01", 8},       {"SCO", "2026-01-01", 10},   {"CIS", "2026-01-01", 9},
        {"ASEAN", "2000-01-01", 10},    {"ASEAN", "2026-01-01", 11}, {"GCC", "2026-01-01", 6}}) {
    const auto members = spells.members(number.organization, at(number.date), kAll);
    EXPECT_EQ(members.size(), number.states) << number.organization << " on " << number.date;
    EXPECT_EQ(states(members).size(), members.size()) << number.organization << " on " << number.date;
    for (const Holding& holding : members) {
      EXPECT_FALSE(holding.uncertain)
          << number.organization << " on " << number.date << ": " << holding.spell.state;
    }
  }
}

TEST(RegisterData, KnowsThePartnersOfTheOsce) {
  const Register spells = Register::load(test::data() / "memberships");
  constexpr std::string_view kMediterranean[] = {"partner_mediterranean"};
  constexpr std::string_view kAsian[] = {"partner_asian"};
  EXPECT_EQ(states(spells.members("OSCE", at("2011-06-01"), kMediterranean)),
            (std::set<std::string>{"DZA", "EGY", "ISR", "JOR", "MAR", "TUN"}));
  EXPECT_EQ(states(spells.members("OSCE", at("2011-06-01"), kAsian)),
            (std::set<std::string>{"AFG", "AUS", "JPN", "KOR", "MNG", "THA"}));
  EXPECT_EQ(states(spells.members("OSCE", at("2013-01-01"), kAsian)),
            (std::set<std::string>{"AFG", "AUS", "JPN", "KOR", "THA"}));
}

TEST(RegisterData, KnowsWhoBelongsToTheOicTheAuAndTheLasAtOnce) {
  const Register spells = Register::load(test::data() / "memberships");
  const std::vector<std::string> organizations = {"OIC", "AU", "LAS"};
  const auto parts = spells.overlap(organizations, at("2018-11-29"));
  ASSERT_FALSE(parts.empty());
  EXPECT_EQ(parts.front().organizations, organizations);
  std::set<std::string> in_all;
  for (const PartState& state : parts.front().states) {
    in_all.insert(state.state);
    EXPECT_FALSE(state.uncertain) << state.state;
  }
  EXPECT_EQ(in_all,
            (std::set<std::string>{"COM", "DJI", "DZA", "EGY", "LBY", "MAR", "MRT", "SDN", "SOM", "TUN"}));
  // Every State is in one part only, and no part is empty.
  std::set<std::string> seen;
  for (const Part& part : parts) {
    EXPECT_FALSE(part.states.empty());
    for (const PartState& state : part.states) EXPECT_TRUE(seen.insert(state.state).second) << state.state;
  }
}

// Three ways to one answer: members() for each organization must give what overlap() splits.
TEST(RegisterData, OverlapSplitsWhatMembersGives) {
  const Register spells = Register::load(test::data() / "memberships");
  const std::vector<std::string> organizations = {"UN", "OSCE", "OIC", "LAS", "CSTO", "SCO", "CIS"};
  for (const auto* date : {"1946-01-01", "1969-10-01", "1992", "2000-06-29", "2018-11-29"}) {
    const auto parts = spells.overlap(organizations, at(date));
    for (const std::string& organization : organizations) {
      std::set<std::string> from_parts;
      for (const Part& part : parts) {
        if (std::find(part.organizations.begin(), part.organizations.end(), organization) ==
            part.organizations.end()) {
          continue;
        }
        for (const PartState& state : part.states) from_parts.insert(state.state);
      }
      EXPECT_EQ(from_parts, states(spells.members(organization, at(date)))) << organization << " at " << date;
    }
  }
}

}  // namespace
}  // namespace mithaq::status_register
