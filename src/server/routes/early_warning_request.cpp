#include "server/routes/early_warning_request.hpp"

#include <charconv>
#include <cmath>

namespace mithaq::server {

namespace {

constexpr std::size_t kTextMax = 200;
constexpr std::uint64_t kWithinMax = 12;

std::vector<Parameter> joined(std::vector<Parameter> first, std::vector<Parameter> more) {
  for (Parameter& each : more) first.push_back(std::move(each));
  return first;
}

std::string short_text(const std::string& text, const char* name) {
  if (text.size() > kTextMax)
    throw Error(ErrorKind::invalid_input, std::string("the parameter \"") + name + "\" is too long");
  return text;
}

}  // namespace

std::vector<Parameter> forecast_parameters(std::vector<Parameter> more) {
  return joined({optional_text("vintage"), optional_text("origin")}, std::move(more));
}

std::vector<Parameter> warning_parameters(std::vector<Parameter> more) {
  return joined(forecast_parameters({optional_text("condition"), optional_number("within", 3, kWithinMax),
                                     optional_text("cost"), optional_text("in")}),
                std::move(more));
}

double decimal_of(const std::string& text, const std::string& name) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || !std::isfinite(value))
    throw Error(ErrorKind::invalid_input, "the parameter \"" + name + "\" is no number");
  return value;
}

service::WarningQuestion warning_question_of(const Call& call) {
  service::WarningQuestion out{.condition = call.parameters.text("condition"),
                               .within = static_cast<int>(call.parameters.number("within")),
                               .place = short_text(call.parameters.text("in"), "in")};
  if (call.parameters.has("cost")) out.false_alarm = decimal_of(call.parameters.text("cost"), "cost");
  return out;
}

service::ForecastAsked forecast_asked(const std::string& vintage, const std::string& origin) {
  service::ForecastAsked out{.vintage = short_text(vintage, "vintage")};
  if (!origin.empty()) {
    const auto month = events::month_named(origin);
    if (!month) throw Error(ErrorKind::invalid_input, "the parameter \"origin\" is a month: 2022-10");
    out.origin = *month;
  }
  return out;
}

Response with_forecast(Call& call, const service::ForecastAsked& asked,
                       const std::function<Response(const service::MadeForecast&)>& answer) {
  const service::ForecastLibrary::State state = call.workspace.forecasts().ask(call.workspace, asked);
  if (state.made) return answer(*state.made);
  Response response = json_response({{"state", "being_made"},
                                     {"step", call.words().say(state.step)},
                                     {"part", std::round(state.part * 1000) / 1000}},
                                    202);
  response.headers.emplace_back("Retry-After", "2");
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response with_forecast(Call& call, const std::function<Response(const service::MadeForecast&)>& answer) {
  return with_forecast(call, forecast_asked(call.parameters.text("vintage"), call.parameters.text("origin")),
                       answer);
}

}  // namespace mithaq::server
