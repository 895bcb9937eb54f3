#include "engines/forecast/forest.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "base/error.hpp"
#include "engines/forecast/parallel.hpp"
#include "engines/forecast/random.hpp"

namespace mithaq::forecast {

namespace {

constexpr std::size_t kBins = 256;  // of a byte; the last is for what is not known

double scaled(Scale scale, double deaths) {
  switch (scale) {
    case Scale::log1p:
      return std::log1p(std::max(deaths, 0.0));
    case Scale::square_root:
      return std::sqrt(std::max(deaths, 0.0));
    case Scale::deaths:
      return deaths;
    case Scale::any:
      return deaths > 0 ? 1 : 0;
    case Scale::at_least_25:
      return deaths >= 25 ? 1 : 0;
    case Scale::at_least_100:
      return deaths >= 100 ? 1 : 0;
    case Scale::at_least_1000:
      return deaths >= 1000 ? 1 : 0;
  }
  return 0;
}

// Where values are cut into at most `bins` bins: half by how many values a bin has, half by how far it
// reaches. By number alone, the few largest wars would be in one bin.
//   values  none is NaN; sorted here
std::vector<float> cuts_of(std::vector<float>& values, int bins) {
  std::sort(values.begin(), values.end());
  std::vector<float> distinct;
  std::vector<double> mass;  // of each distinct value: its part of the values, and of the way to the next
  for (const float value : values) {
    if (distinct.empty() || distinct.back() != value) {
      distinct.push_back(value);
      mass.push_back(0);
    }
    mass.back() += 1 / static_cast<double>(values.size());
  }
  if (distinct.empty()) return {};
  const double range = static_cast<double>(distinct.back()) - distinct.front();
  for (std::size_t each = 0; each + 1 < distinct.size() && std::isfinite(range); ++each) {
    mass[each] += (static_cast<double>(distinct[each + 1]) - distinct[each]) / range;
  }
  std::vector<float> cuts;
  double left = std::accumulate(mass.begin(), mass.end(), 0.0);  // not yet in a closed bin
  double here = 0;                                               // in the open bin
  for (std::size_t each = 0; each + 1 < distinct.size(); ++each) {
    here += mass[each];
    const auto bins_left = static_cast<std::size_t>(bins) - cuts.size();
    if (bins_left <= 1) break;
    const double fair = left / static_cast<double>(bins_left);
    const bool few_left = distinct.size() - each <= bins_left;
    if (here < fair && mass[each + 1] < fair && !few_left) continue;
    const float between = distinct[each] + (distinct[each + 1] - distinct[each]) / 2;
    // Between infinities there is no middle.
    cuts.push_back(std::isfinite(between) && between < distinct[each + 1] ? between : distinct[each]);
    left -= here;
    here = 0;
  }
  return cuts;
}

// Sums over rows: their weight, and their outcomes on each scale by weight. In whole numbers, so that a sum
// is exact, whatever the order, and so is that of one side of a split from the other's.
template <std::size_t kLanes>
struct alignas(kLanes * sizeof(std::int32_t)) Sums {
  std::array<std::int32_t, kLanes> lanes{};  // the weight first

  Sums& operator+=(const Sums& other) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) lanes[lane] += other.lanes[lane];
    return *this;
  }
  Sums& operator-=(const Sums& other) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) lanes[lane] -= other.lanes[lane];
    return *this;
  }
  double squares() const {
    double sum = 0;
    for (std::size_t lane = 1; lane < kLanes; ++lane) {
      sum += static_cast<double>(lanes[lane]) * static_cast<double>(lanes[lane]);
    }
    return sum;
  }
};
// No sum of all rows' sizes goes above this.
constexpr double kSumMax = 1 << 30;

// A division of a node's rows.
template <typename Node, typename Row>
struct Split {
  Node node{};
  double score = 0;  // of the sums on both sides, Σ sum² / weight; the higher the more alike they are
  bool found = false;
  bool sampled = false;  // `left` is of a sample of the rows
  Row left{};
};

}  // namespace

std::uint8_t Forest::Bins::bin_of(float value) const {
  if (std::isnan(value)) return kNotKnown;
  return static_cast<std::uint8_t>(std::lower_bound(cuts.begin(), cuts.end(), value) - cuts.begin());
}

