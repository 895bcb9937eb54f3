// GET /api/v1/exchanges…: the yearly exchanges of information, visits and their quotas.
#include <sstream>

#include "server/export_sight.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/convening_request.hpp"
#include "server/routes/routes.hpp"
#include "service/exchanges.hpp"

namespace mithaq::server {

namespace {

constexpr std::uint64_t kYearMax = 2100;

int year_of(const Call& call) {
  return static_cast<int>(call.parameters.number("year"));
}

}  // namespace

std::vector<ApiRoute> exchange_routes() {
  std::vector<ApiRoute> routes;
  routes.push_back({.pattern = "/api/v1/exchanges",
                    .parameters = {optional_number("year", 0, kYearMax)},
                    .answer = [](Call& call) {
                      return json_response(
                          service::exchanges_json(call.workspace, year_of(call), convening_reader(call)));
                    }});
  routes.push_back({.pattern = "/api/v1/exchanges/quotas",
                    .parameters = {optional_number("year", 0, kYearMax), optional_text("state")},
                    .answer = [](Call& call) {
                      return json_response(service::quotas_json(call.workspace, year_of(call),
                                                                call.parameters.text("state"),
                                                                convening_reader(call)));
                    }});
  routes.push_back(
      {.pattern = "/api/v1/exchanges/export",
       .parameters = {required_text("format"), optional_number("year", 0, kYearMax), optional_text("what")},
       .answer = [](Call& call) {
         const auto format = service::sheet_format_named(call.parameters.text("format"));
         if (!format) throw Error(ErrorKind::invalid_input, "a table is exported as csv or xlsx");
         const std::string& what = call.parameters.text("what");
         if (!what.empty() && what != "exchanges" && what != "quotas")
           throw Error(ErrorKind::invalid_input, "what is exported is exchanges or quotas");
         service::ConveningReader reader = convening_reader(call);
         // What goes out as a file is what the asker may also pass on.
         reader.sees = [&call](const document::Handling& handling) {
           return may(call, access::Action::export_copy, {.handling = handling});
         };
         const service::PlainTable table =
             what == "quotas" ? service::quotas_table(call.workspace, year_of(call), reader)
                              : service::exchanges_table(call.workspace, year_of(call), reader);
         if (call.gate != nullptr && call.subject.signed_in)
           call.gate->append("export.made", call.subject, {{"what", "exchanges"}});
         std::ostringstream out;
         service::write_table(table, *format, call.language, out);
         return Response{.body = std::move(out).str(),
                         .type = std::string(service::media_type_of(*format)),
                         .headers = {{"Content-Disposition",
                                      "attachment; filename=\"" + (what.empty() ? "exchanges" : what) +
                                          std::string(service::file_ending_of(*format)) + "\""}}};
       }});
  routes.push_back(
      {.pattern = "/api/v1/exchanges/:id", .parameters = {path_text("id")}, .answer = [](Call& call) {
         return json_response(
             service::exchange_json(call.workspace, call.parameters.text("id"), convening_reader(call)));
       }});
  routes.push_back(
      {.pattern = "/api/v1/visits/:id", .parameters = {path_text("id")}, .answer = [](Call& call) {
         return json_response(
             service::visit_json(call.workspace, call.parameters.text("id"), convening_reader(call)));
       }});
  return routes;
}

}  // namespace mithaq::server
