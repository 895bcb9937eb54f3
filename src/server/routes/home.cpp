// GET /api/v1/home: what a delegation has to answer before when, what it was told, its next meetings.
#include "service/home.hpp"

#include "server/routes/account_rows.hpp"
#include "server/routes/convening_request.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

ApiRoute home_route() {
  return {.pattern = "/api/v1/home",
          .parameters = {optional_text("delegation"), optional_text("zone")},
          .answer =
              [](Call& call) {
                // A delegation is one to the organization that keeps the record, if there is one.
                return json_response(
                    service::home_json(call.workspace,
                                       {.delegation = call.parameters.text("delegation"),
                                        .organization = call.gate == nullptr ? "" : accounts_of(call).home()},
                                       convening_reader(call, call.parameters.text("zone"))));
              },
          .entry = Entry::signed_in};
}

}  // namespace mithaq::server
