#include "server/metrics.hpp"

#include <fmt/format.h>

namespace mithaq::server {

void Metrics::count(std::string_view route, int status, std::chrono::nanoseconds took, std::uint64_t bytes) {
  const double seconds = std::chrono::duration<double>(took).count();
  const std::lock_guard guard(lock_);
  ++requests_[{std::string(route), status}];
  Latency& latency = latencies_[std::string(route)];
  std::size_t bucket = 0;
  while (bucket < kBounds.size() && seconds > kBounds[bucket]) ++bucket;
  ++latency.counts[bucket];
  ++latency.total;
  latency.seconds += seconds;
  bytes_ += bytes;
}

void Metrics::set_connections(std::size_t open) {
  const std::lock_guard guard(lock_);
  connections_ = open;
}

std::string Metrics::text() const {
  const std::lock_guard guard(lock_);
  std::string out =
      "# HELP mithaq_http_requests_total Requests by route and status; 0: broken off.\n"
      "# TYPE mithaq_http_requests_total counter\n";
  for (const auto& [key, count] : requests_) {
    out += fmt::format("mithaq_http_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", key.first, key.second,
                       count);
  }
  out +=
      "# HELP mithaq_http_request_seconds From the head of a request to the end of its answer.\n"
      "# TYPE mithaq_http_request_seconds histogram\n";
  for (const auto& [route, latency] : latencies_) {
    std::uint64_t below = 0;
    for (std::size_t each = 0; each < kBounds.size(); ++each) {
      below += latency.counts[each];
      out += fmt::format("mithaq_http_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", route,
                         kBounds[each], below);
    }
    out += fmt::format("mithaq_http_request_seconds_bucket{{route=\"{}\",le=\"+Inf\"}} {}\n", route,
                       latency.total);
    out += fmt::format("mithaq_http_request_seconds_sum{{route=\"{}\"}} {}\n", route, latency.seconds);
    out += fmt::format("mithaq_http_request_seconds_count{{route=\"{}\"}} {}\n", route, latency.total);
  }
  out += fmt::format(
      "# HELP mithaq_http_answer_bytes_total Bytes of answers, as they travelled.\n"
      "# TYPE mithaq_http_answer_bytes_total counter\n"
      "mithaq_http_answer_bytes_total {}\n"
      "# HELP mithaq_http_connections Open connections.\n"
      "# TYPE mithaq_http_connections gauge\n"
      "mithaq_http_connections {}\n",
      bytes_, connections_);
  return out;
}

}  // namespace mithaq::server
