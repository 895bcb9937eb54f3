#include "events/month.hpp"

#include <gtest/gtest.h>

namespace mithaq::events {

TEST(Month, CountsFromJanuary1980) {
  EXPECT_EQ(month_of(1980, 1), 1);
  EXPECT_EQ(month_of(2023, 12), 528);
  EXPECT_EQ(to_text(528), "2023-12");
  EXPECT_EQ(to_text(0), "1979-12");
}

TEST(Month, YearAndMonthComeBack) {
  for (int year = 1900; year <= 2100; ++year) {
    for (int month = 1; month <= 12; ++month) {
      const Month each = month_of(year, month);
      ASSERT_EQ(year_of(each), year);
      ASSERT_EQ(month_of_year(each), month);
      ASSERT_EQ(month_named(to_text(each)), each);
    }
  }
}

TEST(Month, RefusesWhatIsNoMonth) {
  for (const char* text :
       {"", "2023", "2023-13", "2023-00", "2023-1", "20-3-12", "2023/12", "+023-01", "2023-+1"})
    EXPECT_FALSE(month_named(text)) << text;
}

}  // namespace mithaq::events
