// Forecasts from the past cases most like the present one: k nearest neighbours.
//
// Distances are Euclidean over chosen features, each divided by its spread; the outcomes of the nearest
// cases, `lead` months after each, are the draws.
#pragma once

#include <string>
#include <vector>

#include "engines/forecast/cases.hpp"
#include "engines/forecast/draws.hpp"

namespace mithaq::forecast {

struct AnalogueOptions {
  int cases = 150;                      // how many of the nearest count
  std::vector<std::string> features{};  // which are compared; empty: the list of analogues.cpp
};

// The draws of every cell. For each month ahead only cases count whose outcome was known at the origin.
Draws analogue_draws(const Training& training, const AnalogueOptions& options = {});

// The nearest cases themselves, nearest first.
struct Analogue {
  CaseIndex at = 0;
  float distance = 0;
};
std::vector<Analogue> nearest_cases(const Training& training, CaseIndex at, int lead,
                                    const AnalogueOptions& options = {});

}  // namespace mithaq::forecast
