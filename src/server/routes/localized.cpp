#include "server/routes/localized.hpp"

#include <nlohmann/json.hpp>

#include "server/routes/people.hpp"

namespace mithaq::server {

namespace {

using nlohmann::ordered_json;

class Localizer {
 public:
  explicit Localizer(Call& call) : call_(call), people_(call) {}

  void visit(ordered_json& value) {
    if (value.is_array()) {
      for (ordered_json& each : value) visit(each);
    }
    if (!value.is_object()) return;
    for (auto& [key, each] : value.items()) {
      if (each.is_structured()) visit(each);
    }
    if (value.contains("statement") && value.contains("instrument")) name_statement(value);
    if (const auto by = value.find("by"); by != value.end() && by->is_string())
      value["by_name"] = people_.name_of(by->get<std::string>());
    const auto name = value.find("name");
    if (name == value.end() || !name->is_string()) return;
    if (const auto entity = value.find("entity"); entity != value.end() && entity->is_string()) {
      *name = name_of(entity->get<std::string>(), name->get<std::string>());
    } else if (const auto account = value.find("account"); account != value.end() && account->is_string()) {
      *name = people_.name_of(account->get<std::string>());
    } else if (const auto entities = value.find("entities");
               entities != value.end() && entities->is_array()) {
      ordered_json names = ordered_json::array();
      for (const ordered_json& each : *entities)
        names.push_back(name_of(each.get<std::string>(), name->get<std::string>()));
      // The record's own name is English; of a pair both are named.
      std::string all;
      for (const ordered_json& each : names) {
        if (!all.empty()) all += call_.language == service::Language::arabic ? "، " : ", ";
        all += each.get<std::string>();
      }
      if (!all.empty() && call_.language != service::Language::english) *name = std::move(all);
      value["names"] = std::move(names);
    }
  }

 private:
  void name_statement(ordered_json& statement) {
    ordered_json names = ordered_json::array();
    for (const ordered_json& theme : statement["themes"])
      names.push_back(call_.workspace.themes().name_of(theme.get<std::string>(), call_.language));
    statement["theme_names"] = std::move(names);
    const auto instrument = statement["instrument"].get<std::string>();
    const std::string name = call_.workspace.knowledge().names.paper(instrument, call_.language);
    statement["instrument_name"] = name.empty() ? instrument : name;
  }

  std::string name_of(const std::string& entity, const std::string& otherwise) {
    return call_.workspace.name_of(entity, otherwise, call_.language);
  }

  Call& call_;
  People people_;
};

}  // namespace

ordered_json localized(ordered_json answer, Call& call) {
  Localizer(call).visit(answer);
  return answer;
}

}  // namespace mithaq::server
