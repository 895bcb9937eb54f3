// Holds data/procedure against the other tables. What its parameters mean is tested in src/engines/procedure.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "base/table.hpp"
#include "base/zone.hpp"
#include "tests/data/tables.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::test {
namespace {

TEST(ProcedureTables, RuleSetsAreOfKnownOrganizationsAndStatuses) {
  const std::set<std::string> organizations = unique_ids(Table::read(data() / "organizations.tsv"));
  const std::set<std::string> statuses = unique_ids(Table::read(data() / "access" / "statuses.tsv"));
  const Table sets = Table::read(data() / "procedure" / "rule_sets.tsv");
  std::set<std::string> files{"general.tsv", "rule_sets.tsv"};
  for (std::size_t row = 0; row < sets.row_count(); ++row) {
    const std::string id(sets.cell(row, "id"));
    files.insert(id + ".tsv");
    EXPECT_TRUE(organizations.contains(std::string(sets.cell(row, "organization")))) << place_of(sets, row);
    EXPECT_TRUE(Zone::named(sets.cell(row, "zone"))) << place_of(sets, row);
    const Table rules = Table::read(data() / "procedure" / (id + ".tsv"));
    bool entitled = false;
    for (std::size_t rule = 0; rule < rules.row_count(); ++rule) {
      for (const std::string_view setting : split_values(rules.cell(rule, "sets"))) {
        if (!setting.starts_with("entitled=")) continue;
        entitled = true;
        const std::string status(setting.substr(9));
        EXPECT_TRUE(status == "named" || statuses.contains(status)) << place_of(rules, rule) << ' ' << status;
      }
    }
    EXPECT_TRUE(entitled) << id;
  }
  // A table that no rule set names is read by nobody.
  for (const auto& path : all_tables()) {
    if (path.parent_path().filename() == "procedure") {
      EXPECT_TRUE(files.contains(path.filename().string())) << path;
    }
  }
}

// docs/procedures.md quotes each rule as the tables have it.
TEST(ProcedureTables, ThePageOnProceduresQuotesEveryRule) {
  std::stringstream text;
  text << std::ifstream(project() / "docs" / "procedures.md").rdbuf();
  const std::string page = text.str();
  for (const auto& path : all_tables()) {
    if (path.parent_path().filename() != "procedure" || path.filename() == "rule_sets.tsv") continue;
    const Table table = Table::read(path);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      for (const char* column : {"en", "quote"})
        EXPECT_NE(page.find(table.cell(row, column)), std::string::npos)
            << place_of(table, row) << ' ' << column;
    }
  }
}

TEST(ProcedureTables, BodiesDecideByRuleSetsThatThereAre) {
  const std::set<std::string> sets = unique_ids(Table::read(data() / "procedure" / "rule_sets.tsv"));
  const Table bodies = Table::read(data() / "bodies.tsv");
  for (std::size_t row = 0; row < bodies.row_count(); ++row) {
    const std::string set(bodies.cell(row, "rule_set"));
    EXPECT_TRUE(set.empty() || sets.contains(set)) << place_of(bodies, row) << ' ' << set;
  }
}

}  // namespace
}  // namespace mithaq::test
