// The signed head of the log: a C2SP checkpoint in a C2SP signed note, with Ed25519.
//
//   mithaq.example/record            the origin: which log
//   20                               how many entries
//   9C3N…=                           base64 of the root of the Merkle tree
//
//   — mithaq.example/record 1aBc…    name, then base64 of key id (4 bytes) and signature (64 bytes)
//
// source  c2sp.org/signed-note, c2sp.org/tlog-checkpoint
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/merkle.hpp"

namespace mithaq::record {

// Who signed: a name and an Ed25519 public key. Written "name+hash+base64" as a note verifier key.
struct VerifierKey {
  std::string name{};
  std::array<std::uint8_t, 32> public_key{};

  // The first four bytes of SHA-256(name || "\n" || 0x01 || public key).
  std::uint32_t id() const;
  std::string to_string() const;
  //   returns  nothing if the text is not such a key or its id does not fit
  static std::optional<VerifierKey> parse(std::string_view text);
  friend bool operator==(const VerifierKey&, const VerifierKey&) = default;
};

// The secret half. Never printed.
class SigningKey {
 public:
  // A new key out of the system's randomness.
  //   throws  Error{invalid_input} if the name is empty or holds a blank, a plus sign or a line end
  static SigningKey generate(const std::string& name);
  // The key that a seed gives, for tests.
  static SigningKey from_seed(const std::string& name, std::span<const std::uint8_t, 32> seed);
  // Reads a key file; makes one, readable by its owner alone (mode 0600), if there is none.
  //   throws  Error{forbidden} if others may read the file, Error{invalid_input} if it holds no key,
  //           Error{unavailable} if it cannot be made
  static SigningKey load_or_create(const std::filesystem::path& path, const std::string& name);
  //   throws  also Error{not_found} if there is none
  static SigningKey load(const std::filesystem::path& path);
  void save(const std::filesystem::path& path) const;

  const VerifierKey& verifier() const { return verifier_; }
  // The Ed25519 signature of a message.
  std::array<std::uint8_t, 64> sign(std::string_view message) const;

 private:
  VerifierKey verifier_{};
  std::array<std::uint8_t, 32> seed_{};
  std::array<std::uint8_t, 64> secret_{};
};

struct NoteSignature {
  std::string name{};
  std::uint32_t key_id = 0;
  std::string signature{};  // bytes
};

struct Note {
  std::string text{};  // with its last line end
  std::vector<NoteSignature> signatures{};
};

// Signs a text that ends with a line end.
std::string sign_note(const std::string& text, const SigningKey& key);
//   returns  nothing if the bytes are not a well-formed note
std::optional<Note> parse_note(std::string_view bytes);
// True if the key signed the note. Signatures of other keys are ignored.
bool verify_note(const Note& note, const VerifierKey& key);

struct Checkpoint {
  std::string origin{};
  std::uint64_t size = 0;
  Hash root{};
  std::vector<std::string> extensions{};
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

std::string to_text(const Checkpoint& checkpoint);
//   returns  nothing if the text is not a checkpoint
std::optional<Checkpoint> parse_checkpoint(std::string_view text);

}  // namespace mithaq::record
