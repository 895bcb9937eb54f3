#include "engines/access/statuses.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/error.hpp"
#include "engines/access/decide.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::access {
namespace {

std::string page() {
  std::ifstream file(test::project() / "docs" / "access.md", std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Statuses, FollowFromWhatAStateHolds) {
  const Statuses statuses = Statuses::load(test::data() / "access");
  using Ids = std::vector<std::string>;
  EXPECT_EQ(statuses.of(std::vector<Held>{{"OSCE", "partner_mediterranean"}, {"AU", "member"}}),
            (Ids{"AU/member", "OSCE/partner_for_cooperation", "OSCE/partner_mediterranean"}));
  EXPECT_EQ(statuses.of(std::vector<Held>{{"OSCE", "participating_state"}}), Ids{"OSCE/participating_state"});
  EXPECT_EQ(
      statuses.of(std::vector<Held>{{"OIC", "suspended"}, {"", "public"}, {"AU", "participating_state"}}),
      Ids{});
}

TEST(Statuses, AreProposedForTheIssuer) {
  const Statuses statuses = Statuses::load(test::data() / "access");
  const auto proposed = statuses.proposed_for("OSCE");
  EXPECT_NE(std::find(proposed.begin(), proposed.end(), "OSCE/partner_for_cooperation"), proposed.end());
  EXPECT_TRUE(statuses.proposed_for("UNHCR").empty());
}

// docs/access.md shows the rules and the statuses as they are.
TEST(AccessPage, ShowsEveryRule) {
  const std::string text = page();
  for (const Rule& rule : rules()) {
    std::string acts;
    for (const Action action : rule.actions)
      acts += (acts.empty() ? "" : ", ") + std::string(name_of(action));
    const std::string row = "| `" + std::string(rule.name) + "` | " + acts + " | " + std::string(rule.says) +
                            " | " + std::string(rule.source) + " |\n";
    EXPECT_NE(text.find(row), std::string::npos) << "docs/access.md lacks the row\n" << row;
  }
}

TEST(AccessPage, ShowsEveryStatusAndWhatItOpens) {
  const std::string text = page();
  const Statuses statuses = Statuses::load(test::data() / "access");
  for (const Status& status : statuses.all()) {
    std::string by;
    for (const std::string& each : status.by_register) by += (by.empty() ? "" : ", ") + each;
    const std::string row =
        "| `" + status.id + "` | " + status.names.at("en") + " | " + by + " | " + status.source + " |\n";
    EXPECT_NE(text.find(row), std::string::npos) << "docs/access.md lacks the row\n" << row;
  }
  for (const Opening& opening : statuses.openings()) {
    const std::string what = opening.document.empty() ? "official documents" : opening.document;
    const std::string row =
        "| `" + opening.status + "` | " + opening.issuer + " | " + what + " | " + opening.source + " |\n";
    EXPECT_NE(text.find(row), std::string::npos) << "docs/access.md lacks the row\n" << row;
  }
}

}  // namespace
}  // namespace mithaq::access
