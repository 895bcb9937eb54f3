// GET /api/v1/calls, one of them, and the rosters that calls made.
#include "service/calls.hpp"

#include <algorithm>

#include "server/routes/convening_request.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

namespace {

ApiRoute list_route() {
  return {
      .pattern = "/api/v1/calls",
      .parameters = {optional_text("kind"), optional_text("state")},
      .answer = [](Call& call) {
        return json_response(service::calls_json(
            call.workspace, {.kind = call.parameters.text("kind"), .state = call.parameters.text("state")},
            convening_reader(call)));
      }};
}

ApiRoute one_route() {
  return {.pattern = "/api/v1/calls/:id", .parameters = {path_text("id")}, .answer = [](Call& call) {
            return json_response(
                service::call_json(call.workspace, call.parameters.text("id"), convening_reader(call)));
          }};
}

ApiRoute rosters_route() {
  return {
      .pattern = "/api/v1/rosters",
      .parameters = {required_text("kind"), optional_text("day")},
      .answer = [](Call& call) {
        const auto names = names_of(selection::Kind{});
        const auto kind = std::find(names.begin(), names.end(), call.parameters.text("kind"));
        if (kind == names.end())
          throw Error(ErrorKind::invalid_input,
                      "there is no kind of call \"" + call.parameters.text("kind") + "\"");
        std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(call.workspace.options().clock());
        if (call.parameters.has("day")) {
          const auto read = parse_day(call.parameters.text("day"));
          if (!read) throw Error(ErrorKind::invalid_input, "a day is written as 2026-03-29");
          day = std::chrono::sys_days(*read);
        }
        return json_response(service::roster_json(
            call.workspace, static_cast<selection::Kind>(kind - names.begin()), day, convening_reader(call)));
      }};
}

}  // namespace

std::vector<ApiRoute> call_routes() {
  return {list_route(), one_route(), rosters_route()};
}

}  // namespace mithaq::server
