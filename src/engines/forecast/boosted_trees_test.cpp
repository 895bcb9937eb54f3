#include "engines/forecast/boosted_trees.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "engines/forecast/made_panel.hpp"

namespace mithaq::forecast {
namespace {

// Rows of random features, some of them not known.
struct MadeRows {
  Cases cases{};
  std::vector<TrainingRow> rows{};
  std::vector<float> first{}, second{};
  std::vector<std::uint32_t> all{};
};

MadeRows made_rows(std::size_t count, std::size_t features, std::uint64_t seed) {
  MadeRows made;
  Random random(seed);
  made.cases.features.resize(features);
  made.cases.values.resize(features);
  for (auto& column : made.cases.values) {
    for (std::size_t each = 0; each < count; ++each) {
      column.push_back(random.below(8) == 0 ? kUnknown : static_cast<float>(random.below(12)));
    }
  }
  for (CaseIndex each = 0; each < count; ++each) {
    made.cases.keys.push_back({each, 1});
    made.rows.push_back({.at = each, .lead = static_cast<std::uint16_t>(1 + random.below(3))});
    made.first.push_back(static_cast<float>(random.uniform() - 0.5));
    made.second.push_back(static_cast<float>(0.1 + random.uniform()));
  }
  made.all.resize(count);
  std::iota(made.all.begin(), made.all.end(), 0U);
  return made;
}

// What the best single cut makes of the loss, found the slow way.
double best_gain(const MadeRows& made, int leaf_rows, double shrink) {
  double best = 0;
  const std::size_t features = made.cases.values.size();
  for (std::size_t feature = 0; feature <= features; ++feature) {
    const auto value = [&](const TrainingRow& row) {
      const float known = feature == features ? row.lead : made.cases.values[feature][row.at];
      return std::isnan(known) ? -1.0F : known;
    };
    for (float cut = -1; cut < 13; ++cut) {
      double first[2] = {0, 0}, second[2] = {0, 0};
      int rows[2] = {0, 0};
      for (std::size_t row = 0; row < made.rows.size(); ++row) {
        const int side = value(made.rows[row]) <= cut ? 0 : 1;
        first[side] += made.first[row], second[side] += made.second[row], ++rows[side];
      }
      if (rows[0] < leaf_rows || rows[1] < leaf_rows) continue;
      const double whole = first[0] + first[1];
      const double gain = first[0] * first[0] / (second[0] + shrink) +
                          first[1] * first[1] / (second[1] + shrink) -
                          whole * whole / (second[0] + second[1] + shrink);
      best = std::max(best, gain);
    }
  }
  return best;
}

TEST(BoostedTrees, TheFirstCutIsTheBestOfAll) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const MadeRows made = made_rows(60, 4, seed);
    const BinnedRows binned(made.cases, made.rows, 255);
    Random random(seed);
    const TreeOptions options{.depth = 1, .leaf_rows = 5, .features_part = 1, .shrink = 1};
    const BoostedTree tree = BoostedTree::grow(binned, made.all, made.first, made.second, options, random);
    // A leaf's value v stands for the sums of its rows: Σ first = -v (Σ second + shrink).
    std::vector<double> values(60, 0.0);
    tree.add_to(binned, 1, values);
    double first = 0, second = 0, gain = 0;
    std::map<double, std::pair<double, double>> leaves;
    for (std::size_t row = 0; row < 60; ++row) {
      first += made.first[row], second += made.second[row];
      leaves[values[row]].first += made.first[row];
      leaves[values[row]].second += made.second[row];
    }
    for (const auto& [value, sums] : leaves) {
      EXPECT_NEAR(value, -sums.first / (sums.second + 1), 1e-6);
      gain += sums.first * sums.first / (sums.second + 1);
    }
    gain -= first * first / (second + 1);
    EXPECT_NEAR(gain, best_gain(made, 5, 1), 1e-6) << seed;
  }
}

TEST(BoostedTrees, RowsAndCellsOfTheSameValuesComeToTheSameLeaf) {
  const MadeRows made = made_rows(500, 6, 3);
  const BinnedRows binned(made.cases, made.rows, 8);
  Random random(1);
  const BoostedTree tree = BoostedTree::grow(binned, made.all, made.first, made.second,
                                             {.depth = 4, .leaf_rows = 3, .features_part = 0.7}, random);
  std::vector<double> values(500, 0.0);
  tree.add_to(binned, 1, values);
  std::set<double> leaves;
  for (std::size_t row = 0; row < 500; ++row) {
    EXPECT_EQ(values[row], tree.value(binned.binned(made.cases, made.rows[row].at, made.rows[row].lead)));
    leaves.insert(values[row]);
  }
  EXPECT_GT(leaves.size(), 8U);
}

TEST(BoostedTrees, BinsAscendAndCommonValuesKeepTheirOwn) {
  MadeRows made = made_rows(3000, 1, 5);
  for (std::size_t each = 0; each < 3000; ++each) {
    made.cases.values[0][each] = each < 2500 ? 0.0F : static_cast<float>(each);
  }
  const BinnedRows binned(made.cases, made.rows, 20);
  const std::vector<std::uint8_t>& column = binned.column(0);
  EXPECT_LE(binned.bins(0), 20U);
  EXPECT_GE(binned.bins(0), 18U);
  EXPECT_EQ(column[0], 1);
  EXPECT_EQ(column[2500], 2);
  for (std::size_t each = 2501; each < 3000; ++each) EXPECT_GE(column[each], column[each - 1]);
}

TEST(BoostedTrees, NoRowsAndUnknownFeaturesAreALeaf) {
  MadeRows made = made_rows(40, 2, 7);
  for (auto& column : made.cases.values) std::fill(column.begin(), column.end(), kUnknown);
  for (TrainingRow& row : made.rows) row.lead = 1;
  const BinnedRows binned(made.cases, made.rows, 255);
  Random random(1);
  const BoostedTree tree =
      BoostedTree::grow(binned, made.all, made.first, made.second, {.leaf_rows = 1}, random);
  std::vector<double> values(40, 0.0);
  tree.add_to(binned, 1, values);
  for (const double value : values) EXPECT_EQ(value, values[0]);
  const BinnedRows none(made.cases, {}, 255);
  EXPECT_TRUE(
      std::isfinite(BoostedTree::grow(none, {}, {}, {}, {}, random).value(none.binned(made.cases, 0, 1))));
}

}  // namespace
}  // namespace mithaq::forecast
