#include "service/warning_upkeep.hpp"

#include "base/error.hpp"
#include "service/early_warning.hpp"

namespace mithaq::service {

WarningUpkeep::WarningUpkeep(WorkspaceOptions options, std::function<void(std::vector<record::Body>)> append,
                             std::chrono::seconds every)
    : options_(std::move(options)), append_(std::move(append)), every_(every), thread_([this] { run(); }) {}

WarningUpkeep::~WarningUpkeep() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wanted_.notify_all();
  thread_.join();
}

void WarningUpkeep::look_soon() {
  {
    const std::lock_guard lock(mutex_);
    soon_ = true;
  }
  wanted_.notify_all();
}

void WarningUpkeep::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    soon_ = false;
    lock.unlock();
    try {
      look();
    } catch (const Error&) {
      // The record is not there, or somebody writes: the next look finds it as it is then.
      seen_.clear();
    }
    lock.lock();
    wanted_.wait_for(lock, every_, [&] { return stopping_ || soon_; });
  }
}

void WarningUpkeep::look() {
  if (!record::identity_of(options_.record)) return;
  Workspace workspace(options_);
  const record::View& view = workspace.record().view();
  // Months become known by an import; a warning may be issued for months that are known.
  std::string state;
  for (const char* kind : {"warning.issued", "events."}) {
    const auto acts = view.acts(kind);
    state += acts.empty() ? "-" : std::to_string(acts.back().seq) + "-";
  }
  if (state == seen_) return;
  std::vector<record::Body> bodies = warnings_to_score(workspace);
  if (!bodies.empty()) append_(std::move(bodies));
  seen_ = state;
}

}  // namespace mithaq::service
