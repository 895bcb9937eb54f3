#include "record/checkpoint.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/sha256.hpp"
#include "base/utf8.hpp"

namespace mithaq::record {

namespace {

constexpr std::uint8_t kEd25519 = 1;  // c2sp.org/signed-note, "Signature types"
// "— ": an em dash and a blank begin each signature line.
constexpr std::string_view kSignatureStart = "\xE2\x80\x94 ";
constexpr std::string_view kSecretStart = "PRIVATE+KEY+";

bool is_key_name(std::string_view name) {
  if (name.empty() || find_invalid_utf8(name) != name.size()) return false;
  return name.find_first_of(" \t\r\n\v\f+") == std::string_view::npos;
}

std::string id_bytes(std::uint32_t id) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(id >> shift & 0xFF);
  return out;
}

std::string id_hex(std::uint32_t id) {
  return to_hex(id_bytes(id));
}

// Splits at the first two plus signs.
bool split_key(std::string_view text, std::string_view& name, std::string_view& id, std::string_view& data) {
  const std::size_t one = text.find('+');
  const std::size_t two = one == std::string_view::npos ? one : text.find('+', one + 1);
  if (two == std::string_view::npos) return false;
  name = text.substr(0, one);
  id = text.substr(one + 1, two - one - 1);
  data = text.substr(two + 1);
  return true;
}

class FileDescriptor {
 public:
  explicit FileDescriptor(int number) : number_(number) {}
  ~FileDescriptor() {
    if (number_ >= 0) ::close(number_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

}  // namespace

std::uint32_t VerifierKey::id() const {
  std::string bytes = name + "\n";
  bytes += static_cast<char>(kEd25519);
  bytes.append(public_key.begin(), public_key.end());
  const Hash hash = sha256(bytes);
  return static_cast<std::uint32_t>(hash[0]) << 24 | static_cast<std::uint32_t>(hash[1]) << 16 |
         static_cast<std::uint32_t>(hash[2]) << 8 | hash[3];
}

std::string VerifierKey::to_string() const {
  std::string data(1, static_cast<char>(kEd25519));
  data.append(public_key.begin(), public_key.end());
  return name + "+" + id_hex(id()) + "+" + to_base64(data);
}

std::optional<VerifierKey> VerifierKey::parse(std::string_view text) {
  std::string_view name, id, data;
  if (!split_key(text, name, id, data) || !is_key_name(name)) return std::nullopt;
  const auto bytes = from_base64(data);
  if (!bytes || bytes->size() != 33 || bytes->front() != static_cast<char>(kEd25519)) return std::nullopt;
  VerifierKey key{.name = std::string(name)};
  std::copy(bytes->begin() + 1, bytes->end(), key.public_key.begin());
  if (id_hex(key.id()) != id) return std::nullopt;
  return key;
}

SigningKey SigningKey::generate(const std::string& name) {
  expect(sodium_init() >= 0, "libsodium starts");
  std::array<std::uint8_t, 32> seed;
  randombytes_buf(seed.data(), seed.size());
  return from_seed(name, seed);
}

SigningKey SigningKey::from_seed(const std::string& name, std::span<const std::uint8_t, 32> seed) {
  if (!is_key_name(name)) {
    throw Error(ErrorKind::invalid_input,
                "the name of a key must not be empty or hold blanks or plus signs: \"" + name + "\"");
  }
  SigningKey key;
  key.verifier_.name = name;
  std::copy(seed.begin(), seed.end(), key.seed_.begin());
  crypto_sign_ed25519_seed_keypair(key.verifier_.public_key.data(), key.secret_.data(), key.seed_.data());
  return key;
}

SigningKey SigningKey::load_or_create(const std::filesystem::path& path, const std::string& name) {
  std::error_code none;
  if (std::filesystem::exists(path, none)) return load(path);
  SigningKey key = generate(name);
  try {
    key.save(path);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::conflict) throw;
    return load(path);  // another process made it a moment ago
  }
  return key;
}

SigningKey SigningKey::load(const std::filesystem::path& path) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) {
    const ErrorKind kind = errno == ENOENT ? ErrorKind::not_found : ErrorKind::unavailable;
    throw Error(kind, "cannot open the key " + path.string() + ": " + std::strerror(errno));
  }
  struct stat status {};
  if (::fstat(file.number(), &status) == 0 && (status.st_mode & 077) != 0) {
    throw Error(ErrorKind::forbidden,
                "others may read the key " + path.string() + ": make it private with chmod 600");
  }
  char buffer[1024];
  const ssize_t size = ::read(file.number(), buffer, sizeof buffer);
  std::string_view text(buffer, size > 0 ? static_cast<std::size_t>(size) : 0);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  const Error bad(ErrorKind::invalid_input, path.string() + " holds no signing key");
  if (!text.starts_with(kSecretStart)) throw bad;
  std::string_view name, id, data;
  if (!split_key(text.substr(kSecretStart.size()), name, id, data) || !is_key_name(name)) throw bad;
  const auto bytes = from_base64(data);
  if (!bytes || bytes->size() != 33 || bytes->front() != static_cast<char>(kEd25519)) throw bad;
  std::array<std::uint8_t, 32> seed;
  std::copy(bytes->begin() + 1, bytes->end(), seed.begin());
  SigningKey key = from_seed(std::string(name), seed);
  if (id_hex(key.verifier_.id()) != id) throw bad;
  return key;
}

