// GET /api/v1/timeline: statements by the years in which they hold.
#include "server/routes/activity_request.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"
#include "service/activity.hpp"

namespace mithaq::server {

ApiRoute timeline_route() {
  return {.pattern = "/api/v1/timeline", .parameters = activity_parameters(), .answer = [](Call& call) {
            return json_response(service::timeline_answer(call.workspace, activity_request_of(call)));
          }};
}

}  // namespace mithaq::server
