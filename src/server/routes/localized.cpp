#include "server/routes/localized.hpp"

#include <nlohmann/json.hpp>

namespace mithaq::server {

namespace {

using nlohmann::ordered_json;

class Localizer {
 public:
  explicit Localizer(Call& call) : call_(call) {}

  void visit(ordered_json& value) {
    if (value.is_array()) {
      for (ordered_json& each : value) visit(each);
    }
    if (!value.is_object()) return;
    for (auto& [key, each] : value.items()) {
      if (each.is_structured()) visit(each);
    }
    const auto name = value.find("name");
    if (name == value.end() || !name->is_string()) return;
    if (const auto entity = value.find("entity"); entity != value.end() && entity->is_string()) {
      *name = name_of(entity->get<std::string>(), name->get<std::string>());
    } else if (const auto entities = value.find("entities");
               entities != value.end() && entities->is_array()) {
      ordered_json names = ordered_json::array();
      for (const ordered_json& each : *entities)
        names.push_back(name_of(each.get<std::string>(), name->get<std::string>()));
      value["names"] = std::move(names);
    }
  }

 private:
  std::string name_of(const std::string& entity, const std::string& otherwise) {
    const std::string found = entity.empty() ? "" : call_.workspace.name_of(entity, call_.language);
    return found.empty() || found == entity ? otherwise : found;
  }

  Call& call_;
};

}  // namespace

ordered_json localized(ordered_json answer, Call& call) {
  Localizer(call).visit(answer);
  return answer;
}

}  // namespace mithaq::server
