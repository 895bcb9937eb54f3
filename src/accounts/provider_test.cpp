#include "accounts/provider.hpp"

#include <gtest/gtest.h>

#include "accounts/fetch.hpp"
#include "accounts/test_provider.hpp"
#include "base/error.hpp"

namespace mithaq::accounts {
namespace {

using test_provider::SigningKey;

class ProviderTest : public testing::Test {
 protected:
  ProviderOptions options() {
    return {.issuer = server_.issuer,
            .client_id = test_provider::Server::kClient,
            .client_secret = test_provider::Server::kSecret,
            .redirect_address = "http://127.0.0.1:8080/auth/oidc/callback",
            .seal = std::string(32, 's'),
            .clock = [this] { return std::chrono::sys_seconds(std::chrono::seconds(now_)); },
            .patience = std::chrono::milliseconds(2000)};
  }
  // From the page to the provider and back.
  Provider::Return go() {
    const Provider::Beginning begun = provider_->begin();
    auto back = server_.authorize(begun.address);
    return {.code = back["code"], .state = back["state"], .issuer = back["iss"], .sealed = begun.sealed};
  }
  // The kind of error with which a return is refused, and the reason for the keeper.
  std::string refusal(const Provider::Return& returned) {
    try {
      provider_->finish(returned);
    } catch (const Error& error) {
      return std::string(name_of(error.kind())) + ": " + provider_->last_problem();
    }
    return "taken";
  }
  std::string refusal_with(const std::function<void(nlohmann::json& claims)>& change) {
    {
      const std::lock_guard guard(server_.lock);
      server_.sign = [this, change](nlohmann::json claims) {
        change(claims);
        return server_.key->token(claims);
      };
    }
    return refusal(go());
  }

