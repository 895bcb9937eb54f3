// One open stream of server-sent events (WHATWG HTML, 9.2): filled by any thread, emptied by the connection.
//
// No thread waits for a stream. While it is empty its connection sleeps; what is sent wakes it. A client that
// does not take its events is left: it comes back and is told anew.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace mithaq::server {

// "id: 7\nevent: job\ndata: {…}\n\n". The data may hold no line ends, as JSON in one line.
std::string event_text(std::string_view name, std::string_view data, std::string_view id = {});

class EventStream {
 public:
  // Gives text to the client: whole events or a comment. Ends the stream if too much is waiting.
  void send(std::string_view text);
  // The client gets what is waiting, then the end.
  void end();
  bool ended() const;

  // The following are the server's.

  // Copies what is waiting.
  //   sleep    called, with the stream locked, if nothing is
  //   returns  how many bytes; 0 if it sleeps; nothing at the end
  std::optional<std::size_t> take(char* place, std::size_t most, const std::function<void()>& sleep);
  // How the sleeping connection is woken; called with the stream locked.
  void on_wake(std::function<void()> wake);
  // The connection is gone: nothing wakes it any more.
  void left();
  // A comment, so that a client that is gone is noticed; only if nothing was sent for so long.
  void keep_alive(std::chrono::milliseconds after);
  // True if something has been waiting for so long and nothing was taken.
  bool stuck(std::chrono::milliseconds after) const;

 private:
  void add(std::string_view text);

  mutable std::mutex lock_{};
  std::deque<std::string> waiting_{};
  std::size_t taken_ = 0;  // bytes of the first one
  std::size_t waiting_bytes_ = 0;
  bool sleeping_ = false;
  bool ended_ = false;
  std::function<void()> wake_{};
  std::chrono::steady_clock::time_point sent_at_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point taken_at_ = std::chrono::steady_clock::now();
};

}  // namespace mithaq::server
