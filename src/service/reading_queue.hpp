// Files that were handed in and wait to be read, in tables beside the record.
//
// A file is acknowledged when its bytes are committed here, in the same database as the record; from then on
// nothing loses it. Any number of workers, on any machine that reaches the database, take files; whoever
// takes one holds it by a lease that it renews, so that the file of a worker that died is taken again. What
// the record has already is never appended twice (record::Ingest), so that a second reading does no harm.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/handling.hpp"
#include "record/database.hpp"
#include "record/entry.hpp"

namespace mithaq::service {

// What became of a file, in this order; the last four are ends.
//   known    the record had the document already
//   refused  no document could be read from it: the message says why
enum class JobState { queued, reading, done, known, refused, cancelled };
std::string_view name_of(JobState state);  // "queued", …
bool is_over(JobState state);

struct Job {
  std::string id{};       // 32 hexadecimal digits, not to be guessed
  std::string account{};  // who handed it in
  std::string name{};     // the file's
  std::uint64_t bytes = 0;
  document::Handling handling{};
  JobState state = JobState::queued;
  double part = 0;           // of the reading, 0 to 1
  std::string message{};     // in English, for people
  std::string document{};    // its id, when it is known
  std::string created_at{};  // "2026-11-22T17:30:00Z"
  std::int64_t changed = 0;  // grows with each change of any job
  int attempts = 0;          // workers that took it so far
};

struct QueueLimits {
  std::uint64_t waiting_bytes_max = std::uint64_t{4} << 30;  // of all files that are not read yet
  std::uint64_t account_bytes_max = std::uint64_t{1} << 30;  // of one account's
  std::uint64_t account_jobs_max = 2000;                     // waiting, of one account
  std::chrono::milliseconds lease{30'000};                   // how long a worker may be silent
  // After so many workers died over a file, it is refused. Not few: a machine that fails takes every worker.
  int attempts_max = 10;
  std::chrono::hours kept{24 * 30};  // how long a job that is over stays in the list
};

struct NewJob {
  std::string account{};
  std::string name{};
  document::Handling handling{};
  std::string_view bytes{};
  std::string known_as{};  // the document that the record has of it already: then the job is over at once
};

// One connection: used by one thread at a time.
class ReadingQueue {
 public:
  // Makes the tables where there are none.
  //   record  where a record is already
  //   throws  errors of record::Database
  ReadingQueue(const record::Location& record, record::Clock clock, QueueLimits limits = {});
  ~ReadingQueue();
  ReadingQueue(const ReadingQueue&) = delete;
  ReadingQueue& operator=(const ReadingQueue&) = delete;

  // Throws what stands against one more file of so many bytes, before it is sent.
  //   throws  Error{unavailable} saying which limit it would pass
  void check_room(const std::string& account, std::uint64_t bytes);
  // Takes a file in; when it returns, the file is on disk.
  //   throws  as check_room; Error{no_space} if the disk is full: then nothing of it is kept
  Job add(const NewJob& job);

  std::optional<Job> job(const std::string& id);
  // The latest first; of one account, or of all.
  std::vector<Job> jobs(const std::optional<std::string>& account, std::size_t limit);
  // Those that changed after `after`, in the order of their changes.
  std::vector<Job> changed_jobs(std::int64_t after, std::size_t limit);
  std::int64_t last_change();
  // How many wait or are being read.
  std::uint64_t unfinished();

  // Asks for the end of a job. A file that waits is dropped at once, one that is being read when its reader
  // looks next; one that is over stays as it is.
  //   returns  the job as it is now; nothing if there is none
  std::optional<Job> cancel(const std::string& id);

  // Nothing is left here of a document that is erased: not who handed it in, nor under which name.
  void forget(const std::string& document);

  // The following are a worker's.

  // Takes the oldest file that nobody holds; those over which a worker died come after the others, so that
  // one bad file does not stop all.
  //   worker  its name, of its own among all workers
  std::optional<Job> take(const std::string& worker);
  std::string bytes_of(const std::string& id);
  enum class Hold { held, cancelled, lost };  // lost: the lease ran out and another worker has it
  // Renews the lease and says how far the reading is.
  Hold renew(const std::string& id, const std::string& worker, double part);
  // The end of a job: its bytes are dropped. Does nothing if the worker does not hold it any more.
  void finish(const std::string& id, const std::string& worker, JobState state, const std::string& message,
              const std::string& document);
  // Gives a file back unread: the next worker takes it at once, and it does not count as an attempt.
  void give_back(const std::string& id, const std::string& worker);

 private:
  std::int64_t now_ms();
  std::int64_t mark_changed(const std::string& id);

  record::Clock clock_;
  QueueLimits limits_;
  std::unique_ptr<record::Database> database_;
};

}  // namespace mithaq::service
