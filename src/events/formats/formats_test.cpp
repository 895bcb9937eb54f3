// Files of events, months and indicators, whole and damaged.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/fold.hpp"
#include "events/country_months.hpp"
#include "events/formats/event_builder.hpp"
#include "events/formats/months.hpp"
#include "events/formats/world_bank.hpp"
#include "tests/support/test_paths.hpp"
#include "tests/support/unpacked.hpp"

namespace mithaq::events {
namespace {

StateNames names() {
  StateNames out;
  for (const auto& [name, id] : {std::pair("Central African Republic", "CAF"), std::pair("CAF", "CAF"),
                                 std::pair("Mali", "MLI"), std::pair("MLI", "MLI")})
    out.by_name.emplace(fold(name), id);
  out.by_m49 = {{140, "CAF"}, {466, "MLI"}};
  out.by_gwcode = {{482, "CAF"}, {432, "MLI"}};
  return out;
}

const StateNames kNames = names();
const std::vector<AcledRule> kAcled = {{"Battles", "", "state", "state_based"},
                                       {"Battles", "", "", "non_state"},
                                       {"Violence against civilians", "", "", "one_sided"},
                                       {"Protests", "", "", "none"}};

ReadOptions options() {
  ReadOptions out;
  out.today = *day_of(2024, 1, 15);
  out.states = &kNames;
  out.acled = kAcled;
  return out;
}

template <typename Read>
std::string refusal_of(const Read& read) {
  try {
    read();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
    return error.what();
  }
  return "";
}

constexpr std::string_view kHead =
    "id,type_of_violence,conflict_new_id,conflict_name,dyad_new_id,dyad_name,side_a,side_b,where_prec,where_"
    "coordinates,latitude,"
    "longitude,priogrid_gid,country,country_id,event_clarity,date_prec,date_start,date_end,best,high,low\n";
const std::string kRow =
    "36210,1,314,Uganda: Government,688,Government of Uganda - LRA,Government of Uganda,LRA,5,\"Southeast, "
    "CAR\",5.399784,26.486881,"
    "137213,Central African Republic,482,1,1,2009-02-20 00:00:00.000,2009-02-20 00:00:00.000,3,3,3\n";

std::string row_with(std::string_view from, std::string_view to, int id = 36211) {
  std::string out = kRow;
  out.replace(out.find(from), from.size(), to);
  out.replace(0, 5, std::to_string(id));
  return out;
}

TEST(Ged, ReadsARow) {
  EventTable table;
  const ReadReport report = read_ged(std::string(kHead) + kRow, options(), table);
  EXPECT_EQ(report.kept, 1u);
  EXPECT_TRUE(report.left_out.empty());
  ASSERT_EQ(table.events.size(), 1u);
  const Event& event = table.events[0];
  EXPECT_EQ(event.id, 36210);
  EXPECT_EQ(event.violence, Violence::state_based);
  EXPECT_EQ(day_text(event.end), "2009-02-20");
  EXPECT_EQ(event.best, 3);
  EXPECT_EQ(event.cell, 137213);
  EXPECT_EQ(event.country, 482);
  EXPECT_EQ(event.where_prec, 5);
  EXPECT_EQ(event.conflict_number, 314);
  EXPECT_EQ(table.text(event.state), "CAF");
  EXPECT_EQ(table.text(event.side_b), "LRA");
  EXPECT_EQ(table.text(event.place), "Southeast, CAR");
  EXPECT_EQ(to_text(table.first), "2009-02");
}

TEST(Ged, ColumnsAreFoundByNameInAnyOrderAndVersion) {
  EventTable old;
  read_ged("country_id,DATE_END,low_est,high_est,best_est,type_of_violence,ID\n482,2009-02-20,1,9,3,3,7\n",
           options(), old);
  ASSERT_EQ(old.events.size(), 1u);
  EXPECT_EQ(old.events[0].high, 9);
  EXPECT_EQ(old.events[0].violence, Violence::one_sided);
  EXPECT_EQ(old.events[0].start, old.events[0].end);
  EXPECT_TRUE(std::isnan(old.events[0].latitude));
  EventTable made;
  read_ged(
      "id,year,month,day,country,type,latitude,longitude,gid,low_death,best_death,high_death\n244657.0,2009,"
      "2,20,Mali,1,12.6,-8,"
      "147945,6,6,6\n",
      options(), made);
  ASSERT_EQ(made.events.size(), 1u);
  EXPECT_EQ(made.text(made.events[0].state), "MLI");
}

TEST(Ged, LeavesOutWhatCannotBeAndSaysWhere) {
  const std::vector<std::pair<std::string, std::string>> damaged = {
      {row_with(",3,3,3\n", ",-3,3,3\n"), "the number of deaths is negative"},
      {row_with(",3,3,3\n", ",nan,3,3\n"), "the number of deaths is no whole number"},
      {row_with(",3,3,3\n", ",99999999999,3,3\n"), "the number of deaths is no whole number"},
      {row_with(",3,3,3\n", ",3.5,4,3\n"), "the number of deaths is no whole number"},
      {row_with("2009-02-20 00:00:00.000,3", "2009-02-19 00:00:00.000,3"), "it ends before it begins"},
      {row_with("2009-02-20 00:00:00.000,3", "2029-02-20 00:00:00.000,3"), "the date is in the future"},
      {row_with("2009-02-20 00:00:00.000,3", "2009-02-30,3"), "the date is none"},
      {row_with("36210,1,", "36210,4,"), "the type of violence is not 1, 2 or 3"},
      {row_with("5.399784", "95.4"), "the place is not on the globe"},
      {row_with("5.399784", "inf"), "the place is not on the globe"},
      {row_with("137213", "259201"), "there is no such cell of the grid"}};
  for (const auto& [row, reason] : damaged) {
    EventTable table;
    const ReadReport report = read_ged(std::string(kHead) + kRow + row, options(), table);
    EXPECT_EQ(table.events.size(), 1u) << row;
    EXPECT_EQ(report.rows, 2u);
    ASSERT_EQ(report.left_out.size(), 1u) << row;
    EXPECT_EQ(report.left_out.begin()->first, reason) << row;
    EXPECT_EQ(report.left_out.begin()->second.lines, std::vector<std::size_t>{3});
  }
}

// One in a hundred of UCDP's own events is so; the best estimate is its word.
TEST(Ged, TheBestEstimateStandsWhereTheOthersDisagree) {
  EventTable table;
  const ReadReport report = read_ged(
      std::string(kHead) + row_with(",3,3,3\n", ",0,5,3\n", 1) + row_with(",3,3,3\n", ",9,5,3\n", 2) + kRow,
      options(), table);
  EXPECT_EQ(report.widened, 2u);
  ASSERT_EQ(table.events.size(), 3u);
  EXPECT_EQ(table.events[0].best, 0);
  EXPECT_EQ(table.events[0].low, 0);
  EXPECT_EQ(table.events[1].best, 9);
  EXPECT_EQ(table.events[1].high, 9);
}

TEST(Ged, TooManyBadRowsRefuseTheFile) {
  std::string text(kHead);
  for (int row = 0; row < 12; ++row) text += row_with(",3,3,3\n", ",-3,3,3\n", 40'000 + row);
  EventTable table;
  EXPECT_EQ(refusal_of([&] { read_ged(text, options(), table); }),
            "12 of 12 rows have values that cannot be; the most frequent: the number of deaths is negative "
            "(lines 2, 3, 4, 5, 6)");
}

TEST(Ged, ACutOffFileIsRefusedWhole) {
  const std::string text = std::string(kHead) + kRow + row_with("36210", "36211");
  EventTable table;
  for (std::size_t size = kHead.size() + kRow.size() + 1; size + 7 < text.size(); ++size) {
    EventTable cut;
    EXPECT_NE(refusal_of([&] { read_ged(text.substr(0, size), options(), cut); }).find("cut off"),
              std::string::npos)
        << size;
  }
  EXPECT_NE(refusal_of([&] {
              read_ged(std::string(kHead) + "1,2\n" + kRow, options(), table);
            }).find("line 2: the row has 2 fields, the head 22"),
            std::string::npos);
}

TEST(Ged, ADuplicateIsKeptOnceAndCounted) {
  EventTable table;
  const ReadReport report =
      read_ged(std::string(kHead) + kRow + row_with(",3,3,3\n", ",4,4,4\n", 5) + kRow, options(), table);
  EXPECT_EQ(report.duplicates, 1u);
  EXPECT_EQ(report.kept, 2u);
  ASSERT_EQ(table.events.size(), 2u);
  EXPECT_EQ(table.events[0].best, 3);
  // A second file of the same vintage brings nothing twice either.
  const ReadReport second = read_ged(std::string(kHead) + kRow, options(), table);
  EXPECT_EQ(second.duplicates, 1u);
  EXPECT_EQ(second.kept, 0u);
}

TEST(Ged, UnknownCountriesAreListedAndTheirEventsKept) {
  EventTable table;
  const ReadReport report = read_ged(
      std::string(kHead) + row_with("Central African Republic,482", "Atlantis,999"), options(), table);
  EXPECT_EQ(report.unknown_countries.at("Atlantis"), 1u);
  EXPECT_EQ(table.events.size(), 1u);
}

TEST(Layouts, AreToldByTheirColumns) {
  EXPECT_EQ(layout_of(kHead), Layout::ged);
  EXPECT_EQ(layout_of("{\n\"type\": \"FeatureCollection\""), Layout::ged_geojson);
  EXPECT_EQ(layout_of("event_id_cnty,event_date,event_type,fatalities\n"), Layout::acled);
  EXPECT_EQ(layout_of("month_id,country_id,ged_sb\n"), Layout::country_months);
  EXPECT_EQ(layout_of("window,month_id,country_id,outcome\r\n"), Layout::country_months);
  EXPECT_EQ(layout_of("month_id,gid,sb,ns,os\n"), Layout::grid_months);
  EXPECT_EQ(layout_of("\"Data Source\",\"WDI\",\n\n\"Country Name\",\"Country Code\",\"Indicator "
                      "Name\",\"Indicator Code\",\"1960\","),
            Layout::indicators);
  EXPECT_EQ(layout_of("country,year,indicator,value,source\n"), Layout::indicators);
  EXPECT_NE(refusal_of([] {
              layout_of("name,age\nx,1\n");
            }).find("no layout that is known has these columns: name, age. UCDP GED has id"),
            std::string::npos);
  EXPECT_NE(refusal_of([] { layout_of(std::string_view("PK\x03\x04\0\0", 6)); }).find("no text"),
            std::string::npos);
  EXPECT_NE(refusal_of([] { layout_of(""); }).find("empty"), std::string::npos);
}

TEST(GeoJson, ReadsFeaturesAndRefusesAHalf) {
  const std::string text =
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":36210,"type_of_violence":1,"country_id":482,
      "country":"Central African Republic","side_b":"جيش الرب","date_start":"2009-02-20T00:00:00","date_end":"2009-02-20T00:00:00",
      "best":3,"high":3,"low":3,"where_prec":5,"extra":{"deep":[1,2]}},"geometry":{"type":"Point","coordinates":[26.486881,5.399784]}}]})";
  EventTable table;
  EXPECT_EQ(read_ged_geojson(text, options(), table).kept, 1u);
  EXPECT_EQ(table.events[0].cell, 137213);
  EXPECT_EQ(table.text(table.events[0].side_b), "جيش الرب");
  for (std::size_t size = 1; size < text.size(); ++size) {
    EventTable half;
    EXPECT_FALSE(refusal_of([&] { read_ged_geojson(text.substr(0, size), options(), half); }).empty())
        << size;
  }
  EXPECT_NE(refusal_of([&] { read_ged_geojson("{\"a\":1}", options(), table); }).find("no collection"),
            std::string::npos);
  EXPECT_NE(refusal_of([&] { read_ged_geojson(std::string(100, '['), options(), table); }).find("too deeply"),
            std::string::npos);
}

