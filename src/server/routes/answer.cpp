#include "server/routes/answer.hpp"

#include <algorithm>

namespace mithaq::server {

using nlohmann::ordered_json;

Page page_of(const Call& call) {
  return {.offset = call.parameters.number("offset"), .limit = call.parameters.number("limit")};
}

ordered_json page_json(const Page& page, std::size_t rows) {
  ordered_json next = nullptr;
  if (rows > page.offset + page.limit && page.limit > 0) next = page.offset + page.limit;
  return {{"limit", page.limit}, {"offset", page.offset}, {"next_offset", next}};
}

Response json_response(const ordered_json& body, int status) {
  return {.status = status, .body = body.dump(-1, ' ', false, ordered_json::error_handler_t::replace)};
}

void require_signed_in(const Call& call) {
  if (!call.subject.signed_in) throw HttpError(401, "unauthenticated", "sign in first");
}

service::ActingPerson acting(const Call& call) {
  return {.by = call.by(), .on_behalf_of = call.subject.party};
}

std::string reason_of(const Call& call) {
  const std::string reason = call.request.body.text("reason");
  if (reason.find_first_not_of(" \t\r\n") == std::string::npos)
    throw Error(ErrorKind::invalid_input, "say why: the reason stays in the record");
  return reason;
}

}  // namespace mithaq::server