class ForestBuilder {
 public:
  ForestBuilder(const Training& training, const ForestOptions& options, Forest& forest)
      : training_(training),
        options_(options),
        forest_(forest),
        features_(training.cases.features.size() + 1) {
    if (training.rows.empty())
      throw Error(ErrorKind::invalid_input, "There are no past months to learn from.");
    if (options.trees < 1 || options.leaf_rows < 1 || options.bins < 2 || options.bins > 255 ||
        options.split_rows < 2 || options.scales.empty() || options.scales.size() > kScalesMax ||
        !(options.features_part > 0) || !(options.rows_part > 0) || options.depth_max < 0 ||
        features_ >= Forest::kLeaf) {
      throw Error(ErrorKind::invalid_input, "These options make no forest.");
    }
  }

  void build() {
    take_outcomes();
    take_bins();
    const bool same_weights = std::all_of(forest_.weight_.begin(), forest_.weight_.end(),
                                          [&](float weight) { return weight == forest_.weight_[0]; });
    if (options_.scales.size() <= 3) {
      same_weights ? grow_all<4, true>() : grow_all<4, false>();
    } else {
      same_weights ? grow_all<8, true>() : grow_all<8, false>();
    }
  }

 private:
  void take_outcomes() {
    const auto& rows = training_.rows;
    for (const TrainingRow& row : rows) {
      expect(std::isfinite(row.outcome) && std::isfinite(row.weight) && row.weight > 0,
             "rows with a known outcome and a weight");
      forest_.outcomes_.push_back(row.outcome);
      forest_.weight_.push_back(row.weight);
    }
    std::sort(forest_.outcomes_.begin(), forest_.outcomes_.end());
    forest_.outcomes_.erase(std::unique(forest_.outcomes_.begin(), forest_.outcomes_.end()),
                            forest_.outcomes_.end());
    for (const TrainingRow& row : rows) {
      forest_.rank_.push_back(static_cast<std::uint32_t>(
          std::lower_bound(forest_.outcomes_.begin(), forest_.outcomes_.end(), row.outcome) -
          forest_.outcomes_.begin()));
    }
  }

  // The bins of the rows' cases; no other case is looked at, for it may lie after the origin.
  void take_bins() {
    const Cases& cases = training_.cases;
    std::vector<CaseIndex> used;
    for (const TrainingRow& row : training_.rows) used.push_back(row.at);
    std::sort(used.begin(), used.end());
    used.erase(std::unique(used.begin(), used.end()), used.end());
    forest_.bins_.resize(features_);
    // Whole rows within a cache line, where they fit.
    stride_ = features_ <= 64 ? std::bit_ceil(features_) : (features_ + 63) / 64 * 64;
    codes_.resize(training_.rows.size() * stride_);
    in_parallel(features_, training_.threads, [&](std::size_t feature) {
      const bool lead = feature + 1 == features_;
      std::vector<float> values;
      const auto take = [&](float value) {
        if (!std::isnan(value)) values.push_back(value);
      };
      if (lead) {
        for (const TrainingRow& row : training_.rows) take(row.lead);
      } else {
        for (const CaseIndex at : used) take(cases.values[feature][at]);
      }
      forest_.bins_[feature].cuts = cuts_of(values, options_.bins);
      for (std::size_t row = 0; row < training_.rows.size(); ++row) {
        const TrainingRow& each = training_.rows[row];
        codes_[row * stride_ + feature] = forest_.bins_[feature].bin_of(
            lead ? static_cast<float>(each.lead) : cases.values[feature][each.at]);
      }
    });
  }

