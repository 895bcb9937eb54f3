#include "base/zone.hpp"

#include <gtest/gtest.h>

namespace mithaq {
namespace {

using namespace std::chrono_literals;

Instant at(const char* text) {
  return parse_instant(text).value();
}

TEST(Instant, TextAndBack) {
  for (const char* text :
       {"2026-03-29T00:59:59.999Z", "1969-12-31T23:59:59.001Z", "2024-02-29T12:00:00.000Z"})
    EXPECT_EQ(format_instant(at(text)), text);
  EXPECT_EQ(at("2026-03-29T00:59:59Z"), at("2026-03-29T00:59:59.000Z"));
  for (const char* wrong : {"", "2026-02-30T00:00:00Z", "2025-02-29T00:00:00Z", "2026-03-29T24:00:00Z",
                            "2026-03-29T00:00:00+02:00", "2026-03-29 00:00:00Z", "2026-03-29T00:00:00.1Z",
                            "2026-3-29T00:00:00Z", "٢٠٢٦-٠٣-٢٩T00:00:00Z"})
    EXPECT_FALSE(parse_instant(wrong)) << wrong;
}

TEST(Zone, TellsTheTwoChangesOfVienna) {
  const Zone vienna = Zone::named("Europe/Vienna").value();
  EXPECT_EQ(format_local_time(vienna.local(at("2026-03-29T00:59:59.999Z"))), "2026-03-29T01:59:59.999");
  EXPECT_EQ(format_local_time(vienna.local(at("2026-03-29T01:00:00Z"))), "2026-03-29T03:00:00");
  const auto never = vienna.instants_of(parse_local_time("2026-03-29T02:30").value());
  EXPECT_EQ(never.existence, Zone::Existence::never);
  EXPECT_EQ(never.earlier, at("2026-03-29T01:00:00Z"));
  const auto twice = vienna.instants_of(parse_local_time("2026-10-25T02:30").value());
  EXPECT_EQ(twice.existence, Zone::Existence::twice);
  EXPECT_EQ(twice.earlier, at("2026-10-25T00:30:00Z"));
  EXPECT_EQ(twice.later, at("2026-10-25T01:30:00Z"));
  const auto once = vienna.instants_of(parse_local_time("2024-02-29T12:00").value());
  EXPECT_EQ(once.existence, Zone::Existence::once);
  EXPECT_EQ(once.earlier, at("2024-02-29T11:00:00Z"));
  EXPECT_EQ(format_offset(vienna.offset_minutes(at("2026-07-01T00:00:00Z"))), "+02:00");
}

TEST(Zone, EveryHourOfAYearGoesThereAndBack) {
  for (const char* name :
       {"Europe/Vienna", "Asia/Riyadh", "Asia/Kabul", "America/New_York", "UTC", "Australia/Lord_Howe"}) {
    const Zone zone = Zone::named(name).value();
    for (Instant each = at("2026-01-01T00:17:00Z"); each < at("2027-01-01T00:00:00Z"); each += 1h) {
      const auto reading = zone.instants_of(zone.local(each));
      EXPECT_NE(reading.existence, Zone::Existence::never) << name << format_instant(each);
      EXPECT_TRUE(reading.earlier == each || reading.later == each) << name << format_instant(each);
    }
  }
}

// States change their clocks; the database that the system keeps follows them, a copy in a library does not.
TEST(Zone, FollowsWhatStatesDecidedInTheLastYears) {
  const Instant summer = at("2026-07-01T12:00:00Z");
  EXPECT_EQ(Zone::named("Asia/Almaty")->offset_minutes(summer), 5 * 60);   // since 1 March 2024
  EXPECT_EQ(Zone::named("Africa/Cairo")->offset_minutes(summer), 3 * 60);  // summer time again since 2023
  EXPECT_EQ(Zone::named("Asia/Amman")->offset_minutes(at("2026-01-15T12:00:00Z")),
            3 * 60);  // all year since 2022
}

TEST(Zone, KnowsOnlyNamesOfTheDatabase) {
  for (const char* wrong : {"", "CET", "GMT+3", "Europe/Wien", "/", "Vienna", "+02:00"})
    EXPECT_FALSE(Zone::named(wrong)) << wrong;
}

}  // namespace
}  // namespace mithaq
