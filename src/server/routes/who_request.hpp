// The parameters that `who` and `leads` share.
#pragma once

#include "server/api.hpp"
#include "service/who_does_what.hpp"

namespace mithaq::server {

std::vector<Parameter> who_parameters();
service::WhoRequest who_request_of(const Call& call);

}  // namespace mithaq::server
