// The names that the record's store had when it was SQLite alone.
#pragma once

#include "record/sql_store.hpp"

namespace mithaq::record {

using SqliteStore = SqlStore;
using SqliteOptions = SqlOptions;

}  // namespace mithaq::record
