#include "engines/partnership/law.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::partnership {
namespace {

TEST(PartnershipLaw, HasTheFiveFactorsOfTheLeaflet) {
  const Law law = Law::load(test::data() / "partnership");
  const auto factors = law.factors("OSCE", "partner_asian");
  ASSERT_EQ(factors.size(), 5u);
  EXPECT_EQ(factors[0]->quote.at("ar"), "العلاقات القائمة بين المتقدم و OSCE");
  EXPECT_EQ(factors[4]->id, "benefit");
  EXPECT_EQ(law.factors("OSCE", "partner_mediterranean").size(), 5u);
  EXPECT_TRUE(law.factors("SCO", "dialogue_partner").empty());
  EXPECT_EQ(law.path("OSCE", "participating_state"), nullptr);
  ASSERT_NE(law.path("OSCE", "partner_asian"), nullptr);
  EXPECT_EQ(law.path("OSCE", "partner_asian")->entitled,
            std::vector<std::string>{"OSCE/participating_state"});
}

TEST(PartnershipLaw, SaysWhatAStatusOpensAndWhatItNeverDoes) {
  const Law law = Law::load(test::data() / "partnership");
  for (const char* what : {"documents", "invitation", "seat", "speaking", "fund", "never_blocking"})
    EXPECT_TRUE(law.opens("OSCE/partner_for_cooperation", what)) << what;
  EXPECT_FALSE(law.opens("OSCE/partner_for_cooperation", "deciding"));
  EXPECT_TRUE(law.opens("OSCE/participating_state", "deciding"));
  EXPECT_TRUE(law.opens("OSCE/partner_asian", "contact_group"));
  // No status both decides and never does.
  for (const Right& right : law.all_rights()) {
    if (right.what == "deciding") {
      EXPECT_FALSE(law.opens(right.status, "never_blocking")) << right.status;
    }
  }
}

class BadLaw : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(BadLaw, IsRefusedWithItsLine) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "mithaq_bad_law";
  std::filesystem::remove_all(folder);
  std::filesystem::copy(test::data() / "partnership", folder);
  std::ofstream(folder / GetParam().first, std::ios::app) << GetParam().second << "\n";
  try {
    Law::load(folder);
    FAIL() << "read";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
    EXPECT_NE(std::string(error.what()).find(GetParam().first), std::string::npos) << error.what();
  }
  std::filesystem::remove_all(folder);
}

INSTANTIATE_TEST_SUITE_P(
    Lines, BadLaw,
    testing::Values(std::pair("factors.tsv", "benefit\tOSCE\tpartner_asian\ta\tb\tc\td\te\tf\tsomebody"),
                    std::pair("factors.tsv", "charm\tOSCE\tpartner_asian\ta\tb\tc\t\te\tf\tsomebody"),
                    std::pair("paths.tsv", "OSCE\tpartner_asian\ta\tb\tc\td\te\tf\t1\tUTC\tsomebody"),
                    std::pair("rights.tsv", "OSCE/partner_asian\tcoffee\ta\tb\tc\tsomebody"),
                    std::pair("rules.tsv", "partnership/x\ta\tb\tc")));

}  // namespace
}  // namespace mithaq::partnership
