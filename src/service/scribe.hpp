// One pen for a whole process: acts of many people at once, appended to the record by one thread.
//
// A record has one writer at any instant, and each append waits for the disk. What comes while the disk is
// busy goes into the next transaction together (group commit), so that a hundred reviews a second cost a few
// syncs, not a hundred.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "record/store.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// Used by every thread of a process.
class Scribe {
 public:
  // Opens the record to write, when something is first to be written.
  explicit Scribe(WorkspaceOptions options);
  // Writes what is waiting, then ends.
  ~Scribe();
  Scribe(const Scribe&) = delete;
  Scribe& operator=(const Scribe&) = delete;

  // Appends these entries, all or none, one after another; returns when they are on disk.
  //   returns  the place of the first one; the others follow it
  //   throws   what Store::append throws for these entries, as if they had been alone; Error{unavailable} if
  //            too many are waiting or the scribe is ending
  record::Seq append(std::vector<record::Body> bodies);
  record::Seq append(record::Body body);

  // Does something else with the record that is open for writing, an erasure, between two transactions.
  //   throws  what the work throws
  void run(const std::function<void(Workspace&)>& work);

 private:
  struct Order {
    std::vector<record::Body> bodies{};
    const std::function<void(Workspace&)>* work = nullptr;  // instead of bodies
    record::Seq first = 0;
    std::exception_ptr failure{};
    bool done = false;
  };

  void place(Order& order);
  // The following are the writing thread's.
  Workspace& workspace();
  std::exception_ptr failed();
  void write_all();
  void write(const std::vector<Order*>& orders);
  void write_together(const std::vector<Order*>& orders);

  WorkspaceOptions options_;
  std::optional<Workspace> workspace_{};  // of the writing thread alone; opened anew after trouble
  std::mutex lock_{};                     // of what follows
  std::condition_variable arrived_{};
  std::condition_variable finished_{};
  std::vector<Order*> waiting_{};
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace mithaq::service
