#include "engines/forecast/scores.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>

#include "base/error.hpp"

namespace mithaq::forecast {

namespace {

// CompetitionEvaluation of the challenge: K = 11 bins, the last without end.
constexpr double kBins[] = {0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5};
constexpr double kDrawsMax = 1e10;  // larger draws are taken for this

std::size_t bin_of(double value) {
  return static_cast<std::size_t>(std::upper_bound(std::begin(kBins), std::end(kBins), value) -
                                  std::begin(kBins));
}

template <typename Scale>
double crps_on(std::span<const float> draws, double outcome, Scale scale) {
  const auto count = static_cast<double>(draws.size());
  double distance = 0, between = 0, rank = 1 - count;  // rank: 2i - S - 1, i from 1
  for (const float draw : draws) {
    const double value = scale(std::min(static_cast<double>(draw), kDrawsMax));
    distance += std::abs(value - outcome);
    between += rank * value;
    rank += 2;
  }
  return distance / count - between / (count * count);
}

}  // namespace

double crps(std::span<const float> draws, double outcome) {
  return crps_on(draws, outcome, [](double value) { return value; });
}

double log1p_crps(std::span<const float> draws, double outcome) {
  return crps_on(draws, std::log1p(outcome), [](double value) { return std::log1p(value); });
}

double ignorance(std::span<const float> draws, double outcome) {
  const std::size_t bin = bin_of(outcome);
  const auto inside =
      std::count_if(draws.begin(), draws.end(), [&](float draw) { return bin_of(draw) == bin; });
  return -std::log2((static_cast<double>(inside) + 1) / static_cast<double>(draws.size() + std::size(kBins)));
}

std::vector<float> resampled_to_1000(std::span<const float> draws) {
  constexpr std::size_t kPoints = 1000;
  const std::size_t count = draws.size();
  expect(count > 0, "draws to resample");
  // scipy.signal.resample of real values: cut or pad their spectrum, and transform it back.
  const std::size_t kept = std::min(count, kPoints) / 2 + 1;
  std::vector<std::complex<double>> spectrum(kept);
  for (std::size_t frequency = 0; frequency < kept; ++frequency) {
    for (std::size_t at = 0; at < count; ++at) {
      const double turn =
          -2 * std::numbers::pi * static_cast<double>(frequency * at % count) / static_cast<double>(count);
      spectrum[frequency] +=
          static_cast<double>(draws[at]) * std::complex<double>(std::cos(turn), std::sin(turn));
    }
  }
  if (std::min(count, kPoints) % 2 == 0 && count != kPoints) spectrum.back() *= count < kPoints ? 0.5 : 2.0;
  std::vector<float> out(kPoints);
  for (std::size_t at = 0; at < kPoints; ++at) {
    double value = spectrum[0].real();
    for (std::size_t frequency = 1; frequency < kept; ++frequency) {
      const double turn =
          2 * std::numbers::pi * static_cast<double>(frequency * at % kPoints) / static_cast<double>(kPoints);
      const double part =
          spectrum[frequency].real() * std::cos(turn) - spectrum[frequency].imag() * std::sin(turn);
      value += frequency == kPoints / 2 ? part : 2 * part;  // the highest frequency is its own mirror
    }
    out[at] = static_cast<float>(std::max(0.0, value / static_cast<double>(count)));
  }
  return out;
}

double interval_score(std::span<const float> draws, double outcome) {
  constexpr double kAlpha = 0.1;
  const double low = quantile(draws, kAlpha / 2), high = quantile(draws, 1 - kAlpha / 2);
  double score = high - low;
  if (outcome < low) score += 2 / kAlpha * (low - outcome);
  if (outcome > high) score += 2 / kAlpha * (outcome - high);
  return score;
}

double brier(double probability, bool happened) {
  const double miss = probability - (happened ? 1 : 0);
  return miss * miss;
}

double average_precision(std::span<const double> probabilities, std::span<const std::uint8_t> happened) {
  expect(probabilities.size() == happened.size(), "an outcome for each probability");
  std::vector<std::size_t> order(probabilities.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return probabilities[a] > probabilities[b]; });
  const auto all = static_cast<double>(
      std::count_if(happened.begin(), happened.end(), [](auto each) { return each != 0; }));
  if (all == 0) return 0;
  double area = 0, true_ones = 0, before = 0;
  for (std::size_t at = 0; at < order.size();) {
    const double probability = probabilities[order[at]];
    for (; at < order.size() && probabilities[order[at]] == probability; ++at)
      true_ones += happened[order[at]] != 0 ? 1 : 0;
    area += (true_ones - before) / all * true_ones / static_cast<double>(at);
    before = true_ones;
  }
  return area;
}

double pit(std::span<const float> draws, double outcome, double part) {
  const auto count = static_cast<double>(draws.size());
  const auto value = static_cast<float>(outcome);
  const auto below =
      static_cast<double>(std::lower_bound(draws.begin(), draws.end(), value) - draws.begin()) / count;
  const auto up_to =
      static_cast<double>(std::upper_bound(draws.begin(), draws.end(), value) - draws.begin()) / count;
  return below + part * (up_to - below);
}

bool covered(std::span<const float> draws, double outcome, double level) {
  return outcome >= quantile(draws, (1 - level) / 2) && outcome <= quantile(draws, (1 + level) / 2);
}

}  // namespace mithaq::forecast