void SigningKey::save(const std::filesystem::path& path) const {
  std::string data(1, static_cast<char>(kEd25519));
  data.append(seed_.begin(), seed_.end());
  const std::string text = std::string(kSecretStart) + verifier_.name + "+" + id_hex(verifier_.id()) + "+" +
                           to_base64(data) + "\n";
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (file.number() < 0) {
    const ErrorKind kind = errno == EEXIST ? ErrorKind::conflict : ErrorKind::unavailable;
    throw Error(kind, "cannot make the key " + path.string() + ": " + std::strerror(errno));
  }
  const ssize_t written = ::write(file.number(), text.data(), text.size());
  if (written != static_cast<ssize_t>(text.size()) || ::fsync(file.number()) != 0) {
    const std::string why = std::strerror(errno);
    ::unlink(path.c_str());  // half a key would keep the record from opening
    throw Error(ErrorKind::unavailable, "cannot write the key " + path.string() + ": " + why);
  }
}

std::array<std::uint8_t, 64> SigningKey::sign(std::string_view message) const {
  std::array<std::uint8_t, 64> signature;
  crypto_sign_ed25519_detached(signature.data(), nullptr,
                               reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                               secret_.data());
  return signature;
}

std::string sign_note(const std::string& text, const SigningKey& key) {
  expect(!text.empty() && text.back() == '\n', "the text of a note ends its last line");
  const auto signature = key.sign(text);
  std::string data = id_bytes(key.verifier().id());
  data.append(signature.begin(), signature.end());
  std::string note = text;
  note += "\n";
  note += kSignatureStart;
  note += key.verifier().name + " " + to_base64(data) + "\n";
  return note;
}

std::optional<Note> parse_note(std::string_view bytes) {
  if (find_invalid_utf8(bytes) != bytes.size()) return std::nullopt;
  for (const char byte : bytes) {  // no control characters but line ends
    if (static_cast<unsigned char>(byte) < 0x20 && byte != '\n') return std::nullopt;
  }
  // The text may hold empty lines, so the last one parts it from the signatures.
  const std::size_t blank = bytes.rfind("\n\n");
  if (blank == std::string_view::npos || bytes.back() != '\n') return std::nullopt;
  Note note{.text = std::string(bytes.substr(0, blank + 1))};
  std::string_view lines = bytes.substr(blank + 2);
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end + 1);
    if (!line.starts_with(kSignatureStart)) return std::nullopt;
    line.remove_prefix(kSignatureStart.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) return std::nullopt;
    const auto data = from_base64(line.substr(space + 1));
    if (!data || data->size() < 5) return std::nullopt;
    NoteSignature signature{.name = std::string(line.substr(0, space))};
    for (int at = 0; at < 4; ++at) {
      signature.key_id =
          signature.key_id << 8 | static_cast<unsigned char>((*data)[static_cast<std::size_t>(at)]);
    }
    signature.signature = data->substr(4);
    note.signatures.push_back(std::move(signature));
  }
  if (note.signatures.empty()) return std::nullopt;
  return note;
}

bool verify_note(const Note& note, const VerifierKey& key) {
  for (const NoteSignature& each : note.signatures) {
    if (each.name != key.name || each.key_id != key.id() || each.signature.size() != 64) continue;
    return crypto_sign_ed25519_verify_detached(reinterpret_cast<const unsigned char*>(each.signature.data()),
                                               reinterpret_cast<const unsigned char*>(note.text.data()),
                                               note.text.size(), key.public_key.data()) == 0;
  }
  return false;
}

std::string to_text(const Checkpoint& checkpoint) {
  std::string text =
      checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + to_base64(checkpoint.root) + "\n";
  for (const std::string& line : checkpoint.extensions) text += line + "\n";
  return text;
}

std::optional<Checkpoint> parse_checkpoint(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == 0 || end == std::string_view::npos) return std::nullopt;  // no empty lines, each one ended
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  if (lines.size() < 3) return std::nullopt;
  Checkpoint checkpoint{.origin = std::string(lines[0])};
  const std::string_view size = lines[1];
  if (size.size() > 1 && size.front() == '0') return std::nullopt;  // no leading zeros
  const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), checkpoint.size);
  if (error != std::errc{} || end != size.data() + size.size()) return std::nullopt;
  const auto root = from_base64(lines[2]);
  if (!root || root->size() != sizeof(Hash)) return std::nullopt;
  std::copy(root->begin(), root->end(), checkpoint.root.begin());
  for (std::size_t at = 3; at < lines.size(); ++at) checkpoint.extensions.emplace_back(lines[at]);
  return checkpoint;
}

}  // namespace mithaq::record
