// `mithaq serve`: the API on a record, and its page, until the process is told to stop.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "service/workspace.hpp"

namespace mithaq::server {

struct ServeOptions {
  service::WorkspaceOptions workspace{};
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  // The server has no accounts yet and shows everybody everything, so that it listens for this machine alone
  // unless it is told that whoever can reach it may see the record.
  bool unprotected = false;
  std::vector<std::string> names{};  // under which it is reached, through a proxy: "mithaq.example.org"
  bool behind_proxy = false;         // believe X-Forwarded-For of a proxy on this machine
  std::filesystem::path page{};      // the built page
  std::size_t readers = 1;           // threads that read what is handed in; 0 leaves it to `mithaq work`
  std::uint64_t upload_bytes_max = 64 << 20;
  std::function<void(const std::string& address)> listening{};  // called with "http://127.0.0.1:8080"
  std::function<void(const std::string& line)> log{};           // one JSON object a line, from any thread
};

// Serves until SIGTERM or SIGINT, then lets the requests in hand end.
//   throws  Error{forbidden} for a host beyond this machine without `unprotected`, Error{not_found} if there
//           is no record, errors of Server
void serve(const ServeOptions& options);

}  // namespace mithaq::server
