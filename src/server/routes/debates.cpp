// GET /api/v1/debates and one of them.
#include "service/debates.hpp"

#include "server/routes/convening_request.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

std::vector<ApiRoute> debate_routes() {
  ApiRoute list{.pattern = "/api/v1/debates", .answer = [](Call& call) {
                  return json_response(service::debates_json(call.workspace, convening_reader(call)));
                }};
  ApiRoute one{.pattern = "/api/v1/debates/:id", .parameters = {path_text("id")}, .answer = [](Call& call) {
                 return json_response(service::debate_json(call.workspace, call.parameters.text("id"),
                                                           convening_reader(call)));
               }};
  return {std::move(list), std::move(one)};
}

}  // namespace mithaq::server