  template <std::size_t kLanes, bool kSameWeights>
  void grow_all() {
    const std::span<const TrainingRow> rows = training_.rows;
    double total = 0;
    for (const TrainingRow& row : rows) total += row.weight;
    std::vector<std::vector<double>> values;  // [scale][row], around its mean, by weight
    double sizes_max = 0;
    for (const Scale scale : options_.scales) {
      double mean = 0;
      for (const TrainingRow& row : rows) mean += row.weight * scaled(scale, row.outcome) / total;
      double variance = 0;
      for (const TrainingRow& row : rows) {
        variance += row.weight * std::pow(scaled(scale, row.outcome) - mean, 2) / total;
      }
      std::vector<double>& value = values.emplace_back(rows.size(), 0.0);
      if (variance < 1e-12) continue;
      double sizes = 0;
      for (std::size_t row = 0; row < rows.size(); ++row) {
        value[row] = rows[row].weight * (scaled(scale, rows[row].outcome) - mean) / std::sqrt(variance);
        sizes += std::abs(value[row]);
      }
      sizes_max = std::max(sizes_max, sizes);
    }
    const double unit = sizes_max > 0 ? kSumMax / sizes_max : 0;
    std::vector<Sums<kLanes>> sums(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
      auto& lanes = sums[row].lanes;
      lanes[0] =
          kSameWeights ? 1 : std::max(1, static_cast<std::int32_t>(kSumMax / total * rows[row].weight));
      for (std::size_t scale = 0; scale < values.size(); ++scale) {
        lanes[1 + scale] = static_cast<std::int32_t>(std::lround(unit * values[scale][row]));
      }
    }
    forest_.trees_.resize(static_cast<std::size_t>(options_.trees));
    in_parallel(forest_.trees_.size(), training_.threads, [&](std::size_t tree) {
      Grower<kLanes, kSameWeights>(*this, sums, tree).grow(forest_.trees_[tree]);
    });
  }

  // Grows one tree. Small subtrees are grown on a copy of their rows, side by side in memory.
  template <std::size_t kLanes, bool kSameWeights>
  class Grower {
    using Row = Sums<kLanes>;
    static constexpr std::size_t kGroup = 4;  // features whose sums are made in one pass over the rows
    static constexpr std::size_t kSmallBytes = 1 << 18;  // fits into the cache of a core
    static constexpr std::size_t kMany = 512;            // rows, which touch most bins
    static constexpr std::size_t kSampleFewest = 3;      // of a sample's rows on either side
    struct Histogram {
      std::array<Row, kBins> sums{};
      std::array<std::uint32_t, kBins> counts{};  // of the rows; not kept where the weight says it
      std::array<std::uint64_t, kBins / 64> touched{};
    };
    using Found = Split<Forest::Node, Row>;

   public:
    Grower(const ForestBuilder& builder, std::span<const Row> sums, std::size_t tree)
        : builder_(builder),
          all_sums_(sums),
          sums_(sums.data()),
          codes_(builder.codes_.data()),
          ranks_(builder.forest_.rank_.data()),
          stride_(builder.stride_),
          random_(builder.training_.seed, tree),
          histograms_(kGroup) {
      const std::size_t features = builder.features_;
      const double part = builder.options_.features_part * static_cast<double>(features);
      tried_ = std::clamp<std::size_t>(static_cast<std::size_t>(std::lround(part)), 1, features);
      order_.resize(features);
      std::iota(order_.begin(), order_.end(), std::uint16_t{0});
    }

    void grow(Forest::Tree& tree) {
      draw_rows(tree.rows);
      other_.resize(tree.rows.size());
      struct Waiting {
        std::uint32_t begin, end;
        int depth;
        std::uint32_t parent;  // whose right child it is
        Row total;
      };
      constexpr std::uint32_t kNone = 0xffffffff;
      std::vector<Waiting> waiting{
          {0, static_cast<std::uint32_t>(tree.rows.size()), 0, kNone, total_of(tree.rows)}};
      std::uint32_t copied_end = 0;  // the rows before are copied, or done
      while (!waiting.empty()) {
        const Waiting node = waiting.back();
        waiting.pop_back();
        const auto place = static_cast<std::uint32_t>(tree.nodes.size());
        if (node.parent != kNone) tree.nodes[node.parent].right = place;
        tree.nodes.emplace_back();
        const std::span<std::uint32_t> rows(tree.rows.data() + node.begin, node.end - node.begin);
        if (node.begin >= copied_end) {
          sums_ = all_sums_.data();
          codes_ = builder_.codes_.data();
          ranks_ = builder_.forest_.rank_.data();
          if (rows.size() * (sizeof(Row) + stride_) <= kSmallBytes) {
            copy(rows);
            copied_end = node.end;
          }
        }
        Found split;
        if (node.depth < builder_.options_.depth_max && !alike(rows)) split = split_of(rows, node.total);
        if (!split.found) {
          if (node.begin < copied_end) {
            for (std::uint32_t& row : rows) row = copied_rows_[row];
          }
          tree.nodes[place].right = static_cast<std::uint32_t>(tree.leaves.size());
          tree.leaves.push_back(leaf(rows, node.begin));
          continue;
        }
        tree.nodes[place] = split.node;
        const std::uint32_t middle = node.begin + divide(rows, split.node);
        const Row left = split.sampled ? total_of(rows.first(middle - node.begin)) : split.left;
        Row right = node.total;
        waiting.push_back({middle, node.end, node.depth + 1, place, right -= left});
        waiting.push_back({node.begin, middle, node.depth + 1, kNone, left});
      }
      tree.nodes.shrink_to_fit();
      tree.leaves.shrink_to_fit();
    }