TEST(Acled, KindsFollowTheTable) {
  const std::string text =
      "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,inter1,actor2,inter2,iso,"
      "country,latitude,longitude,"
      "geo_precision,fatalities\n"
      "MLI101,2021-03-05,1,Battles,Armed clash,Military Forces of Mali,1,JNIM,2,466,Mali,14.5,-4.2,1,7\n"
      "MLI102,05 March 2021,2,Battles,Armed clash,Dogon Militia,Identity Militia,Fulani Militia,Identity "
      "Militia,466,Mali,14.5,-4.2,2,2\n"
      "MLI103,2021-03-05,3,Violence against civilians,Attack,JNIM,2,Civilians,7,466,Mali,14.5,-4.2,3,1\n"
      "MLI104,2021-03-05,1,Protests,Peaceful protest,Protesters,6,,0,466,Mali,14.5,-4.2,1,0\n"
      "MLI105,2021-03-05,1,Sorcery,Spell,X,6,,0,466,Mali,14.5,-4.2,1,0\n";
  EventTable table;
  const ReadReport report = read_acled(text, options(), table);
  ASSERT_EQ(table.events.size(), 3u);
  EXPECT_EQ(table.events[0].violence, Violence::state_based);
  EXPECT_EQ(table.events[1].violence, Violence::non_state);
  EXPECT_EQ(table.events[2].violence, Violence::one_sided);
  EXPECT_EQ(table.events[1].start, table.events[0].start);
  EXPECT_EQ(to_text_of(table.events[0].id), "MLI101");
  EXPECT_EQ(table.text(table.events[0].state), "MLI");
  EXPECT_EQ(table.events[2].where_prec, 4);
  EXPECT_EQ(report.left_out.at("acled_kinds.tsv does not know this type of event").lines,
            std::vector<std::size_t>{6});
  EXPECT_EQ(report.left_out.at("no organized violence: a protest, a riot or a development").count, 1u);
}

