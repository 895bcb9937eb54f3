// What is counted of the statements that answer a question: by kind, organization, place, theme, year and
// pair.
//
// An organization is credited with what its bodies do, a place with what happens in the places that lie in
// it, a theme with those under it: the number beside a name is the number of statements that the question for
// this name gives. docs/who-does-what-where.md.
#pragma once

#include <array>
#include <map>
#include <vector>

#include "engines/activity/question.hpp"

namespace mithaq::activity {

inline constexpr std::size_t kTypes = 11, kStatuses = 11;

struct Counted {
  std::uint32_t id = 0;  // EntityId, ThemeId, language or year
  std::size_t statements = 0;
};

struct Counts {
  std::size_t statements = 0;
  std::size_t documents = 0;
  std::array<std::size_t, kTypes> by_type{};
  std::array<std::size_t, 4> by_review{};
  std::vector<Counted> organizations{}, states{}, places{}, themes{}, languages{};  // most first
};
//   limit  of each list but languages
Counts count(const Asked& asked, std::size_t limit);

// How many statements name each, as party or place, in the same way.
struct Each {
  std::vector<std::uint32_t> entities{};  // [EntityId]
  std::vector<std::uint32_t> themes{};    // [ThemeId]
};
Each count_each(const Asked& asked);

// The documents with such statements by their entries, latest date first.
std::vector<std::uint64_t> latest_documents(const Asked& asked, std::size_t limit);

// A paper that obliges somebody: a document of the record, or an instrument that documents speak of.
struct PaperCount {
  std::optional<std::uint64_t> document{};  // its entry
  InstrumentId instrument = 0;
  std::size_t commitments = 0;
  std::array<std::size_t, kStatuses> by_status{};
};
// All papers with commitments, most first.
std::vector<PaperCount> papers(const Asked& asked);

struct YearCount {
  int year = 0;
  std::size_t statements = 0;
  std::array<std::size_t, kTypes> by_type{};
};
struct Timeline {
  std::vector<YearCount> years{};  // oldest first, from the first to the last with statements
  std::size_t undated = 0;
};
Timeline timeline(const Asked& asked);

struct PlaceCount {
  EntityId place = kNoEntity;
  std::size_t statements = 0;
  std::size_t organizations = 0;  // heads of families that take part
  std::size_t leads = 0;
};
// Every place and State, by its number.
std::vector<PlaceCount> by_place(const Asked& asked);

struct Node {
  EntityId entity = kNoEntity;
  std::size_t statements = 0;
};
struct Edge {
  std::size_t a = 0, b = 0;  // nodes, a < b
  std::size_t statements = 0;
  int first = 0, last = 0;  // years; 0 if none is said
};
struct Network {
  std::vector<Node> nodes{};  // most statements first
  std::vector<Edge> edges{};  // most statements first
  int first = 0, last = 0;
};
// Who appears together in one statement: parties as they stand, bodies for themselves.
//   limit  so many nodes with the most statements
Network network(const Asked& asked, std::size_t limit);

enum class Axis { organization, place, theme, year };

struct MatrixCell {
  std::size_t row = 0, column = 0;
  std::size_t statements = 0, leads = 0, confirmed = 0;
  bool contradiction = false;
};
struct Matrix {
  std::vector<Counted> rows{}, columns{};  // most first, years oldest first; totals count each statement once
  std::vector<MatrixCell> cells{};         // that hold a statement, by row, then column
  std::size_t other_rows = 0, other_columns = 0;  // values that found no room
  std::size_t total = 0;                          // statements that match
};
//   everywhere  the same question without its parties: against whom a lead may stand in contradiction
Matrix matrix(const Asked& asked, const Asked& everywhere, Axis rows, Axis columns, std::size_t limit_rows,
              std::size_t limit_columns);

// How much of a record somebody sees.
struct Sums {
  std::size_t documents = 0, paragraphs = 0, mentions = 0, doubts = 0, edits = 0;
  std::size_t statements = 0, reviews = 0;
  std::array<std::size_t, 4> by_review{};
};
Sums sums(const Table& table, const Sees& sees);

// How two people decided on the statements that both looked at.
struct Pair {
  std::uint16_t a = 0, b = 0;  // accounts, a < b
  std::size_t both = 0, agree = 0;
  std::array<std::size_t, 3> first{}, second{};  // by action
};
struct Agreement {
  std::map<std::uint16_t, std::array<std::size_t, 3>> reviewers{};  // by account: last words by action
  std::vector<Pair> pairs{};                                        // most statements first
  std::vector<std::uint64_t> disagreements{};                       // statements, the first ones
};
//   reviewers  accounts; empty: all
Agreement agreement(const Asked& asked, const std::vector<std::uint16_t>& reviewers, std::size_t limit);

}  // namespace mithaq::activity
