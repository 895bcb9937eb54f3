#include "reader/lexicon/symbol_rules.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/test_paths.hpp"

namespace mithaq::reader {
namespace {

TEST(SymbolRules, KnowSessionsAndYears) {
  const SymbolRules rules = SymbolRules::load(test::data());
  EXPECT_EQ(rules.year_of_security_council_resolution(1244), 1999);
  EXPECT_TRUE(rules.security_council_fits(1325, 2000));
  EXPECT_FALSE(rules.security_council_fits(1325, 2001));
  EXPECT_EQ(rules.year_of_session("OIC.CFM", 45), 2018);
  EXPECT_TRUE(rules.session_fits("UN.GA", 54, 1999));
  EXPECT_FALSE(rules.session_fits("UN.GA", 79, 1999));
  ASSERT_NE(rules.issuer_of_prefix("A"), nullptr);
  EXPECT_EQ(*rules.issuer_of_prefix("PC"), "OSCE");
  EXPECT_EQ(rules.issuer_of_prefix("XYZ"), nullptr);
}

// The names of 902 resolutions, S_RES_0834_1993_EN_GOLD.txt, say the year of each.
TEST(SymbolRules, AgreeWithTheResolutionsThemselves) {
  MITHAQ_NEEDS_SHARED();
  const SymbolRules rules = SymbolRules::load(test::data());
  const auto folder = test::shared() / "documents" / "clean" / "sc_resolutions_en";
  std::size_t checked = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("S_RES_") || name.size() < 15) continue;
    EXPECT_EQ(rules.year_of_security_council_resolution(std::stoi(name.substr(6, 4))),
              std::stoi(name.substr(11, 4)))
        << name;
    ++checked;
  }
  EXPECT_GT(checked, 800u);
}

}  // namespace
}  // namespace mithaq::reader
