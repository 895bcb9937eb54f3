// Who may see a document is said anew.
#pragma once

#include <string>

#include "document/handling.hpp"
#include "record/store.hpp"
#include "record/view.hpp"
#include "service/acting_person.hpp"

namespace mithaq::service {

struct HandlingRequest {
  std::string document{};  // an id, the beginning of one, a name or a symbol
  document::Handling handling{};
  ActingPerson person{};
  std::string reason{};
};

// The entry that says so, for whoever appends it. Whether this person may is for who asks to decide before.
//   throws  Error{not_found} if there is no such document, Error{forbidden} if it is hidden,
//           Error{invalid_input} if nobody or nothing is said, or a status or recipient is written wrong,
//           Error{conflict} if the document has this handling already
record::Body handling_entry(const record::View& view, const HandlingRequest& request);
// Appends it.
//   returns  the entry's place
record::Seq set_handling(record::Store& store, const record::View& view, const HandlingRequest& request);

}  // namespace mithaq::service
