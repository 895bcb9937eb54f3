// A document's row as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "record/view.hpp"

namespace mithaq::server {

nlohmann::ordered_json document_json(const record::DocumentRow& row);

}  // namespace mithaq::server
