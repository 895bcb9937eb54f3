// A hurdle model by gradient boosting: whether anybody is killed, and how many if so.
//
// Sums of small regression trees: the log-odds of any death (logistic loss), and, of the months with deaths,
// the mean and the size of a zero-truncated negative binomial, both on the log scale and by natural gradients
// (Duan et al. 2020, NGBoost). The trees of the mean begin from a linear regression on the unit's own recent
// months, because trees alone cannot go beyond the levels that they have seen often.
#pragma once

#include "engines/forecast/cases.hpp"
#include "engines/forecast/draws.hpp"

namespace mithaq::forecast {

// How the trees of a part of the model are grown.
struct BoostingPart {
  int rounds = 0;
  double rate = 0;    // of each round
  int depth = 3;      // of a tree
  int leaf_rows = 0;  // fewest rows of a leaf
};

// Chosen by scores on outcomes of 2010 to 2017: docs/early-warning.md.
struct BoostingOptions {
  BoostingPart any{.rounds = 120, .rate = 0.05, .leaf_rows = 100};  // whether anybody is killed
  BoostingPart many{.rounds = 100, .rate = 0.05, .leaf_rows = 10};  // how many
  double rows_part = 0.7;      // of the rows, drawn without putting back, for each round
  double features_part = 0.5;  // of the features, drawn for each tree
  int bins = 255;              // of each feature's values
  int bags = 2;                // models of other random numbers, whose parameters are averaged
};

// The draws of every cell: quantiles of the mixture of none and the truncated negative binomial. No draw is
// larger than the largest outcome of the rows. Zero everywhere if there is no row with deaths.
//   rows  those whose outcome is not known are left out; deaths are rounded to whole numbers
Draws boosting_draws(const Training& training, const BoostingOptions& options = {});

}  // namespace mithaq::forecast
