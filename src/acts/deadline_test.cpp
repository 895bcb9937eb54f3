#include "acts/deadline.hpp"

#include <gtest/gtest.h>

namespace mithaq::acts {
namespace {

Instant at(const char* text) {
  return parse_instant(text).value();
}

const Instant kBefore = at("2026-01-01T00:00:00Z");

TEST(Deadlines, MeanTheInstantOfTheirZone) {
  Deadline noon{.local = "2026-03-05T12:00", .zone = "Europe/Vienna"};
  EXPECT_FALSE(settle(noon, kBefore));
  EXPECT_EQ(noon.at, at("2026-03-05T11:00:00Z"));
  Deadline summer{.local = "2026-07-05T12:00", .zone = "Europe/Vienna", .offset = "+02:00"};
  EXPECT_FALSE(settle(summer, kBefore));
  EXPECT_EQ(summer.at, at("2026-07-05T10:00:00Z"));
}

TEST(Deadlines, ThatAreNeverOrTwiceAreToldAndNotGuessed) {
  Deadline never{.local = "2026-03-29T02:30", .zone = "Europe/Vienna"};
  const auto gap = settle(never, kBefore);
  ASSERT_TRUE(gap);
  EXPECT_NE(gap->reason.find("2026-03-29T03:00"), std::string::npos) << gap->reason;

  Deadline twice{.local = "2026-10-25T02:30", .zone = "Europe/Vienna"};
  const auto both = settle(twice, kBefore);
  ASSERT_TRUE(both);
  EXPECT_NE(both->reason.find("2026-10-25T00:30:00.000Z"), std::string::npos) << both->reason;
  EXPECT_NE(both->reason.find("2026-10-25T01:30:00.000Z"), std::string::npos) << both->reason;
  twice.offset = "+01:00";
  EXPECT_FALSE(settle(twice, kBefore));
  EXPECT_EQ(twice.at, at("2026-10-25T01:30:00Z"));
  twice.offset = "+02:00";
  EXPECT_FALSE(settle(twice, kBefore));
  EXPECT_EQ(twice.at, at("2026-10-25T00:30:00Z"));
}

TEST(Deadlines, AreRefusedIfTheyAreNone) {
  for (Deadline wrong : {Deadline{.local = "2026-03-05T12:00", .zone = "CET+1"},
                         Deadline{.local = "noon", .zone = "Europe/Vienna"},
                         Deadline{.local = "2026-02-30T12:00", .zone = "Europe/Vienna"},
                         Deadline{.local = "2026-03-05T12:00", .zone = "Europe/Vienna", .offset = "+05:00"},
                         Deadline{.local = "2025-03-05T12:00", .zone = "Europe/Vienna"}, Deadline{}}) {
    const auto refusal = settle(wrong, kBefore);
    ASSERT_TRUE(refusal) << wrong.local;
    EXPECT_EQ(refusal->rule, "acts/deadline");
    EXPECT_FALSE(refusal->forbidden);
  }
}

}  // namespace
}  // namespace mithaq::acts
