// Signing in through an organization's own OpenID provider: the code flow of OpenID Connect with PKCE.
//
//   begin()   sends the browser to the provider, with a state, a nonce and the hash of a verifier; all three
//   stay in a
//             sealed cookie of that browser, so that no table fills
//   finish()  takes the browser that comes back, exchanges its code for a token, and checks that
// Only the configured issuer is ever asked, and only at its own origin.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "accounts/provider_token.hpp"
#include "record/entry.hpp"

namespace mithaq::accounts {

struct ProviderOptions {
  std::string issuer{};  // "https://id.example.org/realms/osce"
  std::string client_id{};
  std::string client_secret{};     // empty: a public client, which PKCE alone protects
  std::string redirect_address{};  // "https://mithaq.example.org/auth/oidc/callback"
  std::string seal{};              // 32 secret bytes, the same for all servers of one record
  record::Clock clock{};
  std::chrono::milliseconds patience{5000};
};

class Provider {
 public:
  //   throws  Error{invalid_input} if the issuer is no https address (or http on this machine)
  explicit Provider(ProviderOptions options);

  struct Beginning {
    std::string address{};  // where the browser goes
    std::string sealed{};   // what it keeps meanwhile
  };
  //   throws  Error{unavailable} if the provider does not answer, or says something that is not to be trusted
  Beginning begin();

  // What the browser brings back, and what it kept.
  struct Return {
    std::string code{};
    std::string state{};
    std::string issuer{};  // the parameter "iss" (RFC 9207); empty if it was not there
    std::string error{};   // the provider's own refusal
    std::string sealed{};
  };
  //   throws  Error{forbidden} if anything about it is wrong; Error{unavailable} as begin()
  Vouched finish(const Return& returned);

  // Why the last attempt failed, for the keeper's log; people are told less.
  std::string last_problem() const;

 private:
  struct Endpoints {
    std::string authorization{};
    std::string token{};
    std::string keys{};
    bool names_issuer = false;  // sends "iss" with the browser
  };
  struct Pending {
    std::string state{};
    std::string nonce{};
    std::string verifier{};
    std::int64_t at = 0;
  };
  std::string seal(const Pending& pending) const;
  std::optional<Pending> unseal(std::string_view sealed) const;
  Endpoints endpoints();
  KeySet keys(const Endpoints& known, bool anew);
  [[noreturn]] void refuse(std::string problem);
  std::int64_t now() const {
    return std::chrono::floor<std::chrono::seconds>(options_.clock()).time_since_epoch().count();
  }

  ProviderOptions options_;
  std::string origin_;
  // One conversation with the provider at a time: a slow one holds one worker, not all.
  std::timed_mutex talking_{};
  // Of who is talking:
  std::optional<Endpoints> endpoints_{};
  std::int64_t endpoints_at_ = 0;
  KeySet keys_{};
  std::int64_t keys_at_ = 0;
  std::map<std::string, std::int64_t> used_states_{};
  mutable std::mutex problem_lock_{};
  std::string problem_{};
};

}  // namespace mithaq::accounts
