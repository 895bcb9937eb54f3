#include "engines/meetings/calendar.hpp"

#include <gtest/gtest.h>

#include "base/instant.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::meetings {
namespace {

class CalendarTest : public ::testing::Test {
 protected:
  std::vector<Proposal> year(std::string_view body, int year) const {
    return calendar_.propose(body, std::chrono::year(year));
  }
  const Bodies bodies_ = Bodies::load(test::data());
  const Calendar calendar_ = Calendar::load(test::data(), bodies_);
};

TEST(Easter, IsThatOfTheTables) {
  // Dates of Easter Sunday as the almanacs have them, the earliest and the latest possible among them.
  const std::pair<int, const char*> known[] = {
      {1818, "1818-03-22"}, {1943, "1943-04-25"}, {2000, "2000-04-23"}, {2024, "2024-03-31"},
      {2025, "2025-04-20"}, {2026, "2026-04-05"}, {2027, "2027-03-28"}, {2038, "2038-04-25"}};
  for (const auto& [year, day] : known) EXPECT_EQ(format_day(easter(std::chrono::year(year))), day);
}

TEST_F(CalendarTest, TheCouncilMeetsOnThursdaysAtTenInViennaAllYear) {
  const auto council = year("OSCE_PC", 2026);
  EXPECT_GT(council.size(), 38u);
  EXPECT_LT(council.size(), 48u);
  std::size_t winter = 0, summer = 0;
  for (std::size_t each = 0; each < council.size(); ++each) {
    const Proposal& meeting = council[each];
    EXPECT_EQ(meeting.number, static_cast<int>(each) + 1);
    EXPECT_EQ(meeting.begins.local.substr(10), "T10:00:00");
    EXPECT_EQ(meeting.begins.zone, "Europe/Vienna");
    const auto day = std::chrono::floor<std::chrono::days>(meeting.begins.at);
    EXPECT_EQ(std::chrono::weekday(day), std::chrono::Thursday);
    const std::string at = format_instant(meeting.begins.at);
    // Summer time in 2026: from 29 March 01:00Z to 25 October 01:00Z.
    const bool is_summer = at >= "2026-03-29T01" && at < "2026-10-25T01";
    EXPECT_EQ(at.substr(10), is_summer ? "T08:00:00.000Z" : "T09:00:00.000Z") << at;
    EXPECT_EQ(meeting.ends.at - meeting.begins.at, std::chrono::hours(3));
    (is_summer ? summer : winter)++;
  }
  EXPECT_GT(winter, 10u);
  EXPECT_GT(summer, 15u);
}

TEST_F(CalendarTest, NothingRegularInARecess) {
  for (const Proposal& meeting : year("OSCE_PC", 2026)) {
    const std::string day = meeting.begins.local.substr(5, 5);
    EXPECT_FALSE(day >= "12-18" || day <= "01-07") << day;
    EXPECT_FALSE(day >= "07-27" && day <= "08-31") << day;
    EXPECT_FALSE(day >= "03-30" && day <= "04-11") << day << ": Easter is on 5 April";
    EXPECT_FALSE(day >= "12-01" && day <= "12-07") << day << ": the Ministerial Council meets";
  }
  using namespace std::chrono;
  EXPECT_TRUE(calendar_.in_recess("OSCE_PC", 2026y / January / 1));
  EXPECT_TRUE(calendar_.in_recess("OSCE_PC", 2026y / December / 31));
  EXPECT_FALSE(calendar_.in_recess("OSCE_MED", 2026y / December / 31)) << "it has no recess of its own";
}

TEST_F(CalendarTest, ContactGroupsMeetSixTimesAndOnceTogether) {
  for (int each = 2007; each <= 2030; ++each) {
    EXPECT_EQ(year("OSCE_MED", each).size(), 6u);
    EXPECT_EQ(year("OSCE_ASIA", each).size(), 6u);
    EXPECT_EQ(year("OSCE_JOINT", each).size(), 1u);
    EXPECT_EQ(year("OSCE_MC", each).size(), 1u);
    EXPECT_EQ(year("OSCE_MEDCONF", each).size(), 1u);
    EXPECT_EQ(year("OSCE_ASIACONF", each).size(), 1u);
  }
  EXPECT_TRUE(year("OSCE_MED", 1993).empty()) << "since 1994";
  EXPECT_TRUE(year("OSCE_ASIA", 2002).empty()) << "since 2003";
  EXPECT_TRUE(year("OSCE_JOINT", 2006).empty()) << "since 2007";
}

TEST_F(CalendarTest, SummitsStandOnTheirDatesAlone) {
  ASSERT_EQ(year("OSCE_SUMMIT", 2010).size(), 1u);
  EXPECT_EQ(year("OSCE_SUMMIT", 2010)[0].begins.local, "2010-12-01T10:00:00");
  EXPECT_EQ(year("OSCE_SUMMIT", 2010)[0].ends.local, "2010-12-02T18:00:00");
  EXPECT_EQ(year("OSCE_REVIEW", 2010).size(), 3u) << "in Warsaw, Vienna and Astana";
  EXPECT_TRUE(year("OSCE_SUMMIT", 2011).empty());
}

TEST_F(CalendarTest, AYearOfAllBodiesIsInOrder) {
  const auto all = year("", 2026);
  EXPECT_GT(all.size(), 90u);
  for (std::size_t each = 1; each < all.size(); ++each)
    EXPECT_LE(all[each - 1].begins.at, all[each].begins.at);
}

}  // namespace
}  // namespace mithaq::meetings
