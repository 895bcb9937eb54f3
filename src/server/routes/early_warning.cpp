// GET /api/v1/early-warning…: warnings with their track record, the map, one country, scores, the record of
// what was issued, files.
#include "server/routes/early_warning_request.hpp"
#include "server/routes/people.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

namespace {

ApiRoute warnings_route() {
  return {.pattern = "/api/v1/early-warning",
          .parameters = warning_parameters(
              {optional_number("limit", 50, 1000), optional_number("offset", 0, 1'000'000)}),
          .answer = [](Call& call) {
            const service::WarningQuestion question = warning_question_of(call);
            const Page page = page_of(call);
            return with_forecast(call, [&](const service::MadeForecast& made) {
              return json_response(service::warnings_answer(call.workspace, made, question, page.offset,
                                                            page.limit, call.language));
            });
          }};
}

ApiRoute warning_map_route() {
  return {
      .pattern = "/api/v1/early-warning/map", .parameters = forecast_parameters(), .answer = [](Call& call) {
        return with_forecast(call, [&](const service::MadeForecast& made) {
          return json_response(service::warning_map_answer(call.workspace, made, call.language));
        });
      }};
}

ApiRoute country_route() {
  return {.pattern = "/api/v1/early-warning/countries/:country",
          .parameters = forecast_parameters({path_text("country"), optional_text("condition"),
                                             optional_number("within", 3, 12), optional_text("cost")}),
          .answer = [](Call& call) {
            const service::WarningQuestion question = warning_question_of(call);
            return with_forecast(call, [&](const service::MadeForecast& made) {
              return json_response(service::country_forecast_answer(
                  call.workspace, made, call.parameters.text("country"), question, call.language));
            });
          }};
}

ApiRoute scores_route() {
  return {.pattern = "/api/v1/early-warning/scores",
          .parameters = forecast_parameters(),
          .answer = [](Call& call) {
            return with_forecast(call, [&](const service::MadeForecast& made) {
              return json_response(service::forecast_scores_answer(call.workspace, made, call.language));
            });
          }};
}

ApiRoute record_route() {
  return {.pattern = "/api/v1/early-warning/record", .answer = [](Call& call) {
            nlohmann::ordered_json out = service::warning_record_answer(call.workspace, call.language);
            People people(call);
            for (nlohmann::ordered_json& warning : out["warnings"]) {
              const std::string by = warning["by"].get<std::string>();
              warning["by"] = by.empty() ? nlohmann::ordered_json(nullptr) : people.json_of(by);
            }
            return json_response(out);
          }};
}

ApiRoute file_route() {
  return {.pattern = "/api/v1/early-warning/export",
          .parameters = warning_parameters({required_text("format"), required_text("what")}),
          .answer = [](Call& call) {
            const auto format = service::forecast_format_named(call.parameters.text("format"));
            if (!format)
              throw Error(ErrorKind::invalid_input, "a forecast is exported as csv, hxl, json or geojson");
            const std::string what = call.parameters.text("what");
            const service::WarningQuestion question = warning_question_of(call);
            return with_forecast(call, [&](const service::MadeForecast& made) {
              require(call, access::Action::export_copy, {.handling = made.vintage.handling});
              Response response{.body = service::forecast_export(call.workspace, made, what, *format,
                                                                 question, call.language),
                                .type = std::string(service::media_type_of(*format))};
              const std::string ending = *format == service::ForecastFormat::json      ? "json"
                                         : *format == service::ForecastFormat::geojson ? "geojson"
                                                                                       : "csv";
              response.headers.emplace_back("Content-Disposition", "attachment; filename=\"early-warning-" +
                                                                       what + "." + ending + "\"");
              if (call.gate != nullptr && call.subject.signed_in)
                call.gate->append("export.made", call.subject, {{"what", "early warning"}});
              return response;
            });
          }};
}

// What warnings cost and from which month they are counted comes with the request, as GET takes it in its
// address.
ApiRoute issue_route() {
  return {
      .method = Method::post,
      .pattern = "/api/v1/early-warning/issue",
      .fields = {optional_field("condition"), optional_field("within", Field::Type::number),
                 optional_field("cost", Field::Type::any), optional_field("in"), optional_field("vintage"),
                 optional_field("origin"), optional_field("past", Field::Type::flag)},
      .answer =
          [](Call& call) {
            const JsonBody& body = call.request.body;
            service::WarningQuestion question{.condition = body.text("condition"), .place = body.text("in")};
            if (body.has("within"))
              question.within = static_cast<int>(std::min<std::uint64_t>(body.number("within"), 1000));
            if (body.has("cost")) {
              const nlohmann::json& cost = body.value("cost");
              if (!cost.is_number() && !cost.is_string())
                throw Error(ErrorKind::invalid_input, "the parameter \"cost\" is no number");
              question.false_alarm =
                  cost.is_number() ? cost.get<double>() : decimal_of(cost.get<std::string>(), "cost");
            }
            return with_forecast(call, forecast_asked(body.text("vintage"), body.text("origin")),
                                 [&](const service::MadeForecast& made) {
                                   require(call, access::Action::warn, {.handling = made.vintage.handling});
                                   std::vector<record::Body> acts = service::warnings_to_issue(
                                       call.workspace, made, question, acting(call), body.flag("past"));
                                   nlohmann::ordered_json issued = nlohmann::ordered_json::array();
                                   if (!acts.empty()) {
                                     const std::size_t count = acts.size();
                                     const record::Seq first =
                                         call.office.scribe.append(std::move(acts), call.record);
                                     for (std::size_t at = 0; at < count; ++at) issued.push_back(first + at);
                                   }
                                   return json_response({{"issued", issued}});
                                 });
          },
      .entry = Entry::signed_in,
      .action = access::Action::warn};
}

}  // namespace

std::vector<ApiRoute> early_warning_routes() {
  return {warnings_route(), warning_map_route(), country_route(), scores_route(),
          record_route(),   file_route(),        issue_route()};
}

}  // namespace mithaq::server
