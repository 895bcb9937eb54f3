// Asks the organization's provider over HTTP: this one origin, no redirect, a bound on time and size.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mithaq::accounts {

struct Fetch {
  std::string url{};
  std::string form{};  // sent by POST if it is not empty: application/x-www-form-urlencoded
  std::string user{};  // for HTTP Basic, with a password, if it is not empty
  std::string password{};
  std::chrono::milliseconds patience{5000};
  std::size_t bytes_max = 256 * 1024;
};

struct Fetched {
  long status = 0;
  std::string body{};
};

//   throws  Error{unavailable} if nobody answers in time, or with more than the bound
Fetched fetch(const Fetch& question);

// "https://id.example.org:8443" of "https://id.example.org:8443/realms/x"; empty unless it is an address of
// https, or of http on this very machine, without a user and without control characters.
std::string origin_of(std::string_view url);

// As in a form or behind a question mark.
std::string form_text(const std::vector<std::pair<std::string, std::string>>& fields);

}  // namespace mithaq::accounts