   private:
    // A part of the rows in ascending order, each subset as likely (Knuth, algorithm S).
    void draw_rows(std::vector<std::uint32_t>& rows) {
      const std::size_t all = all_sums_.size();
      const double part = builder_.options_.rows_part * static_cast<double>(all);
      const auto wanted = std::clamp<std::size_t>(static_cast<std::size_t>(std::lround(part)), 1, all);
      rows.reserve(wanted);
      for (std::size_t row = 0; rows.size() < wanted; ++row) {
        if (random_.below(static_cast<std::uint32_t>(all - row)) < wanted - rows.size()) {
          rows.push_back(static_cast<std::uint32_t>(row));
        }
      }
    }

    // Copies what is known of some rows; `rows` are then places in the copy.
    void copy(std::span<std::uint32_t> rows) {
      copied_rows_.assign(rows.begin(), rows.end());
      copied_sums_.resize(rows.size());
      copied_ranks_.resize(rows.size());
      copied_codes_.resize(rows.size() * stride_);
      for (std::size_t each = 0; each < rows.size(); ++each) {
        copied_sums_[each] = sums_[rows[each]];
        copied_ranks_[each] = ranks_[rows[each]];
        std::copy_n(codes_ + rows[each] * stride_, stride_, copied_codes_.data() + each * stride_);
        rows[each] = static_cast<std::uint32_t>(each);
      }
      sums_ = copied_sums_.data();
      codes_ = copied_codes_.data();
      ranks_ = copied_ranks_.data();
    }

    Row total_of(std::span<const std::uint32_t> rows) const {
      Row total{};
      for (const std::uint32_t row : rows) total += sums_[row];
      return total;
    }

