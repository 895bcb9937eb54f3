// For the tests of this folder: answers held against src/server/openapi.json.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

namespace mithaq::server {

// Holds a value against the little of JSON Schema that openapi.json uses.
inline void expect_fits(const nlohmann::json& description, const nlohmann::json& schema,
                        const nlohmann::json& value, const std::string& where) {
  if (schema.contains("$ref")) {
    const nlohmann::json::json_pointer pointer(schema["$ref"].get<std::string>().substr(1));
    return expect_fits(description, description.at(pointer), value, where);
  }
  for (const nlohmann::json& part : schema.value("allOf", nlohmann::json::array()))
    expect_fits(description, part, value, where);
  if (schema.contains("enum")) {
    EXPECT_NE(std::find(schema["enum"].begin(), schema["enum"].end(), value), schema["enum"].end())
        << where << ' ' << value;
  }
  if (!schema.contains("type")) return;
  const nlohmann::json types =
      schema["type"].is_array() ? schema["type"] : nlohmann::json::array({schema["type"]});
  const std::string type = value.is_number_integer() ? "integer" : value.type_name();
  const bool fits = std::any_of(types.begin(), types.end(), [&](const nlohmann::json& each) {
    return each == type || (each == "number" && type == "integer");
  });
  EXPECT_TRUE(fits) << where << " is " << type << ", not " << types;
  if (value.is_null()) return;
  for (const nlohmann::json& name : schema.value("required", nlohmann::json::array()))
    EXPECT_TRUE(value.contains(name.get<std::string>())) << where << " has no " << name;
  const nlohmann::json properties = schema.value("properties", nlohmann::json::object());
  for (const auto& [name, member] : properties.items()) {
    if (value.contains(name)) expect_fits(description, member, value[name], where + "." + name);
  }
  if (value.is_array() && schema.contains("items")) {
    for (const nlohmann::json& item : value) expect_fits(description, schema["items"], item, where + "[]");
  }
}

}  // namespace mithaq::server
