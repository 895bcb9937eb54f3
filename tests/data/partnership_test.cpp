// Holds data/partnership and data/debates against the other tables.
#include <gtest/gtest.h>

#include <set>

#include "base/table.hpp"
#include "tests/data/tables.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::test {
namespace {

std::set<std::string> access_ids() {
  return unique_ids(Table::read(data() / "access" / "statuses.tsv"));
}

std::set<std::string> register_statuses() {
  std::set<std::string> out;
  for (const auto& path : membership_tables()) {
    const Table table = Table::read(path);
    for (std::size_t row = 0; row < table.row_count(); ++row)
      out.insert(std::string(table.cell(row, "organization")) + "/" + std::string(table.cell(row, "status")));
  }
  return out;
}

void expect_all_in(const std::set<std::string>& known, const Table& table, std::size_t row,
                   std::string_view column) {
  for (const std::string_view each : split_values(table.cell(row, column)))
    EXPECT_TRUE(known.contains(std::string(each))) << place_of(table, row) << ": " << each;
}

// The values of a cell are ids of another table.
void expect_known(const std::filesystem::path& ids, const Table& table, std::size_t row,
                  std::string_view column) {
  expect_all_in(unique_ids(Table::read(ids)), table, row, column);
}

TEST(PartnershipTables, NameWhatTheOtherTablesHave) {
  const auto access = access_ids(), held = register_statuses();
  const Table paths = Table::read(data() / "partnership" / "paths.tsv");
  std::set<std::string> applied_for;
  for (std::size_t row = 0; row < paths.row_count(); ++row) {
    const std::string status =
        std::string(paths.cell(row, "organization")) + "/" + std::string(paths.cell(row, "status"));
    EXPECT_TRUE(held.contains(status)) << place_of(paths, row);
    applied_for.insert(status);
    expect_all_in(access, paths, row, "entitled");
    expect_known(data() / "bodies.tsv", paths, row, "body");
    expect_known(data() / "procedure" / "rule_sets.tsv", paths, row, "rule_sets");
    // Who applies does not decide.
    EXPECT_EQ(paths.cell(row, "entitled").find(status), std::string::npos) << place_of(paths, row);
  }
  const Table factors = Table::read(data() / "partnership" / "factors.tsv");
  for (std::size_t row = 0; row < factors.row_count(); ++row) {
    for (const std::string_view each : split_values(factors.cell(row, "statuses"))) {
      EXPECT_TRUE(
          applied_for.contains(std::string(factors.cell(row, "organization")) + "/" + std::string(each)))
          << place_of(factors, row);
    }
  }
  const Table rights = Table::read(data() / "partnership" / "rights.tsv");
  std::set<std::pair<std::string, std::string>> seen;
  for (std::size_t row = 0; row < rights.row_count(); ++row) {
    const std::string status(rights.cell(row, "status")), what(rights.cell(row, "what"));
    EXPECT_TRUE(access.contains(status)) << place_of(rights, row);
    EXPECT_TRUE(seen.emplace(status, what).second) << place_of(rights, row) << " is there twice";
  }
  // Documents are opened to Partners by data/access too: the two tables say the same.
  EXPECT_TRUE(seen.contains({"OSCE/partner_for_cooperation", "documents"}));
}

TEST(DebateTables, NameWhatTheOtherTablesHave) {
  const auto access = access_ids();
  const auto organizations = unique_ids(Table::read(data() / "organizations.tsv"));
  const Table cycles = Table::read(data() / "debates" / "cycles.tsv");
  for (std::size_t row = 0; row < cycles.row_count(); ++row) {
    expect_all_in(access, cycles, row, "concerns");
    EXPECT_TRUE(organizations.contains(std::string(cycles.cell(row, "series")))) << place_of(cycles, row);
  }
}

TEST(HostZones, AreOfKnownOrganizations) {
  const auto organizations = unique_ids(Table::read(data() / "organizations.tsv"));
  const Table zones = Table::read(data() / "host_zones.tsv");
  unique_ids(zones, "organization");
  for (std::size_t row = 0; row < zones.row_count(); ++row) {
    EXPECT_TRUE(organizations.contains(std::string(zones.cell(row, "organization")))) << place_of(zones, row);
    EXPECT_NE(zones.cell(row, "zone").find('/'), std::string_view::npos) << place_of(zones, row);
  }
}

}  // namespace
}  // namespace mithaq::test
