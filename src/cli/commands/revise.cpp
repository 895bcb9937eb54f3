// What people put right in a text that was read: an edit undone or made again, a doubt settled.
#include <ostream>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "service/revise.hpp"

namespace mithaq::cli {

int run_revise(Session& session, const ReviseCommand& command) {
  const int actions =
      (command.undo.empty() ? 0 : 1) + (command.redo.empty() ? 0 : 1) + (command.doubt.empty() ? 0 : 1);
  if (actions != 1) throw Error(ErrorKind::invalid_input, "say one thing to do: --undo, --redo or --doubt");
  service::RevisionRequest request{.document = command.document,
                                   .person = {.by = command.by.empty() ? session.user : command.by},
                                   .note = command.note};
  if (!command.doubt.empty()) {
    request.action = record::RevisionAction::choose_reading;
    request.target = command.doubt;
    // People count readings from 1; without a number the doubt is open again.
    if (command.reading > 0) request.reading = command.reading - 1;
  } else {
    request.action =
        command.undo.empty() ? record::RevisionAction::redo_edit : record::RevisionAction::undo_edit;
    request.target = command.undo.empty() ? command.redo : command.undo;
  }
  auto& store = session.workspace.record_to_write();
  const record::Seq entry = service::revise(store, store.view(), request);
  session.out << session.say("revised; entry " + std::to_string(entry)) << '\n';
  return kExitOk;
}

}  // namespace mithaq::cli
