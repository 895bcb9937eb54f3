#include <csignal>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "base/mapped_file.hpp"
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/text_width.hpp"
#include "cli/output/visible_text.hpp"
#include "service/findings.hpp"
#include "service/read_documents.hpp"

namespace mithaq::cli {

namespace {

std::atomic<bool> stop_requested = false;

extern "C" void request_stop(int) {
  stop_requested.store(true);
}

// Interrupting a run ends it after the files in hand; what was read is kept.
class StopOnInterrupt {
 public:
  StopOnInterrupt() { previous_ = std::signal(SIGINT, request_stop); }
  ~StopOnInterrupt() { std::signal(SIGINT, previous_); }

 private:
  void (*previous_)(int);
};

int print_findings(Session& session, const ReadCommand& command) {
  int code = kExitOk;
  for (const std::string& path : service::files_under({command.paths.begin(), command.paths.end()})) {
    const MappedFile file(path);
    reader::ReadOptions options;
    options.name = std::filesystem::path(path).filename().string();
    options.passed = [&file](std::size_t bytes) { file.release_before(bytes); };
    const auto refusal = reader::read_sections(
        file.bytes(), session.workspace.lexicon(), options,
        [&](document::Document&& section) { service::write_findings(session.out, section); });
    if (refusal) {
      session.err << visible(path) << ": " << session.say(refusal->message) << '\n';
      code = kExitSomeRefused;
    }
  }
  return code;
}

void draw_progress(std::ostream& out, const service::ReadProgress& progress) {
  constexpr std::size_t kBar = 30;
  const auto full = static_cast<std::size_t>(progress.part * static_cast<double>(kBar));
  std::string bar;
  for (std::size_t at = 0; at < kBar; ++at) bar += at < full ? "█" : "░";
  const std::string name = cut_to_width(visible(progress.name), 40);
  out << "\r\u200E" << bar << ' ' << static_cast<int>(progress.part * 100) << " %  " << progress.files_done
      << '/' << progress.files << "  " << name << "\x1B[K" << std::flush;
  if (progress.files_done == progress.files) out << "\r\x1B[K" << std::flush;
}

}  // namespace

int run_read(Session& session, const ReadCommand& command) {
  if (command.findings) return print_findings(session, command);

  service::ReadRequest request;
  request.paths.assign(command.paths.begin(), command.paths.end());
  request.threads = command.threads;
  stop_requested.store(false);
  request.stop = &stop_requested;
  if (session.terminal && !command.quiet) {
    request.progress = [&](const service::ReadProgress& progress) { draw_progress(session.err, progress); };
  }
  const StopOnInterrupt interrupt;
  const service::ReadSummary summary = service::read_documents(session.workspace, request);

  for (const service::RefusedFile& file : summary.refused) {
    session.err << visible(session.say("refused " + file.path.string() + ": " + file.message)) << '\n';
  }
  const auto line = [&](std::size_t count, const std::string& what) {
    if (count > 0) session.out << session.say(what + ": " + std::to_string(count)) << '\n';
  };
  line(summary.added, "documents added");
  line(summary.finished, "documents finished");
  line(summary.known, "already in the record");
  line(summary.refused.size(), "files refused");
  if (summary.files == 0) session.out << session.say("no files there") << '\n';
  if (summary.stopped) {
    session.out << session.say("stopped; run the same command again to go on") << '\n';
  }
  const auto statistics = session.workspace.record_to_write().view().statistics();
  session.out << session.say("the record: " + std::to_string(statistics.documents) + " documents, " +
                             std::to_string(statistics.paragraphs) + " paragraphs, " +
                             std::to_string(statistics.statements) + " statements, " +
                             std::to_string(statistics.doubts) + " doubts")
              << '\n';
  if (summary.stopped) return 130;
  return summary.refused.empty() ? kExitOk : kExitSomeRefused;
}

}  // namespace mithaq::cli
