// GET /api/v1/review/agreement: how far reviewers agree.
#include "server/routes/answer.hpp"
#include "server/routes/localized.hpp"
#include "server/routes/routes.hpp"
#include "service/review_queue.hpp"

namespace mithaq::server {

ApiRoute review_agreement_route() {
  return {
      .pattern = "/api/v1/review/agreement", .parameters = {repeated_text("by")}, .answer = [](Call& call) {
        return json_response(
            localized(service::agreement_answer(call.workspace, call.parameters.texts("by")), call));
      }};
}

}  // namespace mithaq::server
