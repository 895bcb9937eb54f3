// The JSON API on a record: docs/http-api.md says what it answers.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engines/access/decide.hpp"
#include "server/events.hpp"
#include "server/gate.hpp"
#include "server/http.hpp"
#include "server/metrics.hpp"
#include "service/reading_queue.hpp"
#include "service/reading_worker.hpp"
#include "service/scribe.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {
class ConveningUpkeep;
class WarningUpkeep;
}  // namespace mithaq::service

namespace mithaq::server {

// What all workers of a server share.
struct Office {
  Office(const service::WorkspaceOptions& workspace, EventsOptions events_options)
      : languages(Languages::load(workspace.data)), scribe(workspace), events(std::move(events_options)) {}

  Languages languages;
  service::Scribe scribe;
  Events events;
  service::ReadingWorkers* readers = nullptr;  // in this program; there may be others

  // A job was added or changed here.
  void wake() {
    if (readers != nullptr) readers->wake();
    events.wake();
  }
};

// What a route of the API works with while it answers one request.
struct Call {
  service::Workspace& workspace;
  const Request& request;
  const Parameters& parameters;  // of the request
  service::Language language;    // of the request
  Office& office;
  // The record that is looked at: what is decided on it is not written into another one.
  record::FileIdentity record{};
  std::function<service::ReadingQueue&()> queue;  // this worker's connection to it
  // Who asks; filled by the gate before the route is asked.
  access::Subject subject{};
  // Asked again while a stream is open: false once the session is over. Empty: never over.
  std::function<bool()> still_signed_in{};
  // What the route asks of who comes; looked at by the gate.
  Entry entry = Entry::readers;
  std::optional<access::Action> action{};
  std::optional<accounts::Session> session{};  // nothing for visitors
  Gate* gate = nullptr;                        // nothing where there are no accounts: for tests
  bool restricted = false;                     // the record has documents that are not for everybody

  // Appends what was decided on this record; returns its place when it is on disk.
  //   throws  as Scribe::append
  record::Seq append(record::Body body) const { return office.scribe.append({std::move(body)}, record); }
  // How entries name who acts.
  std::string by() const { return "account:" + subject.account; }
  const service::Messages& words() const { return office.languages.in(language); }
};

// One question or act of the API: its address, what it takes, and the function that answers it.
struct ApiRoute {
  Method method = Method::get;
  std::string pattern{};
  std::vector<Parameter> parameters{};
  std::vector<Field> fields{};  // of the JSON object that is sent: call.request.body has them
  std::function<Response(Call&)> answer{};
  // Of a route that takes a file instead: asked before the file is sent, throws what refuses it.
  std::function<void(Call&)> admit{};
  // Who is let in, and what they have to be able to do at all. About the one document, account or entry that
  // is asked for, the route then asks require() or may() of gate.hpp.
  Entry entry = Entry::readers;
  std::optional<access::Action> action{};
  // Why a route that changes something asks for no action: because nobody is there yet of whom to ask it.
  std::string_view open_because{};
};

struct ApiOptions {
  service::WorkspaceOptions workspace{};
  std::size_t workers = 2;  // of the server
  std::size_t readers = 0;  // threads that read what is handed in
  std::uint64_t upload_bytes_max = 64 << 20;
  service::QueueLimits queue{};
  // Finds out who asks: Gate::admit. Without one, whoever reaches the server is its keeper: for tests.
  std::function<void(Call&)> gate{};
  std::function<void(const Request&)> metrics_gate{};  // throws for whom the counters are not
  std::function<void(const std::string& line)> log{};  // takes one line of JSON, from any thread
};

// Holds one workspace, and so one connection to the record, for each worker of the server.
class Api {
 public:
  //   metrics  shown by /metrics; must outlive the API
  Api(ApiOptions options, const Metrics& metrics);
  Api(const service::WorkspaceOptions& options, std::size_t workers, const Metrics& metrics)
      : Api(ApiOptions{.workspace = options, .workers = workers}, metrics) {}
  ~Api();

  // The API must outlive whoever calls them; each worker (Request::worker) calls one at a time.
  std::vector<Route> routes();
  service::Scribe& scribe() { return office_->scribe; }

 private:
  struct Desk;
  // The workspace of a worker, opened anew if there is another file under the record's name than before.
  //   throws  Error{unavailable} if there is none
  service::Workspace& workspace(std::size_t worker);
  // Asks a route, in the name of whoever asks.
  template <typename Ask>
  auto answer(const Request& request, const ApiRoute& route, const Ask& ask);

  ApiOptions options_;
  const Metrics& metrics_;
  std::vector<std::unique_ptr<Desk>> desks_;
  std::unique_ptr<Office> office_;
  std::unique_ptr<service::ReadingWorkers> readers_;            // end before the office
  std::unique_ptr<service::WarningUpkeep> upkeep_;              // ends before the office
  std::unique_ptr<service::ConveningUpkeep> convening_upkeep_;  // the same
};

}  // namespace mithaq::server
