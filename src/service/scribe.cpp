#include "service/scribe.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"

namespace mithaq::service {

namespace {

constexpr std::size_t kWaitingMax = 10'000;
// Entries of one transaction: a longer one would keep the readers' appends waiting.
constexpr std::size_t kTogetherMax = 1000;

Error replaced() {
  return Error(ErrorKind::conflict,
               "the record was replaced meanwhile: look at it again, nothing was written");
}

}  // namespace

Scribe::Scribe(WorkspaceOptions options) : options_(std::move(options)), thread_([this] { write_all(); }) {}

Scribe::~Scribe() {
  {
    const std::lock_guard guard(lock_);
    ending_ = true;
  }
  arrived_.notify_all();
  thread_.join();
}

record::Seq Scribe::append(std::vector<record::Body> bodies,
                           const std::optional<record::FileIdentity>& decided_on) {
  expect(!bodies.empty(), "there is something to append");
  Order order{.bodies = std::move(bodies), .decided_on = decided_on};
  place(order);
  return order.first;
}

record::Seq Scribe::append(record::Body body) {
  std::vector<record::Body> bodies;
  bodies.push_back(std::move(body));
  return append(std::move(bodies));
}

void Scribe::run(const std::function<void(Workspace&)>& work,
                 const std::optional<record::FileIdentity>& decided_on) {
  Order order{.work = &work, .decided_on = decided_on};
  place(order);
}

void Scribe::receive(const std::function<void(Workspace&, Instant)>& work,
                     const std::optional<record::FileIdentity>& decided_on) {
  Order order{.receive = &work, .decided_on = decided_on};
  place(order);
}

void Scribe::place(Order& order) {
  std::unique_lock guard(lock_);
  if (order.receive != nullptr) order.received = options_.clock();
  if (ending_ || waiting_.size() >= kWaitingMax)
    throw Error(ErrorKind::unavailable, "the record has too much to write: try again in a moment");
  waiting_.push_back(&order);
  arrived_.notify_one();
  finished_.wait(guard, [&] { return order.done; });
  if (order.failure) std::rethrow_exception(order.failure);
}

void Scribe::write_all() {
  std::unique_lock guard(lock_);
  for (;;) {
    arrived_.wait(guard, [&] { return ending_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const std::vector<Order*> orders = std::exchange(waiting_, {});
    guard.unlock();
    write(orders);
    guard.lock();
    for (Order* order : orders) order->done = true;
    finished_.notify_all();
  }
}

Workspace& Scribe::workspace() {
  // A file that was taken away, or that another took the place of, can still be written to: to nobody's use.
  const auto there = record::identity_of(options_.record);
  if (!there) {
    workspace_.reset();
    throw Error(ErrorKind::unavailable,
                "the record of this server is not there: `mithaq read FOLDER` makes one");
  }
  if (workspace_ && identity_ != *there) workspace_.reset();
  if (!workspace_) {
    workspace_.emplace(options_);
    identity_ = *there;
  }
  return *workspace_;
}

void Scribe::expect_still_there() {
  if (record::identity_of(options_.record) == identity_) return;
  workspace_.reset();
  throw replaced();
}

std::vector<Scribe::Order*> Scribe::of_this_record(const std::vector<Order*>& orders) {
  workspace();
  std::vector<Order*> out;
  for (Order* order : orders) {
    if (!order->decided_on || *order->decided_on == identity_) {
      out.push_back(order);
    } else {
      order->failure = std::make_exception_ptr(replaced());
    }
  }
  return out;
}

// What is wrong with the database may be gone at the next opening.
std::exception_ptr Scribe::failed() {
  const std::exception_ptr failure = std::current_exception();
  try {
    std::rethrow_exception(failure);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::unavailable || error.kind() == ErrorKind::no_space ||
        error.kind() == ErrorKind::corrupt)
      workspace_.reset();
  } catch (...) {
    workspace_.reset();
  }
  return failure;
}

// Orders in the order in which they came: appends in groups, other work by itself.
void Scribe::write(const std::vector<Order*>& orders) {
  std::vector<Order*> together;
  std::size_t entries = 0;
  const auto flush = [&] {
    if (!together.empty()) write_together(together);
    together.clear();
    entries = 0;
  };
  for (Order* order : orders) {
    if (order->work == nullptr && order->receive == nullptr) {
      together.push_back(order);
      entries += order->bodies.size();
      if (entries >= kTogetherMax) flush();
      continue;
    }
    flush();
    try {
      if (of_this_record({order}).empty()) continue;
      if (order->receive != nullptr) {
        (*order->receive)(workspace(), order->received);
      } else {
        (*order->work)(workspace());
      }
    } catch (...) {
      order->failure = failed();
    }
  }
  flush();
}

void Scribe::write_together(const std::vector<Order*>& given) {
  std::vector<Order*> orders;
  try {
    orders = of_this_record(given);
  } catch (...) {
    const std::exception_ptr failure = failed();
    for (Order* order : given) order->failure = failure;
    return;
  }
  if (orders.empty()) return;
  std::vector<record::Body> all;
  for (Order* order : orders) all.insert(all.end(), order->bodies.begin(), order->bodies.end());
  try {
    record::Seq next = workspace_->record_to_write().append(all).first;
    expect_still_there();
    for (Order* order : orders) {
      order->first = next;
      next += order->bodies.size();
    }
    return;
  } catch (...) {
    const std::exception_ptr failure = failed();
    // Without a database all fall together; waiting for it once is enough.
    if (orders.size() == 1 || !workspace_) {
      for (Order* order : orders) order->failure = failure;
      return;
    }
  }
  // One of them is refused, a review of no statement perhaps: each by itself, so that it falls alone.
  for (Order* order : orders) write_together({order});
}

}  // namespace mithaq::service
