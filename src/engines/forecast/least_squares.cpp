#include "engines/forecast/least_squares.hpp"

#include "base/error.hpp"

namespace mithaq::forecast {

void LeastSquares::add(std::span<const double> row, double wanted, double weight) {
  expect(row.size() == inputs_, "as many inputs as were said");
  for (std::size_t i = 0; i < inputs_; ++i) {
    double* equation = equations_.data() + i * (inputs_ + 1);
    for (std::size_t j = 0; j < inputs_; ++j) equation[j] += weight * row[i] * row[j];
    equation[inputs_] += weight * row[i] * wanted;
  }
}

std::vector<double> LeastSquares::solve(double ridge) const {
  const std::size_t width = inputs_ + 1;
  std::vector<double> rows = equations_;
  // The constant is held down by a millionth, for the case of no rows.
  for (std::size_t i = 0; i < inputs_; ++i) rows[i * width + i] += i == 0 ? 1e-6 * ridge : ridge;
  // The matrix is positive definite: no pivots are needed.
  for (std::size_t i = 0; i < inputs_; ++i) {
    for (std::size_t below = i + 1; below < inputs_; ++below) {
      const double factor = rows[below * width + i] / rows[i * width + i];
      for (std::size_t j = i; j < width; ++j) rows[below * width + j] -= factor * rows[i * width + j];
    }
  }
  std::vector<double> weights(inputs_, 0.0);
  for (std::size_t i = inputs_; i-- > 0;) {
    double rest = rows[i * width + inputs_];
    for (std::size_t j = i + 1; j < inputs_; ++j) rest -= rows[i * width + j] * weights[j];
    weights[i] = rest / rows[i * width + i];
  }
  return weights;
}

}  // namespace mithaq::forecast
