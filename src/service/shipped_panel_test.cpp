#include "service/shipped_panel.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "base/error.hpp"
#include "tests/support/test_paths.hpp"
#include "tests/support/unpacked.hpp"

namespace mithaq::service {
namespace {

using events::month_of;
using events::Panel;
using events::UnitIndex;
using events::Violence;

UnitIndex unit_of(const Panel& panel, std::string_view id) {
  for (UnitIndex unit = 0; unit < panel.units.size(); ++unit)
    if (panel.units[unit].id == id) return unit;
  ADD_FAILURE() << "no unit " << id;
  return 0;
}

TEST(ShippedPanel, KnowsWhatItKnowsAndNoMore) {
  const Panel panel = shipped_panel(test::data());
  EXPECT_EQ(panel.units.size(), 191u);
  EXPECT_EQ(panel.first, month_of(1990, 1));
  EXPECT_EQ(panel.last, month_of(2023, 12));
  const UnitIndex south_sudan = unit_of(panel, "SSD"), ethiopia = unit_of(panel, "ETH");
  // Before a State exists nothing is known of it; before November 2017 only one kind was counted.
  EXPECT_FALSE(panel.known(Violence::state_based, south_sudan, month_of(2011, 6)));
  EXPECT_TRUE(panel.known(Violence::state_based, south_sudan, month_of(2011, 7)));
  EXPECT_FALSE(panel.known(Violence::one_sided, ethiopia, month_of(2017, 10)));
  EXPECT_TRUE(panel.known(Violence::one_sided, ethiopia, month_of(2017, 11)));
  // The summary event of 2022, in the month of its last day.
  EXPECT_EQ(panel.value(Violence::state_based, ethiopia, month_of(2022, 10)), 124427);
  EXPECT_EQ(panel.value(Violence::state_based, unit_of(panel, "ISL"), month_of(2000, 1)), 0);
}

TEST(ShippedPanel, NeighboursAreMutualAndKnown) {
  const Panel panel = shipped_panel(test::data());
  std::size_t pairs = 0;
  for (UnitIndex unit = 0; unit < panel.units.size(); ++unit) {
    for (const UnitIndex other : panel.neighbours[unit]) {
      const auto& back = panel.neighbours[other];
      EXPECT_TRUE(std::binary_search(back.begin(), back.end(), unit)) << panel.units[unit].id;
      ++pairs;
    }
    EXPECT_FALSE(panel.units[unit].region.empty()) << panel.units[unit].id;
  }
  EXPECT_EQ(pairs, 2 * 303u);
  const auto& mali = panel.neighbours[unit_of(panel, "MLI")];
  std::vector<std::string> names;
  for (const UnitIndex other : mali) names.push_back(panel.units[other].id);
  EXPECT_EQ(names, (std::vector<std::string>{"BFA", "CIV", "DZA", "GIN", "MRT", "NER", "SEN"}));
  EXPECT_TRUE(panel.neighbours[unit_of(panel, "LKA")].empty());
}

// Every cell of the table that the facts were taken from.
TEST(ShippedPanel, IsTheSourceToTheDigit) {
  MITHAQ_NEEDS_SHARED();
  std::istringstream lines(test::unpacked(test::shared() / "data/conflict/cm_ged_1990_2023.csv.xz"));
  const Panel panel = shipped_panel(test::data());
  std::map<std::int32_t, UnitIndex> by_number;
  for (UnitIndex unit = 0; unit < panel.units.size(); ++unit)
    by_number.emplace(panel.units[unit].number, unit);
  std::string line;
  std::getline(lines, line);
  ASSERT_EQ(line, "month_id,year,month,country_id,gwcode,iso3,ged_sb,ged_ns,ged_os");
  std::size_t known = 0;
  while (std::getline(lines, line)) {
    std::vector<std::string> cells;
    std::istringstream row(line + ",");
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    ASSERT_EQ(cells.size(), 9u) << line;
    const UnitIndex unit = by_number.at(std::stoi(cells[3]));
    for (std::size_t violence = 0; violence < events::kViolences; ++violence) {
      const float value = panel.value(static_cast<Violence>(violence), unit, std::stoi(cells[0]));
      if (cells[6 + violence].empty()) {
        ASSERT_TRUE(std::isnan(value)) << line;
      } else {
        ASSERT_EQ(value, std::stof(cells[6 + violence])) << line;
        ++known;
      }
    }
  }
  std::size_t ours = 0;
  for (const auto& all : panel.deaths)
    for (const float value : all) ours += std::isnan(value) ? 0 : 1;
  EXPECT_EQ(ours, known) << "the panel knows what the source does not";
  EXPECT_GT(known, 100'000u);
}

// A table that somebody damaged says where.
TEST(ShippedPanel, RefusesADamagedTableByLine) {
  const auto folder = std::filesystem::temp_directory_path() / "mithaq-shipped-panel";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const auto damage = [&](const std::string& name, const std::string& from, const std::string& to) {
    std::filesystem::remove_all(folder / "conflict");
    std::filesystem::copy(test::data() / "conflict", folder / "conflict");
    std::ifstream in(folder / "conflict" / name);
    std::stringstream text;
    text << in.rdbuf();
    std::string changed = text.str();
    const std::size_t at = changed.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    changed.replace(at, from.size(), to);
    std::ofstream(folder / "conflict" / name) << changed;
    try {
      shipped_panel(folder);
      ADD_FAILURE() << name << " with " << to << " was taken";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
      EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << error.what();
    }
  };
  damage("deaths.tsv", "\t54\t149\t", "\t-54\t149\t");
  damage("deaths.tsv", "AFG\t1990\t", "XXX\t1990\t");
  damage("deaths.tsv", "AFG\t1990\t", "AFG\t1989\t");
  damage("deaths.tsv", "state_based", "state_made");
  damage("coverage.tsv", "2023-12", "2023-13");
  damage("countries.tsv", "\t700\t", "\tx\t");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace mithaq::service
