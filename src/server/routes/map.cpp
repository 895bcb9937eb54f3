// GET /api/v1/map: how much is said of each State.
#include "server/routes/activity_request.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"
#include "service/activity.hpp"

namespace mithaq::server {

ApiRoute map_route() {
  return {
      .pattern = "/api/v1/map", .parameters = activity_parameters(), .answer = [](Call& call) {
        return json_response(service::map_answer(call.workspace, activity_request_of(call), call.language));
      }};
}

}  // namespace mithaq::server
