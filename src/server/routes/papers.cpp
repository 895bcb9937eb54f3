// GET /api/v1/papers: instruments and documents that oblige somebody.
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"
#include "service/follow_up.hpp"

namespace mithaq::server {

ApiRoute papers_route() {
  return {
      .pattern = "/api/v1/papers",
      .parameters = {optional_number("limit", 50, 500), optional_number("offset", 0, 1'000'000)},
      .answer = [](Call& call) {
        const Page page = page_of(call);
        return json_response(service::papers_answer(call.workspace, page.limit, page.offset, call.language));
      }};
}

}  // namespace mithaq::server
