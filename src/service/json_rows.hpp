// Rows of the record as JSON: one shape for exports and for the HTTP API (docs/http-api.md).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "record/view.hpp"

namespace mithaq::service {

// Everything the record has on a statement, with its citation and review.
nlohmann::ordered_json statement_json(const record::StatementRow& row);

// {"document":…,"name":…,"symbol":…,"date":…,"paragraph":…,"raw_bytes":[[begin,end],…],"words":…}: raw_bytes
// are places of the whole raw text.
nlohmann::ordered_json citation_json(const record::Citation& citation);

}  // namespace mithaq::service
