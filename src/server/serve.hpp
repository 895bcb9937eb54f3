// `mithaq serve`: the API on a record, and its page, until the process is told to stop.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "service/mail.hpp"
#include "service/workspace.hpp"

namespace mithaq::server {

struct ServeOptions {
  service::WorkspaceOptions workspace{};
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  // Listen beyond this machine although passwords would travel there as they are: TLS is a proxy's work.
  bool unprotected = false;
  bool opened = false;  // to the public: visitors see what is for everybody
  std::string home{};   // entity id of the organization that keeps the record; empty: as it was
  std::filesystem::path metrics_token{};  // a file with the token that shows /metrics to a program
  // Signing in through the organization's OpenID provider; without an issuer people sign in here alone.
  std::string provider_issuer{};
  std::string provider_client{};
  std::filesystem::path provider_secret{};  // a file
  std::string public_address{};      // "https://mithaq.example.org": where the provider sends people back to
  std::vector<std::string> names{};  // under which it is reached, through a proxy: "mithaq.example.org"
  bool behind_proxy = false;         // believe X-Forwarded-For of a proxy on this machine
  std::filesystem::path page{};      // the built page
  std::size_t readers = 1;           // threads that read what is handed in; 0 leaves it to `mithaq work`
  std::uint64_t upload_bytes_max = 64 << 20;
  service::MailOptions mail{};  // notices to delegations; without a folder and a server none are sent
  // Called once in the life of a record: with the password of the administrator that was made.
  std::function<void(const std::string& account, const std::string& password)> first_start{};
  std::function<void(const std::string& advice)> advise{};      // told what a keeper should do, in English
  std::function<void(const std::string& address)> listening{};  // called with "http://127.0.0.1:8080"
  std::function<void(const std::string& line)> log{};           // one JSON object a line, from any thread
};

// Serves until SIGTERM or SIGINT, then lets the requests in hand end.
//   throws  Error{forbidden} for a host beyond this machine without `unprotected`, Error{not_found} if there
//           is no record, errors of Server
void serve(const ServeOptions& options);

}  // namespace mithaq::server
