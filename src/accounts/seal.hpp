// Secrets of accounts, sealed with a key that stands beside the database and not in it: who gets hold of a
// copy of the database, or of a backup, can open none.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace mithaq::accounts {

// XChaCha20-Poly1305 of libsodium, with a random nonce for each text. Used by every thread of a process.
class Seal {
 public:
  //   file  32 bytes as text, readable by its owner alone; looked at when it is first needed
  explicit Seal(std::filesystem::path file);

  // Makes the key unless there is one. Not where something was sealed before: then the key is lost, and
  // another one would hide that.
  //   throws  Error{unavailable} if the file cannot be made or read
  void make_key_if_missing();
  bool has_key();

  //   owner   whose the secret is: sealed for one, it cannot be opened for another
  //   throws  Error{unavailable} if there is no key
  std::string seal(std::string_view secret, std::string_view owner);
  //   returns  nothing if it was not sealed by this key for this owner
  //   throws   Error{unavailable} if there is no key
  std::optional<std::string> open(std::string_view sealed, std::string_view owner);

  // True for what seal() gives. Anything else is a secret that an earlier version of this program kept as it
  // was.
  static bool is_sealed(std::string_view text);

 private:
  const std::string& key();  // requires lock_
  std::optional<std::string> read_key() const;

  std::filesystem::path file_;
  std::mutex lock_{};
  std::string key_{};
};

}  // namespace mithaq::accounts
