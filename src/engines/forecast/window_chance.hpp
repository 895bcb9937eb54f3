// From the probabilities of single months to that of a window of them.
//
// How likely something is in some month of a window lies between the largest of its months' probabilities
// (all months go together) and what independent months would give (Bonferroni's bounds in between). Where in
// between, and how far the whole has to be bent, is learnt from windows whose months have passed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace mithaq::forecast {

// A window's months in two numbers.
struct Months {
  double together = 0;     // log(1 - the largest probability)
  double independent = 0;  // Σ log(1 - probability)
};
//   probabilities  of the months, each 0 to 1; not empty
Months months_of(std::span<const double> probabilities);

// A window whose months have passed.
struct PassedWindow {
  Months months{};
  bool happened = false;
};

// log(1 - P) = (1 - apart) together + apart independent, then logit P' = shift + slope logit P (Platt 1999).
struct WindowChance {
  double apart = 0.3;  // 0: all months go together; 1: they are independent
  double shift = 0, slope = 1;

  // 0 to 1; rises with every month's probability and with every month that is added.
  double probability(const Months& months) const;
};

// The three numbers under which what happened was likeliest. Shift and slope are drawn towards 0 and 1, by as
// much as a few windows weigh, so that rare things are not fitted to chance; the slope stays above 0.
//   passed  may be empty: then it is as above
WindowChance fit_window_chance(std::span<const PassedWindow> passed);

}  // namespace mithaq::forecast
