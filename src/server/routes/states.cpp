// GET /api/v1/states: every State and territory with its codes.
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"
#include "service/entity_pages.hpp"

namespace mithaq::server {

ApiRoute states_route() {
  return {.pattern = "/api/v1/states", .parameters = {}, .answer = [](Call& call) {
            return json_response(service::states_answer(call.workspace, call.language));
          }};
}

}  // namespace mithaq::server
