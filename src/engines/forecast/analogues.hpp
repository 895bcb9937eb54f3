// Forecasts from the past cases most like the present one: k nearest neighbours.
//
// Distances are Euclidean over chosen features, each divided by its spread over the cases; the outcomes of
// the nearest cases, `lead` months after each, are the draws. Every case is looked at: no index, nothing
// approximate. Outcomes are taken as they were: scaling them to the present level lost more than it gained
// when a great war began to end (docs/early-warning.md).
#pragma once

#include <string>
#include <vector>

#include "engines/forecast/cases.hpp"
#include "engines/forecast/draws.hpp"

namespace mithaq::forecast {

struct AnalogueOptions {
  int cases = 150;                 // how many of the nearest count
  std::size_t cases_max = 100000;  // of more, every k-th is looked at
  // Which are compared; a feature that the cases lack is left out. What is not known of a case is taken for
  // the mean.
  std::vector<std::string> features{"last",     "mean_3",   "mean_6",    "mean_12",
                                    "mean_24",  "mean_36",  "mean_120",  "max_12",
                                    "share_12", "share_60", "since_any", "neighbours_12"};
};

// The draws of every cell. For each month ahead only those cases count whose outcome was known at the origin.
// Cost: cases × features for each unit, in a few nanoseconds a dozen.
//   throws  Error{invalid_input} if no case has an outcome
Draws analogue_draws(const Training& training, const AnalogueOptions& options = {});

}  // namespace mithaq::forecast