    // The split of a node: of its rows, or of a sample if they are many.
    Found split_of(std::span<const std::uint32_t> rows, const Row& total) {
      const auto fewest = static_cast<std::size_t>(builder_.options_.leaf_rows);
      const std::size_t step = rows.size() / static_cast<std::size_t>(builder_.options_.split_rows);
      if (step < 2) return best_split(rows, total, fewest);
      sample_.clear();
      for (std::size_t each = random_.below(static_cast<std::uint32_t>(step)); each < rows.size();
           each += step) {
        sample_.push_back(rows[each]);
      }
      Found found;
      if (!alike(sample_)) {
        found = best_split(sample_, total_of(sample_), std::max(kSampleFewest, (fewest + step - 1) / step));
      }
      // A side of the sample may hold the fewest rows where that of the node does not.
      if (found.found) {
        const auto left =
            static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](std::uint32_t row) {
              return found.node.left(codes_[row * stride_ + found.node.feature]);
            }));
        found.found = left >= fewest && rows.size() - left >= fewest;
      }
      if (!found.found) return best_split(rows, total, fewest);
      found.sampled = true;
      return found;
    }

    Found best_split(std::span<const std::uint32_t> rows, const Row& total, std::size_t fewest) {
      Found best;
      if (rows.size() < 2 * fewest) return best;
      total_ = total;
      rows_ = static_cast<std::uint32_t>(rows.size());
      fewest_ = static_cast<std::uint32_t>(fewest);
      // No better than the node undivided is no split; the margin is that of rounding.
      best.score = total.squares() / total.lanes[0] * (1 + 1e-9) + 1e-9;
      for (std::size_t at = 0; at < order_.size();) {
        // As many features as asked for; more only if none of those divides the node.
        if (at >= tried_ && best.found) break;
        const std::size_t end = std::min(at + kGroup, at < tried_ ? tried_ : order_.size());
        for (std::size_t each = at; each < end; ++each) {
          const std::uint32_t chosen = random_.below(static_cast<std::uint32_t>(order_.size() - each));
          std::swap(order_[each], order_[each + chosen]);
        }
        try_features(rows, {order_.data() + at, end - at}, best);
        at = end;
      }
      return best;
    }

    bool alike(std::span<const std::uint32_t> rows) const {
      return std::all_of(rows.begin(), rows.end(),
                         [&](std::uint32_t row) { return ranks_[row] == ranks_[rows[0]]; });
    }

    void try_features(std::span<const std::uint32_t> rows, std::span<const std::uint16_t> features,
                      Found& best) {
      const bool many = rows.size() >= kMany;
      switch (features.size()) {
        case 1:
          many ? sum<1, true>(rows, features) : sum<1, false>(rows, features);
          break;
        case 2:
          many ? sum<2, true>(rows, features) : sum<2, false>(rows, features);
          break;
        case 3:
          many ? sum<3, true>(rows, features) : sum<3, false>(rows, features);
          break;
        default:
          many ? sum<4, true>(rows, features) : sum<4, false>(rows, features);
          break;
      }
      for (std::size_t each = 0; each < features.size(); ++each) {
        scan(features[each], histograms_[each], best);
      }
    }

    // Sums by bin of some features. Several at once, because most rows are in the same bin of one feature,
    // where each addition waits for the one before it.
    template <std::size_t kFeatures, bool kManyRows>
    void sum(std::span<const std::uint32_t> rows, std::span<const std::uint16_t> features) {
      std::array<std::uint16_t, kFeatures> feature;
      std::copy_n(features.begin(), kFeatures, feature.begin());
      Histogram* const histogram = histograms_.data();
      for (const std::uint32_t row : rows) {
        const std::uint8_t* const code = codes_ + row * stride_;
        const Row add = sums_[row];
        for (std::size_t each = 0; each < kFeatures; ++each) {
          const std::uint8_t bin = code[feature[each]];
          histogram[each].sums[bin] += add;
          if constexpr (!kSameWeights) ++histogram[each].counts[bin];
          if constexpr (!kManyRows) histogram[each].touched[bin / 64] |= std::uint64_t{1} << (bin % 64);
        }
      }
      if constexpr (kManyRows) {
        for (std::size_t each = 0; each < kFeatures; ++each) {
          for (std::size_t bin = 0; bin < kBins; ++bin) {
            if (histogram[each].sums[bin].lanes[0] == 0) continue;
            histogram[each].touched[bin / 64] |= std::uint64_t{1} << (bin % 64);
          }
        }
      }
    }

    // Looks for a better division between the touched bins of a feature, and clears them.
    void scan(std::uint16_t feature, Histogram& histogram, Found& best) {
      const std::uint32_t fewest = fewest_;
      std::array<std::uint8_t, kBins> bins;
      std::size_t count = 0;
      for (std::size_t word = 0; word < histogram.touched.size(); ++word) {
        for (std::uint64_t bits = histogram.touched[word]; bits != 0; bits &= bits - 1) {
          bins[count++] =
              static_cast<std::uint8_t>(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
        }
        histogram.touched[word] = 0;
      }
      const bool unknown = bins[count - 1] == Forest::kNotKnown;
      const std::size_t known = unknown ? count - 1 : count;
      // Rows without a value go to the right first, then, if there are any, to the left.
      for (int side = 0; side < (unknown ? 2 : 1); ++side) {
        Row left{};
        std::uint32_t rows_left = 0;
        const auto take = [&](std::uint8_t bin) {
          left += histogram.sums[bin];
          rows_left +=
              kSameWeights ? static_cast<std::uint32_t>(histogram.sums[bin].lanes[0]) : histogram.counts[bin];
        };
        if (side == 1) take(Forest::kNotKnown);
        // After the last of the known values only what is not known is left to divide them from.
        const std::size_t divisions = unknown && side == 0 ? known : known - std::min<std::size_t>(known, 1);
        for (std::size_t each = 0; each < divisions; ++each) {
          take(bins[each]);
          if (rows_left < fewest) continue;
          if (rows_ - rows_left < fewest) break;
          Row right = total_;
          right -= left;
          const double weight_left = left.lanes[0];
          const double weight_right = right.lanes[0];
          const double score =
              (left.squares() * weight_right + right.squares() * weight_left) / (weight_left * weight_right);
          if (!(score > best.score)) continue;
          best.score = score;
          best.found = true;
          best.left = left;
          best.node.feature = feature;
          best.node.shift = (unknown ? side == 1 : rows_left * 2 >= rows_) ? 1 : 0;
          // In the middle of a gap; or after all that is known.
          const int bound = each + 1 == known ? Forest::kNotKnown - 1 : (bins[each] + bins[each + 1] - 1) / 2;
          best.node.bound = static_cast<std::uint8_t>(bound + best.node.shift);
        }
      }
      for (std::size_t each = 0; each < count; ++each) {
        histogram.sums[bins[each]] = Row{};
        histogram.counts[bins[each]] = 0;
      }
    }

    // Brings the rows that go left to the front, both sides in their order. Returns how many.
    std::uint32_t divide(std::span<std::uint32_t> rows, const Forest::Node& node) {
      std::size_t left = 0;
      std::size_t right = 0;
      for (const std::uint32_t row : rows) {
        const bool goes_left = node.left(codes_[row * stride_ + node.feature]);
        rows[left] = row;
        other_[right] = row;
        left += goes_left ? 1 : 0;
        right += goes_left ? 0 : 1;
      }
      std::copy_n(other_.begin(), right, rows.begin() + static_cast<std::ptrdiff_t>(left));
      return static_cast<std::uint32_t>(left);
    }

    Forest::Leaf leaf(std::span<std::uint32_t> rows, std::uint32_t first) {
      const Forest& forest = builder_.forest_;
      const auto violent = std::stable_partition(rows.begin(), rows.end(), [&](std::uint32_t row) {
        return forest.outcomes_[forest.rank_[row]] == 0;
      });
      Forest::Leaf made;
      made.first = first;
      made.violent = first + static_cast<std::uint32_t>(violent - rows.begin());
      made.end = first + static_cast<std::uint32_t>(rows.size());
      double none = 0;
      for (auto row = rows.begin(); row != violent; ++row) none += forest.weight_[*row];
      made.weight = none;
      for (auto row = violent; row != rows.end(); ++row) made.weight += forest.weight_[*row];
      made.none = static_cast<float>(none / made.weight);
      return made;
    }

    const ForestBuilder& builder_;
    std::span<const Row> all_sums_;
    // Of all rows, or of those copied.
    const Row* sums_;
    const std::uint8_t* codes_;
    const std::uint32_t* ranks_;  // of the outcomes
    std::size_t stride_;
    std::vector<std::uint32_t> copied_rows_{};
    std::vector<Row> copied_sums_{};
    std::vector<std::uint8_t> copied_codes_{};
    std::vector<std::uint32_t> copied_ranks_{};
    Random random_;
    std::size_t tried_ = 1;               // features at each split
    std::vector<std::uint16_t> order_{};  // of the features; its front is shuffled anew at each node
    std::vector<Histogram> histograms_;   // [feature of the group], all zero between passes
    std::vector<std::uint32_t> other_{};
    // Of the node that is being split.
    Row total_{};
    std::uint32_t rows_ = 0;
    std::uint32_t fewest_ = 1;
    std::vector<std::uint32_t> sample_{};
  };

  const Training& training_;
  const ForestOptions& options_;
  Forest& forest_;
  std::size_t features_;  // the lead included
  std::size_t stride_ = 0;
  std::vector<std::uint8_t> codes_{};  // [row][feature]
};                                     // namespace mithaq::forecast

