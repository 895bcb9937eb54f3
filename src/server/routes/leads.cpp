// GET /api/v1/leads: what `mithaq leads` answers.
#include "server/routes/answer.hpp"
#include "server/routes/localized.hpp"
#include "server/routes/routes.hpp"
#include "server/routes/who_request.hpp"
#include "service/division_of_labour.hpp"
#include "service/json_rows.hpp"

namespace mithaq::server {

ApiRoute leads_route() {
  return {.pattern = "/api/v1/leads", .parameters = who_parameters(), .answer = [](Call& call) {
            const Page page = page_of(call);
            const service::LeadPage leads =
                service::division_of_labour(call.workspace, who_request_of(call), page.offset, page.limit);
            const auto lead_json = [](const service::LeadRow& row) {
              nlohmann::ordered_json out = service::statement_json(row.statement);
              out["contradicted_by"] = row.contradicted_by;
              out["contradictions"] = row.contradictions;
              return out;
            };
            const Page from_here{.offset = 0, .limit = page.limit};
            nlohmann::ordered_json total = nullptr;
            if (leads.total) total = *leads.total;
            const std::size_t rows = page.offset + leads.rows.size() + (leads.more ? 1 : 0);
            return json_response(localized({{"leads", rows_json(leads.rows, from_here, lead_json)},
                                            {"total", total},
                                            {"page", page_json(page, rows)}},
                                           call));
          }};
}

}  // namespace mithaq::server
