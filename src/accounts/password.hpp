// Passwords: which are taken, how they are kept, and how one is checked.
//
// After NIST SP 800-63B: a length of at least 12, no password that many people have, no rule of composition,
// any character. Kept as Argon2id hashes (RFC 9106). A hash takes 64 MiB, so that at most two are made at a
// time.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace mithaq::accounts {

inline constexpr std::size_t kPasswordLengthMin = 12;   // code points
inline constexpr std::size_t kPasswordBytesMax = 1024;  // what is longer is refused before it costs anything

class PasswordRules {
 public:
  //   folder  data/access, with common_passwords.tsv
  static PasswordRules load(const std::filesystem::path& folder);

  // Why a new password is not taken, as a sentence for its owner; nothing if it is.
  //   context  words that the password may not be made of: the account's id, its name, the organization
  std::optional<std::string> refusal(std::string_view password,
                                     const std::vector<std::string>& context) const;

 private:
  std::unordered_set<std::string> common_{};  // folded
};

// Argon2id for all threads of a process; a hash costs some 70 ms and 64 MiB.
class PasswordHasher {
 public:
  PasswordHasher();
  //   throws  Error{unavailable} if there is no memory for it
  std::string hash(std::string_view password);
  // Takes as long for a hash that is empty (no such account, no password) as for a wrong password.
  //   returns  nothing if too many are being checked: ask again in a moment
  std::optional<bool> matches(const std::string& hash, std::string_view password);

 private:
  static constexpr std::size_t kAtOnce = 2;
  static constexpr std::size_t kWaitingMax = 4;
  bool enter(bool patient);
  void leave();

  std::mutex lock_{};
  std::condition_variable free_{};
  std::size_t running_ = 0, waiting_ = 0;
  std::string nobodys_{};  // the hash of a password that nobody knows
};

}  // namespace mithaq::accounts
