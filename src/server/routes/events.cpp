// GET /api/v1/events: what happens, as server-sent events.
#include "server/events.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

ApiRoute events_route() {
  return {.pattern = "/api/v1/events", .answer = [](Call& call) {
            const std::string& account = call.subject.account;
            Listener listener{
                .key = call.subject.signed_in ? "account:" + account : call.request.remote,
                .account = account,
                .language = call.language,
                .all_jobs = may(call, access::Action::see_log, {.kind = access::ObjectKind::act}),
                .still_signed_in = call.still_signed_in};
            Response response{.type = "text/event-stream",
                              .headers = {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}}};
            response.stream =
                call.office.events.listen(std::move(listener), call.request.header("last-event-id"));
            return response;
          }};
}

}  // namespace mithaq::server
