// Holds every line of data/exchanges/ against what docs/data-files.md promises.
#include <gtest/gtest.h>

#include "base/table.hpp"
#include "tests/data/tables.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::test {
namespace {

Table table(const char* name) {
  return Table::read(data() / "exchanges" / name);
}

TEST(Exchanges, NameStatusesThatAreThere) {
  const std::set<std::string> known = unique_ids(Table::read(data() / "access" / "statuses.tsv"));
  for (const auto& [file, columns] :
       {std::pair("exchanges.tsv", std::vector{"obliged", "voluntary", "seen_by"}),
        std::pair("visits.tsv", std::vector{"asked_by", "received_by"})}) {
    const Table rows = table(file);
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
      for (const char* column : columns) {
        for (const std::string_view status : split_values(rows.cell(row, column)))
          EXPECT_TRUE(known.contains(std::string(status))) << place_of(rows, row) << " " << status;
      }
    }
  }
}

// What nobody has checked against the text says so, so that nobody takes it for the text.
TEST(Exchanges, SayWhatIsToBeChecked) {
  for (const char* file : {"exchanges.tsv", "quotas.tsv"}) {
    const Table rows = table(file);
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
      EXPECT_FALSE(rows.cell(row, "quote").empty()) << place_of(rows, row);
      EXPECT_FALSE(rows.cell(row, "paragraph").empty()) << place_of(rows, row);
      const bool from_memory = rows.cell(row, "source").find("general knowledge") != std::string_view::npos;
      const bool says_so = rows.cell(row, "source").find("to be checked") != std::string_view::npos;
      EXPECT_EQ(from_memory, says_so) << place_of(rows, row);
    }
  }
}

TEST(Exchanges, RulesOfAVisitAreThoseOfItsDocument) {
  const Table visits = table("visits.tsv"), quotas = table("quotas.tsv");
  for (std::size_t row = 0; row < visits.row_count(); ++row) {
    std::size_t rules = 0;
    for (std::size_t each = 0; each < quotas.row_count(); ++each)
      rules += quotas.cell(each, "visit") == visits.cell(row, "id");
    EXPECT_EQ(rules > 0, visits.cell(row, "basis") == "quota") << place_of(visits, row);
  }
}

}  // namespace
}  // namespace mithaq::test
