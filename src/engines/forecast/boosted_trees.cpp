#include "engines/forecast/boosted_trees.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.hpp"

namespace mithaq::forecast {
namespace {

// Enough for the shares of 255 bins; sorting all rows would cost more than growing the trees.
constexpr std::size_t kBinnedFrom = 20000;

// The highest value of each bin but the last, from a sorted sample of known values.
std::vector<float> edges_of(const std::vector<float>& sorted, std::size_t bins) {
  struct Value {
    float value = 0;
    std::size_t count = 0;
  };
  std::vector<Value> distinct;
  for (const float each : sorted) {
    if (distinct.empty() || distinct.back().value != each) distinct.push_back({each, 0});
    ++distinct.back().count;
  }
  std::vector<float> edges;
  if (distinct.size() <= bins) {
    for (const Value& each : distinct) edges.push_back(each.value);
  } else {
    // Values that fill a bin alone keep it; the others share what is left.
    const std::size_t common = sorted.size() / bins;
    std::size_t alone = 0, rest = sorted.size();
    for (const Value& each : distinct) {
      if (each.count > common) ++alone, rest -= each.count;
    }
    const double share =
        static_cast<double>(rest) / static_cast<double>(std::max<std::size_t>(1, bins - alone));
    std::size_t filled = 0;
    for (std::size_t each = 0; each < distinct.size() && edges.size() + 1 < bins; ++each) {
      const bool full =
          distinct[each].count > common || (each + 1 < distinct.size() && distinct[each + 1].count > common);
      filled += distinct[each].count;
      if (full || static_cast<double>(filled) >= share) {
        edges.push_back(distinct[each].value);
        filled = 0;
      }
    }
    edges.push_back(distinct.back().value);
  }
  return edges;
}

struct Sums {
  double first = 0, second = 0;
  std::uint32_t rows = 0;
};

struct Split {
  double gain = 0;
  std::uint32_t feature = 0;
  std::uint8_t bin = 0;
};

}  // namespace

BinnedRows::BinnedRows(const Cases& cases, std::span<const TrainingRow> rows, int bins) : rows_(rows.size()) {
  expect(bins >= 2 && bins <= 255, "bins that fit in a byte");
  const std::size_t features = cases.values.size() + 1;
  columns_.assign(features, std::vector<std::uint8_t>(rows.size()));
  edges_.resize(features);
  const std::size_t stride = rows.size() / kBinnedFrom + 1;
  std::vector<float> sample;
  for (std::size_t feature = 0; feature < features; ++feature) {
    const bool is_lead = feature + 1 == features;
    const auto value_of = [&](const TrainingRow& row) {
      return is_lead ? static_cast<float>(row.lead) : cases.values[feature][row.at];
    };
    sample.clear();
    for (std::size_t row = 0; row < rows.size(); row += stride) {
      const float value = value_of(rows[row]);
      if (!std::isnan(value)) sample.push_back(value);
    }
    std::sort(sample.begin(), sample.end());
    edges_[feature] = edges_of(sample, static_cast<std::size_t>(bins) - 1);
    for (std::size_t row = 0; row < rows.size(); ++row)
      columns_[feature][row] = bin_of(feature, value_of(rows[row]));
  }
}

std::uint8_t BinnedRows::bin_of(std::size_t feature, float value) const {
  const std::vector<float>& edges = edges_[feature];
  if (std::isnan(value) || edges.empty()) return 0;
  // What lies above all values of the rows goes with the highest.
  const auto at = std::lower_bound(edges.begin(), edges.end() - 1, value);
  return static_cast<std::uint8_t>(at - edges.begin() + 1);
}

std::vector<std::uint8_t> BinnedRows::binned(const Cases& cases, CaseIndex at, int lead) const {
  std::vector<std::uint8_t> bins(features());
  for (std::size_t feature = 0; feature + 1 < features(); ++feature) {
    bins[feature] = bin_of(feature, cases.values[feature][at]);
  }
  bins.back() = bin_of(features() - 1, static_cast<float>(lead));
  return bins;
}

BoostedTree BoostedTree::grow(const BinnedRows& rows, std::span<const std::uint32_t> chosen,
                              std::span<const float> first, std::span<const float> second,
                              const TreeOptions& options, Random& random) {
  // Some features, by partial Fisher-Yates; then ascending, so that ties fall to the lower one.
  std::vector<std::uint32_t> features(rows.features());
  std::iota(features.begin(), features.end(), 0U);
  const auto tried = std::max<std::size_t>(
      1, static_cast<std::size_t>(std::lround(options.features_part * static_cast<double>(features.size()))));
  for (std::size_t each = 0; each < tried && each < features.size(); ++each) {
    std::swap(features[each],
              features[each + random.below(static_cast<std::uint32_t>(features.size() - each))]);
  }
  features.resize(std::min(tried, features.size()));
  std::sort(features.begin(), features.end());
  std::vector<std::size_t> offsets{0};  // of each feature's bins in a histogram
  for (const std::uint32_t feature : features) offsets.push_back(offsets.back() + rows.bins(feature));

  using Histogram = std::vector<Sums>;
  struct Open {  // a node that may still be cut
    std::size_t node = 0;
    std::size_t begin = 0, end = 0;  // its rows in `order`
    Sums total{};
    Histogram histogram{};
  };
  std::vector<std::uint32_t> order(chosen.begin(), chosen.end()), aside(chosen.size());
  std::vector<float> near_first(chosen.size()), near_second(chosen.size());
  const auto histogram_of = [&](std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; ++at) {
      near_first[at] = first[order[at]];
      near_second[at] = second[order[at]];
    }
    Histogram histogram(offsets.back());
    for (std::size_t each = 0; each < features.size(); ++each) {
      const std::uint8_t* column = rows.column(features[each]).data();
      Sums* bins = histogram.data() + offsets[each];
      for (std::size_t at = begin; at < end; ++at) {
        Sums& bin = bins[column[order[at]]];
        bin.first += near_first[at];
        bin.second += near_second[at];
        ++bin.rows;
      }
    }
    return histogram;
  };
  const auto worth = [&](double sum_first, double sum_second) {
    return sum_first * sum_first / (sum_second + options.shrink);
  };
  const auto leaf_rows = static_cast<std::uint32_t>(options.leaf_rows);
  const auto best_split = [&](const Open& open) {
    Split best;
    const double whole = worth(open.total.first, open.total.second);
    for (std::size_t each = 0; each < features.size(); ++each) {
      const Sums* bins = open.histogram.data() + offsets[each];
      const std::size_t count = offsets[each + 1] - offsets[each];
      Sums left;
      for (std::size_t bin = 0; bin + 1 < count; ++bin) {
        if (bins[bin].rows == 0) continue;
        left.first += bins[bin].first;
        left.second += bins[bin].second;
        left.rows += bins[bin].rows;
        if (left.rows < leaf_rows) continue;
        if (open.total.rows - left.rows < leaf_rows) break;
        const double gain = worth(left.first, left.second) +
                            worth(open.total.first - left.first, open.total.second - left.second) - whole;
        if (gain > best.gain) best = {gain, features[each], static_cast<std::uint8_t>(bin)};
      }
    }
    return best;
  };

