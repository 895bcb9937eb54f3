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

// {"tlp":"TLP:GREEN","statuses":[…],"recipients":[…],"originator":…,"public":false}
nlohmann::ordered_json handling_json(const document::Handling& handling);

// An edit of the reader, with who undid it if somebody did: {"id":"0-3",…,"undone":false,"by":"","at":""}
nlohmann::ordered_json edit_json(const record::EditRow& row);

// A doubt with its readings, and which one somebody chose:
// {"id":"0-0",…,"chosen":1,"by":"account:amina","at":…}
nlohmann::ordered_json doubt_json(const record::DoubtRow& row);

// {"entry":…,"statement":…,"action":…,"by":…,"for":…,"note":…,"at":…,"stands":…,"withdraws":null}
nlohmann::ordered_json review_json(const record::ReviewRow& row);

}  // namespace mithaq::service