Forest Forest::fit(const Training& training, const ForestOptions& options) {
  Forest forest;
  ForestBuilder(training, options, forest).build();
  return forest;
}

void Forest::bins_of(const Cases& cases, CaseIndex at, std::span<std::uint8_t> into) const {
  expect(cases.features.size() + 1 == bins_.size(), "cases with the features that the forest learnt from");
  for (std::size_t feature = 0; feature + 1 < bins_.size(); ++feature) {
    into[feature] = bins_[feature].bin_of(cases.values[feature][at]);
  }
}

const Forest::Leaf& Forest::leaf_of(const Tree& tree, std::span<const std::uint8_t> bins) const {
  std::size_t at = 0;
  while (tree.nodes[at].feature != kLeaf) {
    const Node& node = tree.nodes[at];
    at = node.left(bins[node.feature]) ? at + 1 : node.right;
  }
  return tree.leaves[tree.nodes[at].right];
}

Draws Forest::forecast(const Training& training) const {
  Draws draws(training.cells(), training.draws);
  const auto zero_rank = static_cast<std::size_t>(std::lower_bound(outcomes_.begin(), outcomes_.end(), 0.0F) -
                                                  outcomes_.begin());
  in_parallel(training.now.size(), training.threads, [&](std::size_t unit) {
    std::vector<std::uint8_t> bins(bins_.size());
    bins_of(training.cases, training.now[unit], bins);
    std::vector<double> weight(outcomes_.size(), 0.0);  // [rank], all zero between leads
    std::vector<std::uint64_t> touched(outcomes_.size() / 64 + 1, 0);
    const auto add = [&](std::size_t rank, double part) {
      weight[rank] += part;
      touched[rank / 64] |= std::uint64_t{1} << (rank % 64);
    };
    std::vector<std::pair<std::uint32_t, double>> sample;
    for (int lead = 1; lead <= training.horizon; ++lead) {
      bins.back() = bins_.back().bin_of(static_cast<float>(lead));
      for (const Tree& tree : trees_) {
        const Leaf& leaf = leaf_of(tree, bins);
        if (leaf.violent > leaf.first) add(zero_rank, leaf.none);
        const double part = 1 / leaf.weight;
        for (std::uint32_t at = leaf.violent; at < leaf.end; ++at) {
          add(rank_[tree.rows[at]], weight_[tree.rows[at]] * part);
        }
      }
      sample.clear();
      double total = 0;
      for (std::size_t word = 0; word < touched.size(); ++word) {
        for (std::uint64_t bits = touched[word]; bits != 0; bits &= bits - 1) {
          const std::size_t rank = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
          sample.emplace_back(static_cast<std::uint32_t>(rank), weight[rank]);
          total += weight[rank];
          weight[rank] = 0;
        }
        touched[word] = 0;
      }
      // As draws_of, whose sorting the ranks have done already.
      const std::span<float> out = draws[cell_of(unit, lead, training.horizon)];
      std::size_t at = 0;
      double below = sample[0].second;
      for (std::size_t draw = 0; draw < out.size(); ++draw) {
        const double level = total * (static_cast<double>(draw) + 0.5) / static_cast<double>(out.size());
        while (below < level && at + 1 < sample.size()) below += sample[++at].second;
        out[draw] = outcomes_[sample[at].first];
      }
    }
  });
  return draws;
}

