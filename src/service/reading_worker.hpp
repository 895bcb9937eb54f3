// Takes files out of the reading queue and reads them into the record: inside `mithaq serve`, and `mithaq
// work` on any machine.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "service/reading_queue.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

struct WorkerOptions {
  WorkspaceOptions workspace{};
  QueueLimits limits{};
  std::size_t threads = 1;
  std::chrono::milliseconds look_every{500};  // for new files, of others; our own are told (wake)
  // Told what became of a file, from any thread; never its name, nor whose it was.
  std::function<void(const Job& job, JobState state)> finished{};
  std::function<void(const std::string& problem)> trouble{};  // a database that does not answer, in English
};

class ReadingWorkers {
 public:
  // Begins at once.
  explicit ReadingWorkers(WorkerOptions options);
  // Gives back what is in hand, at the end of its section, and ends.
  ~ReadingWorkers();
  ReadingWorkers(const ReadingWorkers&) = delete;
  ReadingWorkers& operator=(const ReadingWorkers&) = delete;

  // A file came in: looks at once.
  void wake();
  // Returns when nothing waits and nothing is being read by these workers.
  void wait_until_idle();
  // Begins to stop, without waiting.
  void stop();

 private:
  void run(std::size_t number);

  WorkerOptions options_;
  std::atomic<bool> stop_{false};
  std::mutex lock_{};
  std::condition_variable changed_{};
  std::uint64_t wakes_ = 0;
  std::size_t idle_ = 0;
  std::vector<std::thread> threads_{};
};

// Reads one file that a worker has taken, and ends its job; returns what it ended in, or nothing if it was
// given back or lost.
//   stop    looked at between sections
//   throws  errors of the record and of the queue that may pass: the job is then still held
std::optional<JobState> read_job(Workspace& workspace, ReadingQueue& queue, const Job& job,
                                 const std::string& worker, const QueueLimits& limits,
                                 const std::atomic<bool>& stop);

}  // namespace mithaq::service
