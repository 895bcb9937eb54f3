// Holds every line of data/bodies.tsv and data/meetings against the other tables and against what the sources
// say.
#include <gtest/gtest.h>

#include <set>

#include "base/table.hpp"
#include "tests/data/tables.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::test {
namespace {

std::set<std::string> column_of(const Table& table, std::string_view column) {
  std::set<std::string> out;
  for (std::size_t row = 0; row < table.row_count(); ++row) out.emplace(table.cell(row, column));
  return out;
}

TEST(Bodies, NameOrganizationsStatusesAndSeriesThatThereAre) {
  const Table bodies = Table::read(data() / "bodies.tsv");
  const auto organizations = unique_ids(Table::read(data() / "organizations.tsv"));
  const auto statuses = unique_ids(Table::read(data() / "access" / "statuses.tsv"));
  const auto rule_sets = unique_ids(Table::read(data() / "procedure" / "rule_sets.tsv"));
  unique_ids(bodies);
  unique_ids(bodies, "series");
  for (std::size_t row = 0; row < bodies.row_count(); ++row) {
    const auto cell = [&](std::string_view column) { return bodies.cell(row, column); };
    EXPECT_TRUE(organizations.contains(std::string(cell("organization")))) << place_of(bodies, row);
    EXPECT_TRUE(cell("known_as").empty() || organizations.contains(std::string(cell("known_as"))))
        << place_of(bodies, row);
    EXPECT_TRUE(cell("rule_set").empty() || rule_sets.contains(std::string(cell("rule_set"))))
        << place_of(bodies, row);
    std::set<std::string_view> members;
    for (const std::string_view each : split_values(cell("members"))) {
      EXPECT_TRUE(statuses.contains(std::string(each))) << place_of(bodies, row) << " " << each;
      EXPECT_TRUE(each.starts_with(std::string(cell("organization")) + "/") ||
                  each.starts_with(std::string(cell("organization")) + "."))
          << place_of(bodies, row);
      members.insert(each);
    }
    std::set<std::string_view> invited;
    for (const std::string_view each : split_values(cell("invited"))) {
      EXPECT_TRUE(statuses.contains(std::string(each))) << place_of(bodies, row) << " " << each;
      EXPECT_FALSE(members.contains(each)) << place_of(bodies, row) << ": who is a member is no guest";
      invited.insert(each);
    }
    for (const std::string_view each : split_values(cell("at_table")))
      EXPECT_TRUE(invited.contains(each.substr(0, each.find('=')))) << place_of(bodies, row);
    for (const std::string_view each : split_values(cell("seen_by")))
      EXPECT_TRUE(statuses.contains(std::string(each))) << place_of(bodies, row) << " " << each;
    EXPECT_FALSE(split_values(cell("languages")).empty()) << place_of(bodies, row);
  }
}

TEST(Chairs, AreStatesAndEveryBodyHasARule) {
  const auto states = unique_ids(Table::read(data() / "states.tsv"));
  for (const char* name : {"chairs.tsv", "rotations.tsv"}) {
    const Table table = Table::read(data() / "meetings" / name);
    for (std::size_t row = 0; row < table.row_count(); ++row)
      EXPECT_TRUE(states.contains(std::string(table.cell(row, "state")))) << place_of(table, row);
  }
  const auto ruled = column_of(Table::read(data() / "meetings" / "chair_rules.tsv"), "body");
  for (const std::string& body : unique_ids(Table::read(data() / "bodies.tsv")))
    EXPECT_TRUE(ruled.contains(body)) << body << " has no chair";
}

TEST(Chairs, TheForumGoesRoundAllWhoWereParticipatingStatesIn2026) {
  std::set<std::string> participating;
  const Table table = Table::read(data() / "memberships" / "osce.tsv");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    if (table.cell(row, "status") == "participating_state" && table.cell(row, "to").empty())
      participating.emplace(table.cell(row, "state"));
  }
  EXPECT_EQ(column_of(Table::read(data() / "meetings" / "rotations.tsv"), "state"), participating);
}

TEST(MeetingRules, AreOfBodiesThatThereAre) {
  const auto bodies = unique_ids(Table::read(data() / "bodies.tsv"));
  for (const char* name : {"calendar.tsv", "recesses.tsv", "chair_rules.tsv"}) {
    const Table table = Table::read(data() / "meetings" / name);
    for (std::size_t row = 0; row < table.row_count(); ++row)
      EXPECT_TRUE(bodies.contains(std::string(table.cell(row, "body")))) << place_of(table, row);
  }
  const Table limits = Table::read(data() / "meetings" / "speaking_limits.tsv");
  for (std::size_t row = 0; row < limits.row_count(); ++row) {
    const std::string body(limits.cell(row, "body"));
    EXPECT_TRUE(body == "*" || bodies.contains(body)) << place_of(limits, row);
  }
}

}  // namespace
}  // namespace mithaq::test
