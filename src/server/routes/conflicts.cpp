// GET /api/v1/conflicts, …/share, …/threads: what `mithaq conflicts` answers.
#include "service/conflicts.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"
#include "service/conflict_threads.hpp"

namespace mithaq::server {

namespace {

constexpr std::uint64_t kDeathsMost = 1'000'000'000;
constexpr std::uint64_t kQuietMonthsMost = 1200;

// How conflicts are counted: the same parameters for all three.
std::vector<Parameter> conflict_parameters(std::vector<Parameter> more) {
  std::vector<Parameter> out = {optional_text("from"),
                                optional_text("to"),
                                repeated_text("kind"),
                                optional_number("min_deaths", 25, kDeathsMost),
                                optional_number("quiet_months", 12, kQuietMonthsMost),
                                optional_text("multi_month"),
                                optional_number("where_precision", 7, 7),
                                optional_text("vintage")};
  for (Parameter& each : more) out.push_back(std::move(each));
  return out;
}

service::ConflictRules conflict_rules_of(const Call& call) {
  const Parameters& given = call.parameters;
  service::ConflictRules rules{.vintage = given.text("vintage"),
                               .kinds = given.texts("kind"),
                               .deaths_min = static_cast<double>(given.number("min_deaths")),
                               .quiet_months = static_cast<int>(given.number("quiet_months")),
                               .where_precision_max = static_cast<int>(given.number("where_precision"))};
  if (given.has("multi_month")) rules.multi_month = given.text("multi_month");
  return rules;
}

}  // namespace

ApiRoute conflicts_route() {
  return {
      .pattern = "/api/v1/conflicts",
      .parameters = conflict_parameters({optional_text("org"), optional_text("in"), optional_flag("all"),
                                         optional_number("limit", 100, 1000),
                                         optional_number("offset", 0, 10'000'000)}),
      .answer = [](Call& call) {
        const service::ConflictMap map =
            service::conflict_map(call.workspace, {.rules = conflict_rules_of(call),
                                                   .organization = call.parameters.text("org"),
                                                   .place = call.parameters.text("in"),
                                                   .from = call.parameters.text("from"),
                                                   .to = call.parameters.text("to"),
                                                   .all = call.parameters.flag("all")});
        return json_response(service::conflicts_json(call.workspace, map, call.parameters.number("offset"),
                                                     call.parameters.number("limit"), call.language));
      }};
}

ApiRoute conflict_share_route() {
  return {.pattern = "/api/v1/conflicts/share",
          .parameters = conflict_parameters({required_text("org"), optional_text("count"),
                                             optional_text("where"), optional_flag("without_suspended")}),
          .answer = [](Call& call) {
            service::ShareRequest request{.rules = conflict_rules_of(call),
                                          .organization = call.parameters.text("org"),
                                          .without_suspended = call.parameters.flag("without_suspended"),
                                          .from = call.parameters.text("from"),
                                          .to = call.parameters.text("to")};
            if (call.parameters.has("count")) request.counted = call.parameters.text("count");
            if (call.parameters.has("where")) request.where = call.parameters.text("where");
            return json_response(service::share_json(
                call.workspace, service::conflict_share(call.workspace, request), call.language));
          }};
}

ApiRoute conflict_threads_route() {
  return {
      .pattern = "/api/v1/conflicts/threads",
      .parameters =
          conflict_parameters({optional_text("org"), optional_text("thread"), optional_flag("governments"),
                               optional_number("seed", 1, kSeqMax), optional_number("limit", 100, 1000),
                               optional_number("offset", 0, 10'000'000)}),
      .answer = [](Call& call) {
        const service::ConflictThreads threads =
            service::conflict_threads(call.workspace,
                                      {.rules = conflict_rules_of(call),
                                       .organization = call.parameters.text("org"),
                                       .kind = call.parameters.text("thread"),
                                       .from = call.parameters.text("from"),
                                       .to = call.parameters.text("to"),
                                       .governments = call.parameters.flag("governments"),
                                       .seed = call.parameters.number("seed")},
                                      call.language);
        return json_response(service::threads_json(call.workspace, threads, call.parameters.number("offset"),
                                                   call.parameters.number("limit"), call.language));
      }};
}

}  // namespace mithaq::server
