#include "accounts/provider_token.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <nlohmann/json.hpp>

#include "accounts/text_forms.hpp"

namespace mithaq::accounts {

namespace {

using nlohmann::json;

constexpr std::int64_t kClockSkewSeconds = 60;
constexpr std::int64_t kOldestSeconds = 600;  // since it was issued: a token is fetched right after that
constexpr std::size_t kKeysMax = 32;
constexpr int kRsaBitsMin = 2048, kRsaBitsMax = 8192;

template <typename Type, void (*release)(Type*)>
struct Release {
  void operator()(Type* object) const { release(object); }
};
template <typename Type, void (*release)(Type*)>
using Owned = std::unique_ptr<Type, Release<Type, release>>;

using OwnedKey = Owned<EVP_PKEY, EVP_PKEY_free>;

// An empty text where there is none.
std::string text_in(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// A number of seconds, which some write with a fraction.
std::optional<std::int64_t> seconds_in(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  const double value = found->get<double>();
  if (!(value > -1e15 && value < 1e15)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

json object_in(std::string_view text) {
  json parsed = json::parse(text, nullptr, false);
  return parsed.is_object() ? parsed : json::object();
}

OwnedKey key_of(const char* type, OSSL_PARAM_BLD* build) {
  const Owned<OSSL_PARAM, OSSL_PARAM_free> parameters(OSSL_PARAM_BLD_to_param(build));
  const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* made = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) <= 0 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) <= 0) {
    return nullptr;
  }
  return OwnedKey(made);
}

OwnedKey rsa_key(const std::string& modulus, const std::string& exponent) {
  const auto number = [](const std::string& bytes) {
    return Owned<BIGNUM, BN_free>(BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()),
                                            static_cast<int>(bytes.size()), nullptr));
  };
  const auto n = number(modulus), e = number(exponent);
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> build(OSSL_PARAM_BLD_new());
  if (!n || !e || !build || BN_num_bits(n.get()) < kRsaBitsMin || BN_num_bits(n.get()) > kRsaBitsMax ||
      BN_num_bits(e.get()) > 64 || !BN_is_odd(e.get()) || BN_is_one(e.get()) ||
      OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) == 0 ||
      OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) == 0) {
    return nullptr;
  }
  return key_of("RSA", build.get());
}

OwnedKey p256_key(const std::string& x, const std::string& y) {
  if (x.size() != 32 || y.size() != 32) return nullptr;
  const std::string point = "\x04" + x + y;  // uncompressed
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> build(OSSL_PARAM_BLD_new());
  if (!build ||
      OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 0 ||
      OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) ==
          0) {
    return nullptr;
  }
  OwnedKey key = key_of("EC", build.get());
  if (!key) return nullptr;
  const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> check(EVP_PKEY_CTX_new(key.get(), nullptr));
  return check && EVP_PKEY_public_check(check.get()) == 1 ? std::move(key) : nullptr;
}

// A JWS holds the two numbers of an ECDSA signature side by side, OpenSSL wants them in DER.
std::string der_of(std::string_view signature) {
  if (signature.size() != 64) return "";
  const auto* bytes = reinterpret_cast<const unsigned char*>(signature.data());
  const Owned<ECDSA_SIG, ECDSA_SIG_free> pair(ECDSA_SIG_new());
  Owned<BIGNUM, BN_free> r(BN_bin2bn(bytes, 32, nullptr)), s(BN_bin2bn(bytes + 32, 32, nullptr));
  if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) == 0) return "";
  static_cast<void>(r.release());  // the pair's now
  static_cast<void>(s.release());
  unsigned char* made = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &made);
  if (size <= 0) return "";
  std::string out(reinterpret_cast<const char*>(made), static_cast<std::size_t>(size));
  OPENSSL_free(made);
  return out;
}

bool is_for(const json& audience, const std::string& client) {
  if (audience.is_string()) return audience.get<std::string>() == client;
  if (!audience.is_array()) return false;
  for (const json& each : audience) {
    if (each.is_string() && each.get<std::string>() == client) return true;
  }
  return false;
}

TokenRefusal refused(std::string reason) {
  return {.reason = std::move(reason), .unknown_key = false};
}

}  // namespace

struct KeySet::Key {
  std::string id{};
  std::string algorithm{};
  OwnedKey key{};
};