const std::vector<std::int32_t> kCountries = {50, 70};

TEST(Months, WideAndLongSayTheSame) {
  MonthTable wide, tall;
  read_months("month_id,country_id,ged_sb,ged_ns,ged_os\n121,70,5,,0\n123,70,1,2,3\n", options(), kCountries,
              wide);
  const ReadReport report = read_months(
      "year,month,country_id,violence,deaths\n1990,1,70,ged_sb,5\n1990,1,70,ged_os,0\n1990,3,70,1,1\n1990,3,"
      "70,2,2\n1990,3,70,3,3\n",
      options(), kCountries, tall);
  ASSERT_EQ(wide.rows.size(), 2u);
  ASSERT_EQ(tall.rows.size(), 2u);
  EXPECT_EQ(report.duplicates, 0u);
  for (std::size_t row = 0; row < 2; ++row) {
    EXPECT_EQ(wide.rows[row].month, tall.rows[row].month);
    for (std::size_t violence = 0; violence < kViolences; ++violence) {
      const float one = wide.rows[row].deaths[violence], other = tall.rows[row].deaths[violence];
      EXPECT_TRUE(one == other || (std::isnan(one) && std::isnan(other)));
    }
  }
  EXPECT_EQ(report.missing_months, 1u);
  EXPECT_EQ(report.missing, std::vector<std::string>{"70 1990-02"});
}

