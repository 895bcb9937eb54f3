// The whole record in one file, and back.
#include <ostream>

#include "base/analyzer.hpp"
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "record/backup.hpp"

namespace mithaq::cli {

namespace {

record::BackupProgress progress_of(Session& session) {
  if (!session.terminal) return {};
  return [&session](record::Seq done, record::Seq of) {
    session.err << '\r' << done << '/' << of << "\x1B[K" << (done == of ? "\r\x1B[K" : "") << std::flush;
  };
}

}  // namespace

int run_backup(Session& session, const BackupCommand& command) {
  const record::BackupReport report =
      record::write_backup(session.workspace.options().record, command.file, progress_of(session));
  session.out << session.say("backed up: " + std::to_string(report.entries) + " entries and " +
                             std::to_string(report.rows) + " rows beside them, " +
                             std::to_string(report.bytes) +
                             " bytes. The key that signs the record is not in it: keep that too")
              << '\n';
  return kExitOk;
}

int run_restore(Session& session, const BackupCommand& command) {
  record::SqlOptions options;
  options.analyzer = Analyzer::load(session.workspace.options().data);
  const record::BackupReport report =
      record::restore_backup(command.file, session.workspace.options().record, options, progress_of(session));
  session.out << session.say("restored and verified: " + std::to_string(report.entries) + " entries and " +
                             std::to_string(report.rows) + " rows beside them")
              << '\n';
  return kExitOk;
}

}  // namespace mithaq::cli
