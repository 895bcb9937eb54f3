// Holds every line of data/memberships/ against the other tables and against the calendar.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/edtf.hpp"
#include "base/table.hpp"
#include "tests/data/tables.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::test {
namespace {

struct Line {
  std::string place{};
  DayRange begins{};
  DayRange ends{DayRange::kNoEnd, DayRange::kNoEnd};
};

// All spells of one State in one organization, whatever the status: a State is one thing at a time.
std::map<std::pair<std::string, std::string>, std::vector<Line>> chains() {
  std::map<std::pair<std::string, std::string>, std::vector<Line>> chains;
  for (const auto& path : membership_tables()) {
    const Table table = Table::read(path);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      Line line{.place = place_of(table, row)};
      line.begins = Edtf::parse(table.cell(row, "from")).value_or(Edtf::of_year(1)).days();
      if (const auto to = Edtf::parse(table.cell(row, "to")); to) line.ends = to->days();
      chains[{std::string(table.cell(row, "organization")), std::string(table.cell(row, "state"))}].push_back(
          line);
    }
  }
  return chains;
}

TEST(Memberships, NameKnownStatesOrganizationsAndStatuses) {
  const std::set<std::string> states = unique_ids(Table::read(data() / "states.tsv"));
  const std::set<std::string> organizations = unique_ids(Table::read(data() / "organizations.tsv"));
  const std::set<std::string> statuses = {"member",
                                          "participating_state",
                                          "partner_mediterranean",
                                          "partner_asian",
                                          "observer",
                                          "associate",
                                          "candidate",
                                          "suspended",
                                          "dialogue_partner",
                                          "founder",
                                          "treaty_party"};
  ASSERT_GE(membership_tables().size(), 13u);
  for (const auto& path : membership_tables()) {
    const Table table = Table::read(path);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      const auto cell = [&](const char* column) { return std::string(table.cell(row, column)); };
      EXPECT_TRUE(states.contains(cell("state"))) << place_of(table, row) << ": " << cell("state");
      EXPECT_TRUE(organizations.contains(cell("organization")))
          << place_of(table, row) << ": " << cell("organization");
      EXPECT_TRUE(statuses.contains(cell("status"))) << place_of(table, row) << ": " << cell("status");
    }
  }
}

TEST(Memberships, HaveDatesThatAreDates) {
  for (const auto& path : membership_tables()) {
    const Table table = Table::read(path);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      const std::string from(table.cell(row, "from"));
      const std::string to(table.cell(row, "to"));
      EXPECT_TRUE(is_plain_edtf(from) && Edtf::parse(from)) << place_of(table, row) << ": " << from;
      if (to.empty()) continue;
      EXPECT_TRUE(is_plain_edtf(to) && Edtf::parse(to)) << place_of(table, row) << ": " << to;
      EXPECT_LT(from, to) << place_of(table, row);
    }
  }
}

// Two spells of a chain may touch, and may lie in the same year where only the year is known, but there may
// be no day on which both hold for certain.
TEST(Memberships, OverlapNowhere) {
  for (const auto& [key, lines] : chains()) {
    for (std::size_t a = 0; a < lines.size(); ++a) {
      for (std::size_t b = a + 1; b < lines.size(); ++b) {
        const std::int64_t begin = std::max(lines[a].begins.latest, lines[b].begins.latest);
        const std::int64_t end = std::min(lines[a].ends.earliest, lines[b].ends.earliest);
        EXPECT_GE(begin, end) << key.first << ", " << key.second << ": " << lines[a].place << " and "
                              << lines[b].place << " overlap";
      }
    }
  }
}

// A State cannot belong to anything before it exists or after it has ended.
TEST(Memberships, LieWithinTheLifeOfTheState) {
  const Table states = Table::read(data() / "states.tsv");
  std::map<std::string, std::pair<DayRange, DayRange>> life;
  for (std::size_t row = 0; row < states.row_count(); ++row) {
    DayRange from;
    DayRange to;
    if (const auto date = Edtf::parse(states.cell(row, "from")); date) from = date->days();
    if (const auto date = Edtf::parse(states.cell(row, "to")); date) to = date->days();
    life[std::string(states.cell(row, "id"))] = {from, to};
  }
  // Serbia took the place of Serbia and Montenegro on the day Montenegro left, two days before its own
  // declaration.
  const std::set<std::string> continued = {"SRB"};
  constexpr std::int64_t kDaysToSettle = 120;  // records of the successor may take some time
  for (const auto& [key, lines] : chains()) {
    const auto& [from, to] = life[key.second];
    for (const Line& line : lines) {
      if (from.earliest != DayRange::kNoStart && !continued.contains(key.second)) {
        EXPECT_GE(line.begins.latest, from.earliest)
            << line.place << ": " << key.second << " did not exist yet";
      }
      if (to.latest != DayRange::kNoEnd) {
        EXPECT_NE(line.ends.earliest, DayRange::kNoEnd) << line.place << ": " << key.second << " has ended";
        EXPECT_LE(line.ends.earliest, to.latest + kDaysToSettle)
            << line.place << ": " << key.second << " has ended";
      }
    }
  }
}

}  // namespace
}  // namespace mithaq::test