TEST(Months, LeavesOutWhatCannotBe) {
  MonthTable table;
  const ReadReport report = read_months(
      "month_id,country_id,ged_sb\n121,70,-1\n122,70,inf\n123,70,1e300\n900,70,1\n0x7,70,1\n124,999,1\n125,"
      "70,nan\n126,70,7\n126,70,7\n",
      options(), kCountries, table);
  EXPECT_EQ(report.bad, 5u);
  EXPECT_EQ(report.unknown_countries.at("999"), 1u);
  EXPECT_EQ(report.left_out.at("the month is in the future").count, 1u);
  EXPECT_EQ(report.duplicates, 1u);
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_TRUE(std::isnan(table.rows[0].deaths[0]));
  EXPECT_NE(refusal_of([&] {
              MonthTable other;
              read_months("month_id,country_id,ged_sb\n121,70,1\n121,70,2\n", options(), kCountries, other);
            }).find("two rows say different numbers of the country 70 in 1990-01"),
            std::string::npos);
  EXPECT_NE(refusal_of([&] {
              MonthTable other;
              read_months("month_id,country_id,ged_sb\n121,70,1\n122,70", options(), kCountries, other);
            }).find("cut off"),
            std::string::npos);
}

constexpr std::string_view kWorldBank =
    "\xEF\xBB\xBF\"Data Source\",\"World Development Indicators\",\r\n\r\n\"Last Updated "
    "Date\",\"2024-06-28\",\r\n\r\n"
    "\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"2019\",\"2020\",\"2021\",\r\n"
    "\"Mali\",\"MLI\",\"Population, total\",\"SP.POP.TOTL\",\"20567424\",\"21224040\",\"\",\r\n"
    "\"World\",\"WLD\",\"Population, total\",\"SP.POP.TOTL\",\"1\",\"2\",\"3\",\r\n";

