// Holds every line of data/organizations.tsv and data/themes.tsv against what the reader and the record need
// of them.
#include <gtest/gtest.h>

#include <map>

#include "base/edtf.hpp"
#include "base/table.hpp"
#include "tests/data/tables.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::test {
namespace {

// Every row's parent is a row, and no row is its own ancestor.
void expect_parents_exist(const Table& table) {
  const std::set<std::string> ids = unique_ids(table);
  std::map<std::string, std::string> parent_of;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string parent(table.cell(row, "parent"));
    if (!parent.empty()) {
      EXPECT_TRUE(ids.contains(parent)) << place_of(table, row) << ": " << parent;
    }
    parent_of[std::string(table.cell(row, "id"))] = parent;
  }
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    std::string at(table.cell(row, "id"));
    std::size_t steps = 0;
    while (!at.empty() && ++steps <= parent_of.size()) at = parent_of[at];
    EXPECT_TRUE(at.empty()) << place_of(table, row) << " is its own ancestor";
  }
}

TEST(Organizations, HaveKnownKindsAndParents) {
  const Table table = Table::read(data() / "organizations.tsv");
  const std::set<std::string> kinds = {"organization", "organ",   "office",   "mission", "programme",
                                       "court",        "fund",    "group",    "unit",    "process",
                                       "force",        "network", "ministry", "event",   "other"};
  EXPECT_GE(table.row_count(), 400u);
  expect_parents_exist(table);
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    EXPECT_TRUE(kinds.contains(std::string(table.cell(row, "kind"))))
        << place_of(table, row) << ": " << table.cell(row, "kind");
  }
}

TEST(Organizations, HaveNames) {
  const Table table = Table::read(data() / "organizations.tsv");
  std::size_t in_three_languages = 0;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const auto has = [&](const char* language) { return !table.cell(row, language).empty(); };
    EXPECT_TRUE(has("en")) << place_of(table, row) << " has no English name";
    if (has("ar") && has("en") && has("fr")) ++in_three_languages;
  }
  EXPECT_GE(in_three_languages, 400u) << "of " << table.row_count();
}

TEST(Organizations, BeginBeforeTheyEnd) {
  const Table table = Table::read(data() / "organizations.tsv");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string from(table.cell(row, "from"));
    const std::string to(table.cell(row, "to"));
    EXPECT_TRUE(from.empty() || Edtf::parse(from)) << place_of(table, row) << ": " << from;
    EXPECT_TRUE(to.empty() || Edtf::parse(to)) << place_of(table, row) << ": " << to;
    if (!from.empty() && !to.empty()) {
      EXPECT_LE(from, to) << place_of(table, row);
    }
  }
}

TEST(Themes, HaveParentsNamesAndTerms) {
  const Table table = Table::read(data() / "themes.tsv");
  EXPECT_GE(table.row_count(), 30u);
  expect_parents_exist(table);
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    for (const auto* column : {"ar", "en", "ru", "terms_ar", "terms_en"}) {
      EXPECT_FALSE(table.cell(row, column).empty()) << place_of(table, row) << " has no " << column;
    }
  }
}

}  // namespace
}  // namespace mithaq::test
