// GET /api/v1/record/checkpoint: the signed head of the log, to keep elsewhere and to check proofs against.
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

ApiRoute checkpoint_route() {
  return {.pattern = "/api/v1/record/checkpoint", .answer = [](Call& call) {
            const record::SqlStore& store = call.workspace.record();
            return json_response(
                {{"checkpoint", store.checkpoint()}, {"verifier_key", store.verifier_key().to_string()}});
          }};
}

}  // namespace mithaq::server
