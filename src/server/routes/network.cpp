// GET /api/v1/network: who appears with whom in statements of co-operation.
#include "server/routes/activity_request.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"
#include "service/activity.hpp"

namespace mithaq::server {

ApiRoute network_route() {
  return {.pattern = "/api/v1/network",
          .parameters = activity_parameters({optional_number("limit", 60, 300)}),
          .answer = [](Call& call) {
            return json_response(service::network_answer(call.workspace, activity_request_of(call),
                                                         call.parameters.number("limit"), call.language));
          }};
}

}  // namespace mithaq::server
