// Forecasts without a model, which every model must beat.
//
// As the VIEWS challenge defines them (Hegre et al. 2025); they need the panel alone. A month that is not
// known counts as none.
#pragma once

#include "engines/forecast/cases.hpp"
#include "engines/forecast/draws.hpp"

namespace mithaq::forecast {

// No deaths anywhere.
Draws zero_draws(const Training& training);
// Poisson around the last known month.
Draws last_draws(const Training& training);
// Values of all units in the last `months`, drawn with replacement.
Draws bootstrap_draws(const Training& training, int months = 12);
// The unit's own last `months` values, each as likely, for every month ahead: "conflictology".
Draws conflictology_draws(const Training& training, int months = 12);
// Of a cell: its own and its neighbours' last `months` values.
Draws conflictology_neighbours_draws(const Training& training, int months = 12);
// A negative binomial with mean and variance of the unit's last `months` (by moments).
Draws negative_binomial_draws(const Training& training, int months = 24);

}  // namespace mithaq::forecast
