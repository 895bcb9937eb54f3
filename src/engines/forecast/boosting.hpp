// A hurdle model by gradient boosting: whether anybody is killed, and how many if so.
//
// Three sums of small regression trees: the log-odds of any death (logistic loss), and, of the months with
// deaths, the mean and the dispersion of a zero-truncated negative binomial, on the log scale and by natural
// gradients (Duan et al. 2020, NGBoost).
#pragma once

#include "engines/forecast/cases.hpp"
#include "engines/forecast/draws.hpp"

namespace mithaq::forecast {

struct BoostingOptions {
  int rounds = 150;
  double rate = 0.08;  // of each round
  int depth = 5;
  int leaf_rows = 40;
  double rows_part = 0.7;
  double features_part = 0.5;
  int bins = 255;
};

Draws boosting_draws(const Training& training, const BoostingOptions& options = {});

}  // namespace mithaq::forecast
