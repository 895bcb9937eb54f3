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

}  // namespace
}  // namespace mithaq::secretariat
