#include "events/packed.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>

#include "base/error.hpp"

namespace mithaq::events {
namespace {

std::vector<Event> random_events(std::size_t count) {
  std::mt19937_64 random(7);
  std::vector<Event> out(count);
  for (Event& each : out) {
    each.id = static_cast<EventId>(random() % 4'000'000'000'000'000'000);
    each.start = static_cast<Day>(random() % 80'000) - 40'000;
    each.end = each.start + static_cast<Day>(random() % 400);
    each.low = static_cast<std::int32_t>(random() % 1000);
    each.best = each.low + static_cast<std::int32_t>(random() % 1000);
    each.high = random() % 5 == 0 ? INT32_MAX : each.best;
    each.latitude = random() % 9 == 0 ? NAN : static_cast<float>(random() % 180) - 90;
    each.longitude = std::isnan(each.latitude) ? NAN : static_cast<float>(random() % 360) - 180;
    each.cell = static_cast<std::int32_t>(random() % 259'201);
    each.country = static_cast<std::int32_t>(random() % 1000);
    each.conflict_number = static_cast<std::int32_t>(random() % 20'000);
    each.dyad_number = static_cast<std::int32_t>(random() % 20'000);
    each.state = static_cast<StringIndex>(random() % 100);
    each.place = static_cast<StringIndex>(random() % 100);
    each.source = 99;
    each.violence = static_cast<Violence>(random() % 3);
    each.date_prec = static_cast<std::uint8_t>(random() % 6);
    each.where_prec = static_cast<std::uint8_t>(random() % 8);
    each.clarity = static_cast<std::uint8_t>(random() % 3);
  }
  return out;
}

TEST(Packed, EventsComeBackToTheBit) {
  const std::vector<Event> events = random_events(1000);
  const std::string bytes = pack_events(events);
  std::vector<Event> back;
  unpack_events(bytes, 100, back);
  ASSERT_EQ(back.size(), events.size());
  // Packed again, they are the same bytes: every member of every event came back, NaN too.
  EXPECT_EQ(pack_events(back), bytes);
  EXPECT_EQ(back[17].id, events[17].id);
  EXPECT_EQ(back[17].high, events[17].high);
  EXPECT_EQ(back[17].source, 99u);
}

TEST(Packed, NamesAndMonthsComeBack) {
  const std::vector<std::string> names = {"", "Uganda: Government", std::string(70'000, 'x'), "جيش"};
  std::vector<std::string> back;
  unpack_strings(pack_strings(names), back);
  EXPECT_EQ(back, names);
  const std::vector<MonthRow> rows = {
      {70, 121, {1, NAN, 0}}, {70, 122, {124427, NAN, 3.5F}}, {-5, 1, {0, 0, 0}}};
  std::vector<MonthRow> months;
  unpack_months(pack_months(rows), months);
  ASSERT_EQ(months.size(), 3u);
  EXPECT_EQ(months[1].deaths[0], 124427);
  EXPECT_TRUE(std::isnan(months[1].deaths[1]));
  EXPECT_EQ(months[2].unit, -5);
}

// Bytes cut off anywhere or changed anywhere are refused or give events that keep what their type promises.
TEST(Packed, DamagedBytesAreRefused) {
  const std::string bytes = pack_events(random_events(20));
  std::vector<Event> into;
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_THROW(unpack_events(std::string_view(bytes).substr(0, size), 100, into), Error) << size;
  EXPECT_THROW(unpack_events(bytes + "x", 100, into), Error);
  EXPECT_THROW(unpack_events(bytes, 50, into), Error);
  std::mt19937_64 random(9);
  for (int round = 0; round < 2000; ++round) {
    std::string damaged = bytes;
    damaged[random() % damaged.size()] ^= static_cast<char>(1 << random() % 8);
    std::vector<Event> got;
    try {
      unpack_events(damaged, 100, got);
      for (const Event& each : got) ASSERT_TRUE(each.start <= each.end && each.low >= 0 && each.source < 100);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::corrupt);
    }
  }
  std::vector<std::string> names;
  EXPECT_THROW(unpack_strings("\x05", names), Error);
  EXPECT_THROW(unpack_strings("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", names), Error);
}

}  // namespace
}  // namespace mithaq::events
