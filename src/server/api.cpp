#include "server/api.hpp"

#include <sys/stat.h>

#include <optional>

#include "server/routes/routes.hpp"

namespace mithaq::server {

namespace {

// Which file stands under a name: not the same after it was replaced. A database is always the same.
struct FileIdentity {
  dev_t device = 0;
  ino_t inode = 0;
  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

//   returns  nothing if there is no such file
std::optional<FileIdentity> identity_of(const record::Location& record) {
  if (!record.is_file()) return FileIdentity{};
  struct stat status {};
  if (::stat(record.file().c_str(), &status) != 0) return std::nullopt;
  return FileIdentity{status.st_dev, status.st_ino};
}

}  // namespace

struct Api::Desk {
  std::unique_ptr<service::Workspace> workspace{};
  FileIdentity record{};
};

Api::Api(const service::WorkspaceOptions& options, std::size_t workers, const Metrics& metrics)
    : options_(options), metrics_(metrics) {
  // One lexicon for all: it is only read.
  if (!options_.lexicon)
    options_.lexicon = std::make_shared<const reader::Lexicon>(reader::Lexicon::load(options_.data));
  for (std::size_t each = 0; each < workers; ++each) desks_.push_back(std::make_unique<Desk>());
}

Api::~Api() = default;

service::Workspace& Api::workspace(std::size_t worker) {
  expect(worker < desks_.size(), "each worker has its desk");
  Desk& desk = *desks_[worker];
  const auto found = identity_of(options_.record);
  if (!found) {
    desk.workspace.reset();
    throw Error(ErrorKind::unavailable,
                "the record of this server is not there: `mithaq read FOLDER` makes one");
  }
  if (!desk.workspace || desk.record != *found) {
    desk.workspace = std::make_unique<service::Workspace>(options_);
    desk.record = *found;
  }
  return *desk.workspace;
}

std::vector<Route> Api::routes() {
  std::vector<Route> routes;
  for (ApiRoute& route : std::vector<ApiRoute>{
           documents_route(), document_route(), raw_route(), find_route(), who_route(), leads_route(),
           commitments_route(), members_route(), overlap_route(), statistics_route(), checkpoint_route(),
           proof_route(), entries_route(), health_route()}) {
    routes.push_back({.method = route.method,
                      .pattern = std::move(route.pattern),
                      .parameters = std::move(route.parameters),
                      .fields = std::move(route.fields),
                      .answer = [this, answer = std::move(route.answer)](const Request& request) {
                        Call call{workspace(request.worker), request, request.parameters, request.language};
                        try {
                          return answer(call);
                        } catch (const Error& error) {
                          // What is wrong with the file may be gone at the next opening.
                          if (error.kind() == ErrorKind::unavailable || error.kind() == ErrorKind::corrupt)
                            desks_[request.worker]->workspace.reset();
                          throw;
                        }
                      }});
  }
  // These two answer without the record.
  routes.push_back({.pattern = "/metrics",
                    .answer = [this](const Request&) { return metrics_answer(metrics_, options_.record); }});
  routes.push_back({.pattern = "/api/v1/openapi.json",
                    .answer = [](const Request&) { return Response{.body = std::string(openapi_text())}; }});
  return routes;
}

}  // namespace mithaq::server
