// Canonical JSON (RFC 8785): one way to write a value, so that its hash means something.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace mithaq::record {

//   throws  Error{invalid_input} if a string is not valid UTF-8 or a number is not finite
std::string canonical_json(const nlohmann::json& value);

}  // namespace mithaq::record
