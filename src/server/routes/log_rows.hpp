// What of the log somebody may read.
#pragma once

#include "record/entry.hpp"
#include "server/api.hpp"

namespace mithaq::server {

// True if who asks may read the body of an entry: of what belongs to a document, whoever may see the
// document; of acts, whoever may read the log.
bool may_read_body(Call& call, const record::Entry& entry);

}  // namespace mithaq::server
