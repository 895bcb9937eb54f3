#include "service/iati.hpp"

#include <cstdlib>
#include <fstream>
#include <pugixml.hpp>

#include "base/error.hpp"
#include "service/convening_fixture.hpp"

namespace mithaq::service {
namespace {

class IatiTest : public FundFixture {
 protected:
  std::string exported() { return iati_xml(*workspace_, ""); }
};

TEST_F(IatiTest, NeedsAFundOfAnOrganizationWithAnIdentifier) {
  EXPECT_THROW(exported(), Error);
  done("", "fund.opened",
       {{"series", "TF"}, {"title", {{"en", "x"}}}, {"currency", "EUR"}, {"rates_per", "USD"}});
  EXPECT_THROW(exported(), Error);
}

// The rules of the standard's ruleset that concern such an export, held without the schema at hand.
TEST_F(IatiTest, KeepsTheRulesOfTheStandard) {
  a_running_fund();
  done("", "fund.project_opened",
       {{"title", {{"en", "Inside"}}},
        {"themes", {"elections"}},
        {"beneficiaries", {"TUN"}},
        {"starts", "2026-06-01"},
        {"ends", "2026-07-01"},
        {"handling", {{"tlp", "TLP:AMBER"}, {"recipients", {"AUT"}}}}});
  const std::string text = exported();
  pugi::xml_document xml;
  ASSERT_TRUE(xml.load_string(text.c_str()));
  EXPECT_STREQ(xml.child("iati-activities").attribute("version").value(), "2.03");
  const auto activities = xml.select_nodes("//iati-activity");
  ASSERT_EQ(activities.size(), 1u) << "what is not for everybody is not published";
  const pugi::xml_node activity = activities.first().node();
  const std::string reporting = activity.child("reporting-org").attribute("ref").value();
  EXPECT_EQ(activity.child("iati-identifier").text().get(), reporting + "-PF-2026-001");
  std::map<std::string, std::string> titles;
  for (const pugi::xml_node narrative : activity.child("title").children("narrative"))
    titles[narrative.attribute("xml:lang").value()] = narrative.text().get();
  EXPECT_EQ(titles.size(), 3u);
  EXPECT_EQ(titles["ar"], "أمن الحدود <وإدارتها>");
  for (const char* element : {"recipient-country", "sector"}) {
    int hundredths = 0, count = 0;
    for (const pugi::xml_node each : activity.children(element)) {
      const std::string percentage = each.attribute("percentage").value();
      ASSERT_EQ(percentage[percentage.size() - 3], '.') << percentage;
      hundredths += std::atoi(percentage.substr(0, percentage.size() - 3).c_str()) * 100 +
                    std::atoi(percentage.substr(percentage.size() - 2).c_str());
      ++count;
    }
    EXPECT_EQ(hundredths, 10'000) << element;
    EXPECT_EQ(count, 3) << element;
  }
  // A budget covers at most a year, and its parts add up to what was planned.
  std::int64_t cents = 0;
  int parts = 0;
  for (const pugi::xml_node budget : activity.children("budget")) {
    const auto day = [&](const char* end) {
      return std::chrono::sys_days(*parse_day(budget.child(end).attribute("iso-date").value()));
    };
    EXPECT_LE((day("period-end") - day("period-start")).count(), 365);
    std::string value = budget.child("value").text().get();
    value.erase(value.find('.'), 1);
    cents += std::atoll(value.c_str());
    ++parts;
  }
  EXPECT_EQ(parts, 3);
  EXPECT_EQ(cents, 4'000'001);
  // The reversed payment and its reversal are left out.
  EXPECT_EQ(activity.select_nodes("transaction").size(), 2u);
  EXPECT_EQ(
      std::string(activity.select_node("transaction[transaction-type/@code='4']/value").node().text().get()),
      "850.50");
  EXPECT_EQ(text.find("ليلى"), std::string::npos);
  EXPECT_EQ(text.find("cmd|"), std::string::npos);
  for (const auto& date : activity.select_nodes("activity-date[@type='2' or @type='4']"))
    EXPECT_LE(std::string(date.node().attribute("iso-date").value()), "2026-03-29");
}

TEST_F(IatiTest, ValidatesAgainstTheSchema) {
  MITHAQ_NEEDS_SHARED();
  if (std::system("command -v xmllint >/dev/null 2>&1") != 0) GTEST_SKIP() << "no xmllint";
  a_running_fund();
  done("", "fund.project_closed", {{"report", {{"ar", "تقرير"}}}}, "PF-2026-001");
  const auto path = folder_ / "iati.xml";
  std::ofstream(path) << exported();
  const std::string schema =
      (test::shared() / "data/standards/iati_2.03/iati-activities-schema.xsd").string();
  EXPECT_EQ(std::system(("xmllint --nonet --noout --schema " + schema + " " + path.string()).c_str()), 0);
}

}  // namespace
}  // namespace mithaq::service
