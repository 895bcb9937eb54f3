// What the server counts, for Prometheus. Names of routes, never what was asked for.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace mithaq::server {

// Used by every thread of the server.
class Metrics {
 public:
  // One request that was answered, or broken off (status 0).
  void count(std::string_view route, int status, std::chrono::nanoseconds took, std::uint64_t bytes);
  void set_connections(std::size_t open);

  // The text of /metrics in Prometheus' exposition format 0.0.4.
  std::string text() const;

 private:
  // Upper bounds of the histogram, in seconds.
  static constexpr std::array<double, 10> kBounds = {0.001, 0.0025, 0.005, 0.01, 0.025,
                                                     0.05,  0.1,    0.25,  1,    10};
  struct Latency {
    std::array<std::uint64_t, kBounds.size() + 1> counts{};  // the last one: beyond all bounds
    std::uint64_t total = 0;
    double seconds = 0;
  };

  mutable std::mutex lock_{};
  std::map<std::pair<std::string, int>, std::uint64_t> requests_{};  // by route and status
  std::map<std::string, Latency> latencies_{};                       // by route
  std::uint64_t bytes_ = 0;
  std::size_t connections_ = 0;
};

}  // namespace mithaq::server
