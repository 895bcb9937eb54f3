// A forest whose leaves keep their cases: a forecast is a weighted set of real past months.
//
// Each tree splits a sample of the rows so that both sides have outcomes alike (variance of several scales of
// the outcome at once); a leaf keeps which rows came to rest in it. The forecast of a case is the outcomes of
// all rows that share its leaves, by how often they do (quantile regression forest, Meinshausen 2006;
// distributional random forest, Ćevid et al. 2022). So a probability can always be told as "12 of the 40
// cases most like this one", with their places and dates.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "engines/forecast/cases.hpp"
#include "engines/forecast/draws.hpp"

namespace mithaq::forecast {

// A scale of the outcome. Two rows are alike if they are so on every scale asked for; each is divided by its
// standard deviation over the rows, so that all count the same.
enum class Scale : std::uint8_t {
  log1p,          // log(1 + deaths): small and large wars count alike
  square_root,    // of the deaths: between log1p and deaths
  deaths,         // as they are: the largest wars decide
  any,            // 1 if anybody is killed, else 0
  at_least_25,    // 1 if so many are killed, else 0
  at_least_100,   // the same
  at_least_1000,  // the same
};
inline constexpr std::size_t kScalesMax = 6;

struct ForestOptions {
  int trees = 300;
  int leaf_rows = 10;          // fewest rows of a leaf
  double features_part = 0.4;  // of the features, tried at each split; more if none of them divides the node
  double rows_part = 0.6;      // of the rows, drawn without putting back, for each tree
  int bins = 255;              // of each feature's values, at most; what is not known has one of its own
  int depth_max = 24;
  // Of a larger node, about so many rows, evenly spread, choose the split. Ours: the top of the tree, which
  // otherwise takes a third of the time, costs nothing then, and trees differ more from each other.
  int split_rows = 1024;
  // One to kScalesMax. Up to three are quicker where all rows have the same weight.
  std::vector<Scale> scales{Scale::log1p, Scale::square_root, Scale::at_least_25};
};

class Forest {
 public:
  // Learns from training.rows. The months ahead are a feature like the others, named "lead".
  //
  // Memory while it lasts: 4 bytes for each row of each tree (300 trees on 60 % of 200,000 rows: 144 MB), and
  // for each row one byte a feature and 32 bytes more while fitting.
  //   throws  Error{invalid_input} if there are no rows, or options that make no forest
  static Forest fit(const Training& training, const ForestOptions& options);

  // The draws of every cell of the training's `now`. A row speaks by its weight.
  Draws forecast(const Training& training) const;

  // The rows (indices of training.rows) that speak for a case and lead, and by how much; weights sum to 1;
  // the most weighty first, of equals the earlier row.
  //   limit  of so many rows only; the weights are the same as without
  struct Like {
    std::uint32_t row = 0;
    float weight = 0;
  };
  std::vector<Like> like(const Cases& cases, CaseIndex at, int lead,
                         std::size_t limit = std::numeric_limits<std::size_t>::max()) const;

  // How much each feature moved the probability of at least so many deaths, from that of all rows to that of
  // a case: along each tree's path, the change at a split counts for its feature (Saabas 2014).
  //   returns  base + the sum of effects is the probability, up to rounding
  struct Influences {
    double base = 0;                // the probability over all rows: the mean over the trees' samples
    double probability = 0;         // of this case
    std::vector<double> effects{};  // [feature], the last one is the lead
  };
  Influences influences(const Cases& cases, CaseIndex at, int lead, double deaths) const;
  // The same for many cases in one pass over the leaves: of all units it takes little longer than of one.
  std::vector<Influences> influences(const Cases& cases, std::span<const CaseIndex> at, int lead,
                                     double deaths, unsigned threads = 0) const;

  std::size_t trees() const { return trees_.size(); }

 private:
  friend class ForestBuilder;

  // Which bin a value is in: the number of cuts below it. kNotKnown for NaN.
  static constexpr std::uint8_t kNotKnown = 255;
  struct Bins {
    std::vector<float> cuts{};  // ascending
    std::uint8_t bin_of(float value) const;
  };

  // The left child of a split is the next node. With shift 1, what is not known (255) wraps around to 0 and
  // goes left; with 0 it goes right.
  struct Node {
    std::uint32_t right = 0;  // of a leaf: its place in `leaves`
    std::uint16_t feature = kLeaf;
    std::uint8_t bound = 0;
    std::uint8_t shift = 0;

    bool left(std::uint8_t bin) const { return static_cast<std::uint8_t>(bin + shift) <= bound; }
  };
  static constexpr std::uint16_t kLeaf = 0xffff;
  // Its rows are rows[first, end); those without deaths come first, up to `violent`.
  struct Leaf {
    std::uint32_t first = 0, violent = 0, end = 0;
    float none = 0;     // share of the rows without deaths, by weight, 0 to 1
    double weight = 0;  // of all its rows
  };
  struct Tree {
    std::vector<Node> nodes{};
    std::vector<Leaf> leaves{};
    std::vector<std::uint32_t> rows{};
  };

  // [feature], the lead last.
  void bins_of(const Cases& cases, CaseIndex at, std::span<std::uint8_t> into) const;
  const Leaf& leaf_of(const Tree& tree, std::span<const std::uint8_t> bins) const;

  std::vector<Bins> bins_{};  // [feature], the lead last
  std::vector<Tree> trees_{};
  std::vector<float> outcomes_{};      // the distinct ones, ascending
  std::vector<std::uint32_t> rank_{};  // [row], place of its outcome in outcomes_
  std::vector<float> weight_{};        // [row]
};

}  // namespace mithaq::forecast
