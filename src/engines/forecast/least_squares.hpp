// Linear regression with a ridge, for a handful of inputs.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace mithaq::forecast {

// Sums up rows one by one, so that any number of them takes the same memory.
class LeastSquares {
 public:
  // inputs  how many; the first is the constant, which no ridge holds down
  explicit LeastSquares(std::size_t inputs) : inputs_(inputs), equations_(inputs * (inputs + 1), 0.0) {}

  void add(std::span<const double> row, double wanted, double weight);
  // The weights of the inputs that make the squared error and ridge * (sum of their squares) least.
  //   ridge  above 0: there is always one answer
  std::vector<double> solve(double ridge) const;

 private:
  std::size_t inputs_ = 0;
  std::vector<double> equations_{};  // normal equations, the right side as the last column
};

}  // namespace mithaq::forecast
