// Holds data/conflict against data/states.tsv and itself.
#include <gtest/gtest.h>

#include <regex>

#include "tests/data/tables.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::test {
namespace {

Table conflict(const std::string& name) {
  return Table::read(data() / "conflict" / name);
}

std::set<std::string> states() {
  return unique_ids(Table::read(data() / "states.tsv"));
}

TEST(ConflictTables, CountriesAreStatesWithNumbersOfTheirOwn) {
  const Table table = conflict("countries.tsv");
  const std::set<std::string> known = states();
  unique_ids(table, "views");
  unique_ids(table, "gw");
  static const std::regex kMonth(R"((19|20)\d\d-(0[1-9]|1[0-2]))"), kRegion(R"(\d{3})"),
      kNumber(R"([1-9]\d*)");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const auto cell = [&](std::string_view column) { return std::string(table.cell(row, column)); };
    EXPECT_TRUE(known.contains(cell("id"))) << place_of(table, row);
    EXPECT_TRUE(std::regex_match(cell("views"), kNumber)) << place_of(table, row);
    EXPECT_TRUE(std::regex_match(cell("gw"), kNumber)) << place_of(table, row);
    EXPECT_TRUE(std::regex_match(cell("region"), kRegion)) << place_of(table, row);
    for (const char* column : {"from", "to"})
      EXPECT_TRUE(cell(column).empty() || std::regex_match(cell(column), kMonth)) << place_of(table, row);
  }
  EXPECT_EQ(table.row_count(), 191u);
}

TEST(ConflictTables, BordersAreBetweenCountriesOnceEach) {
  const std::set<std::string> known = unique_ids(conflict("countries.tsv"));
  const Table table = conflict("neighbours.tsv");
  std::set<std::pair<std::string, std::string>> pairs;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string one(table.cell(row, "country")), other(table.cell(row, "neighbour"));
    EXPECT_TRUE(known.contains(one) && known.contains(other)) << place_of(table, row);
    EXPECT_LT(one, other) << place_of(table, row);
    EXPECT_TRUE(pairs.emplace(one, other).second) << place_of(table, row);
  }
  EXPECT_GT(pairs.size(), 280u);
}

TEST(ConflictTables, NamesLeadToStatesAndTypesToKinds) {
  const std::set<std::string> known = states();
  const Table names = conflict("country_names.tsv");
  for (std::size_t row = 0; row < names.row_count(); ++row)
    EXPECT_TRUE(known.contains(std::string(names.cell(row, "state")))) << place_of(names, row);
  const Table kinds = conflict("acled_kinds.tsv");
  const std::set<std::string> allowed = {"state_based", "non_state", "one_sided", "none"};
  std::set<std::string>
      decided;  // types whose line without a condition came already: what follows is never asked
  for (std::size_t row = 0; row < kinds.row_count(); ++row) {
    const std::string type(kinds.cell(row, "event_type")), condition(kinds.cell(row, "if"));
    EXPECT_TRUE(allowed.contains(std::string(kinds.cell(row, "kind")))) << place_of(kinds, row);
    EXPECT_TRUE(condition.empty() || condition == "state" || condition == "civilians")
        << place_of(kinds, row);
    EXPECT_FALSE(decided.contains(type)) << place_of(kinds, row);
    if (condition.empty() && kinds.cell(row, "sub_event_type").empty()) decided.insert(type);
  }
}

}  // namespace
}  // namespace mithaq::test
