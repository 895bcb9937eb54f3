// What time brings to the shared work is written down by the program itself: silence periods that end,
// reminders.
//
// A thread of the server waits for the next instant at which something is due. It asks the same pen as
// everybody, in the order of receipt: an objection that was received before the end of a silence period is
// written before that end.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "service/scribe.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

class ConveningUpkeep {
 public:
  //   options  with the shared work of the process; its clock says what is due
  //   scribe   must outlive this
  //   settled  told when something was written, from the thread
  ConveningUpkeep(WorkspaceOptions options, Scribe& scribe, std::function<void()> settled = {});
  ~ConveningUpkeep();
  ConveningUpkeep(const ConveningUpkeep&) = delete;
  ConveningUpkeep& operator=(const ConveningUpkeep&) = delete;

 private:
  void run();
  // Writes what is due; returns how long to wait before looking again.
  std::chrono::milliseconds look(Workspace& workspace);

  WorkspaceOptions options_;
  Scribe& scribe_;
  std::function<void()> settled_;
  std::mutex mutex_{};
  std::condition_variable wanted_{};
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace mithaq::service
