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

// Where values are cut into at most `bins` bins of about as many each. A value that fills more than a bin has
// one of its own: most months have no deaths.
//   values  none is NaN; sorted here
std::vector<float> cuts_of(std::vector<float>& values, int bins) {
  std::sort(values.begin(), values.end());
  std::vector<float> distinct;
  std::vector<std::size_t> count;
  for (const float value : values) {
    if (distinct.empty() || distinct.back() != value) {
      distinct.push_back(value);
      count.push_back(0);
    }
    ++count.back();
  }
  std::vector<float> cuts;
  std::size_t left = values.size();  // values not yet in a closed bin
  std::size_t here = 0;              // values in the open bin
  for (std::size_t each = 0; each + 1 < distinct.size(); ++each) {
    here += count[each];
    const auto bins_left = static_cast<std::size_t>(bins) - cuts.size();
    if (bins_left <= 1) break;
    const std::size_t fair = (left + bins_left - 1) / bins_left;
    const bool few_left = distinct.size() - each <= bins_left;
    if (here < fair && count[each + 1] < fair && !few_left) continue;
    const float between = distinct[each] + (distinct[each + 1] - distinct[each]) / 2;
    // Between infinities there is no middle.
    cuts.push_back(std::isfinite(between) && between < distinct[each + 1] ? between : distinct[each]);
    left -= here;
    here = 0;
  }
  return cuts;
}

// Sums over the rows of a bin: how many, their weight, their outcomes on each scale by weight. With four, the
// count is the weight.
template <std::size_t kLanes>
struct alignas(kLanes * sizeof(float)) Sums {
  static constexpr std::size_t kCount = 0;
  static constexpr std::size_t kWeight = kLanes == 4 ? 0 : 1;
  static constexpr std::size_t kFirst = kWeight + 1;
  std::array<float, kLanes> lanes{};

  void add(const Sums& other) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) lanes[lane] += other.lanes[lane];
  }
};

