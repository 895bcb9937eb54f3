// GET /healthz: whether the server can answer. 503 while the record cannot be read.
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

ApiRoute health_route() {
  return {.pattern = "/healthz",
          .answer =
              [](Call& call) {
                // Read, but not told: how much the record holds is not for strangers.
                static_cast<void>(call.workspace.record().size());
                return json_response({{"status", "ok"}});
              },
          .entry = Entry::anybody};
}

}  // namespace mithaq::server
