// Who may see a document is said anew.
#include <ostream>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "service/set_handling.hpp"

namespace mithaq::cli {

int run_handling(Session& session, const HandlingCommand& command) {
  if (command.tlp.empty()) {
    const record::DocumentRow document = session.workspace.record().view().document(command.document);
    session.out << record::to_canonical_json(document.metadata.handling) << '\n';
    return kExitOk;
  }
  const auto tlp = document::tlp_named(command.tlp.starts_with("TLP:") ? command.tlp : "TLP:" + command.tlp);
  if (!tlp) {
    throw Error(
        ErrorKind::invalid_input,
        "\"" + command.tlp + "\" is no mark: TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT or TLP:RED");
  }
  service::HandlingRequest request{.document = command.document,
                                   .handling = {.tlp = *tlp, .originator = command.originator},
                                   .person = {.by = command.by.empty() ? session.user : command.by},
                                   .reason = command.reason};
  for (const std::string& each : command.to) {
    (each.find('/') == std::string::npos ? request.handling.recipients : request.handling.statuses)
        .push_back(each);
  }
  auto& store = session.workspace.record_to_write();
  const record::Seq entry = service::set_handling(store, store.view(), request);
  session.out << session.say("handling set; entry " + std::to_string(entry)) << '\n';
  return kExitOk;
}

}  // namespace mithaq::cli
