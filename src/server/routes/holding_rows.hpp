// A State's status in an organization as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "server/api.hpp"
#include "service/status_register.hpp"

namespace mithaq::server {

nlohmann::ordered_json holding_json(Call& call, const status_register::Holding& holding);

// {"id":"OSCE","name":…} with the name in the language of the request.
nlohmann::ordered_json entity_json(Call& call, const std::string& id);

}  // namespace mithaq::server
