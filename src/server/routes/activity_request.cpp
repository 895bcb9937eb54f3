#include "server/routes/activity_request.hpp"

namespace mithaq::server {

std::vector<Parameter> activity_parameters(std::vector<Parameter> more) {
  std::vector<Parameter> out = {repeated_text("org"),   optional_flag("all"),   optional_text("theme"),
                                optional_text("place"), optional_text("from"),  optional_text("to"),
                                repeated_text("kind"),  optional_text("review")};
  for (Parameter& each : more) out.push_back(std::move(each));
  return out;
}

service::ActivityRequest activity_request_of(const Call& call) {
  const Parameters& given = call.parameters;
  return {.organizations = given.texts("org"),
          .all = given.flag("all"),
          .theme = given.text("theme"),
          .place = given.text("place"),
          .from = given.text("from"),
          .to = given.text("to"),
          .kinds = given.texts("kind"),
          .review = given.text("review")};
}

}  // namespace mithaq::server
