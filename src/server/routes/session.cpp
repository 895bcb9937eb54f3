// GET, POST, DELETE /api/v1/session and what belongs to it: to sign in and out, password and second factor.
#include "server/routes/account_rows.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

using accounts::Accounts;
using nlohmann::ordered_json;

namespace {

HttpError too_many(std::int64_t seconds) {
  return HttpError(429, "too_many",
                   "too many attempts: wait " + std::to_string(seconds) +
                       " seconds; with a second factor you need not wait",
                   {{"Retry-After", std::to_string(seconds)}});
}

// The session of a request that is signed in.
const accounts::Session& session_of(const Call& call) {
  if (!call.session) throw Error(ErrorKind::unavailable, "this server has no accounts");
  return *call.session;
}

// Whether the owner gave the right password.
void expect_right(Accounts::Proof proof) {
  if (proof == Accounts::Proof::wait) throw too_many(1);
  if (proof == Accounts::Proof::wrong) throw Error(ErrorKind::forbidden, "the password is wrong");
}

}  // namespace

Accounts& accounts_of(const Call& call) {
  if (call.gate == nullptr) throw Error(ErrorKind::unavailable, "this server has no accounts");
  return call.gate->accounts();
}

ordered_json party_json(Call& call, const std::string& party) {
  if (party.empty()) return nullptr;
  return {{"id", party},
          {"name", call.workspace.name_of(party, call.language)},
          {"short", call.workspace.short_name_of(party, call.language)}};
}

ordered_json session_json(Call& call, const std::optional<accounts::Session>& session) {
  const bool has_accounts = call.gate != nullptr;
  ordered_json account = nullptr;
  if (session) {
    const accounts::Account& one = session->account;
    account = {{"id", one.id},
               {"name", one.name},
               {"role", access::name_of(one.role)},
               {"party", party_json(call, one.party)},
               {"staff", session->subject.staff},
               {"statuses", session->subject.statuses},
               {"totp", one.has_second_factor},
               {"language", one.language}};
  }
  return {{"signed_in", session.has_value()},
          {"csrf", session ? session->csrf : ""},
          {"public", has_accounts && call.gate->opened()},
          {"oidc", has_accounts && call.gate->provider() != nullptr},
          {"first_start", has_accounts && !session && call.gate->accounts().is_first_start()},
          // Named only to who is signed in; null: nobody said yet who keeps this record.
          {"organization", session ? party_json(call, accounts_of(call).home()) : ordered_json(nullptr)},
          {"account", account},
          {"rights", session ? access::rights_of(session->subject) : std::vector<std::string>()}};
}

std::vector<ApiRoute> account_routes() {
  return {session_route(),
          sign_in_route(),
          sign_out_route(),
          password_route(),
          propose_second_factor_route(),
          confirm_second_factor_route(),
          remove_second_factor_route(),
          language_route(),
          own_sessions_route(),
          end_session_route(),
          accounts_route(),
          add_account_route(),
          change_account_route(),
          statuses_route(),
          provider_start_route(),
          provider_return_route()};
}

ApiRoute session_route() {
  return {.pattern = "/api/v1/session",
          .answer =
              [](Call& call) {
                Response response = json_response(session_json(call, call.session));
                response.headers.emplace_back("Cache-Control", "no-store");
                return response;
              },
          .entry = Entry::anybody};
}

