// GET /api/v1/commitments: what `mithaq commitments` answers.
#include "server/routes/answer.hpp"
#include "server/routes/localized.hpp"
#include "server/routes/routes.hpp"
#include "service/follow_up.hpp"
#include "service/json_rows.hpp"

namespace mithaq::server {

ApiRoute commitments_route() {
  return {
      .pattern = "/api/v1/commitments",
      .parameters = {required_text("paper"), optional_number("limit", 100, 1000),
                     optional_number("offset", 0, 1'000'000)},
      .answer = [](Call& call) {
        const Page page = page_of(call);
        const service::FollowUpPage found =
            service::follow_up(call.workspace, call.parameters.text("paper"), page.offset, page.limit);
        const Page from_here{.offset = 0, .limit = page.limit};
        const auto commitment_json = [](const service::FollowUpRow& row) {
          nlohmann::ordered_json evidence = nlohmann::ordered_json::array();
          for (const record::StatementRow& each : row.evidence)
            evidence.push_back(service::statement_json(each));
          return nlohmann::ordered_json{{"status", name_of(row.status)},
                                        {"commitment", service::statement_json(row.commitment)},
                                        {"evidence", evidence},
                                        {"missing", service::missing_of(row)}};
        };
        return json_response(localized({{"commitments", rows_json(found.rows, from_here, commitment_json)},
                                        {"total", found.total},
                                        {"page", page_json(page, found.total)}},
                                       call));
      }};
}

}  // namespace mithaq::server
