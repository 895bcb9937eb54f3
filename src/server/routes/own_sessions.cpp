// PUT /api/v1/session/language, GET /api/v1/session/list, DELETE /api/v1/session/list/:id: what people set
// and end for their own account.
#include "server/routes/account_rows.hpp"
#include "server/routes/answer.hpp"

namespace mithaq::server {

using nlohmann::ordered_json;

namespace {

// The session of a request that is signed in.
const accounts::Session& session_of(const Call& call) {
  if (!call.session) throw Error(ErrorKind::unavailable, "this server has no accounts");
  return *call.session;
}

}  // namespace

ApiRoute language_route() {
  return {.method = Method::put,
          .pattern = "/api/v1/session/language",
          .fields = {required_field("language")},
          .answer =
              [](Call& call) {
                accounts::Session session = session_of(call);
                const std::string language = call.request.body.text("language");
                if (language.empty()) throw Error(ErrorKind::invalid_input, "the language is ar, en or ru");
                // What everybody chooses for themselves is no act that the record tells of.
                session.account = accounts_of(call).change(session.account.id, {.language = language});
                Response response = json_response(session_json(call, session));
                response.headers.emplace_back("Cache-Control", "no-store");
                return response;
              },
          .entry = Entry::signed_in,
          .action = access::Action::keep_own};
}

ApiRoute own_sessions_route() {
  return {.pattern = "/api/v1/session/list",
          .answer =
              [](Call& call) {
                const accounts::Session& own = session_of(call);
                ordered_json sessions = ordered_json::array();
                for (const accounts::OpenSession& each : accounts_of(call).open_sessions(own.account.id)) {
                  sessions.push_back({{"id", each.shown_id},
                                      {"opened_at", each.opened_at},
                                      {"last_seen_at", each.last_seen_at},
                                      {"this", each.id == own.id}});
                }
                Response response = json_response({{"sessions", sessions}});
                response.headers.emplace_back("Cache-Control", "no-store");
                return response;
              },
          .entry = Entry::signed_in};
}

ApiRoute end_session_route() {
  return {.method = Method::remove,
          .pattern = "/api/v1/session/list/:id",
          .parameters = {path_text("id")},
          .answer =
              [](Call& call) {
                const accounts::Session& own = session_of(call);
                const std::string id = call.parameters.text("id");
                if (!accounts_of(call).end_session(own.account.id, id))
                  throw Error(ErrorKind::not_found, "there is no open session \"" + id + "\" of yours");
                call.gate->append("session.ended", own.subject);
                Response response{.status = 204};
                if (id == accounts::shown_id(own.id))
                  response.headers.emplace_back("Set-Cookie", no_cookie(kSessionCookie));
                return response;
              },
          .entry = Entry::signed_in,
          .action = access::Action::keep_own};
}

}  // namespace mithaq::server