  std::int64_t now_ = 1'790'000'000;
  test_provider::Server server_{[this] { return now_; }};
  std::unique_ptr<Provider> provider_ = std::make_unique<Provider>(options());
};

TEST_F(ProviderTest, VouchesForSomebody) {
  const Provider::Beginning begun = provider_->begin();
  EXPECT_TRUE(begun.address.starts_with(server_.issuer + "/authorize?response_type=code&client_id=mithaq&"));
  EXPECT_EQ(begun.address.find("verifier"), std::string::npos);
  const Vouched vouched = provider_->finish(go());
  EXPECT_EQ(vouched.subject, server_.issuer + " 248289");
  EXPECT_EQ(vouched.verified_email, "amina@example.org");
}

TEST_F(ProviderTest, VouchesWithAnEllipticKey) {
  server_.key = std::make_shared<SigningKey>("ES256", "curve");
  EXPECT_EQ(provider_->finish(go()).subject, server_.issuer + " 248289");
}

TEST_F(ProviderTest, TakesNoAddressThatIsNotVerified) {
  server_.claims["email_verified"] = false;
  EXPECT_EQ(provider_->finish(go()).verified_email, "");
  server_.claims["email_verified"] = "true";
  EXPECT_EQ(provider_->finish(go()).verified_email, "") << "a text is no truth value";
}

TEST_F(ProviderTest, RefusesAnotherBrowserOrState) {
  Provider::Return returned = go();
  returned.state = "another";
  EXPECT_EQ(refusal(returned), "forbidden: the state is another one");
  returned = go();
  returned.sealed = go().sealed;
  EXPECT_EQ(refusal(returned), "forbidden: the state is another one") << "the cookie of another attempt";
  for (const char* sealed : {"", "x", "AAAA"}) {
    returned.sealed = sealed;
    EXPECT_EQ(refusal(returned), "forbidden: the browser did not begin here");
  }
  returned.sealed = std::string(100'000, 'A');
  EXPECT_EQ(refusal(returned), "forbidden: the browser did not begin here");
  returned = go();
  now_ += 601;
  EXPECT_EQ(refusal(returned), "forbidden: the browser took too long");
}

TEST_F(ProviderTest, RefusesAReplay) {
  const Provider::Return returned = go();
  provider_->finish(returned);
  EXPECT_EQ(refusal(returned), "forbidden: the answer was used before");
  // Another server of the same record does not know the state, but the code counts once.
  Provider other(options());
  EXPECT_THROW(other.finish(returned), Error);
  EXPECT_EQ(other.last_problem(), "the provider did not take the code");
}

TEST_F(ProviderTest, RefusesAnAnswerOfAnotherIssuer) {
  Provider::Return returned = go();
  returned.issuer = "https://evil.example.org";
  EXPECT_EQ(refusal(returned), "forbidden: the answer is of another issuer");
  returned = go();
  returned.issuer = "";
  EXPECT_EQ(refusal(returned), "forbidden: the answer is of another issuer") << "it says that it sends iss";
}

TEST_F(ProviderTest, RefusesClaimsThatAreNotForUs) {
  using nlohmann::json;
  const std::int64_t now = now_;
  const std::pair<const char*, std::function<void(json&)>> kWrong[] = {
      {"the token has another nonce", [](json& claims) { claims["nonce"] = "another"; }},
      {"the token has another nonce", [](json& claims) { claims.erase("nonce"); }},
      {"the token is of another issuer", [](json& claims) { claims["iss"] = "https://evil.example.org"; }},
      {"the token is of another issuer",
       [](json& claims) { claims["iss"] = claims["iss"].get<std::string>() + "/"; }},
      {"the token is for another audience", [](json& claims) { claims["aud"] = "another"; }},
      {"the token is for another audience", [](json& claims) { claims.erase("aud"); }},
      {"the token is for another audience",
       [](json& claims) {
         claims["aud"] = json::array({1, "another"});
       }},
      {"the token has several audiences and names no party",
       [](json& claims) {
         claims["aud"] = json::array({"mithaq", "another"});
       }},
      {"the token was issued to another party", [](json& claims) { claims["azp"] = "another"; }},
      {"the token was issued to another party",
       [](json& claims) { claims["azp"] = json::array({"mithaq"}); }},
      {"the token has expired", [=](json& claims) { claims["exp"] = now - 61; }},
      {"the token has expired", [](json& claims) { claims["exp"] = "later"; }},
      {"the token has expired", [](json& claims) { claims.erase("exp"); }},
      {"the token was issued in the future", [=](json& claims) { claims["iat"] = now + 120; }},
      {"the token was issued long ago", [=](json& claims) { claims["iat"] = now - 3600; }},
      {"the token does not hold yet", [=](json& claims) { claims["nbf"] = now + 120; }},
      {"the token names nobody", [](json& claims) { claims["sub"] = ""; }},
      {"the token names nobody", [](json& claims) { claims["sub"] = 7; }},
  };
  for (const auto& [reason, change] : kWrong)
    EXPECT_EQ(refusal_with(change), std::string("forbidden: ") + reason);
  EXPECT_EQ(refusal_with([](json& claims) {
              claims["aud"] = json::array({"another", "mithaq"});
              claims["azp"] = "mithaq";
            }),
            "taken");
}

TEST_F(ProviderTest, RefusesTokensThatItsKeysDidNotSign) {
  using nlohmann::json;
  const auto refusal_of = [&](std::function<std::string(const json&)> sign) {
    {
      const std::lock_guard guard(server_.lock);
      server_.sign = std::move(sign);
    }
    return refusal(go());
  };
  const auto part = [](const json& header, const json& claims) {
    return to_base64url(header.dump()) + "." + to_base64url(claims.dump());
  };
  for (const char* none : {"none", "None", "NONE", ""}) {
    EXPECT_EQ(refusal_of([&](const json& claims) {
                return part({{"alg", none}}, claims) + ".";
              }),
              "forbidden: the token's algorithm is not taken");
  }
  EXPECT_EQ(
      refusal_of([&](const json& claims) {
        const std::string text = part({{"alg", "HS256"}, {"kid", "first"}}, claims), key = server_.key->pem();
        std::string mac(32, '\0');
        unsigned size = 0;
        HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
             reinterpret_cast<const unsigned char*>(text.data()), text.size(),
             reinterpret_cast<unsigned char*>(mac.data()), &size);
        return text + "." + to_base64url(mac);
      }),
      "forbidden: the token's algorithm is not taken");
  const SigningKey stranger("RS256", "first");
  EXPECT_EQ(refusal_of([&](const json& claims) { return stranger.token(claims); }),
            "forbidden: the token was not signed by a key of the provider");
  const SigningKey curve("ES256", "first");
  EXPECT_EQ(refusal_of([&](const json& claims) { return curve.token(claims); }),
            "forbidden: the token was signed by an unknown key");
  EXPECT_EQ(
      refusal_of([&](const json& claims) {
        // The key comes along in the token itself.
        return stranger.token({{"alg", "RS256"}, {"kid", "mine"}, {"jwk", stranger.published()}}, claims);
      }),
      "forbidden: the token was signed by an unknown key");
  EXPECT_EQ(refusal_of([&](const json& claims) {
              std::string token = server_.key->token(claims);
              const std::size_t dot = token.find('.');
              json changed = claims;
              changed["sub"] = "somebody else";
              return token.substr(0, dot + 1) + to_base64url(changed.dump()) + token.substr(token.rfind('.'));
            }),
            "forbidden: the token was not signed by a key of the provider");
  EXPECT_EQ(refusal_of([&](const json& claims) {
              return server_.key->token({{"alg", "RS256"}, {"kid", "first"}, {"crit", json::array({"exp"})}},
                                        claims);
            }),
            "forbidden: the token asks for an extension");
  for (const char* bad : {"", ".", "..", "...", "a.b", "!.!.!"}) {
    EXPECT_TRUE(refusal_of([&](const json&) { return bad; }).starts_with("forbidden: ")) << bad;
  }
  EXPECT_EQ(refusal_of([&](const json&) { return std::string(kTokenBytesMax + 1, 'A'); }),
            "forbidden: the token is too long");
}

TEST_F(ProviderTest, AsksForTheKeysAnewWhenTheyWereChanged) {
  provider_->finish(go());
  {
    const std::lock_guard guard(server_.lock);
    server_.key = std::make_shared<SigningKey>("RS256", "second");
  }
  now_ += 61;
  EXPECT_EQ(provider_->finish(go()).subject, server_.issuer + " 248289");
  // But strange keys do not make us ask again and again.
  const SigningKey stranger("RS256", "third");
  {
    const std::lock_guard guard(server_.lock);
    server_.sign = [&](const nlohmann::json& claims) { return stranger.token(claims); };
  }
  const int before = server_.questions;
  for (int each = 0; each < 5; ++each) EXPECT_TRUE(refusal(go()).starts_with("forbidden"));
  EXPECT_EQ(server_.questions - before, 5) << "the codes alone";
}

TEST_F(ProviderTest, AsksNobodyButTheIssuer) {
  for (const char* name : {"token_endpoint", "jwks_uri", "authorization_endpoint"}) {
    for (const std::string& elsewhere :
         {std::string("http://127.0.0.1:1/x"), std::string("http://169.254.169.254/latest"),
          std::string("file:///etc/passwd"), server_.issuer + "@evil.example.org/",
          std::string("https://evil.example.org/"), std::string("")}) {
      const nlohmann::json good = server_.described;
      {
        const std::lock_guard guard(server_.lock);
        server_.described[name] = elsewhere;
      }
      Provider provider(options());
      EXPECT_THROW(provider.begin(), Error) << name << ' ' << elsewhere;
      EXPECT_EQ(provider.last_problem(), "an address of the provider is not at the origin of its issuer");
      const std::lock_guard guard(server_.lock);
      server_.described = good;
    }
  }
  {
    const std::lock_guard guard(server_.lock);
    server_.instead = "HTTP/1.1 302 X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
  }
  EXPECT_THROW(Provider(options()).begin(), Error) << "a redirect is not followed";
}

TEST_F(ProviderTest, IsUnavailableWhenItDoesNotAnswer) {
  const auto kind_of = [&](Provider& provider) {
    try {
      provider.begin();
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::bug;
  };
  {
    const std::lock_guard guard(server_.lock);
    server_.delay = std::chrono::milliseconds(600);
  }
  ProviderOptions impatient = options();
  impatient.patience = std::chrono::milliseconds(200);
  Provider slow(impatient);
  EXPECT_EQ(kind_of(slow), ErrorKind::unavailable);
  {
    const std::lock_guard guard(server_.lock);
    server_.delay = std::chrono::milliseconds(0);
    server_.instead = "HTTP/1.1 200 X\r\n\r\n" + std::string(1 << 20, 'x');
  }
  Provider endless(options());
  EXPECT_EQ(kind_of(endless), ErrorKind::unavailable) << "more than the bound";
  ProviderOptions nobody = options();
  nobody.issuer = "http://127.0.0.1:1";
  Provider down(nobody);
  EXPECT_EQ(kind_of(down), ErrorKind::unavailable);
  {
    const std::lock_guard guard(server_.lock);
    server_.instead.clear();
  }
  EXPECT_EQ(provider_->finish(go()).subject, server_.issuer + " 248289") << "and back again";
}

TEST(ProviderOptions, AreHeldAgainstWhatAnIssuerIs) {
  for (const char* bad :
       {"", "id.example.org", "http://id.example.org", "ftp://id.example.org", "https://",
        "https://user@id.example.org", "https://id.example.org?x", "https://id.example.org#x",
        "https://id.exam ple.org", "http://127.0.0.1.evil.example.org", "javascript:x"}) {
    EXPECT_THROW(Provider({.issuer = bad,
                           .client_id = "x",
                           .seal = std::string(32, 's'),
                           .clock = [] { return std::chrono::sys_seconds(); }}),
                 Error)
        << bad;
  }
  EXPECT_EQ(origin_of("https://id.example.org:8443/realms/x"), "https://id.example.org:8443");
  EXPECT_EQ(origin_of("http://[::1]:8080/x"), "http://[::1]:8080");
}

}  // namespace
}  // namespace mithaq::accounts
