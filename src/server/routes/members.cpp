// GET /api/v1/members/:org: what `mithaq members` answers.
#include "server/routes/answer.hpp"
#include "server/routes/holding_rows.hpp"
#include "server/routes/routes.hpp"
#include "service/status_register.hpp"

namespace mithaq::server {

using nlohmann::ordered_json;

ordered_json holding_json(Call& call, const status_register::Holding& holding) {
  return {{"organization", holding.spell.organization},
          {"organization_name", call.workspace.name_of(holding.spell.organization, call.language)},
          {"status", holding.spell.status},
          {"status_name", call.words().say(service::status_words(holding.spell.status))},
          {"since", holding.spell.from},
          {"until", holding.spell.to},
          {"certain", !holding.uncertain},
          {"source", holding.spell.source}};
}

ordered_json entity_json(Call& call, const std::string& id) {
  return {{"id", id}, {"name", call.workspace.name_of(id, call.language)}};
}

ApiRoute members_route() {
  return {.pattern = "/api/v1/members/:org",
          .parameters = {path_text("org"), optional_text("at"), optional_text("status")},
          .answer = [](Call& call) {
            ordered_json members = ordered_json::array();
            for (const auto& holding :
                 service::members(call.workspace, {.organization = call.parameters.text("org"),
                                                  .at = call.parameters.text("at"),
                                                  .status = call.parameters.text("status")})) {
              ordered_json member = {{"state", entity_json(call, holding.spell.state)}};
              member.update(holding_json(call, holding));
              members.push_back(std::move(member));
            }
            return json_response({{"members", members}});
          }};
}

}  // namespace mithaq::server
