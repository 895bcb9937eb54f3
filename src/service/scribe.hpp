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
  //   decided_on  the record that was looked at for them; nothing: they belong into whatever record there is
  //   returns     the place of the first one; the others follow it
  //   throws      what Store::append throws for these entries, as if they had been alone; Error{unavailable}
  //   if
  //               too many are waiting, the scribe is ending or there is no record; Error{conflict} if
  //               another record than the one that they were decided on is there now
  record::Seq append(std::vector<record::Body> bodies,
                     const std::optional<record::FileIdentity>& decided_on = {});
  record::Seq append(record::Body body);

  // Does something else with the record that is open for writing, an erasure, between two transactions.
  //   throws  what the work throws
  void run(const std::function<void(Workspace&)>& work,
           const std::optional<record::FileIdentity>& decided_on = {});

  // The same for an act whose moment of receipt decides. The instant is taken in the order in which acts come
  // in, so that of two the one received first is also written first.
  void receive(const std::function<void(Workspace&, Instant received)>& work,
               const std::optional<record::FileIdentity>& decided_on = {});

 private:
  struct Order {
    std::vector<record::Body> bodies{};
    const std::function<void(Workspace&)>* work = nullptr;              // instead of bodies
    const std::function<void(Workspace&, Instant)>* receive = nullptr;  // the same
    Instant received{};
    std::optional<record::FileIdentity> decided_on{};
    record::Seq first = 0;
    std::exception_ptr failure{};
    bool done = false;
  };

  void place(Order& order);
  // The following are the writing thread's.
  //   throws  Error{unavailable} if there is no record at the path any more
  Workspace& workspace();
  // The record is opened, and is the one that all these orders were decided on; those for which it is not
  // fail.
  std::vector<Order*> of_this_record(const std::vector<Order*>& orders);
  // What was written went into the record that is there.
  void expect_still_there();
  std::exception_ptr failed();
  void write_all();
  void write(const std::vector<Order*>& orders);
  void write_together(const std::vector<Order*>& orders);

  WorkspaceOptions options_;
  std::optional<Workspace> workspace_{};  // of the writing thread alone; opened anew after trouble
  record::FileIdentity identity_{};       // of the file that it has open
  std::mutex lock_{};                     // of what follows
  std::condition_variable arrived_{};
  std::condition_variable finished_{};
  std::vector<Order*> waiting_{};
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace mithaq::service
