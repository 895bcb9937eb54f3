// GET /api/v1/who: what `mithaq who` answers.
#include "server/routes/answer.hpp"
#include "server/routes/localized.hpp"
#include "server/routes/routes.hpp"
#include "server/routes/who_request.hpp"
#include "service/json_rows.hpp"
#include "service/who_does_what.hpp"

namespace mithaq::server {

std::vector<Parameter> who_parameters() {
  return {repeated_text("org"),
          optional_text("theme"),
          optional_text("place"),
          optional_text("at"),
          optional_flag("confirmed"),
          optional_number("limit", 100, 1000),
          optional_number("offset", 0, 10'000)};
}

service::WhoRequest who_request_of(const Call& call, std::size_t rows_max) {
  const Parameters& given = call.parameters;
  return {.organizations = given.texts("org"),
          .theme = given.text("theme"),
          .place = given.text("place"),
          .at = given.text("at"),
          .confirmed_only = given.flag("confirmed"),
          .limit = rows_max};
}

ApiRoute who_route() {
  std::vector<Parameter> parameters = who_parameters();
  parameters.push_back(repeated_text("kind"));
  return {.pattern = "/api/v1/who", .parameters = std::move(parameters), .answer = [](Call& call) {
            const Page page = page_of(call);
            service::WhoRequest request = who_request_of(call, page.rows_needed());
            for (const std::string& kind : call.parameters.texts("kind"))
              request.types.push_back(service::statement_type_of(kind));
            const auto rows = service::who_does_what(call.workspace, request);
            return json_response(localized({{"statements", rows_json(rows, page, service::statement_json)},
                                            {"page", page_json(page, rows.size())}},
                                           call));
          }};
}

}  // namespace mithaq::server
