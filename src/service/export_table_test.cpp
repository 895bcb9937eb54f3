#include "service/export_table.hpp"

#include <gtest/gtest.h>

namespace mithaq::service {
namespace {

TEST(ExportTable, NoCellIsAFormula) {
  EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
  EXPECT_EQ(csv_cell("+cmd|' /C calc'!A0"), "'+cmd|' /C calc'!A0");
  EXPECT_EQ(csv_cell("-2, then"), "\"'-2, then\"");
  EXPECT_EQ(csv_cell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(csv_cell("\t=1"), "'\t=1");
  EXPECT_EQ(csv_cell("#org+name"), "#org+name");
  EXPECT_EQ(csv_cell("قال \"نعم\""), "\"قال \"\"نعم\"\"\"");
  EXPECT_EQ(csv_cell(""), "");
}

TEST(ExportTable, KnowsItsFormats) {
  for (const char* name : {"csv", "hxl", "xlsx", "jsonl"}) {
    const auto format = table_format_named(name);
    ASSERT_TRUE(format.has_value()) << name;
    EXPECT_FALSE(media_type_of(*format).empty());
  }
  EXPECT_FALSE(table_format_named("exe").has_value());
}

}  // namespace
}  // namespace mithaq::service
