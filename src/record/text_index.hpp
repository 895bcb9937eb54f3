// SQLite's full-text search with our analyzer.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/analyzer.hpp"
#include "record/database.hpp"

namespace mithaq::record {

// Makes the tokenizer "mithaq" and the ranking function "mithaq_rank" known to a connection.
//   throws  Error{unavailable} if this SQLite has no FTS5
void register_text_index(Database& database, std::shared_ptr<const Analyzer> analyzer);

// A term that is an analyzed word already, as a string of an FTS5 expression: quoted, and marked so that the
// tokenizer leaves it as it is.
std::string quoted_term(std::string_view term);

}  // namespace mithaq::record
