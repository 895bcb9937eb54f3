#include "service/party_statuses.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/test_paths.hpp"

namespace mithaq::service {
namespace {

bool holds(const std::vector<access::Held>& held, const char* organization, const char* status) {
  return std::any_of(held.begin(), held.end(), [&](const access::Held& each) {
    return each.organization == organization && each.status == status;
  });
}

TEST(PartyStatuses, AreThoseOfTheDay) {
  const auto of = party_statuses(
      {.record = record::Location(std::filesystem::path(testing::TempDir()) / "no_record.mithaq"),
       .data = test::data()});
  using namespace std::chrono;
  // Mongolia was an Asian Partner from 2004 and is a participating State since 21 November 2012.
  const auto before = of("MNG", sys_days(2012y / 11 / 20) + hours(23));
  EXPECT_TRUE(holds(before, "OSCE", "partner_asian"));
  EXPECT_FALSE(holds(before, "OSCE", "participating_state"));
  const auto after = of("MNG", sys_days(2012y / 11 / 21));
  EXPECT_FALSE(holds(after, "OSCE", "partner_asian"));
  EXPECT_TRUE(holds(after, "OSCE", "participating_state"));
  EXPECT_TRUE(of("OSCE", sys_days(2026y / 1 / 1)).empty());
  EXPECT_TRUE(of("nobody", sys_days(2026y / 1 / 1)).empty());
}

}  // namespace
}  // namespace mithaq::service
