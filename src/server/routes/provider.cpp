// GET /auth/oidc/start and /auth/oidc/callback: to sign in through the organization's own provider.
#include <fmt/format.h>

#include "server/routes/account_rows.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

namespace {

accounts::Provider& provider_of(const Call& call) {
  if (call.gate == nullptr || call.gate->provider() == nullptr)
    throw Error(ErrorKind::not_found, "this server knows no provider of an organization");
  return *call.gate->provider();
}

Response sent_to(const std::string& address) {
  return {.status = 302, .headers = {{"Location", address}, {"Cache-Control", "no-store"}}};
}

}  // namespace

ApiRoute provider_start_route() {
  return {.pattern = "/auth/oidc/start",
          .answer =
              [](Call& call) {
                accounts::Provider::Beginning begun = provider_of(call).begin();
                Response response = sent_to(begun.address);
                response.headers.emplace_back(
                    "Set-Cookie", fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600",
                                              kProviderCookie, begun.sealed));
                return response;
              },
          .entry = Entry::anybody};
}

ApiRoute provider_return_route() {
  // A provider may say more than we ask for; what is not named here is refused as everywhere.
  return {.pattern = "/auth/oidc/callback",
          .parameters = {optional_text("code"), optional_text("state"), optional_text("iss"),
                         optional_text("error"), optional_text("error_description"),
                         optional_text("error_uri"), optional_text("session_state"), optional_text("scope")},
          .answer =
              [](Call& call) {
                accounts::Provider& provider = provider_of(call);
                const Parameters& given = call.parameters;
                try {
                  const accounts::Vouched vouched =
                      provider.finish({.code = given.text("code"),
                                       .state = given.text("state"),
                                       .issuer = given.text("iss"),
                                       .error = given.text("error"),
                                       .sealed = call.request.cookie(kProviderCookie)});
                  const accounts::SignIn answer =
                      accounts_of(call).sign_in_by_provider(vouched.subject, vouched.verified_email);
                  if (answer.outcome != accounts::SignIn::Outcome::opened) {
                    call.gate->log("sign-in through the provider", "no account for this person");
                    return sent_to("/?sign_in=unknown");
                  }
                  if (call.session) accounts_of(call).sign_out(call.request.cookie(kSessionCookie));
                  Response response = sent_to("/");
                  response.headers.emplace_back("Set-Cookie",
                                                call.gate->opened_session(answer.token, "provider"));
                  response.headers.emplace_back("Set-Cookie", no_cookie(kProviderCookie));
                  return response;
                } catch (const Error& error) {
                  if (error.kind() == ErrorKind::forbidden)
                    call.gate->log("sign-in through the provider", provider.last_problem());
                  if (error.kind() != ErrorKind::forbidden && error.kind() != ErrorKind::unavailable) throw;
                  // A browser stands here, not a program: back to the page, which says it.
                  Response response = sent_to(error.kind() == ErrorKind::forbidden ? "/?sign_in=failed"
                                                                                   : "/?sign_in=unavailable");
                  response.headers.emplace_back("Set-Cookie", no_cookie(kProviderCookie));
                  return response;
                }
              },
          .entry = Entry::anybody};
}

}  // namespace mithaq::server
