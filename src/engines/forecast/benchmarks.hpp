// Forecasts without a model, which every model must beat.
//
// As the VIEWS challenge defines them (Hegre et al. 2025, J. Peace Research; its benchmark.py). They need the
// panel alone and look at deaths by state-based violence. A month that is not known is left out; where none
// is known the forecast is zero. The challenge draws from these distributions with a generator that was not
// seeded; here the draws are their quantiles, so that they carry no noise.
#pragma once

#include "engines/forecast/cases.hpp"
#include "engines/forecast/draws.hpp"

namespace mithaq::forecast {

// No deaths anywhere.
Draws zero_draws(const Training& training);
// Poisson around the last known month.
Draws last_draws(const Training& training);
// Values of all units in the last `months`, each as likely, for every cell.
Draws bootstrap_draws(const Training& training, int months = 12);
// The unit's own last `months` values, each as likely, for every month ahead: "conflictology".
//   example  of 12 values each stands 83 or 84 times among 1000 draws
Draws conflictology_draws(const Training& training, int months = 12);
// Its own and its neighbours' last `months` values. A grid cell has eight neighbours: those that the panel
// does not hold (sea, or outside) count as `months` zeros each.
Draws conflictology_neighbours_draws(const Training& training, int months = 12);
// A negative binomial with mean and variance (n - 1) of the unit's last `months`; Poisson where the variance
// is not above the mean.
Draws negative_binomial_draws(const Training& training, int months = 24);

}  // namespace mithaq::forecast
