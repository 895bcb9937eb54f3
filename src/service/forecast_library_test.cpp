// Forecasts that are made once: in a file and in PostgreSQL.
#include "service/forecast_library.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "base/error.hpp"
#include "record/backup.hpp"
#include "record/database.hpp"
#include "service/made_vintage.hpp"
#include "tests/support/test_postgres.hpp"

namespace mithaq::service {
namespace {

using events::month_of;

class ForecastLibraryTest : public ::testing::TestWithParam<record::Dialect> {
 protected:
  void SetUp() override {
    if (GetParam() == record::Dialect::postgresql && test::postgres_url().empty())
      GTEST_SKIP() << "PostgreSQL is not installed";
    folder_ =
        std::filesystem::path(::testing::TempDir()) / ("mithaq-forecasts-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    Workspace workspace(options());
    workspace.record_to_write();
    keep_vintage(workspace, made_vintage("made-1", month_of(2008, 1), month_of(2019, 12)), false);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  WorkspaceOptions options() const {
    static const auto lexicon = std::make_shared<const reader::Lexicon>(reader::Lexicon::load(test::data()));
    return {.record = GetParam() == record::Dialect::sqlite ? record::Location(folder_ / "record.mithaq")
                                                            : record::Location(schema_.url()),
            .data = test::data(),
            .clock = [] { return std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000)); },
            .lexicon = lexicon,
            .key = folder_ / "key"};
  }
  std::size_t kept() const {
    const auto database = record::Database::open(options().record, record::Database::Mode::read,
                                                 std::chrono::milliseconds(5000));
    return database->has_table("forecasts")
               ? static_cast<std::size_t>(database->integer("select count(*) from forecasts", 0))
               : 0;
  }

  std::filesystem::path folder_{};
  test::PostgresSchema schema_{};
};

INSTANTIATE_TEST_SUITE_P(Databases, ForecastLibraryTest,
                         ::testing::Values(record::Dialect::sqlite, record::Dialect::postgresql),
                         [](const auto& each) {
                           return each.param == record::Dialect::sqlite ? "sqlite" : "postgresql";
                         });

TEST_P(ForecastLibraryTest, MakesAForecastOnceAndKeepsIt) {
  Workspace workspace(options());
  std::size_t told = 0;
  const auto progress = [&](const std::string&, double) { ++told; };
  ForecastLibrary first(options(), quick_settings());
  const auto made = first.make(workspace, {.vintage = "made-1"}, progress);
  EXPECT_GT(told, 0u);
  EXPECT_EQ(made->forecast().origin, month_of(2019, 12));
  EXPECT_EQ(made->forecast().units.size(), 12u);
  EXPECT_EQ(kept(), 1u);
  told = 0;
  EXPECT_EQ(first.make(workspace, {.vintage = "made-1"}, progress), made);
  ForecastLibrary second(options(), quick_settings());
  const auto again = second.make(workspace, {.vintage = "made-1"}, progress);
  EXPECT_EQ(told, 0u) << "read, not made";
  EXPECT_EQ(packed(again->kept, again->panel), packed(made->kept, made->panel));
  EXPECT_EQ(again->made_at, made->made_at);
  // Another month, other settings, other data: another forecast.
  EXPECT_NE(second.make(workspace, {.vintage = "made-1", .origin = month_of(2018, 12)})->forecast().origin,
            made->forecast().origin);
  EXPECT_EQ(kept(), 2u);
  keep_vintage(workspace, made_vintage("made-1", month_of(2008, 1), month_of(2020, 3)), true);
  EXPECT_EQ(second.make(workspace, {.vintage = "made-1"})->forecast().origin, month_of(2020, 3));
  EXPECT_EQ(kept(), 3u);
}

TEST_P(ForecastLibraryTest, MakesItAgainWhereWhatIsKeptIsDamaged) {
  Workspace workspace(options());
  const auto made = ForecastLibrary(options(), quick_settings()).make(workspace, {.vintage = "made-1"});
  {
    const auto database = record::Database::open(options().record, record::Database::Mode::write,
                                                 std::chrono::milliseconds(5000));
    database->run("delete from forecast_parts");
  }
  const auto again = ForecastLibrary(options(), quick_settings()).make(workspace, {.vintage = "made-1"});
  EXPECT_EQ(packed(again->kept, again->panel), packed(made->kept, made->panel)) << "the same numbers";
}

TEST_P(ForecastLibraryTest, SaysHowFarItIsAndGivesItWhenItIsMade) {
  Workspace workspace(options());
  ForecastLibrary library(options(), quick_settings());
  ForecastLibrary::State state = library.ask(workspace, {.vintage = "made-1"});
  for (int wait = 0; wait < 600 && !state.made; ++wait) {
    EXPECT_FALSE(state.step.empty());
    EXPECT_GE(state.part, 0);
    EXPECT_LE(state.part, 1);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    state = library.ask(workspace, {.vintage = "made-1"});
  }
  ASSERT_TRUE(state.made);
  EXPECT_EQ(library.ask(workspace, {.vintage = "made-1"}).made, state.made);
}

TEST_P(ForecastLibraryTest, RefusesWhatIsNotThere) {
  Workspace workspace(options());
  ForecastLibrary library(options(), quick_settings());
  const auto kind = [&](const ForecastAsked& asked) {
    try {
      library.make(workspace, asked);
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::bug;
  };
  EXPECT_EQ(kind({.vintage = "nothing"}), ErrorKind::not_found);
  EXPECT_EQ(kind({.vintage = "made-1", .origin = month_of(2021, 1)}), ErrorKind::not_found);
  EXPECT_EQ(kind({.vintage = "made-1", .origin = month_of(2009, 1)}), ErrorKind::invalid_input)
      << "too short a past";
  EXPECT_THROW(library.ask(workspace, {.vintage = "nothing"}), Error);
}

TEST_P(ForecastLibraryTest, BreaksOffWhenItEnds) {
  Workspace workspace(options());
  const auto begin = std::chrono::steady_clock::now();
  {
    ForecastLibrary library(options());
    library.ask(workspace, {});  // of the whole world
  }
  // At the next step, not at the end: the whole takes several times as long.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(200));
}

TEST_P(ForecastLibraryTest, KeepsAFewForecasts) {
  Workspace workspace(options());
  ForecastLibrary library(options(), {.horizon = 6, .draws = 50, .windows = 1});
  for (int month = 1; month <= 8; ++month)
    library.make(workspace, {.vintage = "made-1", .origin = month_of(2019, month)});
  EXPECT_EQ(kept(), 6u);
  std::size_t told = 0;
  ForecastLibrary(options(), {.horizon = 6, .draws = 50, .windows = 1})
      .make(workspace, {.vintage = "made-1", .origin = month_of(2019, 8)},
            [&](const std::string&, double) { ++told; });
  EXPECT_EQ(told, 0u) << "the newest stay";
}

}  // namespace
}  // namespace mithaq::service
