// The JSON API on a record: docs/http-api.md says what it answers.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "server/http.hpp"
#include "server/metrics.hpp"
#include "service/workspace.hpp"

namespace mithaq::server {

// What a route of the API works with while it answers one request.
struct Call {
  service::Workspace& workspace;
  const Request& request;
  const Parameters& parameters;  // of the request
  service::Language language;    // of the request
};

// One question or act of the API: its address, what it takes, and the function that answers it.
struct ApiRoute {
  Method method = Method::get;
  std::string pattern{};
  std::vector<Parameter> parameters{};
  std::vector<Field> fields{};  // of the JSON object that is sent: call.request.body has them
  std::function<Response(Call&)> answer{};
};

// Holds one workspace, and so one connection to the record, for each worker of the server.
class Api {
 public:
  //   metrics  shown by /metrics; must outlive the API
  Api(const service::WorkspaceOptions& options, std::size_t workers, const Metrics& metrics);
  ~Api();

  // The API must outlive whoever calls them; each worker (Request::worker) calls one at a time.
  std::vector<Route> routes();

 private:
  struct Desk;
  // The workspace of a worker, opened anew if there is another file under the record's name than before.
  //   throws  Error{unavailable} if there is none
  service::Workspace& workspace(std::size_t worker);

  service::WorkspaceOptions options_;
  const Metrics& metrics_;
  std::vector<std::unique_ptr<Desk>> desks_;
};

}  // namespace mithaq::server
