#include "accounts/provider.hpp"

#include <sodium.h>

#include <nlohmann/json.hpp>

#include "accounts/fetch.hpp"
#include "accounts/text_forms.hpp"
#include "base/error.hpp"
#include "base/sha256.hpp"

namespace mithaq::accounts {

namespace {

using nlohmann::json;

constexpr std::int64_t kPendingSeconds = 600;   // to sign in at the provider's
constexpr std::int64_t kCacheSeconds = 3600;    // of what the provider says about itself
constexpr std::int64_t kKeysAgainSeconds = 60;  // how often unknown keys make us ask again
constexpr auto kTurn = std::chrono::milliseconds(300);

std::string text_in(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// RFC 7636, 4.2: BASE64URL(SHA256(verifier)).
std::string challenge_of(const std::string& verifier) {
  const Sha256Digest digest = sha256(verifier);
  return to_base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

// A code and what comes with it is short; what is not comes from somewhere else.
bool is_short(std::string_view text) {
  return text.size() <= 4096;
}

}  // namespace

Provider::Provider(ProviderOptions options)
    : options_(std::move(options)), origin_(origin_of(options_.issuer)) {
  expect(options_.seal.size() == crypto_secretbox_KEYBYTES && options_.clock,
         "a provider has a seal and a clock");
  if (origin_.empty() || options_.issuer.find_first_of("?#") != std::string::npos)
    throw Error(
        ErrorKind::invalid_input,
        "\"" + options_.issuer + "\" is no issuer: give its https address, e.g. https://id.example.org");
  if (options_.client_id.empty()) throw Error(ErrorKind::invalid_input, "--oidc-client-id is missing");
}

void Provider::refuse(std::string problem) {
  {
    const std::lock_guard guard(problem_lock_);
    problem_ = std::move(problem);
  }
  // No more than this to whoever sent the browser here.
  throw Error(ErrorKind::forbidden, "signing in through your organization did not work: begin again");
}

std::string Provider::last_problem() const {
  const std::lock_guard guard(problem_lock_);
  return problem_;
}

std::string Provider::seal(const Pending& pending) const {
  const std::string plain =
      json{{"s", pending.state}, {"n", pending.nonce}, {"v", pending.verifier}, {"t", pending.at}}.dump();
  const std::string once = random_bytes(crypto_secretbox_NONCEBYTES);
  std::string box(plain.size() + crypto_secretbox_MACBYTES, '\0');
  ::crypto_secretbox_easy(reinterpret_cast<unsigned char*>(box.data()),
                          reinterpret_cast<const unsigned char*>(plain.data()), plain.size(),
                          reinterpret_cast<const unsigned char*>(once.data()),
                          reinterpret_cast<const unsigned char*>(options_.seal.data()));
  return to_base64url(once + box);
}

std::optional<Provider::Pending> Provider::unseal(std::string_view sealed) const {
  if (!is_short(sealed)) return std::nullopt;
  const auto bytes = from_base64url(sealed);
  if (!bytes || bytes->size() <= crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) return std::nullopt;
  const auto* once = reinterpret_cast<const unsigned char*>(bytes->data());
  const std::size_t size = bytes->size() - crypto_secretbox_NONCEBYTES;
  std::string plain(size - crypto_secretbox_MACBYTES, '\0');
  if (::crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(plain.data()),
                                   once + crypto_secretbox_NONCEBYTES, size, once,
                                   reinterpret_cast<const unsigned char*>(options_.seal.data())) != 0) {
    return std::nullopt;
  }
  const json read = json::parse(plain, nullptr, false);
  if (!read.is_object()) return std::nullopt;
  return Pending{.state = text_in(read, "s"),
                 .nonce = text_in(read, "n"),
                 .verifier = text_in(read, "v"),
                 .at = read.value("t", std::int64_t{0})};
}

Provider::Endpoints Provider::endpoints() {
  if (endpoints_ && now() - endpoints_at_ < kCacheSeconds) return *endpoints_;
  // OpenID Connect Discovery 1.0, 4.: the path is appended to the issuer, without a stroke at its end.
  std::string address = options_.issuer;
  if (address.ends_with('/')) address.pop_back();
  const Fetched answer =
      fetch({.url = address + "/.well-known/openid-configuration", .patience = options_.patience});
  const json said = json::parse(answer.body, nullptr, false);
  if (answer.status != 200 || !said.is_object()) refuse("the provider describes itself with no JSON object");
  // 4.3: the issuer MUST be identical to the one that was asked.
  if (text_in(said, "issuer") != options_.issuer) refuse("the provider describes itself as another issuer");
  Endpoints found{
      .authorization = text_in(said, "authorization_endpoint"),
      .token = text_in(said, "token_endpoint"),
      .keys = text_in(said, "jwks_uri"),
      .names_issuer = said.value("authorization_response_iss_parameter_supported", json()) == true};
  for (const std::string& each : {found.authorization, found.token, found.keys}) {
    // Ours: whatever the description says, nobody else is asked and no browser sent elsewhere.
    if (origin_of(each) != origin_ || each.find('#') != std::string::npos)
      refuse("an address of the provider is not at the origin of its issuer");
  }
  endpoints_ = found;
  endpoints_at_ = now();
  return found;
}

KeySet Provider::keys(const Endpoints& known, bool anew) {
  const std::int64_t age = now() - keys_at_;
  const bool fresh = keys_.size() > 0 && age < kCacheSeconds;
  if (fresh && !(anew && age >= kKeysAgainSeconds)) return keys_;
  const Fetched answer = fetch({.url = known.keys, .patience = options_.patience});
  KeySet found = answer.status == 200 ? KeySet::parse(answer.body) : KeySet();
  if (found.size() == 0) refuse("the provider has no key that can check a signature");
  keys_ = found;
  keys_at_ = now();
  return found;
}

Provider::Beginning Provider::begin() {
  const std::unique_lock turn(talking_, kTurn);
  if (!turn.owns_lock())
    throw Error(ErrorKind::unavailable, "the provider of your organization is slow: try again");
  const Endpoints known = endpoints();
  const Pending pending{.state = to_base64url(random_bytes(24)),
                        .nonce = to_base64url(random_bytes(24)),
                        .verifier = to_base64url(random_bytes(32)),
                        .at = now()};
  const char joint = known.authorization.find('?') == std::string::npos ? '?' : '&';
  return {.address = known.authorization + joint +
                     form_text({{"response_type", "code"},
                                {"client_id", options_.client_id},
                                {"redirect_uri", options_.redirect_address},
                                {"scope", "openid email"},
                                {"state", pending.state},
                                {"nonce", pending.nonce},
                                {"code_challenge", challenge_of(pending.verifier)},
                                {"code_challenge_method", "S256"}}),
          .sealed = seal(pending)};
}

Vouched Provider::finish(const Return& returned) {
  const auto pending = unseal(returned.sealed);
  if (!pending) refuse("the browser did not begin here");
  if (now() - pending->at > kPendingSeconds) refuse("the browser took too long");
  if (!equal_in_constant_time(returned.state, pending->state)) refuse("the state is another one");
  if (!returned.error.empty()) refuse("the provider refused");
  if (returned.code.empty() || !is_short(returned.code)) refuse("there is no code");

  const std::unique_lock turn(talking_, kTurn);
  if (!turn.owns_lock())
    throw Error(ErrorKind::unavailable, "the provider of your organization is slow: try again");
  const Endpoints known = endpoints();
  // RFC 9207, 2.4: with the parameter it has to be the issuer; without it, if the provider sends it, refuse.
  if (returned.issuer.empty() ? known.names_issuer : returned.issuer != options_.issuer)
    refuse("the answer is of another issuer");
  std::erase_if(used_states_, [&](const auto& each) { return each.second + kPendingSeconds < now(); });
  if (!used_states_.emplace(pending->state, now()).second) refuse("the answer was used before");

  std::vector<std::pair<std::string, std::string>> form = {{"grant_type", "authorization_code"},
                                                           {"code", returned.code},
                                                           {"redirect_uri", options_.redirect_address},
                                                           {"code_verifier", pending->verifier}};
  Fetch question{.url = known.token, .patience = options_.patience};
  if (options_.client_secret.empty()) {
    form.emplace_back("client_id", options_.client_id);
  } else {
    // RFC 6749, 2.3.1: both are form-encoded before they are joined.
    const auto encoded = [](const std::string& text) { return form_text({{"", text}}).substr(1); };
    question.user = encoded(options_.client_id);
    question.password = encoded(options_.client_secret);
  }
  question.form = form_text(form);
  const Fetched answer = fetch(question);
  const json said = json::parse(answer.body, nullptr, false);
  if (answer.status != 200 || !said.is_object()) refuse("the provider did not take the code");
  const std::string token = text_in(said, "id_token");

  const TokenExpectations expected{.issuer = options_.issuer,
                                   .client = options_.client_id,
                                   .now = std::chrono::floor<std::chrono::seconds>(options_.clock())};
  auto verdict = read_token(token, keys(known, false), expected);
  if (const auto* refusal = std::get_if<TokenRefusal>(&verdict); refusal != nullptr && refusal->unknown_key)
    verdict = read_token(token, keys(known, true), expected);
  if (const auto* refusal = std::get_if<TokenRefusal>(&verdict)) refuse(refusal->reason);
  Vouched vouched = std::get<Vouched>(verdict);
  if (!equal_in_constant_time(vouched.nonce, pending->nonce)) refuse("the token has another nonce");
  return vouched;
}

}  // namespace mithaq::accounts