std::vector<Forest::Like> Forest::like(const Cases& cases, CaseIndex at, int lead, std::size_t limit) const {
  std::vector<std::uint8_t> bins(bins_.size());
  bins_of(cases, at, bins);
  bins.back() = bins_.back().bin_of(static_cast<float>(lead));
  std::vector<double> weight(rank_.size(), 0.0);
  for (const Tree& tree : trees_) {
    const Leaf& leaf = leaf_of(tree, bins);
    const double part = 1 / (leaf.weight * static_cast<double>(trees_.size()));
    for (std::uint32_t each = leaf.first; each < leaf.end; ++each) {
      weight[tree.rows[each]] += weight_[tree.rows[each]] * part;
    }
  }
  std::vector<Like> found;
  for (std::uint32_t row = 0; row < weight.size(); ++row) {
    if (weight[row] > 0) found.push_back({row, static_cast<float>(weight[row])});
  }
  const std::size_t kept = std::min(limit, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(),
                    [](const Like& a, const Like& b) {
                      return a.weight != b.weight ? a.weight > b.weight : a.row < b.row;
                    });
  found.resize(kept);
  return found;
}

std::vector<Forest::Influences> Forest::influences(const Cases& cases, std::span<const CaseIndex> at,
                                                   int lead, double deaths, unsigned threads) const {
  const std::uint8_t lead_bin = bins_.back().bin_of(static_cast<float>(lead));
  std::vector<std::uint8_t> bins(at.size() * bins_.size());
  for (std::size_t each = 0; each < at.size(); ++each) {
    const std::span<std::uint8_t> into(bins.data() + each * bins_.size(), bins_.size());
    bins_of(cases, at[each], into);
    into.back() = lead_bin;
  }
  const auto rank_from = static_cast<std::uint32_t>(
      std::lower_bound(outcomes_.begin(), outcomes_.end(), deaths,
                       [](float outcome, double bound) { return outcome < bound; }) -
      outcomes_.begin());
  // Trees in blocks, whose sums are added in their order: the same on any number of threads.
  constexpr std::size_t kBlock = 16;
  const std::size_t blocks = (trees_.size() + kBlock - 1) / kBlock;
  std::vector<std::vector<Influences>> parts(blocks);
  in_parallel(blocks, threads, [&](std::size_t block) {
    std::vector<Influences>& part = parts[block];
    part.resize(at.size());
    for (Influences& each : part) each.effects.assign(bins_.size(), 0.0);
    std::vector<double> hits, weights;
    for (std::size_t number = block * kBlock; number < std::min(trees_.size(), (block + 1) * kBlock);
         ++number) {
      const Tree& tree = trees_[number];
      // The share of each node from those of its leaves; children come after their parents.
      hits.assign(tree.nodes.size(), 0.0);
      weights.assign(tree.nodes.size(), 0.0);
      for (std::size_t place = tree.nodes.size(); place-- > 0;) {
        const Node& node = tree.nodes[place];
        if (node.feature == kLeaf) {
          const Leaf& leaf = tree.leaves[node.right];
          weights[place] = leaf.weight;
          for (std::uint32_t each = deaths <= 0 ? leaf.first : leaf.violent; each < leaf.end; ++each) {
            if (rank_[tree.rows[each]] >= rank_from) hits[place] += weight_[tree.rows[each]];
          }
        } else {
          weights[place] = weights[place + 1] + weights[node.right];
          hits[place] = hits[place + 1] + hits[node.right];
        }
      }
      for (std::size_t each = 0; each < at.size(); ++each) {
        const std::uint8_t* const bin = bins.data() + each * bins_.size();
        Influences& into = part[each];
        std::size_t place = 0;
        double share = hits[0] / weights[0];
        into.base += share;
        while (tree.nodes[place].feature != kLeaf) {
          const Node& node = tree.nodes[place];
          place = node.left(bin[node.feature]) ? place + 1 : node.right;
          const double after = hits[place] / weights[place];
          into.effects[node.feature] += after - share;
          share = after;
        }
        into.probability += share;
      }
    }
  });
  std::vector<Influences> all(at.size());
  for (std::size_t each = 0; each < at.size(); ++each) {
    all[each].effects.assign(bins_.size(), 0.0);
    const auto count = static_cast<double>(trees_.size());
    for (const std::vector<Influences>& part : parts) {
      all[each].base += part[each].base / count;
      all[each].probability += part[each].probability / count;
      for (std::size_t feature = 0; feature < bins_.size(); ++feature) {
        all[each].effects[feature] += part[each].effects[feature] / count;
      }
    }
  }
  return all;
}

Forest::Influences Forest::influences(const Cases& cases, CaseIndex at, int lead, double deaths) const {
  return influences(cases, std::span<const CaseIndex>(&at, 1), lead, deaths).front();
}

}  // namespace mithaq::forecast
