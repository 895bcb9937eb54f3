// A forest whose leaves keep their cases: a forecast is a weighted set of real past months.
//
// Each tree splits a sample of the rows so that both sides have outcomes alike (variance of several scales of
// the outcome at once); a leaf keeps which rows came to rest in it. The forecast of a case is the outcomes of
// all rows that share its leaves, by how often they do (quantile regression forest, Meinshausen 2006;
// distributional random forest, Ćevid et al. 2022). So a probability can always be told as "12 of the 40
// cases most like this one", with their places and dates.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engines/forecast/cases.hpp"
#include "engines/forecast/draws.hpp"

namespace mithaq::forecast {

struct ForestOptions {
  int trees = 300;
  int leaf_rows = 10;          // fewest rows of a leaf
  double features_part = 0.4;  // of the features, tried at each split
  double rows_part = 0.6;      // of the rows, drawn without putting back, for each tree
  int bins = 255;              // of each feature's values
  int depth_max = 24;
};

class Forest {
 public:
  // Learns from training.rows. The months ahead are a feature like the others, named "lead".
  static Forest fit(const Training& training, const ForestOptions& options);

  // The draws of every cell of the training's `now`.
  Draws forecast(const Training& training) const;

  // The rows (indices of training.rows) that speak for a case and lead, and by how much; weights sum to 1;
  // the most weighty first.
  struct Like {
    std::uint32_t row = 0;
    float weight = 0;
  };
  std::vector<Like> like(const Cases& cases, CaseIndex at, int lead) const;

  // How much each feature moved the probability of at least so many deaths, from that of all rows to that of
  // this case: along each tree's path, the change at a split counts for its feature (Saabas 2014). The parts
  // sum to the difference. [feature], the last one is the lead.
  std::vector<double> influences(const Training& training, CaseIndex at, int lead, double deaths) const;

 private:
  // Private state is the implementation's: binned thresholds, nodes, leaves.
  friend class ForestBuilder;
};

}  // namespace mithaq::forecast
