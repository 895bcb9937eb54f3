// "Where do the papers say this?"
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engines/search/search.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// What a person asks, in the person's words; empty fields ask for anything.
struct FindRequest {
  std::string words{};  // may be empty if something else is asked for: the newest paragraphs with statements
  std::vector<std::string> organizations{};  // any of these, with their bodies
  std::string place{};                       // with the places that lie in it
  std::string theme{};
  std::vector<document::StatementType> kinds{};  // any of these
  std::optional<document::CommitmentStatus> status{};
  std::string from{}, to{};  // date of the document, EDTF
  std::string language{};    // of the document: "ar"
  std::string document{};    // its id, name or symbol
  std::size_t offset = 0;    // so many of the best are left out
  std::size_t limit = 20;
};

//   throws  Error{not_found} naming the words that nothing is named by, Error{invalid_input} for a bad date
search::Answer find(Workspace& workspace, const FindRequest& request);

// What the paragraphs found are about: counts by kind, organization, place, theme and language of their
// statements. Of filters alone all paragraphs count, of words the best ones that were ranked: `of` says
// which.
struct Facets {
  std::string of{};  // "all", "best 200"
  nlohmann::ordered_json lists{};
};
Facets find_facets(Workspace& workspace, const FindRequest& request, Language language);

}  // namespace mithaq::service
