// "Who does what with whom, on this theme, in this place, at this time?"
#pragma once

#include <string>
#include <vector>

#include "service/themes.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// What a person asks, in the person's words; empty fields ask for anything.
struct WhoRequest {
  std::vector<std::string> organizations{};      // any of these takes part; with their bodies
  std::string theme{};                           // an id, words of a theme's label, or else any words
  std::string place{};                           // with the places that lie in it
  std::string at{};                              // EDTF date or interval
  std::vector<document::StatementType> types{};  // empty: all that say who does something
  bool confirmed_only = false;
  std::size_t limit = 1000;
};

// The plan of a question: names resolved, parts added.
//   throws  Error{not_found} naming the words that nothing is named by, Error{invalid_input} for a bad date
record::StatementQuery plan_who(Workspace& workspace, const WhoRequest& request);

// The statements that answer it, each with its citation, in the order of documents; behind them, where a
// place is asked for, those that name no place but stand in a paragraph that names this one.
std::vector<record::StatementRow> who_does_what(Workspace& workspace, const WhoRequest& request);

// The kind of statement that a person names: "lead".
//   throws  Error{invalid_input} if there is none of that name
document::StatementType statement_type_of(const std::string& name);

}  // namespace mithaq::service