  BoostedTree tree;
  tree.nodes_.emplace_back();
  Open root{.node = 0, .begin = 0, .end = order.size()};
  for (const std::uint32_t row : order) {
    root.total.first += first[row];
    root.total.second += second[row];
    ++root.total.rows;
  }
  const auto set_value = [&](const Open& open) {
    tree.nodes_[open.node].value = -open.total.first / (open.total.second + options.shrink);
  };
  set_value(root);
  if (options.depth > 0) root.histogram = histogram_of(root.begin, root.end);
  std::vector<Open> level;
  level.push_back(std::move(root));
  for (int depth = 0; depth < options.depth && !level.empty(); ++depth) {
    const bool last = depth + 1 == options.depth;
    std::vector<Open> below;
    for (Open& open : level) {
      const Split split = best_split(open);
      if (!(split.gain > 1e-9)) continue;
      const std::vector<std::uint8_t>& column = rows.column(split.feature);
      // Rows keep their order on both sides.
      Open left{}, right{};
      std::size_t to = open.begin, put_aside = 0;
      for (std::size_t at = open.begin; at < open.end; ++at) {
        const std::uint32_t row = order[at];
        const bool goes_left = column[row] <= split.bin;
        Sums& sums = (goes_left ? left : right).total;
        sums.first += first[row];
        sums.second += second[row];
        ++sums.rows;
        if (goes_left) {
          order[to++] = row;
        } else {
          aside[put_aside++] = row;
        }
      }
      std::copy_n(aside.begin(), put_aside, order.begin() + static_cast<std::ptrdiff_t>(to));
      const std::size_t children = tree.nodes_.size();
      tree.nodes_.resize(children + 2);
      tree.nodes_[open.node].feature = split.feature;
      tree.nodes_[open.node].bin = split.bin;
      tree.nodes_[open.node].left = static_cast<std::uint32_t>(children);
      left.node = children, left.begin = open.begin, left.end = to;
      right.node = children + 1, right.begin = to, right.end = open.end;
      set_value(left);
      set_value(right);
      if (!last) {
        // The larger side is what is left of the whole without the smaller.
        Open& small = left.total.rows <= right.total.rows ? left : right;
        Open& large = left.total.rows <= right.total.rows ? right : left;
        const bool small_may = small.total.rows >= 2 * leaf_rows,
                   large_may = large.total.rows >= 2 * leaf_rows;
        if (small_may || large_may) small.histogram = histogram_of(small.begin, small.end);
        if (large_may) {
          large.histogram = std::move(open.histogram);
          for (std::size_t bin = 0; bin < large.histogram.size(); ++bin) {
            large.histogram[bin].first -= small.histogram[bin].first;
            large.histogram[bin].second -= small.histogram[bin].second;
            large.histogram[bin].rows -= small.histogram[bin].rows;
          }
        }
        if (small_may) below.push_back(std::move(small));
        if (large_may) below.push_back(std::move(large));
      }
    }
    level = std::move(below);
  }
  return tree;
}

void BoostedTree::add_to(const BinnedRows& rows, double rate, std::span<double> sums) const {
  std::vector<const std::uint8_t*> columns;
  for (const Node& node : nodes_) columns.push_back(rows.column(node.feature).data());
  for (std::size_t row = 0; row < sums.size(); ++row) {
    std::size_t at = 0;
    while (nodes_[at].left != 0) at = nodes_[at].left + (columns[at][row] <= nodes_[at].bin ? 0U : 1U);
    sums[row] += rate * nodes_[at].value;
  }
}

double BoostedTree::value(std::span<const std::uint8_t> bins) const {
  std::size_t at = 0;
  while (nodes_[at].left != 0) at = nodes_[at].left + (bins[nodes_[at].feature] <= nodes_[at].bin ? 0U : 1U);
  return nodes_[at].value;
}

}  // namespace mithaq::forecast
