// Random numbers that are the same on every machine for the same seed: the distributions of the standard
// library are not.
#pragma once

#include <cmath>
#include <cstdint>

namespace mithaq {

// SplitMix64 (Steele, Lea & Flood 2014). Every part of a work that is done in pieces has one of its own,
// seeded by its number, so that the order in which threads come to them makes no difference.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  // A stream for a part of the work.
  Random(std::uint64_t seed, std::uint64_t part)
      : state_(seed ^ (part * 0xd1342543de82ef95ULL + 0x9e3779b97f4a7c15ULL)) {
    next();
  }

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  // In [0, 1).
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  // In [0, end); end > 0.
  std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>(((next() >> 32) * end) >> 32); }
  // Standard normal (Box & Muller 1958).
  double normal() {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(6.283185307179586 * uniform());
  }

 private:
  std::uint64_t state_;
};

}  // namespace mithaq
