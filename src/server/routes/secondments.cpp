// GET /api/v1/secondments…: missions, what States second to them, rosters.
#include "service/secondments.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/convening_request.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

std::vector<ApiRoute> secondment_routes() {
  std::vector<ApiRoute> routes;
  routes.push_back({.pattern = "/api/v1/secondments", .answer = [](Call& call) {
                      return json_response(service::missions_json(call.workspace, convening_reader(call)));
                    }});
  routes.push_back({.pattern = "/api/v1/secondments/roster",
                    .parameters = {optional_text("kind"), optional_text("day"), optional_text("speaks"),
                                   optional_text("region")},
                    .answer = [](Call& call) {
                      const std::string& kind = call.parameters.text("kind");
                      return json_response(service::roster_json(call.workspace,
                                                                {.kind = kind.empty() ? "election" : kind,
                                                                 .day = call.parameters.text("day"),
                                                                 .language = call.parameters.text("speaks"),
                                                                 .region = call.parameters.text("region")},
                                                                convening_reader(call)));
                    }});
  routes.push_back(
      {.pattern = "/api/v1/secondments/:id", .parameters = {path_text("id")}, .answer = [](Call& call) {
         return json_response(
             service::mission_json(call.workspace, call.parameters.text("id"), convening_reader(call)));
       }});
  return routes;
}

}  // namespace mithaq::server
