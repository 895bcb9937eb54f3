// Holds every line of data/access/ against the other tables and against the register.
#include <gtest/gtest.h>

#include <set>

#include "base/fold.hpp"
#include "base/table.hpp"
#include "base/utf8.hpp"
#include "tests/data/tables.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::test {
namespace {

// "OSCE/participating_state" for each status that some State had in some organization.
std::set<std::string> held_by_some_state() {
  std::set<std::string> held;
  for (const auto& path : membership_tables()) {
    const Table table = Table::read(path);
    for (std::size_t row = 0; row < table.row_count(); ++row)
      held.insert(std::string(table.cell(row, "organization")) + "/" +
                  std::string(table.cell(row, "status")));
  }
  return held;
}

TEST(AccessStatuses, AreThoseOfTheRegister) {
  const Table table = Table::read(data() / "access" / "statuses.tsv");
  const std::set<std::string> ids = unique_ids(table);
  const std::set<std::string> held = held_by_some_state();
  const std::set<std::string> organizations = unique_ids(Table::read(data() / "organizations.tsv"));
  EXPECT_TRUE(ids.contains("public"));
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string id(table.cell(row, "id")), organization(table.cell(row, "organization"));
    for (const char* language : {"ar", "en", "ru"})
      EXPECT_FALSE(table.cell(row, language).empty())
          << place_of(table, row) << " has no name in " << language;
    if (id == "public") continue;
    EXPECT_TRUE(id.starts_with(organization + "/")) << place_of(table, row);
    EXPECT_TRUE(organizations.contains(organization)) << place_of(table, row);
    const auto given = split_values(table.cell(row, "register"));
    EXPECT_FALSE(given.empty()) << place_of(table, row) << " is given by nothing";
    for (const std::string_view status : given) {
      EXPECT_NE(status, "suspended") << place_of(table, row) << ": a suspension opens nothing";
      EXPECT_TRUE(held.contains(organization + "/" + std::string(status))) << place_of(table, row);
    }
  }
}

TEST(AccessOpenings, AreOfKnownStatusesAndIssuers) {
  const std::set<std::string> statuses = unique_ids(Table::read(data() / "access" / "statuses.tsv"));
  const std::set<std::string> organizations = unique_ids(Table::read(data() / "organizations.tsv"));
  const Table table = Table::read(data() / "access" / "openings.tsv");
  std::set<std::string> seen;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string status(table.cell(row, "status")), issuer(table.cell(row, "issuer"));
    EXPECT_TRUE(statuses.contains(status)) << place_of(table, row);
    EXPECT_TRUE(organizations.contains(issuer)) << place_of(table, row);
    const std::string key = status + "\t" + issuer + "\t" + std::string(table.cell(row, "document"));
    EXPECT_TRUE(seen.insert(key).second) << place_of(table, row) << " is there twice";
  }
  // What the leaflet on the Partners says in so many words.
  EXPECT_TRUE(seen.contains("OSCE/partner_for_cooperation\tOSCE\t"));
}

TEST(AccessPasswords, AreLongEnoughToNeedTheList) {
  const Table table = Table::read(data() / "access" / "common_passwords.tsv");
  EXPECT_GT(table.row_count(), 500u);
  std::set<std::string> folded;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string_view password = table.cell(row, "password");
    EXPECT_GE(count_code_points(password), 12u) << place_of(table, row);
    EXPECT_TRUE(folded.insert(fold(password)).second) << place_of(table, row) << " is there twice";
  }
}

}  // namespace
}  // namespace mithaq::test
