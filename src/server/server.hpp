// The HTTP server: connections with limits, and a pool of workers that answer.
//
// One thread of libmicrohttpd moves bytes for all connections; a request waits for its worker, a stream for
// its next event, without holding a thread. What a stranger can take is bounded: connections, bytes of a
// request's head and body, the time until a request is whole and until its answer is taken, and requests that
// wait for a worker. HTTP/1.1 without TLS; a proxy in front adds TLS and HTTP/2.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "record/entry.hpp"
#include "server/http.hpp"
#include "server/metrics.hpp"

namespace mithaq::server {

struct ServerOptions {
  std::string host = "127.0.0.1";  // a numeric address, or "localhost"
  std::uint16_t port = 8080;       // 0: any that is free
  std::size_t workers = 4;
  std::size_t connections_max = 1280;
  std::size_t streams_max = 640;                  // of the connections, those with an open stream of events
  std::size_t waiting_max = 1024;                 // requests without a worker; the next one gets 503
  std::size_t head_bytes_max = 32 * 1024;         // request line and headers of one request
  std::uint64_t uploads_bytes_max = 512 << 20;    // of all files on their way at once
  std::filesystem::path uploads_folder = "/tmp";  // where they lie meanwhile
  std::chrono::milliseconds head_time{10000};     // from connecting to a whole request
  std::chrono::milliseconds idle_time{60000};     // a browser with a cookie may say nothing for so long
  std::uint64_t upload_bytes_per_second = 16 << 10;  // a client that sends slower is left
  std::chrono::milliseconds send_time{120000};       // until an answer is taken
  std::chrono::milliseconds heartbeat{15000};        // of streams
  std::chrono::milliseconds stop_time{10000};        // for requests in hand when the server stops
  bool any_host_name = false;                     // also answer to names that are not of this machine itself
  std::vector<std::string> host_names{};          // answer to these too: "mithaq.example.org"
  bool behind_proxy = false;                      // a proxy on this machine says in X-Forwarded-For who asks
  std::function<void(const std::string&)> log{};  // takes one line of JSON for each request, from any thread
  record::Clock clock{};                          // for the log's lines
};

class Server {
 public:
  // Listens and answers from now on.
  //   languages, metrics  must outlive the server
  //   throws  Error{conflict} if the port is taken, Error{forbidden} if it may not be used,
  //           Error{invalid_input} if the host is no address of this machine
  Server(ServerOptions options, std::vector<Route> routes, const Languages& languages, Metrics& metrics);
  // Stops.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;

  // Refuses new connections at once, lets the requests in hand end (stop_time; a worker's last answer in any
  // case), then closes.
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace mithaq::server
