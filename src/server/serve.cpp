#include "server/serve.hpp"

#include <csignal>

#include <algorithm>
#include <thread>

#include "server/api.hpp"
#include "server/server.hpp"

namespace mithaq::server {

namespace {

// Keeps signals from this thread and those it starts, for as long as it lives.
class BlockedSignals {
 public:
  explicit BlockedSignals(std::initializer_list<int> numbers) {
    sigset_t blocked;
    ::sigemptyset(&blocked);
    for (const int number : numbers) ::sigaddset(&blocked, number);
    ::pthread_sigmask(SIG_BLOCK, &blocked, &before_);
  }
  ~BlockedSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

 private:
  sigset_t before_{};
};

void wait_for_stop_signal() {
  sigset_t awaited;
  ::sigemptyset(&awaited);
  ::sigaddset(&awaited, SIGTERM);
  ::sigaddset(&awaited, SIGINT);
  int number = 0;
  ::sigwait(&awaited, &number);
}

}  // namespace

void serve(const ServeOptions& options) {
  if (!options.unprotected && !is_loopback_address(options.host)) {
    throw Error(ErrorKind::forbidden,
                "the server has no accounts yet and shows the whole record to everybody who can reach it: "
                "--unprotected listens on " +
                    options.host + " all the same");
  }
  service::Workspace(options.workspace).record();  // says now what would stop every answer

  // Before any thread starts, so that no thread is stopped in the middle of something.
  const BlockedSignals blocked({SIGTERM, SIGINT, SIGPIPE});
  ServerOptions server_options{.host = options.host,
                               .port = options.port,
                               .workers = std::clamp(std::thread::hardware_concurrency(), 2U, 16U),
                               .any_host_name = options.unprotected,
                               .log = options.log,
                               .clock = options.workspace.clock};
  const Languages languages = Languages::load(options.workspace.data);
  Metrics metrics;
  Api api(options.workspace, server_options.workers, metrics);
  Server server(std::move(server_options), api.routes(), languages, metrics);
  const bool v6 = options.host.find(':') != std::string::npos;
  if (options.listening)
    options.listening("http://" + (v6 ? "[" + options.host + "]" : options.host) + ":" +
                      std::to_string(server.port()));
  wait_for_stop_signal();
  server.stop();
}

}  // namespace mithaq::server
