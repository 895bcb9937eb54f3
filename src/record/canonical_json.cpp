#include "record/canonical_json.hpp"

#include <nlohmann/json.hpp>

namespace mithaq::record {

std::string canonical_json(const nlohmann::json& value) {
  return value.dump();
}

}  // namespace mithaq::record
