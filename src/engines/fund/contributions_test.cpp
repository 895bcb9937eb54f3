#include "engines/fund/contributions.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::fund {
namespace {

const Currencies& currencies() {
  static const Currencies known = Currencies::of(Table::read(test::data() / "fund" / "currencies.tsv"));
  return known;
}

std::string refused(std::string_view text) {
  const auto read = read_contributions(text, currencies());
  const auto* refusal = std::get_if<acts::Refusal>(&read);
  return refusal == nullptr ? "" : refusal->rule + ": " + refusal->reason;
}

TEST(Contributions, AreReadWhateverTheSeparator) {
  for (const char* text :
       {"contributor,amount,currency,day,reference\nAUT,25000.00,EUR,2026-03-02,\"A, 1\"\n",
        "\xEF\xBB\xBF"
        "day;reference;contributor;amount\r\n\r\n2026-03-02;A, 1;AUT;٢٥٠٠٠ EUR\r\n",
        "amount\tcontributor\tday\treference\n\"25000 EUR\"\tAUT\t2026-03-02\tA, 1"}) {
    const auto read = read_contributions(text, currencies());
    ASSERT_TRUE(std::holds_alternative<std::vector<Contribution>>(read)) << refused(text);
    const auto& rows = std::get<std::vector<Contribution>>(read);
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].contributor, "AUT");
    EXPECT_EQ(rows[0].amount, (Money{.minor = 2'500'000, .currency = "EUR"}));
    EXPECT_EQ(rows[0].reference, "A, 1");
    EXPECT_EQ(format_day(rows[0].day), "2026-03-02");
  }
}

TEST(Contributions, AFormulaIsRefusedWhereverItStands) {
  for (const char* cell : {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "  =1", "\"\t=1\"", "＝1+1",
                           "\"=HYPERLINK(\"\"x\"\")\""})
    EXPECT_EQ(refused("contributor,amount,day,reference\nAUT,5 EUR,2026-03-02," + std::string(cell) + "\n"),
              "fund/formula: line 2 of the table holds a formula; send the values alone")
        << cell;
  EXPECT_EQ(refused("=contributor,amount,day\nAUT,5 EUR,2026-03-02\n").substr(0, 12), "fund/formula");
  EXPECT_EQ(refused("contributor,amount,day,reference\nAUT,5 EUR,2026-03-02,-17\n"), "");
}

TEST(Contributions, WhatIsNotPlainIsRefusedWithItsLine) {
  const std::string head = "contributor,amount,currency,day\n";
  EXPECT_EQ(refused(head), "fund/table: the table has no rows");
  EXPECT_EQ(refused(""), "fund/table: the table has no rows");
  EXPECT_EQ(refused("contributor,amount\n"), "fund/table: line 1 of the table: the column day is missing");
  EXPECT_EQ(refused("contributor,amount,day,day\n"),
            "fund/table: line 1 of the table: the column day is there twice");
  EXPECT_EQ(refused("contributor,amount,day,iban\n"),
            "fund/table: line 1 of the table: there is no column \"iban\"");
  EXPECT_EQ(refused(head + "AUT,5,EUR,2026-03-02\n\nAUT,5,EUR,02.03.2026\n"),
            "fund/table: line 4 of the table: a day is written as 2026-03-29");
  EXPECT_EQ(refused(head + "AUT,-5,EUR,2026-03-02\n"),
            "fund/table: line 2 of the table: the amount is above zero");
  EXPECT_NE(refused(head + "AUT,\"1,000\",EUR,2026-03-02\n"), "");
  EXPECT_NE(refused(head + "AUT,5,EUX,2026-03-02\n"), "");
  EXPECT_NE(refused(head + ",5,EUR,2026-03-02\n"), "");
  EXPECT_NE(refused(head + "AUT,5,EUR,2026-03-02,,,,\n"), "");
  EXPECT_NE(refused(head + "\"AUT,5,EUR,2026-03-02\n"), "");
  EXPECT_NE(refused(head + "AUT,5,EUR,2026-03-02\xff\n"), "");
  EXPECT_NE(refused(std::string(kContributionBytesMax + 1, 'a')), "");
  EXPECT_NE(refused(std::string(10'000, ',')), "");
  std::string long_table = head;
  for (std::size_t row = 0; row <= kContributionsMax; ++row) long_table += "AUT,5,EUR,2026-03-02\n";
  EXPECT_EQ(refused(long_table), "fund/table: line 1002 of the table: a table has at most 1000 rows");
}

TEST(Contributions, AnyBytesAreReadOrRefused) {
  Random random(5);
  const std::string pieces = "contributor,amount,currency,day\n\"\r;\t=+-@AUT5EUR2026-03-02٥\xff";
  for (int each = 0; each < 20'000; ++each) {
    std::string text = random.below(2) == 0 ? "contributor,amount,currency,day\n" : "";
    for (std::uint32_t size = random.below(60); size > 0; --size)
      text += pieces[random.below(static_cast<std::uint32_t>(pieces.size()))];
    const auto read = read_contributions(text, currencies());
    if (const auto* rows = std::get_if<std::vector<Contribution>>(&read)) {
      for (const Contribution& row : *rows) EXPECT_GT(row.amount.minor, 0);
    }
  }
}

}  // namespace
}  // namespace mithaq::fund
