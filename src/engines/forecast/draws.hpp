// Predictive distributions as equally likely values.
//
// A forecast of one cell (a unit in a month) is a number of draws in ascending order, each as likely as the
// others: draw i of S is the quantile at (i + ½) / S. Every score, interval and probability is read off them.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace mithaq::forecast {

inline constexpr std::size_t kDraws = 1000;  // of a country and month, as the VIEWS challenge asks for

// [cell][draw], deaths, ascending within a cell. Cells of a forecast: unit by unit, month ahead by month
// ahead (cell_of).
class Draws {
 public:
  Draws() = default;
  Draws(std::size_t cells, std::size_t per_cell) : per_cell_(per_cell), values_(cells * per_cell, 0.0F) {}

  std::size_t cells() const { return per_cell_ == 0 ? 0 : values_.size() / per_cell_; }
  std::size_t per_cell() const { return per_cell_; }
  std::span<const float> operator[](std::size_t cell) const {
    return {values_.data() + cell * per_cell_, per_cell_};
  }
  std::span<float> operator[](std::size_t cell) { return {values_.data() + cell * per_cell_, per_cell_}; }

 private:
  std::size_t per_cell_ = 0;
  std::vector<float> values_{};
};

// A value and how much it counts.
struct Weighted {
  float value = 0;
  float weight = 0;  // above 0
};

// The draws of a weighted sample: quantiles of its distribution function at (i + ½) / size.
//   sample  not empty; it is sorted here
//   out     is filled
void draws_of(std::vector<Weighted>& sample, std::span<float> out);

// The quantile at `level` of draws in ascending order, between them as numpy's default does (type 7 of
// Hyndman & Fan 1996).
//   level  0 to 1
double quantile(std::span<const float> draws, double level);
// The share of draws at or above a value.
double probability_at_least(std::span<const float> draws, double value);
double mean(std::span<const float> draws);

// The cell of a unit and a month ahead.
//   unit   its place among those that are forecast
//   lead   1 to horizon
constexpr std::size_t cell_of(std::size_t unit, int lead, int horizon) {
  return unit * static_cast<std::size_t>(horizon) + static_cast<std::size_t>(lead - 1);
}

}  // namespace mithaq::forecast
