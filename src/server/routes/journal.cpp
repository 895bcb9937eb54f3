// GET /api/v1/meetings/:id/journal and /api/v1/consultations/:id/paper: papers as files.
#include "server/routes/convening_request.hpp"
#include "server/routes/routes.hpp"
#include "service/meeting_journal.hpp"

namespace mithaq::server {

namespace {

std::string format_of(const Call& call) {
  const std::string format = call.parameters.text("format");
  return format.empty() ? "html" : format;
}

std::string language_of(const Call& call) {
  const std::string language = call.parameters.text("language");
  return language.empty() ? std::string(service::language_code(call.language)) : language;
}

Response response_of(Call& call, service::PaperFile file, const char* what) {
  // Before it leaves. Each copy counts, unlike a reading.
  if (call.gate != nullptr && file.restricted)
    call.gate->append("export.made", call.subject,
                      {{what, call.parameters.text("id")}, {"format", format_of(call)}});
  Response response{.body = std::move(file.bytes), .type = file.content_type};
  response.headers.emplace_back("Content-Disposition", "inline; filename=\"" + file.name + "\"");
  // The page holds its own style and nothing else; what people wrote into it does nothing.
  response.headers.emplace_back("Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  return response;
}

ApiRoute journal_route() {
  return {.pattern = "/api/v1/meetings/:id/journal",
          .parameters = {path_text("id"), optional_text("format"), optional_text("language")},
          .answer = [](Call& call) {
            return response_of(
                call,
                service::journal_file(call.workspace, call.parameters.text("id"), format_of(call),
                                      language_of(call), convening_reader(call)),
                "meeting");
          }};
}

ApiRoute paper_route() {
  return {.pattern = "/api/v1/consultations/:id/paper",
          .parameters = {path_text("id"), optional_text("format"), optional_text("language")},
          .answer = [](Call& call) {
            return response_of(
                call,
                service::consultation_file(call.workspace, call.parameters.text("id"), format_of(call),
                                           language_of(call), convening_reader(call)),
                "consultation");
          }};
}

}  // namespace

std::vector<ApiRoute> journal_routes() {
  return {journal_route(), paper_route()};
}

}  // namespace mithaq::server
