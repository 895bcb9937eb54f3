#include "engines/procedure/rules.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::procedure {
namespace {

TEST(RuleSets, AreReadFromTheirTables) {
  const RuleSets sets = RuleSets::load(test::data() / "procedure");
  ASSERT_GE(sets.all().size(), 7u);
  const RuleSet* pc = sets.find("osce_pc");
  ASSERT_NE(pc, nullptr);
  EXPECT_TRUE(pc->parameters.starts_in_meeting);
  EXPECT_TRUE(pc->parameters.amendment_breaks);
  EXPECT_FALSE(pc->parameters.extendable);
  EXPECT_EQ(pc->parameters.entitled, std::vector<std::string>{"OSCE/participating_state"});
  EXPECT_EQ(pc->rule_for("amendment_breaks", "none"), "osce_pc/3");
  EXPECT_EQ(pc->rule_for("extendable", "none"), "none");
  const Rule* rule = sets.rule("osce_pc/3");
  ASSERT_NE(rule, nullptr);
  EXPECT_NE(rule->quote.find("before the expiration of the silence period"), std::string::npos);
  EXPECT_EQ(sets.find("unga_74_544")->parameters.min_hours, 72);
  EXPECT_EQ(sets.find("sanctions_hold")->parameters.hold_months, 6);
  EXPECT_EQ(sets.find("minus_one")->parameters.minus, 1);
  EXPECT_EQ(sets.find("oic_council")->parameters.quorum_of, 2);
  EXPECT_NE(sets.rule("procedure/order"), nullptr);
  EXPECT_EQ(sets.rule("procedure/none"), nullptr);
  EXPECT_EQ(sets.rule("none/1"), nullptr);
}

class Broken : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("mithaq_rules_" + std::to_string(testing::UnitTest::GetInstance()->random_seed()) + "_" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
    write("general.tsv", "id\tstage\ten\tar\tru\tsource\nprocedure/order\tgeneral\ta\tb\tc\tus\n");
    write("rule_sets.tsv", "id\torganization\tzone\ten\tar\tru\tsource\nhouse\tX\tUTC\ta\tb\tc\tus\n");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write(const char* name, const std::string& text) const { std::ofstream(folder_ / name) << text; }

  // What is said of a table with one rule that sets this.
  std::string complaint(const std::string& sets, const std::string& stage = "general",
                        const std::string& id = "house/1") {
    write("house.tsv", "id\tstage\tsets\ten\tar\tru\tquote\tsource\n" + id + "\t" + stage + "\t" + sets +
                           "\ta\tb\tc\tquote\tus\n");
    try {
      RuleSets::load(folder_);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
      return error.what();
    }
    return "";
  }
  std::filesystem::path folder_{};
};

constexpr const char* kGood = "entitled=X/member|silence=yes|series=D|number={series}/{n}";

TEST_F(Broken, TablesAreRefusedWithTheirLine) {
  EXPECT_EQ(complaint(kGood), "");
  EXPECT_NE(
      complaint(std::string(kGood) + "|colour=blue").find("house.tsv:2: there is no parameter \"colour\""),
      std::string::npos);
  EXPECT_NE(complaint(std::string(kGood) + "|min_hours=-1").find("no value \"-1\""), std::string::npos);
  EXPECT_NE(complaint(std::string(kGood) + "|min_hours=72h"), "");
  EXPECT_NE(complaint(std::string(kGood) + "|quorum=3/2"), "");
  EXPECT_NE(complaint(std::string(kGood) + "|quorum=1/0"), "");
  EXPECT_NE(complaint(std::string(kGood) + "|number_at=never"), "");
  EXPECT_NE(complaint(std::string(kGood) + "|silence=no").find("set twice"), std::string::npos);
  EXPECT_NE(complaint(std::string(kGood) + "|issue_after=letter").find("no rule asks for"),
            std::string::npos);
  EXPECT_NE(complaint(kGood, "dessert"), "");
  EXPECT_NE(complaint(kGood, "general", "other/1"), "");
  EXPECT_NE(complaint("silence=yes|series=D|number={n}").find("entitled"), std::string::npos);
  EXPECT_NE(complaint("entitled=X/member|silence=yes|series=D|number=D"), "");
}

TEST_F(Broken, ARuleSetDoesNotLeadOutOfTheFolder) {
  write("rule_sets.tsv", "id\torganization\tzone\ten\tar\tru\tsource\n../house\tX\tUTC\ta\tb\tc\tus\n");
  EXPECT_NE(complaint(kGood), "");
}

}  // namespace
}  // namespace mithaq::procedure
