// The filter that every question about activity takes.
#pragma once

#include "server/api.hpp"
#include "service/activity.hpp"

namespace mithaq::server {

// org= (several) all= theme= place= from= to= kind= (several) review=, and what a route takes besides.
std::vector<Parameter> activity_parameters(std::vector<Parameter> more = {});
service::ActivityRequest activity_request_of(const Call& call);

}  // namespace mithaq::server
