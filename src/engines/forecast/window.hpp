// All learners at work from one origin.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engines/forecast/forest.hpp"
#include "engines/forecast/stacking.hpp"

namespace mithaq::forecast {

// The learners, in the order of Window::members.
const std::vector<std::string>& learner_ids();
// How much each counts before anything is known of the windows at hand, as the windows 2010 to 2017 had it.
const std::vector<double>& learner_priors();
//   throws  Error{bug} if there is none of that name
std::size_t learner_index(std::string_view id);

struct WindowOptions {
  int horizon = 12;
  std::size_t draws = kDraws;
  std::uint64_t seed = 1;
  unsigned threads = 0;
};

// Every case of a panel up to and with a month: what learners may learn from. Of a panel with very many units
// a sample, in which quiet places stand for many of their kind.
//   cases_max  about so many
std::vector<CaseKey> case_keys(const Panel& panel, Month last, std::size_t cases_max, std::uint64_t seed);

// Rows to learn from whose outcome was known at the origin, a sample: of places where nobody has been killed
// for ten years and nobody was later some, with a weight that makes up for it.
//   rows_max  about so many
std::vector<TrainingRow> training_rows(const Panel& panel, const Cases& cases, Month origin, int horizon,
                                       std::size_t rows_max, std::uint64_t seed);

// The units that exist at a month and are known then.
std::vector<UnitIndex> units_at(const Panel& panel, Month month);

// What every learner forecasts from an origin, with the outcomes that the panel knows.
//   cases   contain those of every unit at the origin
//   forest  if given, is set to the fitted forest, with the rows it learned from
struct FittedForest {
  Forest forest{};
  std::vector<TrainingRow> rows{};
};
Window forecast_window(const Panel& panel, const Cases& cases, Month origin, const WindowOptions& options,
                       FittedForest* forest = nullptr);

}  // namespace mithaq::forecast
