// Somebody with a session, for the benchmarks that ask a running server.
#pragma once

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "server/test_client.hpp"

namespace mithaq::benchmarks {

using server::test_client::Reply;

struct SignedIn {
  std::string cookie{};
  std::string csrf{};
};

// A request that changes something, with its body.
inline Reply send_json(std::uint16_t port, const std::string& method, const std::string& target,
                       const nlohmann::json& body, const SignedIn& as) {
  const std::string text = body.dump();
  const std::string session =
      as.cookie.empty() ? "" : "Cookie: " + as.cookie + "\r\nX-Mithaq-CSRF: " + as.csrf + "\r\n";
  server::test_client::Client client(port);
  client.set_patience(std::chrono::seconds(30));
  client.send(
      fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{}"
                  "Content-Length: {}\r\n\r\n{}",
                  method, target, session, text.size(), text));
  return client.receive();
}

[[noreturn]] inline void give_up(const std::string& what, const Reply& reply) {
  fmt::print(stderr, "{} failed: {} {}\n", what, reply.status, reply.body);
  std::exit(1);
}

inline SignedIn sign_in(std::uint16_t port, const std::string& account, const std::string& password) {
  const Reply reply =
      send_json(port, "POST", "/api/v1/session", {{"account", account}, {"password", password}}, {});
  const auto cookie = reply.headers.find("Set-Cookie");
  if (cookie == reply.headers.end()) give_up("signing in", reply);
  return {.cookie = cookie->second.substr(0, cookie->second.find(';')),
          .csrf = nlohmann::json::parse(reply.body).value("csrf", "")};
}

}  // namespace mithaq::benchmarks
