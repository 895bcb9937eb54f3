// Small regression trees for gradient boosting, grown on binned features.
//
// A tree is grown level by level. At each node the rows' first and second derivatives are summed by bin of
// each feature, and the cut is where the second-order gain is largest (Chen & Guestrin 2016, XGBoost; Ke et
// al. 2017, LightGBM). Sums are taken in the order of the rows, so that a tree is the same everywhere.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engines/forecast/cases.hpp"
#include "engines/forecast/random.hpp"

namespace mithaq::forecast {

// Features of rows as small numbers: bin 0 is "not known", the others ascend with the value. The last feature
// is the row's months ahead.
class BinnedRows {
 public:
  // Bins rows by their own values: where a feature has more values than bins, by equal shares, and values
  // that are common keep a bin of their own.
  //   bins  2 to 255, the one of the unknown included
  BinnedRows(const Cases& cases, std::span<const TrainingRow> rows, int bins);

  std::size_t rows() const { return rows_; }
  std::size_t features() const { return columns_.size(); }
  std::size_t bins(std::size_t feature) const { return edges_[feature].size() + 1; }
  const std::vector<std::uint8_t>& column(std::size_t feature) const { return columns_[feature]; }
  // Cells to forecast, in the same bins: [feature], as those of rows.
  std::vector<std::uint8_t> binned(const Cases& cases, CaseIndex at, int lead) const;

 private:
  std::uint8_t bin_of(std::size_t feature, float value) const;

  std::size_t rows_ = 0;
  std::vector<std::vector<std::uint8_t>> columns_{};  // [feature][row]
  std::vector<std::vector<float>> edges_{};           // [feature][bin - 1]: the highest value of the bin
};

struct TreeOptions {
  int depth = 5;
  int leaf_rows = 40;
  double features_part = 0.5;
  double shrink = 1;  // added to a leaf's second derivatives: small leaves say little
};

class BoostedTree {
 public:
  // Grows a tree on some rows.
  //   chosen         rows, ascending
  //   first, second  [row]: derivatives of the loss; a leaf's value is -Σ first / (Σ second + shrink)
  static BoostedTree grow(const BinnedRows& rows, std::span<const std::uint32_t> chosen,
                          std::span<const float> first, std::span<const float> second,
                          const TreeOptions& options, Random& random);

  // Adds rate * value to sums[row] of all rows.
  void add_to(const BinnedRows& rows, double rate, std::span<double> sums) const;
  // The value of a cell that BinnedRows::binned gave.
  double value(std::span<const std::uint8_t> bins) const;

 private:
  struct Node {
    std::uint32_t feature = 0;
    std::uint32_t left = 0;  // the right one follows it; 0: a leaf
    std::uint8_t bin = 0;    // up to and with it: left
    double value = 0;
  };
  std::vector<Node> nodes_{};
};

}  // namespace mithaq::forecast
