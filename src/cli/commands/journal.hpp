// mithaq journal MEETING, mithaq journal --consultation ID: papers as files.
#pragma once

#include <string>

#include "cli/session.hpp"

namespace CLI {
class App;
}

namespace mithaq::cli {

struct JournalCommand {
  std::string meeting{};
  std::string consultation{};  // instead of a meeting: its decision, or its text under silence
  std::string format = "pdf";
  std::string language{};  // empty: that of the interface
  std::string output{};    // a file; "-": standard output; empty: a name of its own
};
void add_journal(CLI::App& journal, JournalCommand& command);
int run_journal(Session& session, const JournalCommand& command);

}  // namespace mithaq::cli
