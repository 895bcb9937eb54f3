#include "cli/commands/journal.hpp"

#include <CLI/CLI.hpp>
#include <fstream>
#include <ostream>

#include "base/error.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/visible_text.hpp"
#include "service/meeting_journal.hpp"

namespace mithaq::cli {

void add_journal(CLI::App& journal, JournalCommand& command) {
  journal.add_option("meeting", command.meeting, "The meeting's id: PC-M-2026-031");
  journal.add_option("--consultation", command.consultation,
                     "Instead: the decision of a consultation, or its text under silence");
  journal.add_option("--as", command.format, "html, docx or pdf (default pdf)");
  journal.add_option("--language", command.language, "Of the paper: ar, en or ru (default: that of --lang)");
  journal.add_option("-o,--output", command.output,
                     "The file; - is standard output (default: named by its symbol)");
}

int run_journal(Session& session, const JournalCommand& command) {
  if (command.meeting.empty() == command.consultation.empty())
    throw Error(ErrorKind::invalid_input, "say which meeting, or which consultation with --consultation");
  // Who reads on this machine is its keeper and sees everything.
  const service::ConveningReader reader{
      .asker = {.secretariat = true},
      .sees = [](const document::Handling&) { return true; },
      .language = session.language(),
      .say = [&session](std::string_view english) { return session.say(english); }};
  const std::string language =
      command.language.empty() ? std::string(service::language_code(session.language())) : command.language;
  const service::PaperFile paper =
      command.consultation.empty()
          ? service::journal_file(session.workspace, command.meeting, command.format, language, reader)
          : service::consultation_file(session.workspace, command.consultation, command.format, language,
                                       reader);
  if (command.output == "-") {
    session.out << paper.bytes;
    return kExitOk;
  }
  const std::string name = command.output.empty() ? paper.name : command.output;
  std::ofstream file(name, std::ios::binary);
  file << paper.bytes;
  file.close();
  if (!file) throw Error(ErrorKind::unavailable, "the file " + name + " cannot be written");
  session.out << session.say("written: " + visible(name)) << '\n';
  return kExitOk;
}

}  // namespace mithaq::cli
