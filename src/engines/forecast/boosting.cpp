#include "engines/forecast/boosting.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "engines/forecast/boosted_trees.hpp"
#include "engines/forecast/count_quantiles.hpp"
#include "engines/forecast/least_squares.hpp"
#include "engines/forecast/parallel.hpp"

namespace mithaq::forecast {
namespace {

// The unit's own level on several time scales: what a linear model may carry on beyond the levels seen.
constexpr std::array<std::string_view, 9> kLevels{"last",    "mean_3", "mean_6",  "mean_12", "mean_24",
                                                  "mean_60", "max_12", "decay_5", "decay_12"};

// A part of the rows without putting back, ascending (Knuth's algorithm S).
std::vector<std::uint32_t> chosen_rows(std::size_t rows, double part, Random& random) {
  std::vector<std::uint32_t> chosen;
  auto wanted = std::max<std::size_t>(1, static_cast<std::size_t>(part * static_cast<double>(rows)));
  chosen.reserve(wanted);
  for (std::size_t row = 0; row < rows && wanted > 0; ++row) {
    if (random.uniform() * static_cast<double>(rows - row) < static_cast<double>(wanted)) {
      chosen.push_back(static_cast<std::uint32_t>(row));
      --wanted;
    }
  }
  return chosen;
}

// Ridge regression of the log of the outcome on levels and the log of the months ahead.
class LinearStart {
 public:
  static LinearStart fit(const Cases& cases, std::span<const TrainingRow> rows);
  double value(const Cases& cases, CaseIndex at, int lead) const {
    std::vector<double> inputs;
    fill(cases, at, lead, inputs);
    double sum = 0;
    for (std::size_t each = 0; each < inputs.size(); ++each) sum += inputs[each] * weights_[each];
    return sum;
  }

 private:
  struct Input {
    std::size_t feature = 0;
    double middle = 0, spread = 1;
  };
  // A constant, the lead, and each level by its spread; the middle where it is not known.
  void fill(const Cases& cases, CaseIndex at, int lead, std::vector<double>& inputs) const {
    inputs.assign({1.0, std::log(lead)});
    for (const Input& each : inputs_) {
      const float value = cases.values[each.feature][at];
      inputs.push_back(std::isnan(value) ? 0 : (value - each.middle) / each.spread);
    }
  }
  std::vector<Input> inputs_{};
  std::vector<double> weights_{};
};

LinearStart LinearStart::fit(const Cases& cases, std::span<const TrainingRow> rows) {
  LinearStart start;
  for (std::size_t feature = 0; feature < cases.features.size(); ++feature) {
    if (std::find(kLevels.begin(), kLevels.end(), cases.features[feature].id) == kLevels.end()) continue;
    double sum = 0, squares = 0, weight = 0;
    for (const TrainingRow& row : rows) {
      const double value = cases.values[feature][row.at];
      if (std::isnan(value)) continue;
      sum += row.weight * value;
      squares += row.weight * value * value;
      weight += row.weight;
    }
    if (!(weight > 0)) continue;
    const double middle = sum / weight;
    start.inputs_.push_back({feature, middle, std::sqrt(std::max(1e-6, squares / weight - middle * middle))});
  }
  LeastSquares sums(start.inputs_.size() + 2);
  std::vector<double> inputs;
  for (const TrainingRow& row : rows) {
    start.fill(cases, row.at, row.lead, inputs);
    sums.add(inputs, std::log(static_cast<double>(row.outcome)), row.weight);
  }
  start.weights_ = sums.solve(1);
  return start;
}

// Derivatives of the logarithm of the gamma function, by recurrence up to 6 and the asymptotic series.
double digamma(double x) {
  double sum = 0;
  for (; x < 6; x += 1) sum -= 1 / x;
  const double square = 1 / (x * x);
  return sum + std::log(x) - 0.5 / x - square * (1.0 / 12 - square * (1.0 / 120 - square / 252));
}
double trigamma(double x) {
  double sum = 0;
  for (; x < 6; x += 1) sum += 1 / (x * x);
  const double square = 1 / (x * x);
  return sum + 1 / x + square / 2 + square / x * (1.0 / 6 - square * (1.0 / 30 - square / 42));
}

// The negative binomial that is cut off below 1, or a step of its parameters: variance = mean + mean² / size.
struct Parameters {
  double log_mean = 0, log_size = 0;
};

// No step in one round is longer, so that a month without like does not throw the trees off.
constexpr double kMeanStepMax = 3, kSizeStepMax = 2;
constexpr double kInformationMin = 0.05;

// Where the model may not go.
//   log_most  of the largest outcome
Parameters bounded(Parameters at, double log_most) {
  return {std::clamp(at.log_mean, -3.0, std::max(-3.0, log_most)),
          std::clamp(at.log_size, std::log(0.05), std::log(50.0))};
}

// The gradient of the log-likelihood of a count divided by its Fisher information. The information is that of
// the distribution with its zero, of the size with the mean in the count's place: near enough for steps.
Parameters natural_step(double deaths, Parameters at) {
  const double mean = std::exp(at.log_mean), size = std::exp(at.log_size);
  const double fail = size / (size + mean), log_fail = std::log(fail);
  const double zero = std::exp(size * log_fail), odds = zero / std::max(1e-9, 1 - zero);
  double by_mean = (deaths - mean) * fail;
  double by_size =
      size * (digamma(deaths + size) - digamma(size) + log_fail + 1 - (size + deaths) / (size + mean));
  // That the count is known not to be zero.
  by_mean -= odds * mean * fail;
  by_size += odds * size * (log_fail + mean / (size + mean));
  const double of_mean = std::max(kInformationMin, mean * fail);
  const double of_size =
      std::max(kInformationMin, size * size * (trigamma(size) - trigamma(size + mean)) - mean * fail);
  return {std::clamp(by_mean / of_mean, -kMeanStepMax, kMeanStepMax),
          std::clamp(by_size / of_size, -kSizeStepMax, kSizeStepMax)};
}

// A sum of trees upon a start.
struct Boosted {
  double start = 0, rate = 0;
  std::vector<BoostedTree> trees{};