// A division of a node's rows.
struct Split {
  double score = 0;  // of the sums on both sides, Σ sum² / weight; the higher the more alike they are
  std::uint16_t feature = 0;
  std::uint8_t bound = 0;
  bool unknown_left = false;
  bool found = false;
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
        options.scales.empty() || options.scales.size() > kScalesMax || !(options.features_part > 0) ||
        !(options.rows_part > 0) || options.depth_max < 0 || features_ >= Forest::kLeaf) {
      throw Error(ErrorKind::invalid_input, "These options make no forest.");
    }
  }

  void build() {
    take_outcomes();
    take_bins();
    const bool same_weights = std::all_of(forest_.weight_.begin(), forest_.weight_.end(),
                                          [&](float weight) { return weight == forest_.weight_[0]; });
    if (same_weights && options_.scales.size() <= 3) {
      grow_all<4>();
    } else {
      grow_all<8>();
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
    stride_ = features_;
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

  template <std::size_t kLanes>
  void grow_all() {
    using Row = Sums<kLanes>;
    std::vector<Row> sums(training_.rows.size());
    double total = 0;
    for (const float weight : forest_.weight_) total += weight;
    for (std::size_t scale = 0; scale < options_.scales.size(); ++scale) {
      double mean = 0;
      for (const TrainingRow& row : training_.rows) {
        mean += row.weight * scaled(options_.scales[scale], row.outcome) / total;
      }
      double variance = 0;
      for (const TrainingRow& row : training_.rows) {
        const double away = scaled(options_.scales[scale], row.outcome) - mean;
        variance += row.weight * away * away / total;
      }
      const double spread = variance > 1e-12 ? std::sqrt(variance) : 0;
      for (std::size_t row = 0; row < sums.size() && spread > 0; ++row) {
        const double weight = kLanes == 4 ? 1 : training_.rows[row].weight;
        sums[row].lanes[Row::kFirst + scale] = static_cast<float>(
            weight * (scaled(options_.scales[scale], training_.rows[row].outcome) - mean) / spread);
      }
    }
    for (std::size_t row = 0; row < sums.size(); ++row) {
      sums[row].lanes[Row::kCount] = 1;
      if (kLanes != 4) sums[row].lanes[Row::kWeight] = training_.rows[row].weight;
    }
    forest_.trees_.resize(static_cast<std::size_t>(options_.trees));
    in_parallel(forest_.trees_.size(), training_.threads,
                [&](std::size_t tree) { Grower<kLanes>(*this, sums, tree).grow(forest_.trees_[tree]); });
  }

  template <std::size_t kLanes>
  class Grower {
    using Row = Sums<kLanes>;
    static constexpr std::size_t kGroup = 4;  // features whose sums are made in one pass over the rows
    using Histogram = std::array<Row, kBins>;
    using Touched = std::array<std::uint64_t, kBins / 64>;

   public:
    Grower(const ForestBuilder& builder, std::span<const Row> sums, std::size_t tree)
        : builder_(builder), sums_(sums), random_(builder.training_.seed, tree), histograms_(kGroup) {
      const std::size_t features = builder.features_;
      tried_ = std::clamp<std::size_t>(static_cast<std::size_t>(std::lround(builder.options_.features_part *
                                                                            static_cast<double>(features))),
                                       1, features);
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
      };
      constexpr std::uint32_t kNone = 0xffffffff;
      std::vector<Waiting> waiting{{0, static_cast<std::uint32_t>(tree.rows.size()), 0, kNone}};
      while (!waiting.empty()) {
        const Waiting node = waiting.back();
        waiting.pop_back();
        const auto place = static_cast<std::uint32_t>(tree.nodes.size());
        if (node.parent != kNone) tree.nodes[node.parent].right = place;
        tree.nodes.emplace_back();
        const std::span<std::uint32_t> rows(tree.rows.data() + node.begin, node.end - node.begin);
        const Split split = node.depth < builder_.options_.depth_max ? best_split(rows) : Split{};
        if (!split.found) {
          tree.nodes[place].right = static_cast<std::uint32_t>(tree.leaves.size());
          tree.leaves.push_back(leaf(rows, node.begin));
          continue;
        }
        Forest::Node& made = tree.nodes[place];
        made.feature = split.feature;
        made.shift = split.unknown_left ? 1 : 0;
        made.bound = static_cast<std::uint8_t>(split.bound + made.shift);
        const std::uint32_t middle = node.begin + divide(rows, made);
        waiting.push_back({middle, node.end, node.depth + 1, place});
        waiting.push_back({node.begin, middle, node.depth + 1, kNone});
      }
      tree.nodes.shrink_to_fit();
      tree.leaves.shrink_to_fit();
    }

   private:
    // A part of the rows in ascending order, each subset as likely (Knuth, algorithm S).
    void draw_rows(std::vector<std::uint32_t>& rows) {
      const std::size_t all = sums_.size();
      const auto wanted = std::clamp<std::size_t>(
          static_cast<std::size_t>(std::lround(builder_.options_.rows_part * static_cast<double>(all))), 1,
          all);
      rows.reserve(wanted);
      for (std::size_t row = 0; rows.size() < wanted; ++row) {
        if (random_.below(static_cast<std::uint32_t>(all - row)) < wanted - rows.size()) {
          rows.push_back(static_cast<std::uint32_t>(row));
        }
      }
    }

    const std::uint8_t* codes(std::uint32_t row) const {
      return builder_.codes_.data() + row * builder_.stride_;
    }

    Split best_split(std::span<const std::uint32_t> rows) {
      const auto fewest = static_cast<std::size_t>(builder_.options_.leaf_rows);
      Split best;
      if (rows.size() < 2 * fewest || alike(rows)) return best;
      std::array<double, kLanes> total{};
      for (const std::uint32_t row : rows) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) total[lane] += sums_[row].lanes[lane];
      }
      double square = 0;
      for (std::size_t lane = Row::kFirst; lane < kLanes; ++lane) square += total[lane] * total[lane];
      // No better than the node undivided is no split; the margin is that of rounding.
      best.score =
          square / total[Row::kWeight] + 1e-5 * total[Row::kWeight] / static_cast<double>(rows.size());
      for (std::size_t at = 0; at < order_.size();) {
        // As many features as asked for; more only if none of those divides the node.
        if (at >= tried_ && best.found) break;
        const std::size_t end =
            at < tried_ ? std::min(at + kGroup, tried_) : std::min(at + kGroup, order_.size());
        for (std::size_t each = at; each < end; ++each) {
          std::swap(order_[each],
                    order_[each + random_.below(static_cast<std::uint32_t>(order_.size() - each))]);
        }
        try_features(rows, {order_.data() + at, end - at}, total, best);
        at = end;
      }
      return best;
    }

    bool alike(std::span<const std::uint32_t> rows) const {
      const auto& rank = builder_.forest_.rank_;
      for (const std::uint32_t row : rows) {
        if (rank[row] != rank[rows[0]]) return false;
      }
      return true;
    }

    void try_features(std::span<const std::uint32_t> rows, std::span<const std::uint16_t> features,
                      const std::array<double, kLanes>& total, Split& best) {
      switch (features.size()) {
        case 1:
          sum<1>(rows, features);
          break;
        case 2:
          sum<2>(rows, features);
          break;
        case 3:
          sum<3>(rows, features);
          break;
        default:
          sum<4>(rows, features);
          break;
      }
      for (std::size_t each = 0; each < features.size(); ++each) {
        scan(features[each], histograms_[each], touched_[each], total, best);
      }
    }

    // Sums by bin of some features. Several at once, because most rows are in the same bin of one feature,
    // where each addition waits for the one before it.
    template <std::size_t kFeatures>
    void sum(std::span<const std::uint32_t> rows, std::span<const std::uint16_t> features) {
      std::array<std::uint16_t, kFeatures> feature;
      std::array<Row*, kFeatures> histogram;
      std::array<std::uint64_t*, kFeatures> touched;
      for (std::size_t each = 0; each < kFeatures; ++each) {
        feature[each] = features[each];
        histogram[each] = histograms_[each].data();
        touched[each] = touched_[each].data();
      }
      for (const std::uint32_t row : rows) {
        const std::uint8_t* const code = codes(row);
        const Row add = sums_[row];
        for (std::size_t each = 0; each < kFeatures; ++each) {
          const std::uint8_t bin = code[feature[each]];
          histogram[each][bin].add(add);
          touched[each][bin / 64] |= std::uint64_t{1} << (bin % 64);
        }
      }
    }

    // Looks for a better division between the touched bins of a feature, and clears them.
    void scan(std::uint16_t feature, Histogram& histogram, Touched& touched,
              const std::array<double, kLanes>& total, Split& best) {
      const auto fewest = static_cast<double>(builder_.options_.leaf_rows);
      std::array<std::uint8_t, kBins> bins;
      std::size_t count = 0;
      for (std::size_t word = 0; word < touched.size(); ++word) {
        for (std::uint64_t bits = touched[word]; bits != 0; bits &= bits - 1) {
          bins[count++] =
              static_cast<std::uint8_t>(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
        }
        touched[word] = 0;
      }
      const bool unknown = bins[count - 1] == Forest::kNotKnown;
      const std::size_t known = unknown ? count - 1 : count;
      // Rows without a value go to the right first, then, if there are any, to the left.
      for (int side = 0; side < (unknown ? 2 : 1); ++side) {
        std::array<double, kLanes> left{};
        if (side == 1) {
          for (std::size_t lane = 0; lane < kLanes; ++lane)
            left[lane] = histogram[Forest::kNotKnown].lanes[lane];
        }
        for (std::size_t each = 0; each < known; ++each) {
          for (std::size_t lane = 0; lane < kLanes; ++lane) left[lane] += histogram[bins[each]].lanes[lane];
          const bool last = each + 1 == known;
          if (last && (side == 1 || !unknown)) break;
          if (left[Row::kCount] < fewest) continue;
          if (total[Row::kCount] - left[Row::kCount] < fewest) break;
          double squares_left = 0;
          double squares_right = 0;
          for (std::size_t lane = Row::kFirst; lane < kLanes; ++lane) {
            const double right = total[lane] - left[lane];
            squares_left += left[lane] * left[lane];
            squares_right += right * right;
          }
          const double weight_left = left[Row::kWeight];
          const double weight_right = total[Row::kWeight] - weight_left;
          const double score =
              (squares_left * weight_right + squares_right * weight_left) / (weight_left * weight_right);
          if (!(score > best.score)) continue;
          best.score = score;
          best.feature = feature;
          best.found = true;
          // In the middle of a gap; before what is not known, after all that is.
          best.bound = last ? std::uint8_t{254}
                            : static_cast<std::uint8_t>(bins[each] + (bins[each + 1] - bins[each]) / 2);
          if (!last && bins[each + 1] - bins[each] == 1) best.bound = bins[each];
          best.unknown_left = unknown ? side == 1 : left[Row::kCount] * 2 >= total[Row::kCount];
        }
      }
      for (std::size_t each = 0; each < count; ++each) histogram[bins[each]] = Row{};
    }

    // Brings the rows that go left to the front, both sides in their order. Returns how many.
    std::uint32_t divide(std::span<std::uint32_t> rows, const Forest::Node& node) {
      std::size_t left = 0;
      std::size_t right = 0;
      for (const std::uint32_t row : rows) {
        const bool goes_left = static_cast<std::uint8_t>(codes(row)[node.feature] + node.shift) <= node.bound;
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
    std::span<const Row> sums_;
    Random random_;
    std::size_t tried_ = 1;
    std::vector<std::uint16_t> order_{};  // of the features; its front is shuffled anew at each node
    std::vector<Histogram> histograms_;   // [feature of the group], all zero between passes
    std::array<Touched, kGroup> touched_{};
    std::vector<std::uint32_t> other_{};
  };

  const Training& training_;
  const ForestOptions& options_;
  Forest& forest_;
  std::size_t features_;  // the lead included
  std::size_t stride_ = 0;
  std::vector<std::uint8_t> codes_{};  // [row][feature]
};

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
    at = static_cast<std::uint8_t>(bins[node.feature] + node.shift) <= node.bound ? at + 1 : node.right;
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
          place = static_cast<std::uint8_t>(bin[node.feature] + node.shift) <= node.bound ? place + 1
                                                                                          : node.right;
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
