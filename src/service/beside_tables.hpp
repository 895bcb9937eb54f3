// What the tables of events and indicators beside the record share.
#pragma once

#include <memory>
#include <string_view>

#include "document/handling.hpp"
#include "record/database.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// The record's database, to read; nothing if there is no record, or it has no such table.
std::unique_ptr<record::Database> open_beside(Workspace& workspace, std::string_view table);

// Whether the asker sees what has this handling.
bool sees(Workspace& workspace, const document::Handling& handling);

}  // namespace mithaq::service
