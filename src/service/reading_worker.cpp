#include "service/reading_worker.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <random>

#include "base/error.hpp"
#include "base/sha256.hpp"
#include "reader/reader.hpp"
#include "record/ingest.hpp"

namespace mithaq::service {

namespace {

// Thrown through the reader, to leave a file in the middle.
struct LeftOff {};

// Renews the lease of one file while another thread reads it; formats with a helper program may be silent for
// minutes.
class Lease {
 public:
  Lease(const WorkspaceOptions& options, const QueueLimits& limits, const std::string& job,
        const std::string& worker)
      : thread_([this, options, limits, job, worker] { run(options, limits, job, worker); }) {}
  ~Lease() {
    {
      const std::lock_guard guard(lock_);
      over_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  void set_part(double part) { part_ = part; }
  ReadingQueue::Hold hold() const { return hold_; }

 private:
  void run(const WorkspaceOptions& options, const QueueLimits& limits, const std::string& job,
           const std::string& worker) {
    std::optional<ReadingQueue> queue;
    // Often enough that people see it move, and that a lease outlives a few attempts that fail.
    const auto every = std::min<std::chrono::milliseconds>(limits.lease / 6, std::chrono::seconds(1));
    double told = 0;
    auto renewed = std::chrono::steady_clock::now();
    std::unique_lock guard(lock_);
    while (!changed_.wait_for(guard, every, [&] { return over_; })) {
      const double part = part_;
      // Without news the database is left alone for most of a lease.
      if (part == told && std::chrono::steady_clock::now() - renewed < limits.lease / 3) {
        continue;
      }
      guard.unlock();
      try {
        if (!queue) queue.emplace(options.record, options.clock, limits);
        hold_ = queue->renew(job, worker, part);
        told = part;
        renewed = std::chrono::steady_clock::now();
      } catch (const std::exception&) {
        // The database may come back before the lease ends.
        queue.reset();
      }
      guard.lock();
    }
  }

  std::atomic<double> part_{0};
  std::atomic<ReadingQueue::Hold> hold_{ReadingQueue::Hold::held};
  std::mutex lock_{};
  std::condition_variable changed_{};
  bool over_ = false;
  std::thread thread_;
};

std::string worker_name(std::size_t number) {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  std::random_device random;
  return fmt::format("{}-{}-{}-{:08x}", host.data(), ::getpid(), number, random());
}

// A mark in the document itself is not widened by who hands it in.
document::Handling stricter(document::Handling given, const document::Handling& printed) {
  given.tlp = std::max(given.tlp, printed.tlp);
  return given;
}

// True if the document came into the record through this job.
bool brought_by(Workspace& workspace, const std::string& id, const Job& job) {
  const auto rows = workspace.record_to_write().view().documents({.id = id, .limit = 1});
  return !rows.empty() && rows.front().brought_by == job.account && rows.front().read_at >= job.created_at;
}

}  // namespace

std::optional<JobState> read_job(Workspace& workspace, ReadingQueue& queue, const Job& job,
                                 const std::string& worker, const QueueLimits& limits,
                                 const std::atomic<bool>& stop) {
  const std::string bytes = queue.bytes_of(job.id);
  const std::string id = record::document_id(to_hex(sha256(bytes)), job.account);
  std::optional<reader::Refusal> refusal;
  record::IngestResult result = record::IngestResult::known;
  bool any = false, left_off = false;
  ReadingQueue::Hold hold = ReadingQueue::Hold::held;
  {
    Lease lease(workspace.options(), limits, job.id, worker);
    std::optional<record::Ingest> ingest;
    const auto begin = [&](const document::Handling& printed) {
      ingest.emplace(
          workspace.record_to_write(),
          record::IngestOptions{.brought_by = job.account, .handling = stricter(job.handling, printed)});
    };
    begin({});
    if (!ingest->has(id)) {
      reader::ReadOptions options;
      options.name = job.name;
      options.id = id;
      options.passed = [&](std::size_t passed) {
        if (!bytes.empty())
          lease.set_part(0.95 * static_cast<double>(passed) / static_cast<double>(bytes.size()));
      };
      try {
        refusal =
            reader::read_sections(bytes, workspace.lexicon(), options, [&](document::Document&& section) {
              if (stop || lease.hold() != ReadingQueue::Hold::held) throw LeftOff();
              if (!any) begin(section.metadata.handling);
              any = true;
              ingest->add(std::move(section));
            });
        if (stop || lease.hold() != ReadingQueue::Hold::held) throw LeftOff();
        if (!refusal && any) result = ingest->finish_document();
        if (!refusal) ingest->flush();
        // Another worker may have read the same bytes at the same time, and was first.
        if (any && ingest->appended() == 0) result = record::IngestResult::known;
      } catch (const LeftOff&) {
        left_off = true;
      } catch (const std::bad_alloc&) {
        refusal = reader::Refusal{reader::Refusal::Reason::too_large, "not enough memory to read this file"};
      }
    }
    hold = lease.hold();
  }
  if (left_off && hold == ReadingQueue::Hold::held) {
    queue.give_back(job.id, worker);
    return std::nullopt;
  }
  if (hold == ReadingQueue::Hold::lost) return std::nullopt;
  JobState state = JobState::known;
  std::string message, document = id;
  if (!left_off && !refusal && !any && job.attempts > 1 && brought_by(workspace, id, job)) {
    // A worker before us appended all of it, and died before it could say so.
    state = JobState::done;
  }
  if (left_off) {
    state = JobState::cancelled;
    document.clear();
  } else if (refusal) {
    state = JobState::refused;
    message = refusal->message;
    document.clear();
  } else if (any && result != record::IngestResult::known) {
    state = JobState::done;
  }
  queue.finish(job.id, worker, state, message, document);
  return state;
}

ReadingWorkers::ReadingWorkers(WorkerOptions options) : options_(std::move(options)) {
  for (std::size_t number = 0; number < options_.threads; ++number)
    threads_.emplace_back([this, number] { run(number); });
}

ReadingWorkers::~ReadingWorkers() {
  stop();
  for (std::thread& thread : threads_) thread.join();
}

void ReadingWorkers::stop() {
  {
    const std::lock_guard guard(lock_);
    stop_ = true;
  }
  changed_.notify_all();
}

void ReadingWorkers::wake() {
  {
    const std::lock_guard guard(lock_);
    ++wakes_;
  }
  changed_.notify_all();
}

void ReadingWorkers::wait_until_idle() {
  std::unique_lock guard(lock_);
  changed_.wait(guard, [&] { return stop_ || idle_ == threads_.size(); });
}

void ReadingWorkers::run(std::size_t number) {
  // People who read and search come first.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 10);
  const std::string name = worker_name(number);
  std::optional<ReadingQueue> queue;
  std::optional<Workspace> workspace;
  std::optional<record::FileIdentity> identity;
  bool idle = false;
  const auto set_idle = [&](bool now) {
    const std::lock_guard guard(lock_);
    if (idle != now) idle_ += now ? 1 : std::size_t(-1);
    idle = now;
    changed_.notify_all();
  };
  while (!stop_) {
    std::uint64_t wakes = 0;
    {
      const std::lock_guard guard(lock_);
      wakes = wakes_;
    }
    auto pause = options_.look_every;
    std::optional<Job> job;
    // Another file may have taken the record's place.
    if (const auto there = record::identity_of(options_.workspace.record); there != identity) {
      queue.reset();
      workspace.reset();
      identity = there;
    }
    try {
      if (!queue) queue.emplace(options_.workspace.record, options_.workspace.clock, options_.limits);
      job = queue->take(name);
      if (job) {
        set_idle(false);
        if (!workspace) workspace.emplace(options_.workspace);
        const auto state = read_job(*workspace, *queue, *job, name, options_.limits, stop_);
        if (state && options_.finished) options_.finished(*job, *state);
        continue;
      }
    } catch (const std::exception& error) {
      const auto* known = dynamic_cast<const Error*>(&error);
      const bool may_pass =
          known != nullptr && (known->kind() == ErrorKind::unavailable ||
                               known->kind() == ErrorKind::no_space || known->kind() == ErrorKind::conflict);
      if (options_.trouble) options_.trouble(error.what());
      workspace.reset();
      if (job) {
        // What may pass is tried again; what is wrong with this file is not.
        try {
          if (may_pass) {
            queue->give_back(job->id, name);
          } else {
            queue->finish(job->id, name, JobState::refused, "the file could not be written into the record",
                          "");
          }
        } catch (const std::exception&) {
          // The lease ends by itself.
        }
      }
      queue.reset();
      pause = std::max(pause, std::chrono::milliseconds(1000));
    }
    set_idle(true);
    std::unique_lock guard(lock_);
    changed_.wait_for(guard, pause, [&] { return stop_ || wakes_ != wakes; });
  }
}

}  // namespace mithaq::service
