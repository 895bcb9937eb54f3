// Vintages beside the record, in a file and in PostgreSQL.
#include "service/event_library.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>

#include "base/error.hpp"
#include "record/database.hpp"
#include "tests/support/test_paths.hpp"
#include "tests/support/test_postgres.hpp"

namespace mithaq::service {
namespace {

using events::month_of;
using events::Violence;

class EventLibraryTest : public ::testing::TestWithParam<record::Dialect> {
 protected:
  void SetUp() override {
    if (GetParam() == record::Dialect::postgresql && test::postgres_url().empty())
      GTEST_SKIP() << "PostgreSQL is not installed";
    folder_ = std::filesystem::path(::testing::TempDir()) / ("mithaq-events-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  WorkspaceOptions options() const {
    return {.record = GetParam() == record::Dialect::sqlite ? record::Location(folder_ / "record.mithaq")
                                                            : record::Location(schema_.url()),
            .data = test::data(),
            .clock = [] { return std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000)); },
            .key = folder_ / "key"};
  }
  static NewVintage two_events(const std::string& id, int deaths = 3) {
    NewVintage out;
    out.info = {.id = id, .name = "Two events", .source = "a test", .licence = "none", .sha256 = "ab"};
    out.info.imported_by = "tester";
    out.table.first = month_of(2009, 1);
    out.table.last = month_of(2010, 12);
    out.table.strings = {"", "Uganda: Government", "جيش الرب"};
    events::Event event;
    event.id = 36210;
    event.start = event.end = *events::day_of(2009, 2, 20);
    event.best = event.low = event.high = deaths;
    event.country = 482;
    event.cell = 137213;
    event.conflict = 1;
    event.side_b = 2;
    out.table.events.push_back(event);
    event.id = 2;
    event.violence = Violence::one_sided;
    out.table.events.push_back(event);
    return out;
  }
  static events::UnitIndex unit(const events::Panel& panel, std::string_view id) {
    for (events::UnitIndex each = 0; each < panel.units.size(); ++each)
      if (panel.units[each].id == id) return each;
    ADD_FAILURE() << id;
    return 0;
  }
  static ErrorKind kind_of(const std::function<void()>& act) {
    try {
      act();
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::bug;
  }

  std::filesystem::path folder_{};
  test::PostgresSchema schema_{};
};

INSTANTIATE_TEST_SUITE_P(Databases, EventLibraryTest,
                         testing::Values(record::Dialect::sqlite, record::Dialect::postgresql),
                         [](const auto& each) {
                           return each.param == record::Dialect::sqlite ? "sqlite" : "postgresql";
                         });

TEST_P(EventLibraryTest, TheShippedVintageIsThereWithoutARecord) {
  Workspace workspace(options());
  const auto all = vintages(workspace);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_TRUE(all[0].shipped);
  EXPECT_EQ(all[0].kind, "country_months");
  EXPECT_EQ(events::to_text(all[0].newest), "2023-12");
  EXPECT_EQ(all[0].countries, 109u);
  const events::Panel panel = country_panel_of(workspace);
  EXPECT_EQ(panel.vintage, "ucdp-2024");
  EXPECT_EQ(panel.units.size(), 191u);
  EXPECT_FALSE(panel.neighbours[unit(panel, "MLI")].empty());
  EXPECT_EQ(kind_of([&] { events_of(workspace, "ucdp-2024"); }), ErrorKind::not_found);
  EXPECT_EQ(kind_of([&] { country_panel_of(workspace, "ged-99"); }), ErrorKind::not_found);
}

TEST_P(EventLibraryTest, WhatIsKeptComesBackAndIsAnEntry) {
  {
    Workspace workspace(options());
    const VintageInfo kept = keep_vintage(workspace, two_events("test-1"), false);
    const auto entry = workspace.record_to_write().entry(*kept.entry);
    EXPECT_NE(entry.body->find("events.imported"), std::string::npos);
    EXPECT_NE(entry.body->find("test-1"), std::string::npos);
  }
  Workspace workspace(options());
  const auto all = vintages(workspace);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[1].id, "test-1");
  EXPECT_EQ(all[1].rows, 2u);
  EXPECT_EQ(all[1].countries, 1u);
  EXPECT_EQ(all[1].imported_at, "2027-01-15T08:00:00Z");
  EXPECT_EQ(events::to_text(all[1].first), "2009-01");
  const events::EventTable table = events_of(workspace, "test-1");
  ASSERT_EQ(table.events.size(), 2u);
  EXPECT_EQ(table.text(table.events[0].side_b), "جيش الرب");
  const events::Panel panel = country_panel_of(workspace, "test-1");
  EXPECT_EQ(panel.vintage, "test-1");
  EXPECT_EQ(panel.value(Violence::state_based, unit(panel, "CAF"), month_of(2009, 2)), 3);
  EXPECT_EQ(panel.value(Violence::state_based, unit(panel, "TCD"), month_of(2009, 2)), 0);
  const events::Panel grid = grid_panel_of(workspace, "test-1");
  ASSERT_EQ(grid.units.size(), 1u);
  EXPECT_EQ(grid.value(Violence::one_sided, 0, month_of(2009, 2)), 3);
}

TEST_P(EventLibraryTest, AVintageIsReplacedOnlyWhenThatIsSaid) {
  Workspace workspace(options());
  keep_vintage(workspace, two_events("test-1"), false);
  EXPECT_EQ(kind_of([&] { keep_vintage(workspace, two_events("test-1", 9), false); }), ErrorKind::conflict);
  EXPECT_EQ(events_of(workspace, "test-1").events[0].best, 3);
  keep_vintage(workspace, two_events("test-1", 9), true);
  EXPECT_EQ(events_of(workspace, "test-1").events[0].best, 9);
  EXPECT_EQ(vintages(workspace).size(), 2u);
}

TEST_P(EventLibraryTest, WhatIsRemovedIsGone) {
  Workspace workspace(options());
  keep_vintage(workspace, two_events("test-1"), false);
  remove_vintage(workspace, "test-1", "tester");
  EXPECT_EQ(vintages(workspace).size(), 1u);
  EXPECT_EQ(kind_of([&] { events_of(workspace, "test-1"); }), ErrorKind::not_found);
  EXPECT_EQ(kind_of([&] { remove_vintage(workspace, "ucdp-2024", "tester"); }), ErrorKind::forbidden);
  EXPECT_TRUE(workspace.record().verify().ok());
  const auto database =
      record::Database::open(options().record, record::Database::Mode::read, std::chrono::seconds(1));
  EXPECT_EQ(database->integer("select count(*) from event_parts", -1), 0);
}

TEST_P(EventLibraryTest, TheDefaultIsTheNewestOfTheWorldWithAHistory) {
  Workspace workspace(options());
  keep_vintage(workspace, two_events("old"), false);
  NewVintage short_one = two_events("short");
  short_one.table.last = month_of(2009, 2);
  keep_vintage(workspace, std::move(short_one), false);
  NewVintage local = two_events("local");
  local.info.world = false;
  keep_vintage(workspace, std::move(local), false);
  EXPECT_EQ(vintage_of(workspace, "").id, "old");
  // A table of some countries knows nothing of others.
  const events::Panel panel = country_panel_of(workspace, "local");
  EXPECT_EQ(panel.value(Violence::state_based, unit(panel, "CAF"), month_of(2009, 3)), 0);
  EXPECT_FALSE(panel.known(Violence::state_based, unit(panel, "TCD"), month_of(2009, 3)));
}

TEST_P(EventLibraryTest, WhoMayNotSeeAVintageFindsNone) {
  Workspace workspace(options());
  NewVintage closed = two_events("closed");
  closed.info.handling.tlp = document::Tlp::red;
  keep_vintage(workspace, std::move(closed), false);
  EXPECT_EQ(handlings_of_vintages(workspace).size(), 1u);
  workspace.record().view().look_as(record::Sight::of({document::Handling{}}, ""));
  EXPECT_EQ(vintages(workspace).size(), 1u);
  EXPECT_EQ(kind_of([&] { country_panel_of(workspace, "closed"); }), ErrorKind::not_found);
  EXPECT_EQ(vintage_of(workspace, "").id, "ucdp-2024");
  workspace.record().view().look_as(record::Sight::of({document::Handling{.tlp = document::Tlp::red}}, ""));
  EXPECT_EQ(vintages(workspace).size(), 2u);
}

TEST_P(EventLibraryTest, TablesByMonthKeepWhatIsUnknown) {
  Workspace workspace(options());
  NewVintage months;
  months.info = {.id = "months", .name = "n", .source = "s", .licence = "l", .sha256 = "ab"};
  months.months.first = month_of(2020, 1);
  months.months.last = month_of(2021, 12);
  months.months.rows = {{70, month_of(2020, 1), {5, NAN, 0}}, {70, month_of(2021, 12), {1, 2, 3}}};
  keep_vintage(workspace, std::move(months), false);
  const events::Panel panel = country_panel_of(workspace, "months");
  const auto congo = [&] {
    for (events::UnitIndex each = 0; each < panel.units.size(); ++each)
      if (panel.units[each].number == 70) return each;
    return events::UnitIndex{0};
  }();
  EXPECT_EQ(panel.value(Violence::state_based, congo, month_of(2020, 1)), 5);
  EXPECT_FALSE(panel.known(Violence::non_state, congo, month_of(2020, 1)));
  EXPECT_FALSE(panel.known(Violence::state_based, congo, month_of(2020, 2)));
  EXPECT_EQ(kind_of([&] { grid_panel_of(workspace, "months"); }), ErrorKind::not_found);
}

// Bytes of the database that somebody changed are no answer.
TEST_P(EventLibraryTest, DamagedRowsAreSaidToBe) {
  Workspace workspace(options());
  keep_vintage(workspace, two_events("test-1"), false);
  record::Database::open(options().record, record::Database::Mode::write, std::chrono::seconds(5))
      ->run("delete from event_parts where kind='strings'");
  EXPECT_EQ(kind_of([&] { events_of(workspace, "test-1"); }), ErrorKind::corrupt);
}

TEST_P(EventLibraryTest, NothingIsKeptOfWhatIsEmptyOrHasNoName) {
  Workspace workspace(options());
  EXPECT_EQ(kind_of([&] { keep_vintage(workspace, {.info = {.id = "empty"}}, false); }),
            ErrorKind::invalid_input);
  EXPECT_EQ(kind_of([&] { keep_vintage(workspace, two_events("a b"), false); }), ErrorKind::invalid_input);
  EXPECT_EQ(kind_of([&] { keep_vintage(workspace, two_events(""), false); }), ErrorKind::invalid_input);
  EXPECT_EQ(vintages(workspace).size(), 1u);
}

}  // namespace
}  // namespace mithaq::service
