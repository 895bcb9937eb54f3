// SQLite behind driver.hpp; what only SQLite has (functions and tokenizers of our own) needs its handle.
#pragma once

#include "record/database.hpp"

struct sqlite3;

namespace mithaq::record {

// The connection of a record that is a file.
sqlite3* sqlite_handle(Database& database);
// Throws what a result code of SQLite means.
[[noreturn]] void fail_sqlite(Database& database, int code);

}  // namespace mithaq::record
