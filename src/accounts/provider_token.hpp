// The signed word of an organization's provider: an ID token of OpenID Connect (a JWT, RFC 7519), and the
// keys (RFC 7517) that sign it.
//
// Two algorithms are known, RS256 and ES256; every other, "none" and the HMACs above all, is refused before
// any key is looked at. Any bytes may come in.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mithaq::accounts {

inline constexpr std::size_t kTokenBytesMax = 16 * 1024;

// What a provider says of somebody.
struct Vouched {
  std::string
      subject{};  // issuer and its own name of them, parted by a blank: "https://id.example.org 248289"
  std::string verified_email{};  // empty if the provider has not verified it
  std::string nonce{};
};

struct TokenRefusal {
  std::string reason{};      // for the keeper's log: "the token was not signed by a key of the provider"
  bool unknown_key = false;  // signed by a key that is not among these: the provider may have a new one
};

// The keys of a provider that can check a signature; others are passed over.
class KeySet {
 public:
  KeySet() = default;
  //   text  JSON Web Key Set; whatever is not one holds no keys
  static KeySet parse(std::string_view text);
  std::size_t size() const { return keys_.size(); }

  //   returns  true if this key signed it; nothing if there is no such key for the algorithm
  std::optional<bool> verifies(std::string_view algorithm, std::string_view key_id,
                               std::string_view signed_part, std::string_view signature) const;

 private:
  struct Key;
  std::vector<std::shared_ptr<const Key>> keys_{};
};

struct TokenExpectations {
  std::string issuer{};
  std::string client{};
  std::chrono::sys_seconds now{};
};

// Checks all that OpenID Connect Core 1.0, 3.1.3.7, asks for but the nonce, which the caller compares.
std::variant<Vouched, TokenRefusal> read_token(std::string_view token, const KeySet& keys,
                                               const TokenExpectations& expected);

}  // namespace mithaq::accounts
