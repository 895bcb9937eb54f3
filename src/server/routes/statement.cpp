// GET /api/v1/statements/:seq: one statement with what helps to decide on it.
#include "server/routes/answer.hpp"
#include "server/routes/localized.hpp"
#include "server/routes/routes.hpp"
#include "service/review_queue.hpp"

namespace mithaq::server {

ApiRoute statement_route() {
  return {
      .pattern = "/api/v1/statements/:seq",
      .parameters = {path_number("seq", kSeqMax)},
      .answer = [](Call& call) {
        return json_response(localized(
            service::statement_answer(call.workspace, call.parameters.number("seq"), call.language), call));
      }};
}

}  // namespace mithaq::server
