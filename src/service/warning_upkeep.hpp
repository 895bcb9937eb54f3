// What became of issued warnings is written down by the program itself: when a server starts, and when data
// came in.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "service/workspace.hpp"

namespace mithaq::service {

class WarningUpkeep {
 public:
  // Looks at once, in a thread of its own, and then again and again; it works only where something changed.
  //   append  appends entries to the record; what it throws is tried again at the next look
  WarningUpkeep(WorkspaceOptions options, std::function<void(std::vector<record::Body>)> append,
                std::chrono::seconds every = std::chrono::seconds(60));
  ~WarningUpkeep();
  WarningUpkeep(const WarningUpkeep&) = delete;
  WarningUpkeep& operator=(const WarningUpkeep&) = delete;

  // Looks now, for whoever has just brought data in.
  void look_soon();

 private:
  void run();
  void look();

  WorkspaceOptions options_;
  std::function<void(std::vector<record::Body>)> append_;
  std::chrono::seconds every_;
  std::string seen_{};  // the state of the record that was worked on last
  std::mutex mutex_{};
  std::condition_variable wanted_{};
  bool soon_ = true, stopping_ = false;
  std::thread thread_;
};

}  // namespace mithaq::service
