#include "events/country_months.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.hpp"

namespace mithaq::events {
namespace {

const std::vector<Country> kCountries = {
    {.id = "CAF", .number = 70, .gwcode = 482, .from = 1, .to = 600, .region = "202"},
    {.id = "SSD", .number = 246, .gwcode = 626, .from = month_of(2011, 7), .region = "202"}};

Event event_of(int country, Day start, Day end, int best) {
  Event event;
  event.country = country;
  event.start = start;
  event.end = end;
  event.best = event.low = event.high = best;
  event.cell = 137213;
  return event;
}

Day day(int year, int month, int of_month) {
  return day_of(year, month, of_month).value();
}

EventTable table_of(std::vector<Event> events) {
  EventTable table;
  table.vintage = "test-1";
  table.first = month_of(2009, 1);
  table.last = month_of(2012, 12);
  table.events = std::move(events);
  return table;
}

float deaths(const Panel& panel, UnitIndex unit, int year, int month) {
  return panel.value(Violence::state_based, unit, month_of(year, month));
}

TEST(CountryPanel, SeveralMonthsCountByTheRule) {
  const EventTable table = table_of({event_of(482, day(2009, 8, 7), day(2009, 10, 2), 7)});
  const Panel by_end = country_panel(table, kCountries);
  EXPECT_EQ(deaths(by_end, 0, 2009, 8), 0);
  EXPECT_EQ(deaths(by_end, 0, 2009, 10), 7);
  const Panel even = country_panel(table, kCountries, {.multi_month = MultiMonth::even_split});
  for (int month = 8; month <= 10; ++month) EXPECT_FLOAT_EQ(deaths(even, 0, 2009, month), 7.0F / 3);
  const Panel up = country_panel(table, kCountries, {.multi_month = MultiMonth::ceil_split});
  for (int month = 8; month <= 10; ++month) EXPECT_EQ(deaths(up, 0, 2009, month), 3);
  // Fewer deaths than months: the candidate loader's rule leaves them with the last day.
  const EventTable few = table_of({event_of(482, day(2009, 8, 7), day(2009, 10, 2), 2)});
  const Panel kept = country_panel(few, kCountries, {.multi_month = MultiMonth::ceil_split});
  EXPECT_EQ(deaths(kept, 0, 2009, 8), 0);
  EXPECT_EQ(deaths(kept, 0, 2009, 10), 2);
}

TEST(CountryPanel, ACountryIsUnknownBeforeItExists) {
  const EventTable table = table_of({event_of(626, day(2011, 6, 3), day(2011, 6, 3), 5),
                                     event_of(626, day(2011, 7, 9), day(2011, 7, 9), 4)});
  Aggregated counts;
  const Panel panel = country_panel(table, kCountries, {}, &counts);
  EXPECT_TRUE(std::isnan(deaths(panel, 1, 2011, 6)));
  EXPECT_EQ(deaths(panel, 1, 2011, 7), 4);
  EXPECT_EQ(deaths(panel, 1, 2011, 8), 0);
  EXPECT_EQ(counts.outside_months.events, 1u);
  EXPECT_EQ(counts.outside_months.deaths, 5);
  EXPECT_EQ(counts.events, 1u);
}

TEST(CountryPanel, InexactEventsAreLeftOutAndCounted) {
  Event vague = event_of(482, day(2009, 3, 1), day(2009, 3, 1), 10);
  vague.where_prec = 6;
  vague.date_prec = 4;
  vague.clarity = 2;
  const EventTable table = table_of({vague});
  EXPECT_EQ(deaths(country_panel(table, kCountries), 0, 2009, 3), 10);
  for (const PanelRules& rules :
       {PanelRules{.where_prec_max = 5}, PanelRules{.date_prec_max = 3}, PanelRules{.clarity_max = 1}}) {
    Aggregated counts;
    EXPECT_EQ(deaths(country_panel(table, kCountries, rules, &counts), 0, 2009, 3), 0);
    EXPECT_EQ(counts.imprecise.events, 1u);
    EXPECT_EQ(counts.imprecise.deaths, 10);
  }
}

TEST(CountryPanel, UnknownCountriesAreCountedByName) {
  EventTable table = table_of(
      {event_of(0, day(2009, 3, 1), day(2009, 3, 1), 1), event_of(999, day(2009, 3, 1), day(2009, 3, 1), 1)});
  table.strings.push_back("Atlantis");
  table.events[0].country_name = 1;
  Aggregated counts;
  country_panel(table, kCountries, {}, &counts);
  EXPECT_EQ(counts.no_unit.events, 2u);
  EXPECT_EQ(counts.unknown_countries.at("Atlantis"), 1u);
  EXPECT_EQ(counts.unknown_countries.at("999"), 1u);
}

TEST(CountryPanel, AStateIsFoundByItsIdToo) {
  EventTable table = table_of({event_of(0, day(2009, 3, 1), day(2009, 3, 1), 6)});
  table.strings.push_back("CAF");
  table.events[0].state = 1;
  EXPECT_EQ(deaths(country_panel(table, kCountries), 0, 2009, 3), 6);
}

TEST(CountryPanel, MonthsThatTheTableDoesNotCoverAreUnknown) {
  const Panel panel =
      country_panel(table_of({}), kCountries, {.first = month_of(2008, 12), .last = month_of(2013, 1)});
  EXPECT_TRUE(std::isnan(deaths(panel, 0, 2008, 12)));
  EXPECT_EQ(deaths(panel, 0, 2009, 1), 0);
  EXPECT_EQ(deaths(panel, 0, 2012, 12), 0);
  EXPECT_TRUE(std::isnan(deaths(panel, 0, 2013, 1)));
  EXPECT_THROW(country_panel(table_of({}), kCountries, {.first = 5, .last = 4}), Error);
}

TEST(GridPanel, NeighboursAreTheEightAroundACell) {
  std::vector<Event> events;
  for (const std::int32_t cell :
       {137213, 137212, 137214, 137213 - 720, 137213 + 721, 137213 + 1440, 720, 1}) {
    events.push_back(event_of(482, day(2009, 3, 1), day(2009, 3, 1), 2));
    events.back().cell = cell;
  }
  const Panel panel = grid_panel(table_of(std::move(events)));
  ASSERT_EQ(panel.units.size(), 8u);
  const auto unit_of = [&](std::int32_t cell) {
    for (UnitIndex unit = 0; unit < panel.units.size(); ++unit)
      if (panel.units[unit].number == cell) return unit;
    return UnitIndex{99};
  };
  EXPECT_EQ(panel.neighbours[unit_of(137213)],
            (std::vector<UnitIndex>{unit_of(137213 - 720), unit_of(137212), unit_of(137214),
                                    unit_of(137213 + 721)}));
  // Around the globe, the first cell of a row is beside the last.
  EXPECT_EQ(panel.neighbours[unit_of(1)], std::vector<UnitIndex>{unit_of(720)});
  EXPECT_EQ(deaths(panel, unit_of(137213), 2009, 3), 2);
  EXPECT_EQ(panel.units[unit_of(137213)].id, "grid:137213");
  EXPECT_FLOAT_EQ(panel.units[unit_of(137213)].latitude, 5.25F);
  EXPECT_FLOAT_EQ(panel.units[unit_of(137213)].longitude, 26.25F);
}

TEST(GridPanel, RefusesMoreThanMemoryHolds) {
  EventTable table = table_of({});
  table.first = month_of(1800, 1);
  table.last = month_of(2200, 12);
  std::vector<std::int32_t> cells;
  for (std::int32_t cell = 1; cell <= 100'000; ++cell) cells.push_back(cell);
  EXPECT_THROW(grid_panel(table, {}, cells), Error);
}

}  // namespace
}  // namespace mithaq::events
