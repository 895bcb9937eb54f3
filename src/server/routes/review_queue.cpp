// GET /api/v1/review/queue: what waits for somebody to decide, most urgent first.
#include "service/review_queue.hpp"
#include "server/routes/activity_request.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/localized.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

ApiRoute review_queue_route() {
  return {
      .pattern = "/api/v1/review/queue",
      .parameters =
          activity_parameters({optional_text("order"), optional_text("document"), optional_text("mine"),
                               optional_number("limit", 20, 100), optional_number("after", 0, kSeqMax)}),
      .answer = [](Call& call) {
        const Parameters& given = call.parameters;
        service::QueueRequest request{.filter = activity_request_of(call), .limit = given.number("limit")};
        request.filter.document = given.text("document");
        if (given.has("order")) request.order = given.text("order");
        if (given.has("mine") && given.text("mine") != "skip")
          throw Error(ErrorKind::invalid_input, "mine=skip leaves out what you decided; there is no other");
        if (given.has("mine") && call.subject.signed_in) request.account = call.by();
        if (given.has("after")) request.after = given.number("after");
        return json_response(localized(service::queue_answer(call.workspace, request, call.language), call));
      }};
}

}  // namespace mithaq::server
