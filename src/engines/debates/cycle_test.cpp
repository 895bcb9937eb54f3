#include "engines/debates/cycle.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::debates {
namespace {

Calendar calendar() {
  return Calendar::load(test::data() / "debates");
}

std::chrono::sys_days day(const char* text) {
  return std::chrono::sys_days(*parse_day(text));
}

TEST(Sessions, OpenOnTheDaysOnWhichTheyOpened) {
  const Calendar read = calendar();
  for (const auto& [session, opened] : std::initializer_list<std::pair<int, const char*>>{
           {73, "2018-09-18"},
           {74, "2019-09-17"},
           {75, "2020-09-15"},
           {76, "2021-09-14"},
           {77, "2022-09-13"},
           {78, "2023-09-05"},
           {79, "2024-09-10"},
           {80, "2025-09-09"},
       }) {
    const auto opens = read.opening("UN.GA", session);
    ASSERT_TRUE(opens) << session;
    EXPECT_EQ(format_day(*opens), opened) << session;
  }
  EXPECT_FALSE(read.opening("UN.GA", 1));
  EXPECT_FALSE(read.opening("OIC.CFM", 46));
}

TEST(Sessions, OneSitsUntilTheNextOpens) {
  const Calendar read = calendar();
  EXPECT_EQ(read.session_on("UN.GA", day("2025-09-08")), 79);
  EXPECT_EQ(read.session_on("UN.GA", day("2025-09-09")), 80);
  EXPECT_EQ(read.session_on("UN.GA", day("2026-01-01")), 80);
  EXPECT_FALSE(read.session_on("UN.SC", day("2026-01-01")));
}

TEST(Cycles, AnItemIsDueEveryTwoYears) {
  const Calendar read = calendar();
  const Cycle& csto = *read.cycle("un_csto");
  // The concept note of October 2016 expects it in the seventy-first session.
  EXPECT_EQ(Calendar::due(csto, 70), 71);
  EXPECT_EQ(Calendar::due(csto, 71), 73);
  EXPECT_EQ(Calendar::due(csto, 72), 73);
  EXPECT_EQ(Calendar::due(csto, 69), 71);
  EXPECT_EQ(Calendar::due(csto, 68), 69);
  EXPECT_EQ(read.next_due(csto, day("2016-06-28"))->session, 71);
  EXPECT_EQ(read.next_due(csto, day("2025-09-09")), (DueSession{81, *parse_day("2026-09-08")}));
  EXPECT_EQ(read.next_due(csto, day("2026-09-08"))->session, 81);
  EXPECT_EQ(read.next_due(csto, day("2026-09-09")), (DueSession{83, *parse_day("2028-09-05")}));
}

TEST(Cycles, ATableThatCannotBeMeantIsRefused) {
  for (const auto& [file, line] : std::initializer_list<std::pair<const char*, const char*>>{
           {"cycles.tsv", "un_csto\tUN.GA\t71\t2\t60\tCSTO/member\ta\tb\tc\tsomebody"},
           {"cycles.tsv", "x\tUN.GA\t71\t0\t60\tCSTO/member\ta\tb\tc\tsomebody"},
           {"cycles.tsv", "x\tUN.GA\t71\t2\tsoon\tCSTO/member\ta\tb\tc\tsomebody"},
           {"cycles.tsv", "x\tUN.SC\t71\t2\t60\tCSTO/member\ta\tb\tc\tsomebody"},
           {"sessions.tsv", "UN.GA\t1945\t2030\t13\t2\t2\tsomebody"},
           {"sessions.tsv", "UN.GA\t1945\t2030\t9\t2\t9\tsomebody"}}) {
    const auto folder = std::filesystem::path(testing::TempDir()) / "mithaq_bad_cycles";
    std::filesystem::remove_all(folder);
    std::filesystem::copy(test::data() / "debates", folder);
    std::ofstream(folder / file, std::ios::app) << line << "\n";
    EXPECT_THROW(Calendar::load(folder), Error) << line;
    std::filesystem::remove_all(folder);
  }
}

}  // namespace
}  // namespace mithaq::debates
