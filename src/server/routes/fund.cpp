// GET /api/v1/fund, its projects and their sheets, the export for IATI and the statement of accounts.
#include "service/fund.hpp"

#include <sstream>

#include "server/routes/convening_request.hpp"
#include "server/routes/routes.hpp"
#include "service/iati.hpp"

namespace mithaq::server {

namespace {

// A link cannot say in a header which language it wants: the parameter "language" does.
service::ConveningReader reader_in_language(const Call& call) {
  service::ConveningReader reader = convening_reader(call);
  const std::string language = call.parameters.text("language");
  if (language.empty()) return reader;
  if (language == "ar") {
    reader.language = service::Language::arabic;
  } else if (language == "ru") {
    reader.language = service::Language::russian;
  } else if (language == "en") {
    reader.language = service::Language::english;
  } else {
    throw Error(ErrorKind::invalid_input, "the parameter language is ar, en or ru");
  }
  reader.say = [&call, spoken = reader.language](std::string_view english) {
    return call.office.languages.in(spoken).say(english);
  };
  return reader;
}

ApiRoute book_route() {
  return {.pattern = "/api/v1/fund", .parameters = {optional_text("fund")}, .answer = [](Call& call) {
            return json_response(
                service::fund_json(call.workspace, call.parameters.text("fund"), convening_reader(call)));
          }};
}

ApiRoute project_route() {
  return {.pattern = "/api/v1/fund/projects/:id", .parameters = {path_text("id")}, .answer = [](Call& call) {
            return json_response(
                service::project_json(call.workspace, call.parameters.text("id"), convening_reader(call)));
          }};
}

// For the public: as a page of HTML, or the same as JSON with ?format=json.
ApiRoute sheet_route() {
  return {.pattern = "/api/v1/fund/projects/:id/sheet",
          .parameters = {path_text("id"), optional_text("language"), optional_text("format")},
          .answer = [](Call& call) {
            // The sheet is passed on: nothing in it is for the asker alone.
            service::ConveningReader reader = reader_in_language(call);
            reader.asker = {.acts = false};
            const std::string format = call.parameters.text("format");
            if (format == "json") {
              auto sheet = service::project_json(call.workspace, call.parameters.text("id"), reader);
              for (const char* own : {"can", "postings", "history", "participants"}) sheet.erase(own);
              return json_response(sheet);
            }
            if (!format.empty() && format != "html")
              throw Error(ErrorKind::invalid_input, "a project sheet is html or json");
            return Response{
                .body = service::project_sheet(call.workspace, call.parameters.text("id"), reader),
                .type = "text/html; charset=utf-8"};
          }};
}

ApiRoute iati_route() {
  return {
      .pattern = "/api/v1/fund/iati.xml", .parameters = {optional_text("fund")}, .answer = [](Call& call) {
        return Response{.body = service::iati_xml(call.workspace, call.parameters.text("fund")),
                        .type = "application/xml; charset=utf-8",
                        .headers = {{"Content-Disposition", "attachment; filename=\"iati-activities.xml\""}}};
      }};
}

ApiRoute statement_of_accounts_route() {
  return {.pattern = "/api/v1/fund/export",
          .parameters = {required_text("format"), optional_text("fund"), optional_text("language")},
          .answer = [](Call& call) {
            const auto format = service::sheet_format_named(call.parameters.text("format"));
            if (!format) throw Error(ErrorKind::invalid_input, "a statement of accounts is csv or xlsx");
            const service::ConveningReader reader = reader_in_language(call);
            std::ostringstream out;
            service::write_table(
                service::statement_of_accounts(call.workspace, call.parameters.text("fund"), reader), *format,
                reader.language, out);
            return Response{.body = std::move(out).str(),
                            .type = std::string(service::media_type_of(*format)),
                            .headers = {{"Content-Disposition",
                                         "attachment; filename=\"statement-of-accounts" +
                                             std::string(service::file_ending_of(*format)) + "\""}}};
          }};
}

}  // namespace

std::vector<ApiRoute> fund_routes() {
  return {book_route(), project_route(), sheet_route(), iati_route(), statement_of_accounts_route()};
}

}  // namespace mithaq::server
