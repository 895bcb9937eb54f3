#include "engines/forecast/markov.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.hpp"
#include "engines/forecast/count_quantiles.hpp"
#include "engines/forecast/least_squares.hpp"
#include "engines/forecast/parallel.hpp"
#include "engines/forecast/random.hpp"

namespace mithaq::forecast {
namespace {

constexpr std::size_t kInputs = 10;
using Inputs = std::array<double, kInputs>;
constexpr double kRidge = 1;
// How far a level moves in a month that halves in 3, 12 and 60: 1 - 2^(-1/3) and so on.
constexpr double kMove3 = 0.20629947401590, kMove12 = 0.05612568731831, kMove60 = 0.01148597964710;
constexpr int kDurationMax = 600;  // months: "always"
// The months before the first are not known: the panel's own first year starts the running means.
constexpr int kWarmMonths = 12;

const std::array<double, kDurationMax + 1>& log_durations() {
  static const std::array<double, kDurationMax + 1> logs = [] {
    std::array<double, kDurationMax + 1> made{};
    for (std::size_t each = 0; each < made.size(); ++each) made[each] = std::log1p(static_cast<double>(each));
    return made;
  }();
  return logs;
}

// Where a unit stands, as running numbers that a month moves on. Levels are means of log(1 + deaths) with
// weights that halve in so many months.
class Standing {
 public:
  // The level of the neighbours, which paths do not simulate: it stays as it was.
  void set_around(double level) { around_ = level; }
  // log_deaths: log(1 + deaths)
  void move_on(double log_deaths) {
    const bool violent = log_deaths > 0, was_violent = last_ > 0;
    duration_ = violent == was_violent ? std::min(duration_ + 1, kDurationMax) : 1;
    before_ = last_;
    last_ = log_deaths;
    const double happened = violent ? 1 : 0;
    level_3_ += kMove3 * (log_deaths - level_3_);
    level_12_ += kMove12 * (log_deaths - level_12_);
    level_60_ += kMove60 * (log_deaths - level_60_);
    share_12_ += kMove12 * (happened - share_12_);
    share_60_ += kMove60 * (happened - share_60_);
  }
  ConflictState state() const {
    return conflict_state(static_cast<float>(before_), static_cast<float>(last_));
  }
  Inputs inputs() const {
    return {1,         last_,     before_,   level_3_, level_12_,
            level_60_, share_12_, share_60_, around_,  log_durations()[static_cast<std::size_t>(duration_)]};
  }

 private:
  double last_ = 0, before_ = 0;
  double level_3_ = 0, level_12_ = 0, level_60_ = 0, share_12_ = 0, share_60_ = 0;
  double around_ = 0;
  int duration_ = kDurationMax;
};

// A past month and what came after it.
struct Step {
  float score = 0;   // what the regression expects of the next month, from here
  float deaths = 0;  // of the next month
  float log_deaths = 0;
};

// Past months in order of their score.
class Steps {
 public:
  void add(const Step& step) { steps_.push_back(step); }
  void sort() {
    std::stable_sort(steps_.begin(), steps_.end(),
                     [](const Step& a, const Step& b) { return a.score < b.score; });
    if (steps_.empty()) return;
    low_ = steps_.front().score;
    per_score_ = kGrid / std::max(1e-6, static_cast<double>(steps_.back().score) - low_);
    std::size_t at = 0;
    for (std::size_t each = 0; each < starts_.size(); ++each) {
      while (at < steps_.size() && (steps_[at].score - low_) * per_score_ < static_cast<double>(each)) ++at;
      starts_[each] = static_cast<std::uint32_t>(at);
    }
  }
  std::size_t size() const { return steps_.size(); }
  // One of the `near` nearest by score, each as likely.
  const Step& draw(double score, std::size_t near, Random& random) const {
    // The grid says about where; from there on by single steps.
    const double place = std::clamp((score - low_) * per_score_, 0.0, static_cast<double>(kGrid));
    std::size_t at = starts_[static_cast<std::size_t>(place)];
    const auto value = static_cast<float>(score);
    if (at < steps_.size() && steps_[at].score < value) {
      const auto end =
          steps_.begin() + std::min<std::ptrdiff_t>(
                               static_cast<std::ptrdiff_t>(steps_.size()),
                               place < kGrid ? starts_[static_cast<std::size_t>(place) + 1] : starts_.back());
      at = static_cast<std::size_t>(
          std::lower_bound(steps_.begin() + static_cast<std::ptrdiff_t>(at), end, value,
                           [](const Step& step, float wanted) { return step.score < wanted; }) -
          steps_.begin());
    }
    const std::size_t count = std::min(near, steps_.size());
    std::size_t begin = at > count / 2 ? at - count / 2 : 0;
    begin = std::min(begin, steps_.size() - count);
    return steps_[begin + random.below(static_cast<std::uint32_t>(count))];
  }