ApiRoute sign_in_route() {
  return {.method = Method::post,
          .pattern = "/api/v1/session",
          .fields = {required_field("account"), required_field("password"), optional_field("code")},
          .answer =
              [](Call& call) {
                Accounts& accounts = accounts_of(call);
                const JsonBody& given = call.request.body;
                const accounts::SignIn answer = accounts.sign_in({.account = given.text("account"),
                                                                  .password = given.text("password"),
                                                                  .code = given.text("code"),
                                                                  .address = call.request.remote});
                switch (answer.outcome) {
                  case accounts::SignIn::Outcome::wait:
                    throw too_many(answer.retry_after_seconds);
                  case accounts::SignIn::Outcome::code_needed:
                    throw HttpError(401, "code_needed", "give the code of your second factor");
                  case accounts::SignIn::Outcome::wrong:
                    throw HttpError(401, "unauthenticated", "the account, the password or the code is wrong");
                  case accounts::SignIn::Outcome::opened:
                    break;
                }
                // Whatever session the browser brought along ends: nobody's session is taken over.
                if (call.session) accounts.sign_out(call.request.cookie(kSessionCookie));
                const std::string cookie = call.gate->opened_session(answer.token, "password");
                Response response = json_response(session_json(call, accounts.session(answer.token)));
                response.headers.emplace_back("Set-Cookie", cookie);
                response.headers.emplace_back("Cache-Control", "no-store");
                return response;
              },
          .entry = Entry::anybody,
          .open_because = "a session is opened"};
}

ApiRoute sign_out_route() {
  return {.method = Method::remove,
          .pattern = "/api/v1/session",
          .answer =
              [](Call& call) {
                if (call.session) {
                  accounts_of(call).sign_out(call.request.cookie(kSessionCookie));
                  call.gate->append("session.ended", call.subject);
                }
                Response response{.status = 204};
                response.headers.emplace_back("Set-Cookie", no_cookie(kSessionCookie));
                return response;
              },
          .entry = Entry::anybody,
          .open_because = "the session that is shown, if any, is ended"};
}

ApiRoute password_route() {
  return {
      .method = Method::post,
      .pattern = "/api/v1/session/password",
      .fields = {required_field("old"), required_field("new")},
      .answer =
          [](Call& call) {
            const accounts::Session& session = session_of(call);
            expect_right(accounts_of(call).change_password(
                session, call.request.body.text("old"), call.request.body.text("new"), call.request.remote));
            call.gate->append("account.changed", session.subject,
                              {{"object", session.account.id}, {"what", "password"}});
            return Response{.status = 204};
          },
      .entry = Entry::signed_in,
      .action = access::Action::keep_own};
}

ApiRoute propose_second_factor_route() {
  return {.method = Method::post,
          .pattern = "/api/v1/session/totp",
          .answer =
              [](Call& call) {
                const accounts::Session& session = session_of(call);
                if (session.account.has_second_factor)
                  throw Error(ErrorKind::conflict, "the account has a second factor: remove it first");
                const auto factor = accounts_of(call).propose_second_factor(session.account.id);
                Response response = json_response({{"secret", factor.secret}, {"uri", factor.uri}});
                response.headers.emplace_back("Cache-Control", "no-store");
                return response;
              },
          .entry = Entry::signed_in,
          .action = access::Action::keep_own};
}

ApiRoute confirm_second_factor_route() {
  return {.method = Method::put,
          .pattern = "/api/v1/session/totp",
          .fields = {required_field("code")},
          .answer =
              [](Call& call) {
                const accounts::Session& session = session_of(call);
                const auto codes = accounts_of(call).confirm_second_factor(session.account.id,
                                                                           call.request.body.text("code"));
                if (!codes)
                  throw Error(ErrorKind::forbidden, "the code is wrong: check the clock of your device");
                call.gate->append("account.changed", session.subject,
                                  {{"object", session.account.id}, {"what", "second factor"}});
                Response response = json_response({{"recovery", *codes}});
                response.headers.emplace_back("Cache-Control", "no-store");
                return response;
              },
          .entry = Entry::signed_in,
          .action = access::Action::keep_own};
}

ApiRoute remove_second_factor_route() {
  return {.method = Method::remove,
          .pattern = "/api/v1/session/totp",
          .fields = {required_field("password")},
          .answer =
              [](Call& call) {
                const accounts::Session& session = session_of(call);
                expect_right(accounts_of(call).remove_second_factor(
                    session, call.request.body.text("password"), call.request.remote));
                call.gate->append("account.changed", session.subject,
                                  {{"object", session.account.id}, {"what", "second factor removed"}});
                return Response{.status = 204};
              },
          .entry = Entry::signed_in,
          .action = access::Action::keep_own};
}

}  // namespace mithaq::server
