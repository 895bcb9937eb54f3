#include "server/events.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "server/http.hpp"

namespace mithaq::server {

namespace {

// Changes told in one look; more come with the next.
constexpr std::size_t kJobsAtOnce = 200;

// An event's id is "ENTRIES-CHANGE": how far its reader had been told.
std::pair<std::uint64_t, std::int64_t> told_of(std::string_view id) {
  std::uint64_t entries = 0;
  std::int64_t change = -1;
  const char* const end = id.data() + id.size();
  const auto first = std::from_chars(id.data(), end, entries);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != '-') return {0, -1};
  const auto second = std::from_chars(first.ptr + 1, end, change);
  if (second.ec != std::errc() || second.ptr != end || change < 0) return {0, -1};
  return {entries, change};
}

}  // namespace

Events::Events(EventsOptions options) : options_(std::move(options)), thread_([this] { run(); }) {}

Events::~Events() {
  {
    const std::lock_guard guard(lock_);
    stop_ = true;
    for (const Open& each : open_) {
      if (const auto stream = each.stream.lock()) stream->end();
    }
  }
  changed_.notify_all();
  thread_.join();
}

std::shared_ptr<EventStream> Events::listen(Listener listener, const std::string& last_event_id) {
  auto stream = std::make_shared<EventStream>();
  stream->send("retry: 2000\n\n");
  const auto [entries, change] = told_of(last_event_id);
  const std::lock_guard guard(lock_);
  std::erase_if(open_, [](const Open& each) {
    const auto known = each.stream.lock();
    return !known || known->ended();
  });
  const auto of_the_same = std::count_if(open_.begin(), open_.end(),
                                         [&](const Open& each) { return each.listener.key == listener.key; });
  if (static_cast<std::size_t>(of_the_same) >= options_.streams_of_one_max)
    throw HttpError(429, "too_many", "too many pages of yours listen to events: close some",
                    {{"Retry-After", "30"}});
  open_.push_back(
      {.listener = std::move(listener), .stream = stream, .jobs_told = change, .entries_told = entries});
  woken_ = true;
  changed_.notify_all();
  return stream;
}

void Events::wake() {
  const std::lock_guard guard(lock_);
  woken_ = true;
  changed_.notify_all();
}

void Events::run() {
  std::optional<service::ReadingQueue> queue;
  std::optional<service::Workspace> workspace;
  std::optional<record::FileIdentity> identity;
  std::unique_lock guard(lock_);
  while (!stop_) {
    // Nobody listens: nothing is looked at.
    changed_.wait(guard, [&] { return stop_ || !open_.empty(); });
    if (stop_) return;
    woken_ = false;
    guard.unlock();
    // Another file may have taken the record's place.
    if (const auto there = record::identity_of(options_.workspace.record); there != identity) {
      queue.reset();
      workspace.reset();
      identity = there;
    }
    try {
      if (!queue) queue.emplace(options_.workspace.record, options_.workspace.clock);
      if (!workspace) workspace.emplace(options_.workspace);
      look(*queue, *workspace);
    } catch (const std::exception&) {
      // The database may come back; listeners stay, and are told then.
      queue.reset();
      workspace.reset();
    }
    guard.lock();
    changed_.wait_for(guard, options_.look_every, [&] { return stop_ || woken_; });
  }
}

void Events::look(service::ReadingQueue& queue, service::Workspace& workspace) {
  std::vector<Open> open;
  {
    const std::lock_guard guard(lock_);
    std::erase_if(open_, [](const Open& each) {
      const auto stream = each.stream.lock();
      return !stream || stream->ended();
    });
    open = open_;
  }
  if (open.empty()) return;
  const std::uint64_t entries = workspace.record().size();
  const std::int64_t last_change = queue.last_change();
  std::int64_t oldest = last_change;
  for (Open& each : open) {
    // A new listener asks for its jobs by itself; it is told what comes now.
    if (each.jobs_told < 0 || each.jobs_told > last_change) each.jobs_told = last_change;
    oldest = std::min(oldest, each.jobs_told);
  }
  const std::vector<service::Job> jobs =
      oldest < last_change ? queue.changed_jobs(oldest, kJobsAtOnce) : std::vector<service::Job>();
  // Up to here everything was told after this look.
  const std::int64_t told = jobs.size() < kJobsAtOnce ? last_change : jobs.back().changed;
  for (Open& each : open) {
    const auto stream = each.stream.lock();
    if (!stream) continue;
    if (each.listener.still_signed_in && !each.listener.still_signed_in()) {
      stream->send(event_text("session", "{\"ended\":true}"));
      stream->end();
      continue;
    }
    for (const service::Job& job : jobs) {
      if (job.changed <= each.jobs_told) continue;
      if (!each.listener.all_jobs && job.account != each.listener.account) continue;
      stream->send(event_text("job", options_.job_json(job, each.listener.language),
                              fmt::format("{}-{}", each.entries_told, job.changed)));
    }
    each.jobs_told = std::max(each.jobs_told, told);
    if (!each.begun || entries != each.entries_told)
      stream->send(event_text("record", fmt::format("{{\"entries\":{}}}", entries),
                              fmt::format("{}-{}", entries, each.jobs_told)));
    each.entries_told = entries;
    each.begun = true;
  }
  const std::lock_guard guard(lock_);
  for (const Open& each : open) {
    const auto same = std::find_if(open_.begin(), open_.end(), [&](const Open& known) {
      return !known.stream.owner_before(each.stream) && !each.stream.owner_before(known.stream);
    });
    if (same == open_.end()) continue;
    same->jobs_told = each.jobs_told;
    same->entries_told = each.entries_told;
    same->begun = each.begun;
  }
}

}  // namespace mithaq::server
