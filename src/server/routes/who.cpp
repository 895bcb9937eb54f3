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
          optional_flag("all"),
          optional_text("theme"),
          optional_text("place"),
          optional_text("at"),
          optional_text("from"),
          optional_text("to"),
          optional_text("review"),
          optional_text("words"),
          optional_flag("confirmed"),
          optional_number("limit", 100, 1000),
          optional_number("offset", 0, 10'000)};
}

service::WhoRequest who_request_of(const Call& call) {
  const Parameters& given = call.parameters;
  return {.organizations = given.texts("org"),
          .all = given.flag("all"),
          .theme = given.text("theme"),
          .place = given.text("place"),
          .at = given.text("at"),
          .from = given.text("from"),
          .to = given.text("to"),
          .words = given.text("words"),
          .review = given.text("review"),
          .confirmed_only = given.flag("confirmed")};
}

ApiRoute who_route() {
  std::vector<Parameter> parameters = who_parameters();
  parameters.push_back(repeated_text("kind"));
  return {.pattern = "/api/v1/who", .parameters = std::move(parameters), .answer = [](Call& call) {
            const Page page = page_of(call);
            service::WhoRequest request = who_request_of(call);
            for (const std::string& kind : call.parameters.texts("kind"))
              request.types.push_back(service::statement_type_of(kind));
            const service::WhoPage found =
                service::who_page(call.workspace, request, page.offset, page.limit + 1);
            const Page from_here{.offset = 0, .limit = page.limit};
            nlohmann::ordered_json total = nullptr;
            if (found.total) total = *found.total;
            return json_response(
                localized({{"statements", rows_json(found.rows, from_here, service::statement_json)},
                           {"total", total},
                           {"nearby", found.nearby},
                           {"page", page_json(page, page.offset + found.rows.size())}},
                          call));
          }};
}

}  // namespace mithaq::server
