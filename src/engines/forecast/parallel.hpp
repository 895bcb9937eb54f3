// The same work on any number of threads, with the same answer.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace mithaq::forecast {

// Does work(0) … work(count - 1), each once, on up to `threads` threads; 0 takes one for each core. Each
// piece writes only what is its own and draws from a Random of its own, so that the answer does not depend on
// who did it. An exception of a piece ends the rest and is thrown here.
template <typename Work>
void in_parallel(std::size_t count, unsigned threads, const Work& work) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  threads = static_cast<unsigned>(std::min<std::size_t>(threads, count));
  if (threads <= 1) {
    for (std::size_t each = 0; each < count; ++each) work(each);
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr thrown;
  std::mutex thrown_mutex;
  const auto run = [&] {
    for (std::size_t each; (each = next.fetch_add(1)) < count;) {
      try {
        work(each);
      } catch (...) {
        const std::lock_guard lock(thrown_mutex);
        if (!thrown) thrown = std::current_exception();
        next.store(count);
      }
    }
  };
  std::vector<std::thread> others;
  for (unsigned each = 1; each < threads; ++each) others.emplace_back(run);
  run();
  for (std::thread& other : others) other.join();
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace mithaq::forecast
