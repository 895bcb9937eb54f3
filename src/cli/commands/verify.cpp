// The record itself: verify, rebuild, erase.
#include <fstream>
#include <ostream>
#include <sstream>

#include "base/error.hpp"
#include "base/sha256.hpp"
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"

namespace mithaq::cli {

int run_verify(Session& session, const VerifyCommand& command) {
  record::SqlStore& store = session.workspace.record();
  if (command.proof) {
    const record::Entry entry = store.entry(*command.proof);
    session.out << "# leaf (canonical JSON of the header)\n"
                << record::to_canonical_json(entry.header) << '\n';
    session.out << "# inclusion proof, leaf to root\n";
    for (const record::Hash& hash : store.inclusion_proof(*command.proof, store.size())) {
      session.out << to_hex(hash) << '\n';
    }
    session.out << "# checkpoint\n" << store.checkpoint();
    return kExitOk;
  }
  record::VerifyOptions options;
  options.views = !command.log_only;
  if (!command.checkpoint_file.empty()) {
    std::ifstream file(command.checkpoint_file, std::ios::binary);
    if (!file) throw Error(ErrorKind::not_found, "no file " + command.checkpoint_file);
    std::ostringstream text;
    text << file.rdbuf();
    options.known_checkpoint = text.str();
  }
  if (session.terminal) {
    options.progress = [&](record::Seq done, record::Seq of) {
      session.err << '\r' << done << '/' << of << "\x1B[K" << (done == of ? "\r\x1B[K" : "") << std::flush;
    };
  }
  const record::VerifyReport report = store.verify(options);
  for (const record::Problem& problem : report.problems) {
    session.out << problem.table << ' ' << problem.row << ": " << session.say(problem.message) << '\n';
  }
  if (!report.ok()) {
    session.out << session.say("The record is NOT as it was written: " +
                               std::to_string(report.problems.size()) + " problems")
                << '\n';
    return kExitCorrupt;
  }
  session.out << session.say("verified: " + std::to_string(report.entries) + " entries, " +
                             std::to_string(report.erased) + " erased by law")
              << '\n'
              << session.say("signed by " + store.verifier_key().to_string()) << '\n'
              << store.checkpoint();
  return kExitOk;
}

int run_rebuild(Session& session) {
  record::SqlStore& store = session.workspace.record_to_rebuild();
  store.rebuild();
  session.out << session.say("rebuilt from " + std::to_string(store.size()) + " entries") << '\n';
  return kExitOk;
}

int run_erase(Session& session, const EraseCommand& command) {
  if (command.reason.empty()) {
    throw Error(ErrorKind::invalid_input,
                "say why with --reason: the reason stays in the record, the text does not");
  }
  record::SqlStore& store = session.workspace.record_to_write();
  std::vector<record::Seq> entries(command.entries.begin(), command.entries.end());
  if (!command.document.empty()) entries.push_back(store.view().document(command.document).seq);
  const auto seq = store.erase(entries, command.by.empty() ? session.user : command.by, command.reason);
  session.out << (seq ? session.say("erased; entry " + std::to_string(*seq))
                      : session.say("nothing was left to erase"))
              << '\n';
  return kExitOk;
}

}  // namespace mithaq::cli
