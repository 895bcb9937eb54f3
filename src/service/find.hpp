// "Where do the papers say this?"
#pragma once

#include <optional>
#include <string>

#include "engines/search/search.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// What a person asks, in the person's words; empty fields ask for anything.
struct FindRequest {
  std::string words{};
  std::string organization{};  // with its bodies
  std::string place{};         // with the places that lie in it
  std::string theme{};
  std::optional<document::StatementType> kind{};
  std::optional<document::CommitmentStatus> status{};
  std::string from{}, to{};  // date of the document, EDTF
  std::size_t limit = 20;
};

//   throws  Error{not_found} naming the words that nothing is named by, Error{invalid_input} for a bad date
search::Answer find(Workspace& workspace, const FindRequest& request);

}  // namespace mithaq::service
