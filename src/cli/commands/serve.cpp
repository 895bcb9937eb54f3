// The record over HTTP, and what reads for it: serve, work.
#include <signal.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <ostream>
#include <thread>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/visible_text.hpp"
#include "server/serve.hpp"
#include "service/reading_worker.hpp"

namespace mithaq::cli {

int run_serve(Session& session, const ServeCommand& command) {
  std::mutex one_line_at_a_time;
  server::serve(
      {.workspace = session.workspace.options(),
       .host = command.host,
       .port = command.port,
       .unprotected = command.unprotected,
       .opened = command.opened,
       .home = command.home.empty() ? "" : session.workspace.entity_named(command.home),
       .metrics_token = command.metrics_token,
       .provider_issuer = command.oidc_issuer,
       .provider_client = command.oidc_client_id,
       .provider_secret = command.oidc_client_secret,
       .public_address = command.public_address,
       .names = command.names,
       .behind_proxy = command.behind_proxy,
       .page = command.page,
       .readers = command.readers,
       .upload_bytes_max = command.upload_mebibytes_max << 20,
       .mail = {.folder = command.mail_folder,
                .smtp = command.smtp,
                .user = command.smtp_user,
                .password = command.smtp_password.empty() ? "" : service::password_in(command.smtp_password),
                .from = command.mail_from,
                .page = command.public_address},
       .first_start =
           [&](const std::string& account, const std::string& password) {
             session.out << session.say("This is the first start. Sign in as \"" + account +
                                        "\" with the password " + password +
                                        " and change it: it is not said again.")
                         << std::endl;
           },
       .advise = [&](const std::string& advice) { session.out << session.say(advice) << std::endl; },
       .listening =
           [&](const std::string& address) {
             session.out << session.say("The record is served at " + address + "; Ctrl+C stops it.")
                         << std::endl;
           },
       .log =
           [&](const std::string& line) {
             const std::lock_guard guard(one_line_at_a_time);
             session.err << line << '\n' << std::flush;
           }});
  return kExitOk;
}

int run_work(Session& session, const WorkCommand& command) {
  // Before any thread starts: the threads inherit it, so that a signal reaches sigwait alone.
  sigset_t awaited;
  ::sigemptyset(&awaited);
  for (const int number : {SIGTERM, SIGINT}) ::sigaddset(&awaited, number);
  ::pthread_sigmask(SIG_BLOCK, &awaited, nullptr);

  service::WorkspaceOptions workspace = session.workspace.options();
  session.workspace.record();  // says now what would stop every file
  workspace.lexicon = std::make_shared<const reader::Lexicon>(reader::Lexicon::load(workspace.data));
  std::mutex one_line_at_a_time;
  std::atomic<std::size_t> files{0};
  service::ReadingWorkers workers(
      {.workspace = workspace,
       .threads = command.threads > 0 ? command.threads : std::max(1U, std::thread::hardware_concurrency()),
       .finished = [&](const service::Job&, service::JobState) { ++files; },
       .trouble =
           [&](const std::string& problem) {
             const std::lock_guard guard(one_line_at_a_time);
             session.err << "mithaq: " << visible(session.say(problem)) << std::endl;
           }});
  if (command.once) {
    // What a worker that died still holds comes free when its lease ends.
    service::ReadingQueue queue(workspace.record, workspace.clock);
    for (workers.wait_until_idle(); queue.unfinished() > 0; workers.wait_until_idle())
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
  } else {
    session.out << session.say("Waiting for files to read; Ctrl+C stops after the section in hand.")
                << std::endl;
    int number = 0;
    ::sigwait(&awaited, &number);
    workers.stop();
  }
  session.out << session.say("files read or refused: " + std::to_string(files.load())) << std::endl;
  return kExitOk;
}

}  // namespace mithaq::cli
