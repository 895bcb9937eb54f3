// GET /api/v1/statuses: to whom a document can be opened, and to whom an issuer's documents are.
#include "server/routes/account_rows.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

ApiRoute statuses_route() {
  return {
      .pattern = "/api/v1/statuses",
      .parameters = {optional_text("issuer")},
      .answer =
          [](Call& call) {
            using nlohmann::ordered_json;
            const access::Statuses& statuses = accounts_of(call).statuses();
            ordered_json rows = ordered_json::array();
            for (const access::Status& status : statuses.all()) {
              if (status.id == access::kPublic) continue;  // TLP:CLEAR opened to nobody in particular
              rows.push_back({{"id", status.id},
                              {"organization", status.organization},
                              {"name", status.names.at(std::string(service::language_code(call.language)))},
                              {"source", status.source}});
            }
            return json_response(
                {{"statuses", rows}, {"proposed", statuses.proposed_for(call.parameters.text("issuer"))}});
          },
      .entry = Entry::signed_in};
}

}  // namespace mithaq::server
