#include "server/api.hpp"

#include <fmt/format.h>

#include <optional>

#include "server/routes/answer.hpp"
#include "server/routes/job_rows.hpp"
#include "server/routes/routes.hpp"
#include "service/activity_index.hpp"
#include "service/convening.hpp"
#include "service/convening_upkeep.hpp"
#include "service/forecast_library.hpp"
#include "service/warning_upkeep.hpp"

namespace mithaq::server {

namespace {

// Whoever reaches a server without accounts.
access::Subject keeper() {
  return {.signed_in = true, .role = access::Role::administrator, .staff = true};
}

}  // namespace

struct Api::Desk {
  std::unique_ptr<service::Workspace> workspace{};
  std::unique_ptr<service::ReadingQueue> queue{};
  record::FileIdentity record{};

  void close() {
    workspace.reset();
    queue.reset();
  }
};

Api::Api(ApiOptions options, const Metrics& metrics) : options_(std::move(options)), metrics_(metrics) {
  // One lexicon for all: it is only read.
  service::WorkspaceOptions& workspace = options_.workspace;
  if (!workspace.lexicon)
    workspace.lexicon = std::make_shared<const reader::Lexicon>(reader::Lexicon::load(workspace.data));
  if (!workspace.knowledge)
    workspace.knowledge =
        std::make_shared<const service::Knowledge>(service::Knowledge::load(workspace.data));
  if (!workspace.activity) workspace.activity = std::make_shared<service::ActivityIndex>(workspace);
  if (!workspace.convening) workspace.convening = std::make_shared<service::Convening>(workspace.data);
  if (!workspace.forecasts) workspace.forecasts = std::make_shared<service::ForecastLibrary>(workspace);
  for (std::size_t each = 0; each < options_.workers; ++each) desks_.push_back(std::make_unique<Desk>());
  office_ = std::make_unique<Office>(
      workspace, EventsOptions{.workspace = workspace,
                               .job_json = [this](const service::Job& job, service::Language language) {
                                 return json_response(job_json(job, office_->languages.in(language))).body;
                               }});
  upkeep_ = std::make_unique<service::WarningUpkeep>(
      workspace, [this](std::vector<record::Body> acts) { office_->scribe.append(std::move(acts)); });
  convening_upkeep_ = std::make_unique<service::ConveningUpkeep>(workspace, office_->scribe,
                                                                 [this] { office_->events.wake(); });
  if (options_.readers > 0) {
    readers_ = std::make_unique<service::ReadingWorkers>(service::WorkerOptions{
        .workspace = workspace,
        .limits = options_.queue,
        .threads = options_.readers,
        .finished =
            [this](const service::Job& job, service::JobState state) {
              office_->events.wake();
              if (options_.log)
                options_.log(fmt::format("{{\"event\":\"job\",\"state\":\"{}\",\"bytes\":{}}}",
                                         name_of(state), job.bytes));
            },
        .trouble =
            [this](const std::string&) {
              if (options_.log)
                options_.log("{\"level\":\"error\",\"problem\":\"a reader cannot use the record\"}");
            }});
    office_->readers = readers_.get();
  }
}

Api::~Api() = default;

service::Workspace& Api::workspace(std::size_t worker) {
  expect(worker < desks_.size(), "each worker has its desk");
  Desk& desk = *desks_[worker];
  const auto found = record::identity_of(options_.workspace.record);
  if (!found) {
    desk.close();
    throw Error(ErrorKind::unavailable,
                "the record of this server is not there: `mithaq read FOLDER` makes one");
  }
  if (!desk.workspace || desk.record != *found) {
    desk.close();
    desk.workspace = std::make_unique<service::Workspace>(options_.workspace);
    desk.record = *found;
  }
  return *desk.workspace;
}

template <typename Ask>
auto Api::answer(const Request& request, const ApiRoute& route, const Ask& ask) {
  Desk& desk = *desks_[request.worker];
  try {
    Call call{.workspace = workspace(request.worker),
              .request = request,
              .parameters = request.parameters,
              .language = request.language,
              .office = *office_,
              .record = desk.record,
              .queue = [&]() -> service::ReadingQueue& {
                if (!desk.queue)
                  desk.queue = std::make_unique<service::ReadingQueue>(
                      options_.workspace.record, options_.workspace.clock, options_.queue);
                return *desk.queue;
              },
              .entry = route.entry,
              .action = route.action};
    if (options_.gate) {
      options_.gate(call);
    } else {
      call.subject = keeper();
    }
    try {
      if constexpr (std::is_void_v<decltype(ask(call))>) {
        return ask(call);
      } else {
        Response response = ask(call);
        note_citations(call, response.body);
        return response;
      }
    } catch (const HttpError&) {
      throw;
    } catch (const Refused&) {
      throw;
    } catch (const Error& error) {
      // The view did not show what was asked for.
      if (error.kind() == ErrorKind::forbidden && call.gate != nullptr && call.subject.signed_in)
        call.gate->note_refusal(call);
      throw;
    }
  } catch (const HttpError&) {
    throw;
  } catch (const Error& error) {
    // What is wrong with the database may be gone at the next opening.
    if (error.kind() == ErrorKind::unavailable || error.kind() == ErrorKind::no_space ||
        error.kind() == ErrorKind::corrupt)
      desk.close();
    throw;
  }
}

std::vector<ApiRoute> api_routes() {
  std::vector<ApiRoute> routes = {documents_route(),
                                  document_route(),
                                  raw_route(),
                                  find_route(),
                                  who_route(),
                                  leads_route(),
                                  commitments_route(),
                                  members_route(),
                                  overlap_route(),
                                  statistics_route(),
                                  checkpoint_route(),
                                  proof_route(),
                                  entries_route(),
                                  health_route(),
                                  upload_route(),
                                  jobs_route(),
                                  job_route(),
                                  cancel_job_route(),
                                  events_route(),
                                  log_route(),
                                  consistency_route(),
                                  overview_route(),
                                  matrix_route(),
                                  findings_route(),
                                  network_route(),
                                  map_route(),
                                  timeline_route(),
                                  entities_route(),
                                  entity_route(),
                                  organizations_route(),
                                  states_route(),
                                  statement_route(),
                                  review_queue_route(),
                                  review_agreement_route(),
                                  review_history_route(),
                                  papers_route(),
                                  export_table_route(),
                                  conflicts_route(),
                                  conflict_share_route(),
                                  conflict_threads_route()};
  for (ApiRoute& route :
       std::vector<ApiRoute>{revise_edit_route(), settle_doubt_route(), set_handling_route(), erase_route(),
                             export_route(), review_route(), acts_route(), home_route()})
    routes.push_back(std::move(route));
  for (ApiRoute& route : search_routes()) routes.push_back(std::move(route));
  for (ApiRoute& route : meeting_routes()) routes.push_back(std::move(route));
  for (ApiRoute& route : early_warning_routes()) routes.push_back(std::move(route));
  for (ApiRoute& route : consultation_routes()) routes.push_back(std::move(route));
  for (ApiRoute& route : exchange_routes()) routes.push_back(std::move(route));
  for (ApiRoute& route : secondment_routes()) routes.push_back(std::move(route));
  for (ApiRoute& route : partnership_routes()) routes.push_back(std::move(route));
  for (ApiRoute& route : debate_routes()) routes.push_back(std::move(route));
  for (ApiRoute& route : journal_routes()) routes.push_back(std::move(route));
  for (ApiRoute& route : account_routes()) routes.push_back(std::move(route));
  for (ApiRoute& route : fund_routes()) routes.push_back(std::move(route));
  for (ApiRoute& route : call_routes()) routes.push_back(std::move(route));
  for (const ApiRoute& route : routes)
    expect(route.method == Method::get || route.action.has_value() != !route.open_because.empty(),
           "a route that changes something says what one has to be able to do");
  return routes;
}

std::vector<Route> Api::routes() {
  std::vector<Route> routes;
  for (ApiRoute& route : api_routes()) {
    const auto known = std::make_shared<const ApiRoute>(std::move(route));
    Route made{
        .method = known->method,
        .pattern = known->pattern,
        .parameters = known->parameters,
        .fields = known->fields,
        .answer = [this, known](const Request& request) { return answer(request, *known, known->answer); }};
    if (known->admit) {
      made.upload_bytes_max = options_.upload_bytes_max;
      made.admit = [this, known](const Request& request) { answer(request, *known, known->admit); };
    }
    routes.push_back(std::move(made));
  }
  // These two answer without the record.
  routes.push_back({.pattern = "/metrics", .answer = [this](const Request& request) {
                      if (options_.metrics_gate) options_.metrics_gate(request);
                      return metrics_answer(metrics_, options_.workspace.record);
                    }});
  routes.push_back({.pattern = "/api/v1/openapi.json",
                    .answer = [](const Request&) { return Response{.body = std::string(openapi_text())}; }});
  return routes;
}

}  // namespace mithaq::server
