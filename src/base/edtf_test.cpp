#include "base/edtf.hpp"

#include <gtest/gtest.h>

#include <random>

namespace mithaq {
namespace {

std::string again(std::string_view text) {
  const auto value = Edtf::parse(text);
  return value ? value->text() : "nothing";
}

DayRange days_of(std::string_view text) {
  return Edtf::parse(text).value().days();
}

TEST(Edtf, ReadsAndWritesTheSameText) {
  for (const char* text : {"2018",        "2018-11",     "2018-11-29",  "199X",
                           "19XX",        "2004-XX",     "1985-04-XX",  "1985-XX-XX",
                           "XXXX-03-15",  "2001-21",     "2001-34",     "2001-41",
                           "1984?",       "2004-06~",    "2004-06-11%", "2018-05-05/2018-05-06",
                           "2014/..",     "../1985",     "1990/",       "/2006-01",
                           "1990~/1993~", "-0044-03-15", "0000",        "1999-06/2000-06"}) {
    EXPECT_EQ(again(text), text);
  }
}

TEST(Edtf, RefusesWhatIsNoDate) {
  for (const char* text : {"",
                           "/",
                           "../..",
                           "..",
                           "20",
                           "201",
                           "20180",
                           "2018-13",
                           "2018-00",
                           "2018-1",
                           "2018-02-29",
                           "2018-11-31",
                           "2018-11-00",
                           "2018-21-01",
                           "2018-42",
                           "1X99",
                           "2018-11-29T10:00",
                           "2018/2017",
                           "2018--",
                           "-0000",
                           "٢٠١٨",
                           "2018 ",
                           "2018-11-29~~",
                           "2018/2019/2020",
                           "[2018]"}) {
    EXPECT_EQ(again(text), "nothing") << text;
  }
}

TEST(Edtf, CoversTheRightDays) {
  EXPECT_EQ(days_of("2018-11-29"), (DayRange{17864, 17864}));
  EXPECT_EQ(days_of("2020-02").latest, day_number({2020, 2, 29}));
  EXPECT_EQ(days_of("1900-02").latest, day_number({1900, 2, 28}));
  EXPECT_EQ(days_of("199X"), (DayRange{day_number({1990, 1, 1}), day_number({1999, 12, 31})}));
  EXPECT_EQ(days_of("2001-34"), (DayRange{day_number({2001, 4, 1}), day_number({2001, 6, 30})}));
  EXPECT_EQ(days_of("2001-24").latest, day_number({2002, 2, 28}));
  EXPECT_EQ(days_of("2014/..").latest, DayRange::kNoEnd);
  EXPECT_EQ(days_of("/2006").earliest, DayRange::kNoStart);
  EXPECT_EQ(days_of("1985-04-XX").latest, day_number({1985, 4, 30}));
}

TEST(Edtf, Compares) {
  const auto year = *Edtf::parse("2018"), day = *Edtf::parse("2018-11-29"), later = *Edtf::parse("2019-01");
  EXPECT_TRUE(year.contains(day));
  EXPECT_FALSE(day.contains(year));
  EXPECT_TRUE(year.before(later));
  EXPECT_FALSE(year.before(day));
  EXPECT_TRUE(Edtf::parse("1993/..")->contains(later));
  EXPECT_TRUE(Edtf::parse("2018-06/2019-06")->overlaps(later));
  EXPECT_FALSE(day.overlaps(later));
  EXPECT_EQ(Edtf::between(*Edtf::parse("2018-05-05"), *Edtf::parse("2018-05-06"))->text(),
            "2018-05-05/2018-05-06");
  EXPECT_FALSE(Edtf::between(later, year));
}

TEST(Edtf, CountsDaysThereAndBack) {
  EXPECT_EQ(day_number({1970, 1, 1}), 0);
  EXPECT_EQ(day_number({2000, 3, 1}), 11017);
  CalendarDay expected{-401, 12, 31};
  for (std::int64_t number = day_number({-401, 12, 31}); number < day_number({2402, 1, 1}); ++number) {
    ASSERT_EQ(calendar_day(number), expected) << number;
    if (++expected.day > days_in_month(expected.year, expected.month)) {
      expected.day = 1;
      if (++expected.month > 12) {
        expected.month = 1;
        ++expected.year;
      }
    }
  }
}

// Whatever the text: no crash, and what is read is written so that it reads the same.
TEST(Edtf, HoldsOnRandomText) {
  std::mt19937 random(20181129);
  constexpr std::string_view kLetters = "0123456789X-/.~?%T ";
  std::size_t read = 0;
  for (int round = 0; round < 200000; ++round) {
    std::string text;
    if (round % 2 == 0) {
      text = "2015-11-29/2016-02-28";
      for (unsigned changes = random() % 4; changes > 0; --changes) {
        text[random() % text.size()] = kLetters[random() % kLetters.size()];
      }
      text.resize(random() % (text.size() + 1));
    } else {
      for (std::size_t size = random() % 24; size > 0; --size) text += kLetters[random() % kLetters.size()];
    }
    const auto value = Edtf::parse(text);
    if (!value) continue;
    ++read;
    ASSERT_EQ(Edtf::parse(value->text()), value) << text;
    ASSERT_EQ(value->text(), text);
    const DayRange days = value->days();
    ASSERT_LE(days.earliest, days.latest) << text;
    ASSERT_TRUE(value->contains(*value)) << text;
  }
  EXPECT_GT(read, 1000u);
}

}  // namespace
}  // namespace mithaq
