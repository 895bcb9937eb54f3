// GET /api/v1/export/who-does-what-where: the rows behind the matrix, as a file.
#include <sstream>

#include "server/export_sight.hpp"
#include "server/routes/activity_request.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"
#include "service/export_table.hpp"

namespace mithaq::server {

namespace {

// So many statements make an answer of some ten megabytes.
constexpr std::size_t kStatementsMax = 20'000;

}  // namespace

ApiRoute export_table_route() {
  return {.pattern = "/api/v1/export/who-does-what-where",
          .parameters = activity_parameters({required_text("format"), optional_text("document")}),
          .answer = [](Call& call) {
            const auto format = service::table_format_named(call.parameters.text("format"));
            if (!format)
              throw Error(ErrorKind::invalid_input, "a table is exported as hxl, csv, xlsx or jsonl");
            look_to_export(call);
            service::ActivityRequest request = activity_request_of(call);
            request.document = call.parameters.text("document");
            if (call.gate != nullptr && call.subject.signed_in)
              call.gate->append("export.made", call.subject, {{"what", "who does what where"}});
            std::ostringstream out;
            service::write_who_what_where(
                call.workspace, service::statements_to_export(call.workspace, request, kStatementsMax),
                *format, call.language, out);
            return Response{.body = std::move(out).str(),
                            .type = std::string(service::media_type_of(*format)),
                            .headers = {{"Content-Disposition",
                                         "attachment; filename=\"who-does-what-where" +
                                             std::string(service::file_ending_of(*format)) + "\""}}};
          }};
}

}  // namespace mithaq::server
