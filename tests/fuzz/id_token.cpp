// Any bytes as an ID token, as the keys of a provider, and as a Cookie header.
#include "tests/fuzz/fuzz.hpp"

#include "accounts/fetch.hpp"
#include "accounts/provider_token.hpp"
#include "accounts/text_forms.hpp"
#include "server/http.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  using namespace mithaq::accounts;
  const std::string_view bytes = fuzz::bytes_of(data, size);
  static const KeySet kKeys = KeySet::parse(
      R"({"keys":[{"kty":"EC","crv":"P-256","kid":"k","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",)"
      R"("y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]})");
  expect(kKeys.size() == 1, "the key of RFC 7517, appendix A.1, is one");
  const TokenExpectations expected{.issuer = "https://id.example.org", .client = "mithaq"};
  expect(std::holds_alternative<TokenRefusal>(read_token(bytes, kKeys, expected)),
         "nobody guesses a signature");
  // Header and claims as they are, so that the reading behind the first gates is tried too.
  const std::size_t half = bytes.size() / 2;
  read_token(to_base64url(bytes.substr(0, half)) + "." + to_base64url(bytes.substr(half)) + "." +
                 to_base64url(std::string(64, 'x')),
             kKeys, expected);
  KeySet::parse(bytes);
  origin_of(bytes);
  if (const auto read = from_base64url(bytes)) expect(to_base64url(*read) == bytes, "base64url has one form");
  const std::string cookie = server::cookie_in(bytes, "__Host-mithaq");
  expect(bytes.find(cookie) != std::string_view::npos, "a cookie's value stands in the header");
  return 0;
}
