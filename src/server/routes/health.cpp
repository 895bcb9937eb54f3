// GET /healthz: whether the server can answer. 503 while the record cannot be read.
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

ApiRoute health_route() {
  return {.pattern = "/healthz",
          .answer =
              [](Call& call) {
                return json_response({{"status", "ok"}, {"entries", call.workspace.record().size()}});
              },
          .entry = Entry::anybody};
}

}  // namespace mithaq::server
