// Quantiles of distributions of counts, as draws.
//
// Each fills `out` with the quantiles at (i + ½) / size, so that the draws carry no noise of their own.
#pragma once

#include <span>

namespace mithaq::forecast {

// No draw is larger, in deaths: the VIEWS challenge cuts there before it scores.
inline constexpr double kDeathsMax = 1e10;

// The quantile of the standard normal distribution.
//   level   in (0, 1)
//   source  Wichura (1988), algorithm AS 241, PPND16: about sixteen digits
double normal_quantile(double level);

// Poisson. A mean that is not above 0 gives zeros; one above kDeathsMax counts as that.
void fill_poisson(double mean, std::span<float> out);

// Negative binomial with variance = mean + mean² / size; size is the r of the number of failures.
//   size  above 0; very large ones give the Poisson distribution
void fill_negative_binomial(double mean, double size, std::span<float> out);

// A hurdle: none with probability `none`, else a negative binomial without its zero.
//   none  0 to 1
//   mean  of the negative binomial with its zero, above 0
void fill_hurdle(double none, double mean, double size, std::span<float> out);

}  // namespace mithaq::forecast