 private:
  static constexpr std::size_t kGrid = 1024;
  std::vector<Step> steps_{};
  double low_ = 0, per_score_ = 0;
  std::array<std::uint32_t, kGrid + 1> starts_{};
};

// A regression for each state; and the past months of each state, of all units and of each.
struct Past {
  std::array<Inputs, kConflictStates> weights{};
  std::array<Steps, kConflictStates> all{};
  double score(ConflictState state, const Inputs& inputs) const {
    const Inputs& of_state = weights[static_cast<std::size_t>(state)];
    double sum = 0;
    for (std::size_t each = 0; each < kInputs; ++each) sum += inputs[each] * of_state[each];
    return sum;
  }
};

float known_deaths(float value) {
  return std::round(std::clamp(value, 0.0F, static_cast<float>(kDeathsMax)));
}

// [unit][month of the panel]: the mean over the neighbours of their level, halved in twelve months.
using Levels = std::vector<std::vector<float>>;

Levels levels_around(const Training& training) {
  const Panel& panel = training.panel;
  const auto months = static_cast<std::size_t>(std::max(0, training.origin - panel.first + 1));
  Levels own(panel.units.size(), std::vector<float>(months, 0.0F)), around = own;
  for (UnitIndex unit = 0; unit < panel.units.size(); ++unit) {
    double level = 0;
    for (std::size_t month = 0; month < months; ++month) {
      const float value =
          panel.value(events::Violence::state_based, unit, panel.first + static_cast<Month>(month));
      if (!std::isnan(value))
        level += kMove12 * (std::log1p(static_cast<double>(known_deaths(value))) - level);
      own[unit][month] = static_cast<float>(level);
    }
  }
  for (UnitIndex unit = 0; unit < panel.units.size() && unit < panel.neighbours.size(); ++unit) {
    if (panel.neighbours[unit].empty()) continue;
    const float part = 1 / static_cast<float>(panel.neighbours[unit].size());
    for (const UnitIndex neighbour : panel.neighbours[unit]) {
      for (std::size_t month = 0; month < months; ++month)
        around[unit][month] += part * own[neighbour][month];
    }
  }
  return around;
}

// Goes through a unit's known months up to the origin: visit(where it stood, deaths of the next known month).
//   returns  where it stands at the end
template <typename Visit>
Standing walk(const Training& training, const Levels& around, UnitIndex unit, const Visit& visit) {
  Standing standing;
  int known = 0;
  for (Month month = training.panel.first; month <= training.origin; ++month) {
    const float value = training.panel.value(events::Violence::state_based, unit, month);
    if (std::isnan(value)) continue;
    const float deaths = known_deaths(value);
    if (known >= kWarmMonths) visit(standing, deaths);
    standing.move_on(std::log1p(static_cast<double>(deaths)));
    standing.set_around(around[unit][static_cast<std::size_t>(month - training.panel.first)]);
    ++known;
  }
  return standing;
}

}  // namespace

ConflictState conflict_state(float deaths_before, float deaths_now) {
  if (deaths_now > 0) return deaths_before > 0 ? ConflictState::war : ConflictState::escalation;
  return deaths_before > 0 ? ConflictState::de_escalation : ConflictState::peace;
}

Draws markov_paths(const Training& training, const MarkovOptions& options) {
  const auto paths = static_cast<std::size_t>(std::max(1, options.paths));
  Draws draws(training.cells(), paths);
  if (training.now.empty()) return draws;

  const Levels around = levels_around(training);
  Past past;
  {
    std::vector<LeastSquares> sums(kConflictStates, LeastSquares(kInputs));
    for (UnitIndex unit = 0; unit < training.panel.units.size(); ++unit) {
      walk(training, around, unit, [&](const Standing& standing, float deaths) {
        const Inputs inputs = standing.inputs();
        sums[static_cast<std::size_t>(standing.state())].add(inputs, std::log1p(static_cast<double>(deaths)),
                                                             1);
      });
    }
    for (std::size_t state = 0; state < kConflictStates; ++state) {
      const std::vector<double> weights = sums[state].solve(kRidge);
      std::copy(weights.begin(), weights.end(), past.weights[state].begin());
    }
  }
  const auto step_of = [&](const Standing& standing, float deaths) {
    return Step{static_cast<float>(past.score(standing.state(), standing.inputs())), deaths,
                static_cast<float>(std::log1p(static_cast<double>(deaths)))};
  };
  for (UnitIndex unit = 0; unit < training.panel.units.size(); ++unit) {
    walk(training, around, unit, [&](const Standing& standing, float deaths) {
      past.all[static_cast<std::size_t>(standing.state())].add(step_of(standing, deaths));
    });
  }
  for (Steps& steps : past.all) steps.sort();

  const auto near = static_cast<std::size_t>(std::max(1, options.near));
  const auto near_own = static_cast<std::size_t>(std::max(1, options.near_own));
  in_parallel(training.now.size(), training.threads, [&](std::size_t place) {
    const UnitIndex unit = training.cases.keys[training.now[place]].unit;
    std::array<Steps, kConflictStates> own;
    const Standing start = walk(training, around, unit, [&](const Standing& standing, float deaths) {
      own[static_cast<std::size_t>(standing.state())].add(step_of(standing, deaths));
    });
    std::array<double, kConflictStates> own_part{};
    for (std::size_t state = 0; state < kConflictStates; ++state) {
      own[state].sort();
      const auto count = static_cast<double>(std::min(near_own, own[state].size()));
      own_part[state] = count > 0 ? count / (count + std::max(0.0, options.others)) : 0;
    }
    Random random(training.seed, unit);
    for (std::size_t path = 0; path < paths; ++path) {
      Standing standing = start;
      for (int lead = 1; lead <= training.horizon; ++lead) {
        const auto state = static_cast<std::size_t>(standing.state());
        const double score = past.score(standing.state(), standing.inputs());
        const Steps& all = past.all[state];
        const bool of_own = random.uniform() < own_part[state] || all.size() == 0;
        const Steps& steps = of_own ? own[state] : all;
        // A state that nobody has been in yet: nothing is known of it, and nothing is dealt out.
        const Step next = steps.size() == 0 ? Step{} : steps.draw(score, of_own ? near_own : near, random);
        draws[cell_of(place, lead, training.horizon)][path] = next.deaths;
        standing.move_on(next.log_deaths);
      }
    }
  });
  return draws;
}

Draws markov_draws(const Training& training, const MarkovOptions& options) {
  Draws paths = markov_paths(training, options);
  Draws draws(paths.cells(), training.draws);
  in_parallel(paths.cells(), training.threads, [&](std::size_t cell) {
    const std::span<float> values = paths[cell];
    std::sort(values.begin(), values.end());
    const std::span<float> out = draws[cell];
    for (std::size_t draw = 0; draw < out.size(); ++draw) {
      out[draw] = values[(2 * draw + 1) * values.size() / (2 * out.size())];
    }
  });
  return draws;
}

}  // namespace mithaq::forecast
