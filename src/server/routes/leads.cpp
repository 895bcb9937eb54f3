// GET /api/v1/leads: what `mithaq leads` answers.
#include "server/routes/answer.hpp"
#include "server/routes/localized.hpp"
#include "server/routes/routes.hpp"
#include "server/routes/who_request.hpp"
#include "service/division_of_labour.hpp"
#include "service/json_rows.hpp"

namespace mithaq::server {

namespace {

// Leads stand in the order of places and contradict each other across pages: all are looked at for each page.
constexpr std::size_t kLeadsMax = 10'000;

}  // namespace

ApiRoute leads_route() {
  return {.pattern = "/api/v1/leads", .parameters = who_parameters(), .answer = [](Call& call) {
            const Page page = page_of(call);
            const auto rows = service::division_of_labour(call.workspace, who_request_of(call, kLeadsMax));
            const auto lead_json = [](const service::LeadRow& row) {
              nlohmann::ordered_json out = service::statement_json(row.statement);
              out["contradicted_by"] = row.contradicted_by;
              return out;
            };
            return json_response(localized(
                {{"leads", rows_json(rows, page, lead_json)}, {"page", page_json(page, rows.size())}}, call));
          }};
}

}  // namespace mithaq::server
