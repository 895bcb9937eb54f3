// GET /api/v1/overlap: what `mithaq overlap` answers.
#include "server/routes/answer.hpp"
#include "server/routes/holding_rows.hpp"
#include "server/routes/routes.hpp"
#include "service/status_register.hpp"

namespace mithaq::server {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kOrganizationsMax = 8;  // as the command line

ordered_json part_json(Call& call, const status_register::Part& part) {
  ordered_json organizations = ordered_json::array(), states = ordered_json::array();
  for (const std::string& id : part.organizations) organizations.push_back(entity_json(call, id));
  for (const status_register::PartState& state : part.states) {
    ordered_json holdings = ordered_json::array();
    for (const auto& holding : state.holdings) holdings.push_back(holding_json(call, holding));
    states.push_back(
        {{"state", entity_json(call, state.state)}, {"certain", !state.uncertain}, {"holdings", holdings}});
  }
  return {{"organizations", organizations}, {"states", states}};
}

}  // namespace

ApiRoute overlap_route() {
  return {.pattern = "/api/v1/overlap",
          .parameters = {repeated_text("org"), optional_text("at")},
          .answer = [](Call& call) {
            const std::vector<std::string> organizations = call.parameters.texts("org");
            if (organizations.size() < 2 || organizations.size() > kOrganizationsMax)
              throw Error(ErrorKind::invalid_input, "give two to eight organizations: org=OIC&org=AU");
            ordered_json parts = ordered_json::array();
            for (const auto& part : service::overlap(
                     call.workspace, {.organizations = organizations, .at = call.parameters.text("at")})) {
              parts.push_back(part_json(call, part));
            }
            return json_response({{"parts", parts}});
          }};
}

}  // namespace mithaq::server
