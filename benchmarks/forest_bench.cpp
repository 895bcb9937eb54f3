// How fast the forest learns from real country-months, and how good what it says is.
//
// Usage: forest_bench FOLDER [TREES] [LEAF_ROWS] [ROWS]
// Prints one line for each forest: name, seconds to learn, seconds to forecast, and over the twelve months
// after the origin, which no forest saw: CRPS, CRPS of log(1 + deaths), mean squared error of the mean of
// log(1 + deaths). The rows stand in FOLDER then, so that a peer can learn from the same ones:
//   shape    counts as text: features (the lead included), rows, cells, draws
//   train    float32 [feature][row];  weights, outcomes  float32 [row]
//   test     float32 [feature][cell]; actuals  float32 [cell], -1 where not known
// benchmarks/forest_vs_sklearn runs it beside scikit-learn.
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "engines/forecast/cases.hpp"
#include "engines/forecast/forest.hpp"
#include "engines/forecast/scores.hpp"
#include "engines/forecast/window.hpp"
#include "service/shipped_panel.hpp"
#include "tests/support/test_paths.hpp"

namespace {

using namespace mithaq;
using namespace mithaq::forecast;
using Clock = std::chrono::steady_clock;

constexpr int kHorizon = 12;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

void write(const std::filesystem::path& file, const std::vector<float>& values) {
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(values.data()),
            static_cast<std::streamsize>(values.size() * sizeof(float)));
  if (!out) throw std::runtime_error("cannot write " + file.string());
}

void run(const char* name, const Training& training, const ForestOptions& options,
         const std::vector<float>& actuals) {
  auto begin = Clock::now();
  const Forest forest = Forest::fit(training, options);
  const double fit = seconds_since(begin);
  begin = Clock::now();
  const Draws draws = forest.forecast(training);
  const double forecast = seconds_since(begin);
  double score = 0, log_score = 0, square = 0, known = 0;
  for (std::size_t cell = 0; cell < draws.cells(); ++cell) {
    if (actuals[cell] < 0) continue;
    double mean_log = 0;
    for (const float draw : draws[cell]) mean_log += std::log1p(draw) / static_cast<double>(draws.per_cell());
    score += crps(draws[cell], actuals[cell]);
    log_score += log1p_crps(draws[cell], actuals[cell]);
    square += std::pow(mean_log - std::log1p(actuals[cell]), 2);
    known += 1;
  }
  fmt::print("{:24}{:8.2f}{:8.2f}{:10.4f}{:10.5f}{:10.5f}\n", name, fit, forecast, score / known,
             log_score / known, square / known);
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    fmt::print(stderr, "usage: forest_bench FOLDER [TREES] [LEAF_ROWS] [ROWS]\n");
    return 2;
  }
  const std::filesystem::path folder = words[1];
  const auto number = [&](int place, int otherwise) {
    return count > place ? std::atoi(words[place]) : otherwise;
  };
  const int trees = number(2, 200), leaf_rows = number(3, 10), rows_max = number(4, 60000);

  const Panel panel = service::shipped_panel(test::data());
  const Month origin = events::month_of(2016, 10);
  const std::vector<CaseKey> keys = case_keys(panel, origin, 1000000, 1);
  const Cases cases = make_cases(panel, keys);
  const std::vector<TrainingRow> rows =
      training_rows(panel, cases, origin, kHorizon, static_cast<std::size_t>(rows_max), 1);
  std::vector<CaseIndex> now;
  for (CaseIndex at = 0; at < cases.size(); ++at) {
    if (cases.keys[at].origin == origin) now.push_back(at);
  }
  const Training training{
      .panel = panel, .cases = cases, .rows = rows, .now = now, .origin = origin, .horizon = kHorizon};
  std::vector<float> train, weights, outcomes, test_values, actuals;
  for (const std::vector<float>& values : cases.values) {
    for (const TrainingRow& row : rows) train.push_back(values[row.at]);
    for (const CaseIndex at : now) test_values.insert(test_values.end(), kHorizon, values[at]);
  }
  for (const TrainingRow& row : rows) {
    train.push_back(row.lead);
    weights.push_back(row.weight);
    outcomes.push_back(row.outcome);
  }
  for (const CaseIndex at : now) {
    for (int lead = 1; lead <= kHorizon; ++lead) {
      const float actual = panel.value(events::Violence::state_based, cases.keys[at].unit, origin + lead);
      actuals.push_back(std::isnan(actual) ? -1 : actual);
      test_values.push_back(static_cast<float>(lead));
    }
  }
  write(folder / "train", train);
  write(folder / "weights", weights);
  write(folder / "outcomes", outcomes);
  write(folder / "test", test_values);
  write(folder / "actuals", actuals);
  std::ofstream(folder / "shape") << fmt::format("{} {} {} {}\n", cases.features.size() + 1, rows.size(),
                                                 training.cells(), training.draws);

  fmt::print("{} trees, {} rows, {} features, leaves of {} rows, 40 % of the features at a split\n", trees,
             rows.size(), cases.features.size() + 1, leaf_rows);
  fmt::print("{:24}{:>8}{:>8}{:>10}{:>10}{:>10}\n", "", "fit s", "say s", "CRPS", "log1p", "MSE log1p");
  // As many different rows as a bootstrap sample has.
  ForestOptions options{.trees = trees, .leaf_rows = leaf_rows, .features_part = 0.4, .rows_part = 0.632};
  options.depth_max = 100;
  run("Mithaq, three scales", training, options, actuals);
  options.scales = {Scale::log1p};
  run("Mithaq, log1p alone", training, options, actuals);
  options.split_rows = 1000000000;
  run("Mithaq, log1p, all rows", training, options, actuals);
}
