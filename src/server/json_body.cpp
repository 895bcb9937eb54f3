#include "server/json_body.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.hpp"

namespace mithaq::server {

namespace {

using nlohmann::json;

const json& nothing() {
  static const json kNothing;
  return kNothing;
}

[[noreturn]] void refuse(const std::string& message) {
  throw Error(ErrorKind::invalid_input, message);
}

json parsed(std::string_view bytes) {
  // The names seen so far in each object that is open; an array has its place too.
  std::vector<std::set<std::string>> open;
  const auto look = [&](int, json::parse_event_t event, json& value) {
    switch (event) {
      case json::parse_event_t::object_start:
      case json::parse_event_t::array_start:
        if (open.size() == static_cast<std::size_t>(kJsonDepthMax)) refuse("the body is nested too deep");
        open.emplace_back();
        break;
      case json::parse_event_t::object_end:
      case json::parse_event_t::array_end:
        open.pop_back();
        break;
      case json::parse_event_t::key:
        if (!open.back().insert(value.get<std::string>()).second)
          refuse("the field \"" + value.get<std::string>() + "\" is given twice");
        [[fallthrough]];
      case json::parse_event_t::value:
        if (value.is_string() && value.get_ref<const std::string&>().find('\0') != std::string::npos)
          refuse("the body holds a character U+0000");
        break;
    }
    return true;
  };
  try {
    return json::parse(bytes, look);
  } catch (const json::parse_error& error) {
    refuse("the body is not JSON: byte " + std::to_string(error.byte) + " does not fit");
  } catch (const json::exception&) {
    refuse("the body holds a number that is too large");
  }
}

bool fits(const json& value, Field::Type type) {
  switch (type) {
    case Field::Type::text:
      return value.is_string();
    case Field::Type::texts:
      return value.is_array() &&
             std::all_of(value.begin(), value.end(), [](const json& each) { return each.is_string(); });
    case Field::Type::number:
      return value.is_number_unsigned() && value.get<std::uint64_t>() <= std::uint64_t{1} << 53;
    case Field::Type::flag:
      return value.is_boolean();
    case Field::Type::object:
      return value.is_object();
    case Field::Type::any:
      return true;
  }
  return false;
}

std::string wrong_type(const Field& field) {
  const std::string name = "the field \"" + field.name + "\" ";
  switch (field.type) {
    case Field::Type::text:
      return name + "is a text";
    case Field::Type::texts:
      return name + "is a list of texts";
    case Field::Type::number:
      return name + "is a whole number from 0";
    case Field::Type::flag:
      return name + "is true or false";
    default:
      return name + "is an object";
  }
}

}  // namespace

Field required_field(std::string name, Field::Type type) {
  return {.name = std::move(name), .type = type, .required = true};
}
Field optional_field(std::string name, Field::Type type) {
  return {.name = std::move(name), .type = type};
}
Field nullable_field(std::string name, Field::Type type) {
  return {.name = std::move(name), .type = type, .required = true, .nullable = true};
}

const json& JsonBody::value(std::string_view name) const {
  if (!object_) return nothing();
  const auto found = object_->find(std::string(name));
  return found == object_->end() ? nothing() : *found;
}

bool JsonBody::has(std::string_view name) const {
  return !value(name).is_null();
}

bool JsonBody::is_null(std::string_view name) const {
  return object_ && object_->contains(std::string(name)) && value(name).is_null();
}

std::string JsonBody::text(std::string_view name) const {
  return has(name) ? value(name).get<std::string>() : "";
}

std::vector<std::string> JsonBody::texts(std::string_view name) const {
  return has(name) ? value(name).get<std::vector<std::string>>() : std::vector<std::string>();
}

std::uint64_t JsonBody::number(std::string_view name) const {
  return has(name) ? value(name).get<std::uint64_t>() : 0;
}

bool JsonBody::flag(std::string_view name) const {
  return has(name) && value(name).get<bool>();
}

JsonBody read_json_body(std::string_view bytes, const std::vector<Field>& wanted) {
  json object = bytes.empty() ? json::object() : parsed(bytes);
  if (!object.is_object()) refuse("the body is a JSON object");
  for (const auto& [name, value] : object.items()) {
    const auto known =
        std::find_if(wanted.begin(), wanted.end(), [&](const Field& each) { return each.name == name; });
    if (known == wanted.end()) refuse("there is no field \"" + name + "\" here");
    if (value.is_null() && (known->nullable || !known->required)) continue;
    if (!fits(value, known->type)) refuse(wrong_type(*known));
  }
  for (const Field& field : wanted) {
    if (field.required && !object.contains(field.name)) refuse("the field \"" + field.name + "\" is missing");
  }
  JsonBody body;
  body.object_ = std::make_shared<const json>(std::move(object));
  return body;
}

}  // namespace mithaq::server
