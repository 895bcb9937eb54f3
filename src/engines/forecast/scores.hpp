// How good forecasts were: proper scores of draws against what happened.
//
// Formulas and constants are those of the VIEWS Prediction Challenge 2023/24 (Hegre et al. 2025, J. Peace
// Research), so that figures can be laid beside its published tables. Lower is better for all but coverage
// and average precision. docs/early-warning.md explains each in words.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engines/forecast/draws.hpp"

namespace mithaq::forecast {

// Continuous ranked probability score of the draws' distribution function, in deaths:
//   (1/S) Σ|x_i - y| - (1/(2S²)) Σ_i Σ_j |x_i - x_j|     (Gneiting & Raftery 2007; not the "fair" form)
//   draws  ascending
double crps(std::span<const float> draws, double outcome);
// The same of log(1 + deaths), in which small and large wars count alike (Bosse et al. 2023).
double log1p_crps(std::span<const float> draws, double outcome);

// Ignorance: -log2((c + 1) / (S + 11)), c the draws in the outcome's bin; the bins begin at 0, 0.5, 2.5, 5.5,
// 10.5, 25.5, 50.5, 100.5, 250.5, 500.5 and 1000.5. In bits.
//   draws   any order. The challenge takes other numbers than 1000 to 1000 along their order by Fourier
//           resampling first: resampled_to_1000
double ignorance(std::span<const float> draws, double outcome);
// scipy.signal.resample(x, 1000), then negative values set to 0: what the challenge does before it scores the
// ignorance of a forecast with another number of draws.
std::vector<float> resampled_to_1000(std::span<const float> draws);

// Interval score of the central 90 % interval, in deaths: its width, and 20 times what the outcome lies
// outside (Gneiting & Raftery 2007, α = 0.1).
//   draws  ascending
double interval_score(std::span<const float> draws, double outcome);

// (probability - what happened)².
double brier(double probability, bool happened);

// Area under the precision-recall curve as a sum over ranks, Σ (R_n - R_{n-1}) P_n; ties count as one step.
//   returns  0 if nothing happened
double average_precision(std::span<const double> probabilities, std::span<const std::uint8_t> happened);

// Probability integral transform of a count: uniform in [F(y-), F(y)] (Czado, Gneiting & Held 2009).
//   part  in [0, 1]: where between the two
double pit(std::span<const float> draws, double outcome, double part);

// Whether the outcome lies in the central interval.
bool covered(std::span<const float> draws, double outcome, double level = 0.9);

}  // namespace mithaq::forecast