  double value(std::span<const std::uint8_t> bins) const {
    double sum = 0;
    for (const BoostedTree& tree : trees) sum += tree.value(bins);
    return start + rate * sum;
  }
  void grow(const BinnedRows& binned, std::span<const std::uint32_t> chosen, std::span<const float> first,
            std::span<const float> second, const TreeOptions& options, Random& random,
            std::span<double> sums) {
    trees.push_back(BoostedTree::grow(binned, chosen, first, second, options, random));
    trees.back().add_to(binned, rate, sums);
  }
};

TreeOptions tree_options(const BoostingPart& part, const BoostingOptions& options) {
  return {.depth = part.depth, .leaf_rows = part.leaf_rows, .features_part = options.features_part};
}

// The log-odds of any death.
Boosted fit_any(const BinnedRows& binned, std::span<const TrainingRow> rows, const BoostingOptions& options,
                Random random) {
  double some = 0, all = 0;
  for (const TrainingRow& row : rows) {
    all += row.weight;
    if (row.outcome > 0) some += row.weight;
  }
  const double part = std::clamp(some / all, 1e-4, 1 - 1e-4);
  Boosted any{.start = std::log(part / (1 - part)), .rate = options.any.rate};
  std::vector<double> odds(rows.size(), any.start);
  std::vector<float> first(rows.size()), second(rows.size());
  for (int round = 0; round < options.any.rounds; ++round) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const double probability = 1 / (1 + std::exp(-odds[row])), happened = rows[row].outcome > 0 ? 1 : 0;
      first[row] = static_cast<float>(rows[row].weight * (probability - happened));
      second[row] = static_cast<float>(rows[row].weight * probability * (1 - probability));
    }
    const std::vector<std::uint32_t> chosen = chosen_rows(rows.size(), options.rows_part, random);
    any.grow(binned, chosen, first, second, tree_options(options.any, options), random, odds);
  }
  return any;
}

// Of months with deaths: what is to be added to the linear start of log_mean, and log_size.
struct Many {
  Boosted mean{}, size{};
};

