// What happens, told to the browsers that listen: jobs, the growth of the record, the end of sessions.
//
// Readers in other programs change the tables too, so that these are looked at twice a second, while somebody
// listens; nobody waits for a stream (event_stream.hpp).
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "server/event_stream.hpp"
#include "service/reading_queue.hpp"
#include "service/workspace.hpp"

namespace mithaq::server {

struct EventsOptions {
  service::WorkspaceOptions workspace{};
  std::chrono::milliseconds look_every{500};
  std::size_t streams_of_one_max = 12;  // of one listener: browsers open one for each page
  // The JSON of a job as a listener gets it, in one line.
  std::function<std::string(const service::Job&, service::Language)> job_json{};
};

// Who listens.
struct Listener {
  std::string key{};      // the account, or the address of a visitor
  std::string account{};  // whose jobs are told
  service::Language language = service::Language::english;
  bool all_jobs = false;
  // Asked at each look, by the events' thread: false once the session is over. Empty: never over.
  std::function<bool()> still_signed_in{};
};

class Events {
 public:
  explicit Events(EventsOptions options);
  ~Events();
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;

  // A stream that begins with how many entries there are, and with what changed since the last event that the
  // client had.
  //   last_event_id  of the Last-Event-ID header; empty for a new client
  //   throws         HttpError{429} if the listener has too many streams open
  std::shared_ptr<EventStream> listen(Listener listener, const std::string& last_event_id);
  // Something has changed in this program: looks at once.
  void wake();

 private:
  struct Open {
    Listener listener;
    std::weak_ptr<EventStream> stream;
    std::int64_t jobs_told = 0;  // changes up to this one
    std::uint64_t entries_told = 0;
    bool begun = false;
  };

  void run();
  void look(service::ReadingQueue& queue, service::Workspace& workspace);

  EventsOptions options_;
  std::mutex lock_{};
  std::condition_variable changed_{};
  std::vector<Open> open_{};
  bool woken_ = false;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace mithaq::server
