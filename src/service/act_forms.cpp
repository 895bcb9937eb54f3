#include "service/act_forms.hpp"

#include <nlohmann/json.hpp>

namespace mithaq::service {

using Json = nlohmann::ordered_json;

namespace {

Json field_json(const FormField& field, const Say& say) {
  Json out = {
      {"name", field.name}, {"kind", field.kind}, {"label", say(field.label)}, {"required", field.required}};
  if (!field.choices.empty()) {
    Json choices = Json::array();
    for (const FormChoice& choice : field.choices)
      choices.push_back(Json{{"id", choice.id}, {"name", choice.name}});
    out["choices"] = std::move(choices);
  }
  if (!field.hint.empty()) out["hint"] = say(field.hint);
  return out;
}

}  // namespace

Json forms_json(const std::vector<ActForm>& forms, const Say& say) {
  Json out = Json::array();
  for (const ActForm& form : forms) {
    Json fields = Json::array();
    for (const FormField& field : form.fields) fields.push_back(field_json(field, say));
    Json one = {{"type", form.type},
                {"says", say(form.says)},
                {"capacity", acts::name_of(form.capacity)},
                {"fields", std::move(fields)}};
    if (!form.delegation.empty()) one["delegation"] = form.delegation;
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace mithaq::service
