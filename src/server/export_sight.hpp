// What goes out of the server as a file: what the one who asks sees and may also pass on.
#pragma once

#include "server/api.hpp"

namespace mithaq::server {

// From now on the call's view shows only documents of which its subject may take copies
// (access::Action::export_copy). Who brought a document in takes no copy by that alone.
void look_to_export(Call& call);

}  // namespace mithaq::server