TEST(Indicators, ReadsTheWorldBanksFiles) {
  std::vector<IndicatorTable> tables;
  const ReadReport report = read_indicators(kWorldBank, options(), tables);
  ASSERT_EQ(tables.size(), 1u);
  EXPECT_EQ(tables[0].id, "SP.POP.TOTL");
  EXPECT_EQ(tables[0].source, "World Bank, World Development Indicators (2024-06-28)");
  ASSERT_EQ(tables[0].values.size(), 2u);
  EXPECT_EQ(tables[0].values[1].value, 21224040);
  EXPECT_EQ(report.unknown_countries.at("World"), 1u);
}

TEST(Indicators, AValueIsKnownFromJulyOfTheNextYear) {
  std::vector<IndicatorTable> tables;
  read_indicators(
      "country,year,indicator,value,source\nMali,2019,gdp,900,World Bank\nMLI,2020,gdp,850,World Bank\n",
      options(), tables);
  Panel panel;
  panel.units = {{.id = "MLI"}, {.id = "CAF"}};
  panel.first = month_of(2019, 1);
  panel.last = month_of(2035, 12);
  const Indicator indicator = joined(tables.at(0), panel);
  const auto at = [&](UnitIndex unit, int year, int month) {
    return indicator.values[panel.at(unit, month_of(year, month))];
  };
  EXPECT_TRUE(std::isnan(at(0, 2020, 6)));
  EXPECT_EQ(at(0, 2020, 7), 900);
  EXPECT_EQ(at(0, 2021, 6), 900);
  EXPECT_EQ(at(0, 2021, 7), 850);
  EXPECT_EQ(at(0, 2031, 6), 850);
  EXPECT_TRUE(std::isnan(at(0, 2031, 7)));
  EXPECT_TRUE(std::isnan(at(1, 2021, 7)));
  EXPECT_EQ(joined(tables.at(0), panel, 1).values[panel.at(0, month_of(2020, 1))], 900);
}

TEST(Indicators, NothingIsTakenWithoutASource) {
  std::vector<IndicatorTable> tables;
  EXPECT_NE(refusal_of([&] {
              read_indicators("country,year,indicator,value\nMali,2019,gdp,900\n", options(), tables);
            }).find("nobody is named"),
            std::string::npos);
  ReadOptions named = options();
  named.source = "IMF";
  read_indicators("country,year,indicator,value\nMali,2019,gdp,900\n", named, tables);
  EXPECT_EQ(tables.at(0).source, "IMF");
}

