// A correction as a program sends it, before it goes into the record: what it names has to be there.
#pragma once

#include "record/entry.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// The correction with canonical names put beside the ids of its parties and places; a name without an id
// stays as it was written. An id is one of data/, one that answers give for what only the record names
// (name:…), or an office or a group of an organization or State (UN#Secretary-General).
//   throws  Error{invalid_input} naming the field if there is no such entity or theme that the asker may see
record::Correction look_up(Workspace& workspace, record::Correction correction);

}  // namespace mithaq::service
