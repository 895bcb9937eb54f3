#include "service/convening_upkeep.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "service/convening.hpp"

namespace mithaq::service {

namespace {

// Other processes write to the record too, so it is looked at again and again.
constexpr std::chrono::milliseconds kLookEvery(500);
constexpr std::chrono::milliseconds kAfterTrouble(2000);
constexpr std::chrono::milliseconds kShortest(1);

}  // namespace

ConveningUpkeep::ConveningUpkeep(WorkspaceOptions options, Scribe& scribe, std::function<void()> settled)
    : options_(std::move(options)),
      scribe_(scribe),
      settled_(std::move(settled)),
      thread_([this] { run(); }) {}

ConveningUpkeep::~ConveningUpkeep() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  wanted_.notify_all();
  thread_.join();
}

std::chrono::milliseconds ConveningUpkeep::look(Workspace& workspace) {
  const auto next = workspace.convening().next_due(workspace);
  if (!next) return kLookEvery;
  const Instant now = options_.clock();
  if (now < *next) return std::clamp(*next - now, kShortest, kLookEvery);
  bool wrote = false;
  scribe_.receive([&](Workspace& writing, Instant received) {
    wrote = !writing.convening().settle(writing, received).empty();
  });
  if (wrote && settled_) settled_();
  return wrote ? kShortest : kLookEvery;
}

void ConveningUpkeep::run() {
  std::unique_lock guard(mutex_);
  while (!stopping_) {
    guard.unlock();
    std::chrono::milliseconds wait = kAfterTrouble;
    try {
      // Opened anew each time: a file that is held open while somebody puts another in its place spoils that
      // one's log.
      if (record::identity_of(options_.record)) {
        Workspace workspace(options_);
        wait = look(workspace);
      }
    } catch (const Error&) {
      // The record is locked, full or away: it is tried again.
    }
    guard.lock();
    wanted_.wait_for(guard, wait, [this] { return stopping_; });
  }
}

}  // namespace mithaq::service
