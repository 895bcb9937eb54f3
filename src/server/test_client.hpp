// A client for the tests of this folder: sockets, so that it can also be rude.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace mithaq::server::test_client {

struct Reply {
  int status = 0;  // 0: the server closed without an answer
  std::map<std::string, std::string> headers{};
  std::string body{};
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    set_patience(std::chrono::seconds(5));
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool connected() const { return connected_; }
  void set_patience(std::chrono::milliseconds time) {
    const timeval limit{.tv_sec = time.count() / 1000, .tv_usec = time.count() % 1000 * 1000};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  }
  // Sends until all is sent, or the server does not take any more.
  //   returns  how many bytes it took
  std::size_t send(std::string_view bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
      const ssize_t count = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) break;
      sent += static_cast<std::size_t>(count);
    }
    return sent;
  }
  // Reads the answer to a request.
  Reply receive(bool has_body = true) {
    Reply reply;
    while (bytes_.find("\r\n\r\n") == std::string::npos && read_more()) {
    }
    const std::size_t end = bytes_.find("\r\n\r\n");
    if (end == std::string::npos || !bytes_.starts_with("HTTP/1.1 ")) return reply;
    const std::string head = bytes_.substr(0, end + 2);
    bytes_.erase(0, end + 4);
    reply.status = std::stoi(head.substr(9, 3));
    for (std::size_t at = head.find("\r\n") + 2; at < head.size();) {
      const std::size_t line_end = head.find("\r\n", at);
      const std::string line = head.substr(at, line_end - at);
      const std::size_t colon = line.find(": ");
      if (colon != std::string::npos) reply.headers[line.substr(0, colon)] = line.substr(colon + 2);
      at = line_end + 2;
    }
    const auto length = reply.headers.find("Content-Length");
    const std::size_t wanted =
        has_body && length != reply.headers.end() ? std::stoul(length->second) : std::size_t{0};
    while (bytes_.size() < wanted && read_more()) {
    }
    reply.body = bytes_.substr(0, wanted);
    bytes_.erase(0, reply.body.size());
    return reply;
  }
  // Reads on until this text has come, in whatever framing.
  //   returns  all that came before and with it; empty if it did not come
  std::string receive_until(std::string_view text) {
    for (;;) {
      const std::size_t found = bytes_.find(text);
      if (found != std::string::npos) {
        std::string out = bytes_.substr(0, found + text.size());
        bytes_.erase(0, found + text.size());
        return out;
      }
      if (!read_more()) return "";
    }
  }
  // All that comes until the server closes or says nothing for as long as this one waits.
  std::string receive_all() {
    while (read_more()) {
    }
    return std::exchange(bytes_, {});
  }
  // True once the server has closed the connection; false if it says something or says nothing.
  bool closed_by_server() {
    char byte = 0;
    const ssize_t count = ::recv(socket_, &byte, 1, 0);
    return count == 0 || (count < 0 && errno == ECONNRESET);
  }

 private:
  bool read_more() {
    char buffer[16384];
    const ssize_t count = ::recv(socket_, buffer, sizeof buffer, 0);
    if (count > 0) bytes_.append(buffer, static_cast<std::size_t>(count));
    return count > 0;
  }

  int socket_;
  bool connected_ = false;
  std::string bytes_{};
};

// One request of its own.
//   more  further header lines, each with its line end
inline Reply request(std::uint16_t port, const std::string& target, const std::string& more = "",
                     const std::string& method = "GET") {
  Client client(port);
  client.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n");
  return client.receive(method != "HEAD");
}

// What zlib makes of bytes with a gzip or zlib header; empty if they are neither.
inline std::string inflated(const std::string& bytes) {
  z_stream stream{};
  if (::inflateInit2(&stream, 15 + 32) != Z_OK) return "";
  std::string out(std::size_t{1} << 24, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int end = ::inflate(&stream, Z_FINISH);
  out.resize(end == Z_STREAM_END ? stream.total_out : 0);
  ::inflateEnd(&stream);
  return out;
}

}  // namespace mithaq::server::test_client
