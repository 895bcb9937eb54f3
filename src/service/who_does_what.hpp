// "Who does what with whom, on this theme, in this place, at this time?"
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/themes.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// The kinds of statements that say who does something.
inline constexpr document::StatementType kActivityTypes[] = {
    document::StatementType::cooperation,    document::StatementType::lead,
    document::StatementType::mandate,        document::StatementType::commitment,
    document::StatementType::implementation, document::StatementType::meeting,
    document::StatementType::deployment,     document::StatementType::instrument};

// What a person asks, in the person's words; empty fields ask for anything.
struct WhoRequest {
  std::vector<std::string> organizations{};  // any of these takes part; with their bodies
  bool all = false;                          // each of them, instead of any
  std::string theme{};                       // an id, words of a theme's label, or else any words
  std::string place{};                       // with the places that lie in it
  std::string at{};                          // EDTF date or interval
  std::string from{}, to{};                  // EDTF: of this time or later, or earlier
  std::string words{};                       // stand in the statement's paragraph
  std::string review{};                      // "proposed", "confirmed", "corrected", "reviewed", "rejected"
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

// The states of review that a person names: "reviewed" is confirmed or corrected.
//   throws  Error{invalid_input} if there is none of that name
std::vector<record::ReviewState> reviews_named(const std::string& name);

// The same question to the table of statements.
struct ActivityRequest;
ActivityRequest activity_request_of(const WhoRequest& request);

struct WhoPage {
  std::vector<record::StatementRow> rows{};
  std::optional<std::size_t> total{};  // of all that answer; nothing where it was not counted
  std::size_t nearby = 0;  // of those, what only stands beside the name of the place; they come last
};
// One page of the same answer. Counted in the table of statements; what asks for words is looked for in the
// record.
WhoPage who_page(Workspace& workspace, const WhoRequest& request, std::size_t offset, std::size_t limit);

// The kind of statement that a person names: "lead".
//   throws  Error{invalid_input} if there is none of that name
document::StatementType statement_type_of(const std::string& name);

}  // namespace mithaq::service
