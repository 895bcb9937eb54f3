// What the routes of early warning have in common: which forecast is meant, and the answer while it is being
// made.
#pragma once

#include <functional>
#include <vector>

#include "server/routes/answer.hpp"
#include "service/early_warning.hpp"

namespace mithaq::server {

// "vintage" and "origin", and what else a route takes.
std::vector<Parameter> forecast_parameters(std::vector<Parameter> more = {});
// "condition", "within", "cost" and "in".
std::vector<Parameter> warning_parameters(std::vector<Parameter> more = {});

//   throws  Error{invalid_input} naming the parameter that is wrong
service::WarningQuestion warning_question_of(const Call& call);
// A number as people write it: "0.333".
//   throws  Error{invalid_input} naming the parameter
double decimal_of(const std::string& text, const std::string& name);
service::ForecastAsked forecast_asked(const std::string& vintage, const std::string& origin);

// Answers from a forecast; 202 with {"state":"being_made","step":…,"part":…} until there is one.
Response with_forecast(Call& call, const service::ForecastAsked& asked,
                       const std::function<Response(const service::MadeForecast&)>& answer);
Response with_forecast(Call& call, const std::function<Response(const service::MadeForecast&)>& answer);

}  // namespace mithaq::server
