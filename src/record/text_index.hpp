// SQLite's full-text search with our analyzer.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/analyzer.hpp"
#include "record/database.hpp"

namespace mithaq::record {

// Makes the tokenizer "mithaq" known to a connection.
//   throws  Error{unavailable} if this SQLite has no FTS5
void register_text_index(Database& database, std::shared_ptr<const Analyzer> analyzer);

// Which rows a search is about; asked for each row that matches, from the newest to the oldest.
struct RowFilter {
  std::function<bool(std::int64_t row)> lets_through{};  // all if empty
  std::exception_ptr failure{};                          // what it threw; none may pass through SQLite
};

// Makes the function mithaq_rank(paragraph_index) known: what a score is made of, or null if the row is not
// one that the filter lets through. The filter must outlive the connection's use of it.
void register_rank(Database& database, RowFilter& filter);

// A term that is an analyzed word already, as a string of an FTS5 expression: quoted, and marked so that the
// tokenizer leaves it as it is.
std::string quoted_term(std::string_view term);

}  // namespace mithaq::record
