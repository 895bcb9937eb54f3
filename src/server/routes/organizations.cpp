// GET /api/v1/organizations: those with a register of States first.
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"
#include "service/entity_pages.hpp"

namespace mithaq::server {

ApiRoute organizations_route() {
  return {.pattern = "/api/v1/organizations", .parameters = {}, .answer = [](Call& call) {
            return json_response(service::organizations_answer(call.workspace, call.language));
          }};
}

}  // namespace mithaq::server