Many fit_many(const BinnedRows& binned, std::span<const TrainingRow> rows, std::span<const double> starts,
              double log_most, const BoostingOptions& options, Random random) {
  // The mean of a skewed distribution lies above the mean of the logs.
  Many many{.mean = {.start = 0.5, .rate = options.many.rate},
            .size = {.start = std::log(0.7), .rate = options.many.rate}};
  std::vector<double> log_mean(starts.begin(), starts.end()), log_size(rows.size(), many.size.start);
  for (double& each : log_mean) each += many.mean.start;
  std::vector<float> by_mean(rows.size()), by_size(rows.size()), weights(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) weights[row] = rows[row].weight;
  const TreeOptions trees = tree_options(options.many, options);
  for (int round = 0; round < options.many.rounds; ++round) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const Parameters step =
          natural_step(rows[row].outcome, bounded({log_mean[row], log_size[row]}, log_most));
      by_mean[row] = static_cast<float>(-step.log_mean * rows[row].weight);
      by_size[row] = static_cast<float>(-step.log_size * rows[row].weight);
    }
    const std::vector<std::uint32_t> chosen = chosen_rows(rows.size(), options.rows_part, random);
    many.mean.grow(binned, chosen, by_mean, weights, trees, random, log_mean);
    many.size.grow(binned, chosen, by_size, weights, trees, random, log_size);
  }
  return many;
}

}  // namespace

Draws boosting_draws(const Training& training, const BoostingOptions& options) {
  Draws draws(training.cells(), training.draws);
  std::vector<TrainingRow> rows, positive;
  double most = 1;
  for (TrainingRow row : training.rows) {
    if (std::isnan(row.outcome) || !(row.weight > 0)) continue;
    row.outcome = std::round(std::clamp(row.outcome, 0.0F, static_cast<float>(kDeathsMax)));
    rows.push_back(row);
    if (row.outcome > 0) positive.push_back(row);
    most = std::max(most, static_cast<double>(row.outcome));
  }
  if (positive.empty()) return draws;

  // Bins of their own: months with deaths lie where all months together have few edges.
  const BinnedRows binned(training.cases, rows, options.bins);
  const BinnedRows binned_positive(training.cases, positive, options.bins);
  const LinearStart start = LinearStart::fit(training.cases, positive);
  std::vector<double> starts;
  for (const TrainingRow& row : positive) starts.push_back(start.value(training.cases, row.at, row.lead));
  const double log_most = std::log(most);
  const auto bags = static_cast<std::size_t>(std::max(1, options.bags));
  std::vector<Boosted> any(bags);
  std::vector<Many> many(bags);
  in_parallel(2 * bags, training.threads, [&](std::size_t piece) {
    const Random random(training.seed, piece);
    if (piece < bags) {
      any[piece] = fit_any(binned, rows, options, random);
    } else {
      many[piece - bags] = fit_many(binned_positive, positive, starts, log_most, options, random);
    }
  });

  in_parallel(training.now.size(), training.threads, [&](std::size_t place) {
    const CaseIndex at = training.now[place];
    for (int lead = 1; lead <= training.horizon; ++lead) {
      const std::vector<std::uint8_t> bins = binned.binned(training.cases, at, lead);
      const std::vector<std::uint8_t> bins_positive = binned_positive.binned(training.cases, at, lead);
      double odds = 0;
      Parameters parameters;
      for (std::size_t bag = 0; bag < bags; ++bag) {
        odds += any[bag].value(bins) / static_cast<double>(bags);
        parameters.log_mean += many[bag].mean.value(bins_positive) / static_cast<double>(bags);
        parameters.log_size += many[bag].size.value(bins_positive) / static_cast<double>(bags);
      }
      parameters.log_mean += start.value(training.cases, at, lead);
      parameters = bounded(parameters, log_most);
      const std::span<float> out = draws[cell_of(place, lead, training.horizon)];
      fill_hurdle(1 / (1 + std::exp(odds)), std::exp(parameters.log_mean), std::exp(parameters.log_size),
                  out);
      for (float& each : out) each = std::min(each, static_cast<float>(most));
    }
  });
  return draws;
}

}  // namespace mithaq::forecast
