#include "server/event_stream.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/error.hpp"

namespace mithaq::server {

namespace {

constexpr std::size_t kWaitingEventsMax = 256;
constexpr std::size_t kWaitingBytesMax = 1 << 20;

}  // namespace

std::string event_text(std::string_view name, std::string_view data, std::string_view id) {
  expect(data.find_first_of("\r\n") == std::string_view::npos, "an event's data is one line");
  std::string out;
  if (!id.empty()) out.append("id: ").append(id).append("\n");
  out.append("event: ").append(name).append("\ndata: ").append(data).append("\n\n");
  return out;
}

void EventStream::send(std::string_view text) {
  const std::lock_guard guard(lock_);
  add(text);
}

void EventStream::add(std::string_view text) {
  if (ended_) return;
  if (waiting_.size() >= kWaitingEventsMax || waiting_bytes_ + text.size() > kWaitingBytesMax) {
    ended_ = true;
  } else {
    if (waiting_.empty()) taken_at_ = std::chrono::steady_clock::now();
    waiting_.emplace_back(text);
    waiting_bytes_ += text.size();
    sent_at_ = std::chrono::steady_clock::now();
  }
  if (std::exchange(sleeping_, false) && wake_) wake_();
}

void EventStream::end() {
  const std::lock_guard guard(lock_);
  ended_ = true;
  if (std::exchange(sleeping_, false) && wake_) wake_();
}

bool EventStream::ended() const {
  const std::lock_guard guard(lock_);
  return ended_;
}

std::optional<std::size_t> EventStream::take(char* place, std::size_t most,
                                             const std::function<void()>& sleep) {
  const std::lock_guard guard(lock_);
  taken_at_ = std::chrono::steady_clock::now();
  if (waiting_.empty()) {
    if (ended_) return std::nullopt;
    sleeping_ = true;
    sleep();
    return 0;
  }
  const std::string& first = waiting_.front();
  const std::size_t count = std::min(most, first.size() - taken_);
  std::memcpy(place, first.data() + taken_, count);
  taken_ += count;
  waiting_bytes_ -= count;
  if (taken_ == first.size()) {
    waiting_.pop_front();
    taken_ = 0;
  }
  return count;
}

void EventStream::on_wake(std::function<void()> wake) {
  const std::lock_guard guard(lock_);
  wake_ = std::move(wake);
}

void EventStream::left() {
  const std::lock_guard guard(lock_);
  wake_ = nullptr;
  ended_ = true;
  sleeping_ = false;
}

void EventStream::keep_alive(std::chrono::milliseconds after) {
  const std::lock_guard guard(lock_);
  if (!ended_ && std::chrono::steady_clock::now() - sent_at_ >= after) add(":\n\n");
}

bool EventStream::stuck(std::chrono::milliseconds after) const {
  const std::lock_guard guard(lock_);
  return !waiting_.empty() && std::chrono::steady_clock::now() - taken_at_ >= after;
}

}  // namespace mithaq::server
