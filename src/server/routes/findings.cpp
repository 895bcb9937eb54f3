// GET /api/v1/matrix/findings: contradictions, overlaps and gaps.
#include "server/routes/activity_request.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/localized.hpp"
#include "server/routes/routes.hpp"
#include "service/activity.hpp"

namespace mithaq::server {

ApiRoute findings_route() {
  return {
      .pattern = "/api/v1/matrix/findings", .parameters = activity_parameters(), .answer = [](Call& call) {
        return json_response(localized(
            service::findings_answer(call.workspace, activity_request_of(call), call.language), call));
      }};
}

}  // namespace mithaq::server
