#include "events/event.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mithaq::events {

TEST(Event, DaysCountFrom1970AndComeBack) {
  EXPECT_EQ(day_of(1970, 1, 1), 0);
  EXPECT_EQ(day_of(2009, 2, 20), 14295);
  EXPECT_EQ(day_text(14295), "2009-02-20");
  for (Day day = -40'000; day < 80'000; day += 13) {
    const std::string text = day_text(day);
    ASSERT_EQ(day_of(std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2)), std::stoi(text.substr(8))),
              day);
    ASSERT_EQ(to_text(month_of(day)), text.substr(0, 7));
  }
  EXPECT_EQ(day_of(2023, 2, 29), std::nullopt);
  EXPECT_EQ(day_of(2023, 13, 1), std::nullopt);
  EXPECT_EQ(day_of(2023, 0, 1), std::nullopt);
  EXPECT_EQ(day_of(99999, 1, 1), std::nullopt);
}

TEST(Event, IdsOfAllSourcesComeBack) {
  for (const char* id : {"0", "36210", "463131", "SOM12345", "A1", "AA1", "ZZZZ9999999999999", "CAF0"})
    EXPECT_EQ(to_text_of(event_id_named(id).value()), id);
  EXPECT_EQ(event_id_named("244657.0"), 244657);
  EXPECT_NE(event_id_named("A1"), event_id_named("AA1"));
  for (const char* id : {"", "SOM", "-5", "1.5", "ABCDE1", "10000000000000", "12 ", "1e5", "nan"})
    EXPECT_FALSE(event_id_named(id)) << id;
}

TEST(Event, CellsAreThoseOfPrioGrid) {
  EXPECT_EQ(grid_cell(5.399784, 26.486881), 137213);
  EXPECT_EQ(grid_cell(34.531094, 69.162796), 179779);
  EXPECT_EQ(grid_cell(-90, -180), 1);
  EXPECT_EQ(grid_cell(90, 180), 259200);
  EXPECT_EQ(grid_cell(90.1, 0), 0);
  EXPECT_EQ(grid_cell(NAN, 0), 0);
  EXPECT_EQ(grid_cell(0, INFINITY), 0);
}

}  // namespace mithaq::events
