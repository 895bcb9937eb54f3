// GET /api/v1/applications and one of them, GET /api/v1/standing: who is what in an organization at an
// instant.
#include "service/partnerships.hpp"
#include "server/routes/convening_request.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

namespace {

ApiRoute applications_route() {
  return {.pattern = "/api/v1/applications", .answer = [](Call& call) {
            return json_response(service::applications_json(call.workspace, convening_reader(call)));
          }};
}

ApiRoute application_route() {
  return {.pattern = "/api/v1/applications/:id", .parameters = {path_text("id")}, .answer = [](Call& call) {
            return json_response(service::application_json(call.workspace, call.parameters.text("id"),
                                                           convening_reader(call)));
          }};
}

ApiRoute standing_route() {
  return {.pattern = "/api/v1/standing",
          .parameters = {optional_text("organization"), optional_text("at")},
          .answer = [](Call& call) {
            return json_response(service::standing_json(call.workspace, call.parameters.text("organization"),
                                                        call.parameters.text("at"), convening_reader(call)));
          }};
}

ApiRoute standing_of_route() {
  return {.pattern = "/api/v1/standing/:state", .parameters = {path_text("state")}, .answer = [](Call& call) {
            return json_response(service::standing_of_json(call.workspace, call.parameters.text("state"),
                                                           convening_reader(call)));
          }};
}

}  // namespace

std::vector<ApiRoute> partnership_routes() {
  return {applications_route(), application_route(), standing_route(), standing_of_route()};
}

}  // namespace mithaq::server
