// GET /api/v1/consultations, one of them, and the rule sets that they follow.
#include "service/consultations.hpp"
#include "server/routes/convening_request.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

namespace {

ApiRoute list_route() {
  return {.pattern = "/api/v1/consultations",
          .parameters = {optional_text("state"), optional_text("body"), optional_text("zone"),
                         optional_number("limit", 100, 1000), optional_number("offset", 0, 1'000'000)},
          .answer = [](Call& call) {
            const Page page = page_of(call);
            return json_response(
                service::consultations_json(call.workspace,
                                            {.state = call.parameters.text("state"),
                                             .body = call.parameters.text("body"),
                                             .offset = page.offset,
                                             .limit = page.limit},
                                            convening_reader(call, call.parameters.text("zone"))));
          }};
}

ApiRoute one_route() {
  return {.pattern = "/api/v1/consultations/:id",
          .parameters = {path_text("id"), optional_text("zone")},
          .answer = [](Call& call) {
            return json_response(
                service::consultation_json(call.workspace, call.parameters.text("id"),
                                           convening_reader(call, call.parameters.text("zone"))));
          }};
}

ApiRoute rule_sets_route() {
  return {.pattern = "/api/v1/rule-sets", .answer = [](Call& call) {
            return json_response(service::rule_sets_json(call.workspace, convening_reader(call)));
          }};
}

}  // namespace

std::vector<ApiRoute> consultation_routes() {
  return {list_route(), one_route(), rule_sets_route()};
}

}  // namespace mithaq::server
