// Holds data/fund and data/selection against ISO 4217's form and the rules that the engines name.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <sstream>

#include "tests/data/tables.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::test {
namespace {

TEST(FundTables, CurrenciesHaveCodesNumbersAndNames) {
  const Table table = Table::read(data() / "fund" / "currencies.tsv");
  const std::set<std::string> codes = unique_ids(table, "code");
  unique_ids(table, "number");
  static const std::regex kCode("[A-Z]{3}"), kNumber(R"(\d{3})"), kDigits("[0-3]");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const auto cell = [&](std::string_view column) { return std::string(table.cell(row, column)); };
    EXPECT_TRUE(std::regex_match(cell("code"), kCode)) << place_of(table, row);
    EXPECT_TRUE(std::regex_match(cell("number"), kNumber)) << place_of(table, row);
    EXPECT_TRUE(std::regex_match(cell("digits"), kDigits)) << place_of(table, row);
    for (const char* language : {"ar", "en", "ru"})
      EXPECT_FALSE(cell(language).empty()) << place_of(table, row);
  }
  EXPECT_GT(codes.size(), 150u);
  const auto digits = [&](std::string_view code) {
    for (std::size_t row = 0; row < table.row_count(); ++row)
      if (table.cell(row, "code") == code) return std::string(table.cell(row, "digits"));
    return std::string();
  };
  EXPECT_EQ(digits("EUR"), "2");
  EXPECT_EQ(digits("JPY"), "0");
  EXPECT_EQ(digits("TND"), "3");
}

// Every rule that an engine or its desk names can be quoted, in three languages; and none is listed that
// nobody names.
TEST(FundTables, EveryRuleThatIsNamedIsQuoted) {
  for (const auto& [folder, engine, desk] :
       {std::tuple{"fund", "fund", "fund_desk.cpp"}, {"selection", "selection", "calls_desk.cpp"}}) {
    const Table table = Table::read(data() / folder / "rules.tsv");
    const std::set<std::string> listed = unique_ids(table, "id");
    std::set<std::string> named;
    std::vector<std::filesystem::path> files = {project() / "src" / "secretariat" / desk};
    for (const auto& each : std::filesystem::directory_iterator(project() / "src" / "engines" / engine))
      if (each.path().string().ends_with(".cpp") && !each.path().string().ends_with("_test.cpp"))
        files.push_back(each.path());
    for (const auto& path : files) {
      std::ostringstream text;
      text << std::ifstream(path).rdbuf();
      const std::string source = text.str();
      static const std::regex kRule(R"re("((fund|call)/[a-z_]+)")re");
      for (auto each = std::sregex_iterator(source.begin(), source.end(), kRule);
           each != std::sregex_iterator(); ++each)
        named.insert((*each)[1]);
    }
    for (const std::string& rule : named) EXPECT_TRUE(listed.contains(rule)) << rule;
    for (std::size_t row = 0; row < table.row_count(); ++row)
      for (const char* language : {"ar", "en", "ru"})
        EXPECT_FALSE(table.cell(row, language).empty()) << place_of(table, row);
    EXPECT_GT(named.size(), 15u);
  }
}

TEST(FundTables, EveryThemeHasASectorAndOrganizationsAreKnown) {
  const std::set<std::string> themes = unique_ids(Table::read(data() / "themes.tsv"));
  const Table sectors = Table::read(data() / "fund" / "iati_sectors.tsv");
  EXPECT_EQ(unique_ids(sectors, "theme"), themes);
  static const std::regex kSector(R"([1-9]\d{4})"), kIdentifier(R"([A-Z]{2,3}-[A-Z]+-\d+)");
  for (std::size_t row = 0; row < sectors.row_count(); ++row)
    EXPECT_TRUE(std::regex_match(std::string(sectors.cell(row, "sector")), kSector))
        << place_of(sectors, row);
  const std::set<std::string> known = unique_ids(Table::read(data() / "organizations.tsv"));
  const Table organizations = Table::read(data() / "fund" / "iati_organizations.tsv");
  unique_ids(organizations, "identifier");
  for (const std::string& id : unique_ids(organizations)) EXPECT_TRUE(known.contains(id)) << id;
  for (std::size_t row = 0; row < organizations.row_count(); ++row)
    EXPECT_TRUE(std::regex_match(std::string(organizations.cell(row, "identifier")), kIdentifier))
        << place_of(organizations, row);
}

TEST(FundTables, AccountsAreNamedInThreeLanguages) {
  const Table table = Table::read(data() / "fund" / "accounts.tsv");
  unique_ids(table, "id");
  for (std::size_t row = 0; row < table.row_count(); ++row)
    for (const char* language : {"ar", "en", "ru"})
      EXPECT_FALSE(table.cell(row, language).empty()) << place_of(table, row);
}

}  // namespace
}  // namespace mithaq::test