TEST(Indicators, AFileOfThousandsIsRefused) {
  std::string text = "country,year,indicator,value,source\n";
  for (int each = 0; each < 101; ++each) text += fmt::format("Mali,2019,i{},1,x\n", each);
  std::vector<IndicatorTable> tables;
  EXPECT_NE(refusal_of([&] { read_indicators(text, options(), tables); }).find("more than 100 indicators"),
            std::string::npos);
}

// Every event of the Central African Republic in GED 23.1, as UCDP gives them.
TEST(Ged, TheWholeOfOneCountryAggregatesToTheChallengesTable) {
  MITHAQ_NEEDS_SHARED();
  const std::string text = test::unpacked(test::shared() / "data/conflict/GED_v23_1_CAR.geojson.xz");
  EventTable table;
  const ReadReport report = read_ged_geojson(text, options(), table);
  EXPECT_EQ(report.kept, 1848u);
  EXPECT_TRUE(report.left_out.empty());
  for (const Event& event : table.events) ASSERT_EQ(event.cell, grid_cell(event.latitude, event.longitude));
  const std::vector<Country> countries = {{.id = "CAF", .number = 70, .gwcode = 482}};
  const Panel ours =
      country_panel(table, countries, {.first = month_of(1990, 1), .last = month_of(2022, 12)});
  MonthTable months;
  read_months(test::unpacked(test::shared() / "data/conflict/cm_ged_1990_2023.csv.xz"), options(),
              std::vector<std::int32_t>{70}, months);
  std::size_t same = 0, other = 0;
  for (const MonthRow& row : months.rows) {
    if (!ours.holds(row.month) || row.month < table.first) continue;
    for (std::size_t violence = 0; violence < kViolences; ++violence) {
      if (std::isnan(row.deaths[violence])) continue;
      const float value = ours.value(static_cast<Violence>(violence), 0, row.month);
      (value == row.deaths[violence] ? same : other) += 1;
    }
  }
  // Two of the months, because the table is of a later vintage there.
  EXPECT_EQ(same, 506u);
  EXPECT_EQ(other, 2u);
}

// Events of GED 21.1 with an exact place, summed up by cell, are the table by cell that was made from them.
TEST(Ged, EventsByCellAreTheTableByCell) {
  MITHAQ_NEEDS_SHARED();
  EventTable table;
  const ReadReport report = read_ged(
      test::unpacked(test::shared() / "data/conflict/ged211_prec12_events.csv.xz"), options(), table);
  EXPECT_EQ(report.rows, 176'579u);
  EXPECT_EQ(report.kept, 176'579u);
  const Panel ours = grid_panel(table);
  MonthTable months;
  read_months(test::unpacked(test::shared() / "data/conflict/gridcell_month_ged211_prec12.csv.xz"), options(),
              {}, months);
  EXPECT_EQ(months.rows.size(), 58'813u);
  std::unordered_map<std::int32_t, UnitIndex> units;
  for (UnitIndex unit = 0; unit < ours.units.size(); ++unit) units.emplace(ours.units[unit].number, unit);
  std::size_t same = 0, other = 0;
  double sum = 0, sum_of_table = 0;
  for (const MonthRow& row : months.rows) {
    const auto unit = units.find(row.unit);
    for (std::size_t violence = 0; violence < kViolences; ++violence) {
      const float value =
          unit == units.end() ? 0 : ours.value(static_cast<Violence>(violence), unit->second, row.month);
      (value == row.deaths[violence] ? same : other) += 1;
      sum_of_table += row.deaths[violence];
    }
  }
  for (const auto& deaths : ours.deaths)
    for (const float each : deaths) sum += std::isnan(each) ? 0 : each;
  EXPECT_GT(same, 170'000u);
  EXPECT_EQ(other, 0u);
  EXPECT_EQ(sum, sum_of_table);
}

}  // namespace
}  // namespace mithaq::events
