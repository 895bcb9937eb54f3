// The small JSON object that a request carries, read as strictly as its parameters: what a route does not
// name is refused, and so is a value of another type than the one it takes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace mithaq::server {

constexpr std::size_t kJsonBytesMax = 64 * 1024;
constexpr int kJsonDepthMax = 16;

// One member of the object that a route takes. src/server/openapi.json says the same to programs, and a test
// holds the two against each other.
struct Field {
  enum class Type { text, texts, number, flag, object, any };  // texts: an array of them
  std::string name{};
  Type type = Type::text;
  bool required = false;
  bool nullable = false;  // null may stand there, and is told from what was not given
};

Field required_field(std::string name, Field::Type type = Field::Type::text);
Field optional_field(std::string name, Field::Type type = Field::Type::text);
// Must be given, but may be null.
Field nullable_field(std::string name, Field::Type type = Field::Type::text);

class JsonBody {
 public:
  // True if it was given and is not null.
  bool has(std::string_view name) const;
  bool is_null(std::string_view name) const;  // given as null

  std::string text(std::string_view name) const;  // empty if it was not given
  std::vector<std::string> texts(std::string_view name) const;
  std::uint64_t number(std::string_view name) const;  // 0 if it was not given
  bool flag(std::string_view name) const;             // false if it was not given
  // Of an object, or any value; null if it was not given.
  const nlohmann::json& value(std::string_view name) const;

 private:
  friend JsonBody read_json_body(std::string_view, const std::vector<Field>&);
  std::shared_ptr<const nlohmann::json> object_{};
};

// Reads a body; nothing at all is the empty object.
//   throws  Error{invalid_input} saying at which byte it is no JSON, which name is twice in one object, or
//           which field is missing, unknown or of another type
JsonBody read_json_body(std::string_view bytes, const std::vector<Field>& wanted);

}  // namespace mithaq::server
