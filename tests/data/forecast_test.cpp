// What a forecast looks at has a name in each language.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/table.hpp"
#include "tests/data/tables.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::test {
namespace {

TEST(Features, HaveANameInEachLanguageWithTheSameGaps) {
  const Table table = Table::read(data() / "conflict" / "features.tsv");
  EXPECT_GE(table.row_count(), 10u);
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const bool gap = table.cell(row, "id").find("{}") != std::string_view::npos;
    for (const char* language : {"en", "ar", "ru"}) {
      const std::string_view name = table.cell(row, language);
      EXPECT_FALSE(name.empty()) << place_of(table, row) << ' ' << language;
      EXPECT_EQ(name.find("{}") != std::string_view::npos, gap) << place_of(table, row) << ' ' << language;
    }
    const std::string_view unit = table.cell(row, "unit");
    const auto units = {"deaths", "months", "share", "ratio", "index", "month"};
    EXPECT_TRUE(std::find(units.begin(), units.end(), unit) != units.end())
        << place_of(table, row) << ' ' << unit;
  }
}

}  // namespace
}  // namespace mithaq::test
