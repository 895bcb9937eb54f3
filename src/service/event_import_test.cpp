// Files come in, or they do not: nothing half.
#include "service/event_import.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <fstream>

#include "base/error.hpp"
#include "service/field_reports.hpp"
#include "service/read_documents.hpp"
#include "service/set_handling.hpp"
#include "tests/support/test_paths.hpp"
#include "tests/support/test_postgres.hpp"

namespace mithaq::service {
namespace {

using events::month_of;

class EventImportTest : public ::testing::TestWithParam<record::Dialect> {
 protected:
  void SetUp() override {
    if (GetParam() == record::Dialect::postgresql && test::postgres_url().empty())
      GTEST_SKIP() << "PostgreSQL is not installed";
    folder_ = std::filesystem::path(::testing::TempDir()) / ("mithaq-import-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  WorkspaceOptions options() const {
    return {.record = record::Location(folder_ / "record.mithaq"), .data = test::data(), .clock = [] {
              return std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000));
            }};
  }
  std::filesystem::path file(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }
  static std::string refusal_of(const std::function<void()>& act) {
    try {
      act();
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }
  std::filesystem::path folder_{};
  test::PostgresSchema schema_{};
};

INSTANTIATE_TEST_SUITE_P(Databases, EventImportTest,
                         testing::Values(record::Dialect::sqlite, record::Dialect::postgresql),
                         [](const auto& each) {
                           return each.param == record::Dialect::sqlite ? "sqlite" : "postgresql";
                         });

const std::string kGed =
    "id,type_of_violence,country,country_id,date_start,date_end,best,low,high,latitude,longitude\n"
    "1,1,Mali,432,2020-01-05,2020-01-05,4,4,4,14.5,-4.2\n"
    "2,3,DR Congo (Zaire),490,2021-03-05,2021-03-05,9,9,9,0.5,29.4\n";

TEST_P(EventImportTest, AFileBecomesAVintageWithItsName) {
  Workspace workspace(options());
  const ImportReport report =
      import_events(workspace, {.files = {file("GEDEvent_v23_1.csv", kGed)}, .by = "tester"});
  ASSERT_TRUE(report.vintage);
  EXPECT_EQ(report.vintage->id, "ged-23.1");
  EXPECT_EQ(report.vintage->name, "UCDP GED 23.1");
  EXPECT_EQ(report.vintage->licence, "CC BY 4.0");
  EXPECT_FALSE(report.vintage->world) << "two countries are not the world";
  EXPECT_EQ(report.vintage->countries, 2u);
  EXPECT_EQ(report.files[0].read.kept, 2u);
  EXPECT_TRUE(report.files[0].read.unknown_countries.empty());
  EXPECT_EQ(events_of(workspace, "ged-23.1").text(events_of(workspace, "ged-23.1").events[1].state), "COD");
  EXPECT_NE(refusal_of([&] {
              import_events(workspace, {.files = {folder_ / "GEDEvent_v23_1.csv"}});
            }).find("is there already"),
            std::string::npos);
}

TEST_P(EventImportTest, CandidateEventsHaveTheirVersionAndMonths) {
  Workspace workspace(options());
  const ImportReport report =
      import_events(workspace, {.files = {file("GEDEvent_v23_0_3.csv",
                                               "id,type_of_violence,country_id,date_end,best\n"
                                               "7,1,432,2023-03-05,4\n")}});
  EXPECT_EQ(report.vintage->id, "ged-candidate-23.0.3");
  EXPECT_TRUE(report.vintage->world);
  EXPECT_EQ(events::to_text(report.vintage->first), "2023-03");
}

TEST_P(EventImportTest, OfSeveralFilesAllComeInOrNone) {
  Workspace workspace(options());
  const auto good = file("a.csv", kGed), cut = file("b.csv", kGed.substr(0, kGed.size() - 20));
  EXPECT_NE(refusal_of([&] {
              import_events(workspace, {.files = {good, cut}, .vintage = "two"});
            }).find("b.csv: line 3: the file is cut off: its last row has"),
            std::string::npos);
  EXPECT_EQ(vintages(workspace).size(), 1u);
  const auto months = file("c.csv", "month_id,country_id,ged_sb\n481,50,3\n");
  EXPECT_NE(refusal_of([&] {
              import_events(workspace, {.files = {good, months}, .vintage = "two"});
            }).find("one vintage is of one layout"),
            std::string::npos);
  EXPECT_EQ(vintages(workspace).size(), 1u);
}

TEST_P(EventImportTest, WhoStopsAnImportHasImportedNothing) {
  Workspace workspace(options());
  std::string text = kGed.substr(0, kGed.find('\n') + 1);
  for (int id = 0; id < 20'000; ++id)
    text += std::to_string(id) + ",1,Mali,432,2020-01-05,2020-01-05,4,4,4,14.5,-4.2\n";
  const auto path = file("many.csv", text);
  std::size_t asked = 0;
  EXPECT_NE(refusal_of([&] {
              import_events(workspace, {.files = {path}, .progress = [&](const std::string&, double part) {
                                          EXPECT_GE(part, 0);
                                          EXPECT_LE(part, 1);
                                          return ++asked < 2;
                                        }});
            }).find("stopped; nothing was imported"),
            std::string::npos);
  EXPECT_EQ(vintages(workspace).size(), 1u);
}

TEST_P(EventImportTest, IndicatorsJoinThePanelAsTheyWereKnown) {
  Workspace workspace(options());
  const auto path =
      file("gdp.csv",
           "country,year,indicator,value,source\nMali,2019,NY.GDP.PCAP.CD,900,World Bank\n"
           "COD,2019,NY.GDP.PCAP.CD,500,World Bank\nWorld,2019,NY.GDP.PCAP.CD,11000,World Bank\n");
  const ImportReport report = import_events(workspace, {.files = {path}});
  ASSERT_EQ(report.indicators.size(), 1u);
  EXPECT_EQ(report.indicators[0].states, 2u);
  EXPECT_EQ(report.files[0].read.unknown_countries.at("World"), 1u);
  const events::Panel panel = country_panel_of(workspace);
  ASSERT_EQ(panel.indicators.size(), 1u);
  EXPECT_EQ(panel.indicators[0].id, "NY.GDP.PCAP.CD");
  EXPECT_EQ(panel.indicators[0].source, "World Bank");
  for (events::UnitIndex unit = 0; unit < panel.units.size(); ++unit) {
    if (panel.units[unit].id != "MLI") continue;
    EXPECT_TRUE(std::isnan(panel.indicators[0].values[panel.at(unit, month_of(2020, 6))]));
    EXPECT_EQ(panel.indicators[0].values[panel.at(unit, month_of(2020, 7))], 900);
  }
  EXPECT_TRUE(country_panel_of(workspace, "", {}, nullptr, {.indicators = false}).indicators.empty());
  EXPECT_NE(refusal_of([&] { import_events(workspace, {.files = {path}}); }).find("is there already"),
            std::string::npos);
  import_events(workspace, {.files = {path}, .replace = true});
  EXPECT_EQ(indicators(workspace).size(), 1u);
  // Whoever may not see it has a panel without it.
  workspace.record().view().look_as(record::Sight::of({}, ""));
  EXPECT_TRUE(country_panel_of(workspace).indicators.empty());
  workspace.record().view().look_as(record::Sight::all());
  remove_indicator(workspace, "NY.GDP.PCAP.CD", "tester");
  EXPECT_TRUE(indicators(workspace).empty());
  EXPECT_TRUE(workspace.record().verify().ok());
}

// A document that tells of an incident, for the owner and for somebody who may not see it.
TEST_P(EventImportTest, IncidentsOfTheRecordJoinForWhoMaySeeThem) {
  Workspace workspace(options());
  const auto path = file("report.txt",
                         "Report of 2 September 2018\n\n"
                         "On 14 August 2018, gunmen attacked a market in Bambari, killing 12 people.\n");
  ASSERT_EQ(read_documents(workspace, {.paths = {path}}).added, 1u);
  record::SqlStore& store = workspace.record_to_write();
  set_handling(store, store.view(),
               {.document = "report.txt",
                .handling = {.tlp = document::Tlp::amber},
                .person = {.by = "x"},
                .reason = "x"});

  events::Panel panel = country_panel_of(workspace);
  ASSERT_EQ(panel.indicators.size(), 2u);
  events::UnitIndex africa = 0;
  for (events::UnitIndex unit = 0; unit < panel.units.size(); ++unit)
    if (panel.units[unit].id == "CAF") africa = unit;
  // In the month in which it was written of, not earlier: nobody knew before.
  const std::string date = store.view().document("report.txt").metadata.date;
  const events::Month known = date.empty() ? month_of(2018, 8) : *events::month_named(date.substr(0, 7));
  EXPECT_TRUE(std::isnan(panel.indicators[0].values[panel.at(africa, known - 1)]));
  EXPECT_EQ(panel.indicators[0].values[panel.at(africa, known)], 1);
  EXPECT_EQ(panel.indicators[1].values[panel.at(africa, known)], 12);
  EXPECT_EQ(panel.indicators[0].values[panel.at(africa, known + 1)], 0);
  workspace.record_to_write().view().look_as(record::Sight::of({document::Handling{}}, ""));
  EXPECT_TRUE(country_panel_of(workspace).indicators.empty());
}

}  // namespace
}  // namespace mithaq::service
