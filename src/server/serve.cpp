#include "server/serve.hpp"

#include <sys/resource.h>

#include <csignal>

#include <algorithm>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "accounts/fetch.hpp"
#include "server/api.hpp"
#include "server/gate.hpp"
#include "server/page.hpp"
#include "server/server.hpp"
#include "service/convening.hpp"
#include "service/party_statuses.hpp"

namespace mithaq::server {

namespace {

// Pages of a record's file that all connections keep together.
constexpr std::size_t kCacheBytes = 96 << 20;

// Keeps signals from this thread and those it starts, for as long as it lives.
class BlockedSignals {
 public:
  explicit BlockedSignals(std::initializer_list<int> numbers) {
    sigset_t blocked;
    ::sigemptyset(&blocked);
    for (const int number : numbers) ::sigaddset(&blocked, number);
    ::pthread_sigmask(SIG_BLOCK, &blocked, &before_);
  }
  ~BlockedSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

 private:
  sigset_t before_{};
};

void wait_for_stop_signal() {
  sigset_t awaited;
  ::sigemptyset(&awaited);
  ::sigaddset(&awaited, SIGTERM);
  ::sigaddset(&awaited, SIGINT);
  int number = 0;
  ::sigwait(&awaited, &number);
}

// Files on their way lie beside the record: what fits there fits into it, and no other disk fills.
std::filesystem::path uploads_folder(const record::Location& record) {
  if (!record.is_file()) return std::filesystem::temp_directory_path();
  const std::filesystem::path folder = record.file().parent_path();
  return folder.empty() ? "." : folder;
}

// Each connection is a file descriptor, and many systems give a program only 1,024.
void allow_many_connections() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = std::min<rlim_t>(files.rlim_max, 8192);
  ::setrlimit(RLIMIT_NOFILE, &files);
}

// What stands in a file, without the line's end; empty without a file.
std::string text_of_file(const std::filesystem::path& path) {
  if (path.empty()) return "";
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorKind::not_found, "no file " + path.string());
  std::string line;
  std::getline(file, line);
  if (line.ends_with('\r')) line.pop_back();
  if (line.empty()) throw Error(ErrorKind::invalid_input, "the file " + path.string() + " is empty");
  return line;
}

std::unique_ptr<accounts::Provider> provider_of(const ServeOptions& options, accounts::Accounts& accounts) {
  if (options.provider_issuer.empty()) return nullptr;
  const std::string origin = accounts::origin_of(options.public_address);
  if (origin.empty())
    throw Error(ErrorKind::invalid_input,
                "--public-address is where people reach this server, e.g. https://mithaq.example.org");
  return std::make_unique<accounts::Provider>(
      accounts::ProviderOptions{.issuer = options.provider_issuer,
                                .client_id = options.provider_client,
                                .client_secret = text_of_file(options.provider_secret),
                                .redirect_address = origin + "/auth/oidc/callback",
                                .seal = accounts.secret("provider"),
                                .clock = options.workspace.clock});
}

}  // namespace

void serve(const ServeOptions& options) {
  if (!options.unprotected && !is_loopback_address(options.host)) {
    throw Error(
        ErrorKind::forbidden,
        "on " + options.host +
            " passwords would travel as they are: let a proxy on this machine speak TLS (--behind-proxy, "
            "--name), or say --unprotected");
  }
  const bool sends_mail = !options.mail.folder.empty() || !options.mail.smtp.empty();
  if (sends_mail) service::check_mail_options(options.mail);
  service::Workspace(options.workspace).record();  // says now what would stop every answer
  allow_many_connections();

  // Before any thread starts, so that no thread is stopped in the middle of something.
  const BlockedSignals blocked({SIGTERM, SIGINT, SIGPIPE});
  ServerOptions server_options{.host = options.host,
                               .port = options.port,
                               .workers = std::clamp(std::thread::hardware_concurrency(), 2U, 16U),
                               .uploads_folder = uploads_folder(options.workspace.record),
                               .any_host_name = options.unprotected,
                               .host_names = options.names,
                               .behind_proxy = options.behind_proxy,
                               .log = options.log,
                               .clock = options.workspace.clock};
  const Languages languages = Languages::load(options.workspace.data);
  Metrics metrics;
  const Page page(options.page);
  // Many connections share the memory; readers and people's acts take turns at writing.
  service::WorkspaceOptions workspace = options.workspace;
  workspace.cache_bytes = kCacheBytes / (server_options.workers + options.readers + 2);
  workspace.patience = std::chrono::seconds(30);
  workspace.convening = std::make_shared<service::Convening>(workspace.data);
  const auto accounts =
      accounts::Accounts::open({.location = options.workspace.record.text(),
                                .data = options.workspace.data,
                                .clock = options.workspace.clock,
                                .register_says = service::party_statuses(workspace),
                                .key = service::signing_key_file(options.workspace).string() + ".accounts",
                                .home = options.home});
  const auto provider = provider_of(options, *accounts);
  std::unique_ptr<Api> api;
  Gate gate(*accounts, {.opened = options.opened,
                        .append = [&api](record::ActBody act) { api->scribe().append(std::move(act)); },
                        .log = options.log,
                        .clock = options.workspace.clock,
                        .metrics_token = text_of_file(options.metrics_token),
                        .provider = provider.get()});
  api = std::make_unique<Api>(
      ApiOptions{.workspace = workspace,
                 .workers = server_options.workers,
                 .readers = options.readers,
                 .upload_bytes_max = options.upload_bytes_max,
                 .gate = [&gate](Call& call) { gate.admit(call); },
                 .metrics_gate = [&gate](const Request& request) { gate.admit_to_metrics(request); },
                 .log = options.log},
      metrics);
  std::vector<Route> routes = api->routes();
  routes.push_back(
      {.pattern = "*", .answer = [&page](const Request& request) { return page.answer(request); }});
  Server server(std::move(server_options), std::move(routes), languages, metrics);
  // Only now: a server that could not start has told nobody the password.
  if (const auto password = accounts->make_first_administrator()) {
    gate.append("account.created", {}, {{"object", "admin"}, {"role", "administrator"}});
    if (options.first_start) options.first_start("admin", *password);
  }
  if (const std::string problem = accounts->second_factor_problem(); !problem.empty() && options.advise)
    options.advise(problem);
  if (accounts->home().empty() && options.advise)
    options.advise(
        "No organization keeps this record yet, so that no account is its staff: say which one with "
        "--organization, e.g. mithaq serve --organization OSCE.");
  const bool v6 = options.host.find(':') != std::string::npos;
  if (options.listening)
    options.listening("http://" + (v6 ? "[" + options.host + "]" : options.host) + ":" +
                      std::to_string(server.port()));
  std::unique_ptr<service::MailUpkeep> mail;
  if (sends_mail)
    mail = std::make_unique<service::MailUpkeep>(workspace, options.mail,
                                                 [&options](const std::string& problem) {
                                                   if (options.log)
                                                     options.log(nlohmann::json({{"mail", problem}}).dump());
                                                 });
  wait_for_stop_signal();
  server.stop();
}

}  // namespace mithaq::server
