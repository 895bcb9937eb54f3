// GET /api/v1/entities: which names begin so.
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"
#include "service/entity_pages.hpp"

namespace mithaq::server {

ApiRoute entities_route() {
  return {.pattern = "/api/v1/entities",
          .parameters = {required_text("words"), optional_text("kind"), optional_number("limit", 10, 50)},
          .answer = [](Call& call) {
            return json_response(service::suggest_answer(call.workspace,
                                                         {.words = call.parameters.text("words"),
                                                          .kind = call.parameters.text("kind"),
                                                          .limit = call.parameters.number("limit")},
                                                         call.language));
          }};
}

}  // namespace mithaq::server
