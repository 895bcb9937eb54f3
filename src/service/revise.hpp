// A person undoes an edit of the reader, makes it again, or settles a doubt by one of its readings.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "record/store.hpp"
#include "record/view.hpp"
#include "service/acting_person.hpp"

namespace mithaq::service {

struct RevisionRequest {
  std::string document{};  // an id, the beginning of one, a name or a symbol
  record::RevisionAction action = record::RevisionAction::undo_edit;
  std::string target{};                  // the id of an edit or a doubt: "0-3"
  std::optional<std::size_t> reading{};  // of a doubt, from 0; nothing opens it again
  ActingPerson person{};
  std::string note{};
};

// The entry that says so, for whoever appends it.
//   throws  Error{not_found} if there is no such document, edit or doubt, Error{forbidden} if it is hidden,
//           Error{invalid_input} if nobody acts; the store refuses what is so already
record::Body revision_entry(const record::View& view, const RevisionRequest& request);
// Appends it.
//   returns  the entry's place
record::Seq revise(record::Store& store, const record::View& view, const RevisionRequest& request);

}  // namespace mithaq::service
