// GET /api/v1/entities/:id: the page of an organization, State or place.
#include "server/routes/answer.hpp"
#include "server/routes/localized.hpp"
#include "server/routes/routes.hpp"
#include "service/entity_pages.hpp"

namespace mithaq::server {

ApiRoute entity_route() {
  return {.pattern = "/api/v1/entities/:id",
          .parameters = {path_text("id"), optional_text("at")},
          .answer = [](Call& call) {
            return json_response(localized(service::entity_answer(call.workspace, call.parameters.text("id"),
                                                                  call.parameters.text("at"), call.language),
                                           call));
          }};
}

}  // namespace mithaq::server
