// Holds every line of every table of data/ against what docs/data-files.md promises of all tables.
#include <gtest/gtest.h>

#include "base/table.hpp"
#include "base/utf8.hpp"
#include "tests/data/tables.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::test {
namespace {

TEST(EveryTable, HasASourceOnEachLine) {
  std::size_t lines = 0;
  for (const auto& path : all_tables()) {
    const Table table = Table::read(path);
    ASSERT_TRUE(table.has_column("source")) << path << " has no column source";
    for (std::size_t row = 0; row < table.row_count(); ++row, ++lines) {
      EXPECT_FALSE(table.cell(row, "source").empty()) << place_of(table, row) << " has no source";
    }
  }
  EXPECT_GT(lines, 250u);
}

TEST(EveryTable, HasNoIdTwice) {
  for (const auto& path : all_tables()) {
    const Table table = Table::read(path);
    if (table.has_column("id")) unique_ids(table);
  }
}

TEST(PlainEdtf, TellsDatesFromWhatIsNone) {
  for (const auto* date : {"1969", "1969-09", "1969-09-25", "2024-02-29", "1993?", "1993~"}) {
    EXPECT_TRUE(is_plain_edtf(date)) << date;
  }
  for (const auto* date :
       {"", "69", "1969-13", "1969-9", "1969-02-29", "2023-04-31", "1969/09", "since 1969"}) {
    EXPECT_FALSE(is_plain_edtf(date)) << date;
  }
}

}  // namespace
}  // namespace mithaq::test
