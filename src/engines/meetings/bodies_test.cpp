#include "engines/meetings/bodies.hpp"

#include <gtest/gtest.h>

#include "base/instant.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::meetings {
namespace {

Day day(const char* text) {
  return *parse_day(text);
}

class BodiesTest : public ::testing::Test {
 protected:
  std::string chair(std::string_view body, const char* on) const {
    const auto chairs = bodies_.chairs_of(body, day(on));
    std::string out;
    for (const Chair& each : chairs) out += (out.empty() ? "" : " ") + each.state;
    return out;
  }
  const Bodies bodies_ = Bodies::load(test::data());
};

TEST_F(BodiesTest, TheCouncilIsChairedByTheChairInOffice) {
  EXPECT_EQ(chair("OSCE_PC", "2025-12-31"), "FIN");
  EXPECT_EQ(chair("OSCE_PC", "2026-01-01"), "CHE");
  EXPECT_EQ(chair("OSCE_PC", "2010-07-01"), "KAZ");
  EXPECT_EQ(chair("OSCE_MC", "2027-12-02"), "CYP");
  EXPECT_EQ(chair("OSCE_PC", "1985-01-01"), "");
  EXPECT_EQ(chair("NO_SUCH_BODY", "2026-01-01"), "");
}

// The leaflet: the Mediterranean group under the incoming Chair since 1994, the Asian one under the outgoing
// Chair since 2003. Every year for which the table knows the three Chairs.
TEST_F(BodiesTest, ContactGroupsFollowTheTroikaInEveryYear) {
  for (int year = 1994; year <= 2026; ++year) {
    for (const char* rest : {"-01-01", "-06-30", "-12-31"}) {
      const std::string on = std::to_string(year) + rest;
      const std::string next = chair("OSCE_PC", (std::to_string(year + 1) + rest).c_str());
      const std::string before = chair("OSCE_PC", (std::to_string(year - 1) + rest).c_str());
      EXPECT_EQ(chair("OSCE_MED", on.c_str()), next) << on;
      EXPECT_EQ(chair("OSCE_ASIA", on.c_str()), year < 2003 ? "" : before) << on;
      EXPECT_EQ(chair("OSCE_JOINT", on.c_str()), year < 2007 ? "" : next + " " + before) << on;
    }
  }
  EXPECT_EQ(chair("OSCE_MED", "1993-12-31"), "") << "there was no contact group before 1994";
  EXPECT_EQ(chair("OSCE_MED", "2026-03-01"), "CYP");
  EXPECT_EQ(chair("OSCE_ASIA", "2026-03-01"), "FIN");
}

TEST_F(BodiesTest, NobodyIsMadeUpForAYearThatNoTableKnows) {
  EXPECT_EQ(chair("OSCE_MED", "2027-03-01"), "") << "who chairs in 2028 is not known";
  EXPECT_EQ(chair("OSCE_ASIA", "2027-03-01"), "CHE");
  EXPECT_EQ(chair("OSCE_PC", "2028-01-01"), "");
  EXPECT_EQ(chair("OSCE_ASIA", "2028-03-01"), "CYP");
}

TEST_F(BodiesTest, ARuleComesWithItsWordsAndItsTerm) {
  const auto chairs = bodies_.chairs_of("OSCE_MED", day("2026-03-01"));
  ASSERT_EQ(chairs.size(), 1u);
  EXPECT_EQ(chairs[0].rule, ChairRule::incoming);
  EXPECT_EQ(chairs[0].term.from, day("2026-01-01"));
  EXPECT_EQ(chairs[0].term.to, day("2027-01-01"));
  EXPECT_FALSE(chairs[0].says.at("ar").empty());
  EXPECT_NE(chairs[0].source.find("1994"), std::string::npos);
  const Troika three = bodies_.troika("OSCE", day("2026-07-01"));
  EXPECT_EQ(three.outgoing->state, "FIN");
  EXPECT_EQ(three.holder->state, "CHE");
  EXPECT_EQ(three.incoming->state, "CYP");
}

TEST_F(BodiesTest, TheForumGoesRoundByTrimester) {
  EXPECT_EQ(chair("OSCE_FSC", "2023-01-01"), "BIH");
  EXPECT_EQ(chair("OSCE_FSC", "2024-08-31"), "HRV");
  EXPECT_EQ(chair("OSCE_FSC", "2024-09-01"), "DNK");
  // Behind the last that the table names: the next in the French order.
  EXPECT_EQ(chair("OSCE_FSC", "2025-01-01"), "ESP");
  EXPECT_EQ(chair("OSCE_FSC", "2025-05-01"), "EST");
  EXPECT_TRUE(bodies_.chairs_of("OSCE_FSC", day("2025-05-01"))[0].term.expected);
  EXPECT_FALSE(bodies_.chairs_of("OSCE_FSC", day("2024-05-01"))[0].term.expected);
  // 57 States, three terms a year: it comes back after 19 years.
  EXPECT_EQ(chair("OSCE_FSC", "2043-01-01"), "CYP" + std::string()) << chair("OSCE_FSC", "2043-01-01");
}

TEST_F(BodiesTest, AYearHasItsChairsInOrder) {
  const auto forum = bodies_.chairs_in("OSCE_FSC", std::chrono::year(2024));
  ASSERT_EQ(forum.size(), 3u);
  EXPECT_EQ(forum[0].state, "CYP");
  EXPECT_EQ(forum[2].state, "DNK");
  EXPECT_EQ(bodies_.chairs_in("OSCE_PC", std::chrono::year(2024)).size(), 1u);
  EXPECT_EQ(bodies_.chairs_in("UN_GA", std::chrono::year(2025)).size(), 2u);
  EXPECT_EQ(bodies_.chairs_in("EU_COREPER", std::chrono::year(2026)).at(1).state, "IRL");
}

TEST_F(BodiesTest, PartnersSitAtTheMainTableSince2007) {
  const Body* council = bodies_.find("OSCE_PC");
  ASSERT_NE(council, nullptr);
  EXPECT_EQ(council->members, std::vector<std::string>{"OSCE/participating_state"});
  EXPECT_EQ(council->invited, std::vector<std::string>{"OSCE/partner_for_cooperation"});
  EXPECT_EQ(council->at_table.at("OSCE/partner_for_cooperation"), day("2007-01-01"));
  EXPECT_EQ(council->handling.originator, "OSCE");
}

}  // namespace
}  // namespace mithaq::meetings
