#include "secretariat/standing.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/test_paths.hpp"

namespace mithaq::secretariat {
namespace {

Instant at(const char* text) {
  return parse_instant(text).value();
}

const std::vector<std::string> kParticipating = {"OSCE/participating_state"};

TEST(Standing, SetsFollowTheRegisterAtAnInstant) {
  const Standing standing(test::data());
  // The leaflet's 56 were true between 2006 and the admission of Mongolia on 21 November 2012.
  EXPECT_EQ(standing.holders(kParticipating, at("2011-06-01T00:00:00Z")).size(), 56u);
  EXPECT_EQ(standing.holders(kParticipating, at("2026-06-01T00:00:00Z")).size(), 57u);
  EXPECT_TRUE(standing.holds("MNG", "OSCE/partner_for_cooperation", at("2012-11-01T00:00:00Z")));
  EXPECT_TRUE(standing.holds("MNG", "OSCE/participating_state", at("2013-01-01T00:00:00Z")));
  EXPECT_FALSE(standing.holds("KAZ", "OIC/observer", at("2026-01-01T00:00:00Z")));
}

TEST(Standing, AGrantHoldsFromItsInstantAndEndsAtARevocation) {
  Standing standing(test::data());
  const Instant from = at("2026-03-05T11:00:00.000Z"), to = at("2026-09-01T10:00:00.500Z");
  const std::chrono::milliseconds ms(1);
  standing.grant({.organization = "OSCE",
                  .state = "LBN",
                  .status = "partner_mediterranean",
                  .from = from,
                  .decision = "PC-1"});
  EXPECT_FALSE(standing.holds("LBN", "OSCE/partner_for_cooperation", from - ms));
  EXPECT_TRUE(standing.holds("LBN", "OSCE/partner_for_cooperation", from));
  EXPECT_TRUE(standing.holds("LBN", "OSCE/partner_mediterranean", from));
  EXPECT_FALSE(standing.holds("LBN", "OSCE/participating_state", from));
  const auto partners = standing.holders({"OSCE/partner_for_cooperation"}, from);
  EXPECT_TRUE(std::find(partners.begin(), partners.end(), "LBN") != partners.end());
  standing.revoke("OSCE", "LBN", "partner_mediterranean", to, "PC-2");
  EXPECT_TRUE(standing.holds("LBN", "OSCE/partner_for_cooperation", to - ms));
  EXPECT_FALSE(standing.holds("LBN", "OSCE/partner_for_cooperation", to));
  EXPECT_EQ(standing.grants().front().revoked_by, "PC-2");
}

TEST(Standing, ARevocationEndsASpellOfTheRegisterToo) {
  Standing standing(test::data());
  const Instant when = at("2026-05-01T12:00:00Z");
  ASSERT_TRUE(standing.holds("THA", "OSCE/partner_asian", when));
  standing.revoke("OSCE", "THA", "partner_asian", when, "PC-3");
  EXPECT_TRUE(standing.holds("THA", "OSCE/partner_asian", when - std::chrono::milliseconds(1)));
  EXPECT_FALSE(standing.holds("THA", "OSCE/partner_asian", when));
  EXPECT_TRUE(standing.holds("JPN", "OSCE/partner_asian", when));
}

TEST(Standing, TellsWhoIsWhatInAnOrganizationAtAnInstant) {
  Standing standing(test::data());
  const Instant from = at("2026-03-05T11:00:00.000Z"), to = at("2026-09-01T10:00:00.500Z");
  const std::chrono::milliseconds ms(1);
  standing.grant({.organization = "OSCE",
                  .state = "LBN",
                  .status = "partner_mediterranean",
                  .from = from,
                  .decision = "PC-1"});
  const auto partners = [&](Instant when) {
    std::vector<std::string> out;
    for (const Holding& each : standing.in_organization("OSCE", when)) {
      if (each.status == "partner_mediterranean") out.push_back(each.state);
    }
    return out;
  };
  const std::vector<std::string> six = {"DZA", "EGY", "ISR", "JOR", "MAR", "TUN"};
  std::vector<std::string> seven = six;
  seven.insert(seven.begin() + 4, "LBN");
  EXPECT_EQ(partners(from - ms), six);
  EXPECT_EQ(partners(from), seven);
  standing.revoke("OSCE", "LBN", "partner_mediterranean", to, "PC-2");
  EXPECT_EQ(partners(to - ms), seven);
  EXPECT_EQ(partners(to), six);
  // What was is still told for the time when it was.
  EXPECT_EQ(partners(from), seven);
  const auto history = standing.history("LBN");
  const auto granted = std::find_if(history.begin(), history.end(),
                                    [](const Holding& each) { return each.organization == "OSCE"; });
  ASSERT_NE(granted, history.end());
  EXPECT_EQ(granted->from, "2026-03-05T11:00:00.000Z");
  EXPECT_EQ(granted->to, "2026-09-01T10:00:00.500Z");
  EXPECT_EQ(granted->ended_by, "PC-2");
  // A revocation of what the register says ends that line.
  standing.revoke("OSCE", "JPN", "partner_asian", to, "PC-3");
  for (const Holding& each : standing.history("JPN")) {
    if (each.organization == "OSCE") {
      EXPECT_EQ(each.to, "2026-09-01T10:00:00.500Z");
    }
  }
}

}  // namespace
}  // namespace mithaq::secretariat
