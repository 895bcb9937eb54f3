#include "server/export_sight.hpp"

#include "service/event_library.hpp"

namespace mithaq::server {

void look_to_export(Call& call) {
  if (call.gate == nullptr) return;
  record::View& view = call.workspace.record().view();
  std::vector<document::Handling> open;
  for (const document::Handling& handling : service::all_handlings(call.workspace)) {
    if (may(call, access::Action::export_copy, {.handling = handling})) open.push_back(handling);
  }
  view.look_as(record::Sight::of(open, ""));
}

}  // namespace mithaq::server
