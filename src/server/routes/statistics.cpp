// GET /api/v1/statistics: how much the record holds.
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"
#include "service/activity.hpp"

namespace mithaq::server {

ApiRoute statistics_route() {
  return {.pattern = "/api/v1/statistics", .answer = [](Call& call) {
            const record::SqlStore& store = call.workspace.record();
            const activity::Sums counts = service::record_sums(call.workspace);
            return json_response({{"entries", store.size()},
                                  {"documents", counts.documents},
                                  {"paragraphs", counts.paragraphs},
                                  {"statements", counts.statements},
                                  {"mentions", counts.mentions},
                                  {"doubts", counts.doubts},
                                  {"edits", counts.edits},
                                  {"reviews", counts.reviews}});
          }};
}

}  // namespace mithaq::server
