// GET /api/v1/review/history: who decided what, latest first.
#include "server/routes/answer.hpp"
#include "server/routes/localized.hpp"
#include "server/routes/routes.hpp"
#include "service/review_queue.hpp"

namespace mithaq::server {

ApiRoute review_history_route() {
  return {.pattern = "/api/v1/review/history",
          .parameters = {optional_number("limit", 50, 500), optional_number("offset", 0, 1'000'000)},
          .answer = [](Call& call) {
            const Page page = page_of(call);
            return json_response(
                localized(service::review_history_answer(call.workspace, page.limit, page.offset), call));
          }};
}

}  // namespace mithaq::server
