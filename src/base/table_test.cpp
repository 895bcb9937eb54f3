#include "base/table.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace mithaq {
namespace {

TEST(Table, ReadsRowsByColumnName) {
  const Table table =
      Table::parse("# months\nid\tar\tsource\n11\tتشرين الثاني|نوفمبر\tUN\n12\n", "months.tsv");
  ASSERT_EQ(table.row_count(), 2u);
  EXPECT_EQ(split_values(table.cell(0, "ar")), (std::vector<std::string_view>{"تشرين الثاني", "نوفمبر"}));
  EXPECT_EQ(table.cell(1, "ar"), "");
  EXPECT_EQ(table.line_of(1), 4u);
  EXPECT_THROW(table.column("fr"), Error);
}

TEST(Table, RefusesARowWithTooManyCells) {
  try {
    Table::parse("id\tsource\na\tb\tc\n", "bad.tsv");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "bad.tsv:2: 3 cells, but only 2 columns");
  }
}

TEST(TableRows, GivesOneRowAfterTheOther) {
  TableRows rows("# words\nword\tcount\tsource\n\nفي\t7\tUN\n# again\nمن\t5", "words.tsv");
  const std::size_t word = rows.column("word"), source = rows.column("source");
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.cell(word), "في");
  EXPECT_EQ(rows.line(), 4u);
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.cell(word), "من");
  EXPECT_EQ(rows.cell(source), "");
  EXPECT_EQ(rows.line(), 6u);
  EXPECT_FALSE(rows.next());
  EXPECT_THROW(rows.column("words"), Error);
}

TEST(TableRows, RefusesARowWithTooManyCells) {
  TableRows rows("a\tb\n1\t2\n1\t2\t3\n", "t");
  ASSERT_TRUE(rows.next());
  EXPECT_THROW(rows.next(), Error);
}

TEST(Table, KeepsItsCellsWhenMoved) {
  Table table = Table::parse("a\tb\n1\t2\n", "t");
  const Table moved = std::move(table);
  EXPECT_EQ(moved.cell(0, "b"), "2");
}

}  // namespace
}  // namespace mithaq
