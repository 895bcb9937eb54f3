#include "accounts/seal.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "accounts/text_forms.hpp"
#include "base/error.hpp"

namespace mithaq::accounts {

namespace {

constexpr std::string_view kFileStart = "mithaq accounts key 1 ";
constexpr std::string_view kSealedStart = "s1:";
constexpr std::size_t kKeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Error cannot(const std::string& what, const std::filesystem::path& file) {
  return Error(ErrorKind::unavailable,
               "cannot " + what + " the key " + file.string() + ": " + std::strerror(errno));
}

}  // namespace

Seal::Seal(std::filesystem::path file) : file_(std::move(file)) {
  expect(!file_.empty(), "the key of accounts has a file");
  expect(sodium_init() >= 0, "libsodium starts");
}

std::optional<std::string> Seal::read_key() const {
  const int file = ::open(file_.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    if (errno == ENOENT) return std::nullopt;
    throw cannot("open", file_);
  }
  struct stat status {};
  const bool is_private = ::fstat(file, &status) == 0 && (status.st_mode & 077) == 0;
  char buffer[256];
  const ssize_t size = ::read(file, buffer, sizeof buffer);
  ::close(file);
  if (!is_private)
    throw Error(ErrorKind::unavailable,
                "others may read the key " + file_.string() + ": make it private with chmod 600");
  std::string_view text(buffer, size > 0 ? static_cast<std::size_t>(size) : 0);
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  if (text.starts_with(kFileStart)) {
    auto key = from_base64url(text.substr(kFileStart.size()));
    if (key && key->size() == kKeyBytes) return key;
  }
  throw Error(ErrorKind::unavailable, file_.string() + " holds no key of accounts");
}

bool Seal::has_key() {
  const std::lock_guard guard(lock_);
  return !key_.empty() || read_key().has_value();
}

void Seal::make_key_if_missing() {
  const std::lock_guard guard(lock_);
  if (!key_.empty() || read_key()) return;
  // Whole under another name first, so that nobody finds half a key.
  const std::string text = std::string(kFileStart) + to_base64url(random_bytes(kKeyBytes)) + "\n";
  std::string half = file_.string() + ".XXXXXX";
  const int file = ::mkostemp(half.data(), O_CLOEXEC);  // 0600
  if (file < 0) throw cannot("make", file_);
  const bool written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  ::close(file);
  // Another process may have made one a moment ago: then that one counts.
  const bool placed = written && (::link(half.c_str(), file_.c_str()) == 0 || errno == EEXIST);
  const int problem = errno;
  ::unlink(half.c_str());
  errno = problem;
  if (!placed) throw cannot("write", file_);
}

const std::string& Seal::key() {
  if (key_.empty()) {
    auto found = read_key();
    if (!found)
      throw Error(ErrorKind::unavailable,
                  "second factors cannot be checked: the keeper of this server has to put back their key");
    key_ = std::move(*found);
  }
  return key_;
}

std::string Seal::seal(std::string_view secret, std::string_view owner) {
  const std::lock_guard guard(lock_);
  std::string out = random_bytes(kNonceBytes);
  out.resize(kNonceBytes + secret.size() + kTagBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(out.data()) + kNonceBytes,
                                             nullptr, bytes_of(secret), secret.size(), bytes_of(owner),
                                             owner.size(), nullptr, bytes_of(out), bytes_of(key()));
  return std::string(kSealedStart) + to_base64url(out);
}

std::optional<std::string> Seal::open(std::string_view sealed, std::string_view owner) {
  if (!is_sealed(sealed)) return std::nullopt;
  const auto bytes = from_base64url(sealed.substr(kSealedStart.size()));
  if (!bytes || bytes->size() < kNonceBytes + kTagBytes) return std::nullopt;
  const std::lock_guard guard(lock_);
  std::string out(bytes->size() - kNonceBytes - kTagBytes, '\0');
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<unsigned char*>(out.data()), nullptr, nullptr, bytes_of(*bytes) + kNonceBytes,
      bytes->size() - kNonceBytes, bytes_of(owner), owner.size(), bytes_of(*bytes), bytes_of(key()));
  if (failed != 0) return std::nullopt;
  return out;
}

bool Seal::is_sealed(std::string_view text) {
  return text.starts_with(kSealedStart);
}

}  // namespace mithaq::accounts