KeySet KeySet::parse(std::string_view text) {
  KeySet set;
  const json document = object_in(text);
  const auto keys = document.find("keys");
  if (keys == document.end() || !keys->is_array()) return set;
  for (const json& given : *keys) {
    if (set.keys_.size() == kKeysMax) break;
    if (!given.is_object()) continue;
    const std::string use = text_in(given, "use"), algorithm = text_in(given, "alg"),
                      type = text_in(given, "kty");
    if (!use.empty() && use != "sig") continue;
    const auto number = [&](const char* name) { return from_base64url(text_in(given, name)).value_or(""); };
    Key key{.id = text_in(given, "kid")};
    if (type == "RSA") {
      key.algorithm = "RS256";
      key.key = rsa_key(number("n"), number("e"));
    } else if (type == "EC" && text_in(given, "crv") == "P-256") {
      key.algorithm = "ES256";
      key.key = p256_key(number("x"), number("y"));
    }
    if (key.key && (algorithm.empty() || algorithm == key.algorithm))
      set.keys_.push_back(std::make_shared<const Key>(std::move(key)));
  }
  return set;
}

std::optional<bool> KeySet::verifies(std::string_view algorithm, std::string_view key_id,
                                     std::string_view signed_part, std::string_view signature) const {
  std::optional<bool> verdict;
  for (const auto& each : keys_) {
    // A token without the name of a key is held against all of its algorithm.
    if (each->algorithm != algorithm || (!key_id.empty() && each->id != key_id)) continue;
    const std::string bytes = algorithm == "ES256" ? der_of(signature) : std::string(signature);
    const Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
    const bool good =
        context && !bytes.empty() &&
        EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, each->key.get()) == 1 &&
        EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                         reinterpret_cast<const unsigned char*>(signed_part.data()), signed_part.size()) == 1;
    if (good) return true;
    verdict = false;
  }
  return verdict;
}

std::variant<Vouched, TokenRefusal> read_token(std::string_view token, const KeySet& keys,
                                               const TokenExpectations& expected) {
  if (token.size() > kTokenBytesMax) return refused("the token is too long");
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
    return refused("the token has not three parts");
  const auto head = from_base64url(token.substr(0, first)),
             body = from_base64url(token.substr(first + 1, second - first - 1)),
             signature = from_base64url(token.substr(second + 1));
  if (!head || !body || !signature) return refused("a part of the token is not base64url");

  const json header = object_in(*head);
  const std::string algorithm = text_in(header, "alg");
  if (algorithm != "RS256" && algorithm != "ES256") return refused("the token's algorithm is not taken");
  if (header.contains("crit")) return refused("the token asks for an extension");
  const auto verdict = keys.verifies(algorithm, text_in(header, "kid"), token.substr(0, second), *signature);
  if (!verdict) return TokenRefusal{.reason = "the token was signed by an unknown key", .unknown_key = true};
  if (!*verdict) return refused("the token was not signed by a key of the provider");

  // OpenID Connect Core 1.0, 3.1.3.7, from 2 on; what comes before is above.
  const json claims = object_in(*body);
  // 2. The Issuer Identifier MUST exactly match the value of the iss Claim.
  if (text_in(claims, "iss") != expected.issuer) return refused("the token is of another issuer");
  // 3. The Client MUST validate that the aud Claim contains its client_id.
  const json audience = claims.value("aud", json());
  if (!is_for(audience, expected.client)) return refused("the token is for another audience");
  // 4., 5. With several audiences, azp is there and is the client; if azp is there, it is the client.
  const std::string party = text_in(claims, "azp");
  if (claims.contains("azp") && party != expected.client)
    return refused("the token was issued to another party");
  if (audience.is_array() && audience.size() > 1 && party.empty())
    return refused("the token has several audiences and names no party");
  // 9. The current time MUST be before the time represented by the exp Claim. 10. iat MAY reject old ones.
  const std::int64_t now = expected.now.time_since_epoch().count();
  const auto expires = seconds_in(claims, "exp"), issued = seconds_in(claims, "iat");
  if (!expires || now >= *expires + kClockSkewSeconds) return refused("the token has expired");
  if (!issued || *issued > now + kClockSkewSeconds) return refused("the token was issued in the future");
  if (*issued < now - kOldestSeconds) return refused("the token was issued long ago");
  if (claims.contains("nbf")) {
    const auto begins = seconds_in(claims, "nbf");
    if (!begins || *begins > now + kClockSkewSeconds) return refused("the token does not hold yet");
  }
  const std::string subject = text_in(claims, "sub");
  if (subject.empty() || subject.size() > 255) return refused("the token names nobody");

  Vouched out{.subject = expected.issuer + " " + subject, .nonce = text_in(claims, "nonce")};
  const auto verified = claims.find("email_verified");
  if (verified != claims.end() && verified->is_boolean() && verified->get<bool>())
    out.verified_email = text_in(claims, "email");
  return out;
}

}  // namespace mithaq::accounts
