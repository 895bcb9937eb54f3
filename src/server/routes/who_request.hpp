// The parameters that `who` and `leads` share.
#pragma once

#include "server/api.hpp"
#include "service/who_does_what.hpp"

namespace mithaq::server {

std::vector<Parameter> who_parameters();
//   rows_max  how many rows the service looks for
service::WhoRequest who_request_of(const Call& call, std::size_t rows_max);

}  // namespace mithaq::server
