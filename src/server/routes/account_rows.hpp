// An account as JSON, and who somebody is for the page.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "server/api.hpp"

namespace mithaq::server {

// {"id":"KAZ","name":…,"short":…} with names in the language of the request; null for nobody.
nlohmann::ordered_json party_json(Call& call, const std::string& party);

// As administrators see it.
nlohmann::ordered_json account_json(Call& call, const accounts::Account& account);

// What GET /api/v1/session answers.
nlohmann::ordered_json session_json(Call& call, const std::optional<accounts::Session>& session);

ApiRoute session_route();                // GET /api/v1/session
ApiRoute sign_in_route();                // POST /api/v1/session
ApiRoute sign_out_route();               // DELETE /api/v1/session
ApiRoute password_route();               // POST /api/v1/session/password
ApiRoute propose_second_factor_route();  // POST /api/v1/session/totp
ApiRoute confirm_second_factor_route();  // PUT /api/v1/session/totp
ApiRoute remove_second_factor_route();   // DELETE /api/v1/session/totp
ApiRoute language_route();               // PUT /api/v1/session/language
ApiRoute own_sessions_route();           // GET /api/v1/session/list
ApiRoute end_session_route();            // DELETE /api/v1/session/list/:id
ApiRoute accounts_route();               // GET /api/v1/accounts
ApiRoute add_account_route();            // POST /api/v1/accounts
ApiRoute change_account_route();         // PATCH /api/v1/accounts/:id
ApiRoute statuses_route();               // GET /api/v1/statuses
ApiRoute provider_start_route();         // GET /auth/oidc/start
ApiRoute provider_return_route();        // GET /auth/oidc/callback

// The accounts of this server.
//   throws  Error{unavailable} if it has none
accounts::Accounts& accounts_of(const Call& call);

}  // namespace mithaq::server
