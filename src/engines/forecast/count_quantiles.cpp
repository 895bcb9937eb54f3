#include "engines/forecast/count_quantiles.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.hpp"

namespace mithaq::forecast {
namespace {

double level_of(std::size_t draw, std::size_t draws) {
  return (static_cast<double>(draw) + 0.5) / static_cast<double>(draws);
}

// std::lgamma writes the sign into a global, so that threads would race for it.
double log_gamma(double x) {
  int sign = 0;
  return ::lgamma_r(x, &sign);
}

double polynomial(std::span<const double> coefficients, double x) {
  double value = 0;
  for (const double each : coefficients) value = value * x + each;
  return value;
}

// Walks a distribution on the whole numbers upwards from `start`.
//   first  the probability of `start`; that of the numbers below it is taken as 0
//   ratio  ratio(k) = P(k + 1) / P(k)
//   last   where to stop: what is not reached by then lies there
//   level  level(draw): ascending
template <typename Level, typename Ratio>
void fill_by_walk(double start, double first, double last, std::span<float> out, const Level& level,
                  const Ratio& ratio) {
  double at = start, probability = first, below = first;
  for (std::size_t draw = 0; draw < out.size(); ++draw) {
    const double wanted = level(draw);
    while (below < wanted && at < last) {
      probability *= ratio(at);
      at += 1;
      below += probability;
    }
    out[draw] = static_cast<float>(at);
  }
}

// Means above this are taken as continuous: the steps of one are then below a thousandth of the spread.
constexpr double kPoissonWalkMax = 1e5;
constexpr double kNegativeBinomialWalkMax = 2000;
// Beyond this size the variance differs from the mean by less than a millionth part of it, for any mean that
// is walked.
constexpr double kSizeMax = 1e12;

// Gamma distribution by summing its density in the logarithm of x / scale, where it is smooth.
template <typename Level>
void fill_gamma(double shape, double scale, std::span<float> out, const Level& level_of_draw) {
  constexpr int kSteps = 2000;
  const double spread = std::sqrt(shape);
  // Everything below half a death is 0, and beyond these bounds lie less than 1e-9 of it.
  const double low = std::max(std::log(0.5 / scale), std::log(std::max(shape - 7 * spread, 1e-300)));
  const double high = std::log(shape + 7 * spread + 25);
  const double step = (high - low) / kSteps;
  const double constant = log_gamma(shape);
  const auto density = [&](double u) { return std::exp(shape * u - std::exp(u) - constant); };
  // The series of the incomplete gamma function at the lower bound, two terms: x is small there, or nothing
  // lies below.
  const double x = std::exp(low);
  double below =
      shape < 50 ? std::exp(shape * low - log_gamma(shape + 1)) * (1 - shape * x / (shape + 1)) : 0;
  below = std::clamp(below, 0.0, 1.0);
  double before = below, u = low, here = density(low);
  for (std::size_t draw = 0; draw < out.size(); ++draw) {
    const double level = level_of_draw(draw);
    while (below < level && u < high) {
      const double next = density(u + step);
      before = below;
      below += (here + next) / 2 * step;
      here = next;
      u += step;
    }
    const double part = below > before ? std::clamp((level - before) / (below - before), 0.0, 1.0) : 1.0;
    const double value = u <= low ? 0.0 : std::exp(u - step + part * step) * scale;
    out[draw] = static_cast<float>(std::min(std::round(value), kDeathsMax));
  }
}

template <typename Level>
void fill_from_levels(double mean, double size, std::span<float> out, const Level& level) {
  const double variance = mean + mean * mean / size;
  if (mean > kNegativeBinomialWalkMax) {
    // A mixture of Poisson distributions with gamma means: so large that the mixture's own gamma, with the
    // variance of both, differs from it by less than a death or so.
    return fill_gamma(mean * mean / variance, variance / mean, out, level);
  }
  const double spread = std::sqrt(variance);
  const double start = std::max(0.0, std::floor(mean - 10 * spread));
  const double stay = mean / (mean + size);
  const double first = std::exp(log_gamma(start + size) - log_gamma(size) - log_gamma(start + 1) +
                                size * std::log1p(-stay) + start * std::log(stay));
  fill_by_walk(start, first, std::ceil(mean + 100 * spread + 20), out, level,
               [size, stay](double k) { return (k + size) / (k + 1) * stay; });
}

}  // namespace

double normal_quantile(double level) {
  expect(level > 0 && level < 1, "a level between 0 and 1");
  constexpr std::array kA{2509.0809287301226727, 33430.575583588128105, 67265.770927008700853,
                          45921.953931549871457, 13731.693765509461125, 1971.5909503065514427,
                          133.14166789178437745, 3.387132872796366608};
  constexpr std::array kB{
      5226.495278852545925,  28729.085735721942674, 39307.89580009271061,  21213.794301586595867,
      5394.1960214247511077, 687.1870074920579083,  42.313330701600911252, 1.0};
  constexpr std::array kC{7.7454501427834140764e-4, .0227238449892691845833, .24178072517745061177,
                          1.27045825245236838258,   3.64784832476320460504,  5.7694972214606914055,
                          4.6303378461565452959,    1.42343711074968357734};
  constexpr std::array kD{
      1.05075007164441684324e-9, 5.475938084995344946e-4, .0151986665636164571966, .14810397642748007459,
      .68976733498510000455,     1.6763848301838038494,   2.05319162663775882187,  1.0};
  constexpr std::array kE{2.01033439929228813265e-7, 2.71155556874348757815e-5, .0012426609473880784386,
                          .026532189526576123093,    .29656057182850489123,     1.7848265399172913358,
                          5.4637849111641143699,     6.6579046435011037772};
  constexpr std::array kF{
      2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
      .0148753612908506148525,    .13692988092273580531,    .59983220655588793769,    1.0};
  const double from_middle = level - 0.5;
  if (std::abs(from_middle) <= 0.425) {
    const double r = 0.180625 - from_middle * from_middle;
    return from_middle * polynomial(kA, r) / polynomial(kB, r);
  }
  const double r = std::sqrt(-std::log(from_middle < 0 ? level : 1 - level));
  const double tail = r <= 5 ? polynomial(kC, r - 1.6) / polynomial(kD, r - 1.6)
                             : polynomial(kE, r - 5) / polynomial(kF, r - 5);
  return from_middle < 0 ? -tail : tail;
}

void fill_poisson(double mean, std::span<float> out) {
  if (!(mean > 0)) {
    std::fill(out.begin(), out.end(), 0.0F);
    return;
  }
  mean = std::min(mean, kDeathsMax);
  const double spread = std::sqrt(mean);
  if (mean > kPoissonWalkMax) {
    // Cornish & Fisher (1938) with the skewness 1 / sqrt(mean); the next terms are below a death.
    for (std::size_t draw = 0; draw < out.size(); ++draw) {
      const double z = normal_quantile(level_of(draw, out.size()));
      out[draw] = static_cast<float>(std::min(std::round(mean + spread * z + (z * z - 1) / 6), kDeathsMax));
    }
    return;
  }
  const double start = std::max(0.0, std::floor(mean - 10 * spread));
  const double first = std::exp(start * std::log(mean) - mean - log_gamma(start + 1));
  fill_by_walk(
      start, first, std::ceil(mean + 12 * spread + 20), out,
      [&](std::size_t draw) { return level_of(draw, out.size()); },
      [mean](double k) { return mean / (k + 1); });
}

void fill_negative_binomial(double mean, double size, std::span<float> out) {
  if (!(mean > 0)) {
    std::fill(out.begin(), out.end(), 0.0F);
    return;
  }
  expect(size > 0, "a negative binomial of some size");
  mean = std::min(mean, kDeathsMax);
  if (size > kSizeMax) return fill_poisson(mean, out);
  fill_from_levels(mean, size, out, [&](std::size_t draw) { return level_of(draw, out.size()); });
}

void fill_hurdle(double none, double mean, double size, std::span<float> out) {
  expect(mean > 0 && mean <= kDeathsMax && size > 0 && size <= kSizeMax, "a negative binomial of some size");
  std::size_t zeros = 0;
  while (zeros < out.size() && level_of(zeros, out.size()) < none) out[zeros++] = 0;
  const std::span<float> some = out.subspan(zeros);
  if (some.empty()) return;
  // What is left of the levels, spread over the distribution above its own zero.
  const double zero = std::exp(-size * std::log1p(mean / size));
  fill_from_levels(mean, size, some, [&](std::size_t draw) {
    const double part = (level_of(zeros + draw, out.size()) - none) / (1 - none);
    return zero + (1 - zero) * part;
  });
  for (float& each : some) each = std::max(each, 1.0F);
}

}  // namespace mithaq::forecast
