#include "accounts/totp.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "accounts/text_forms.hpp"
#include "base/error.hpp"

namespace mithaq::accounts {

namespace {
constexpr std::int64_t kStepSeconds = 30;
}

std::string new_totp_secret() {
  return random_bytes(20);
}

std::int64_t totp_step(std::chrono::sys_seconds time) {
  return time.time_since_epoch().count() / kStepSeconds;
}

std::string totp_code(std::string_view secret, std::int64_t step) {
  std::array<unsigned char, 8> counter{};
  for (int at = 7; at >= 0; --at, step >>= 8)
    counter[static_cast<std::size_t>(at)] = static_cast<unsigned char>(step);
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  expect(::HMAC(::EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(),
                mac.data(), &size) != nullptr &&
             size == 20,
         "HMAC-SHA-1 is there");
  // RFC 4226, 5.3: four bytes from the place that the last four bits name, without the highest bit.
  const std::size_t at = mac[19] & 15;
  const std::uint32_t number = (mac[at] & 127U) << 24 | static_cast<std::uint32_t>(mac[at + 1]) << 16 |
                               static_cast<std::uint32_t>(mac[at + 2]) << 8 | mac[at + 3];
  return fmt::format("{:06}", number % 1'000'000);
}

std::optional<std::int64_t> totp_accepts(std::string_view secret, std::string_view code,
                                         std::chrono::sys_seconds now, std::int64_t last_used) {
  std::optional<std::int64_t> found;
  for (std::int64_t step = totp_step(now) - 1; step <= totp_step(now) + 1; ++step) {
    if (equal_in_constant_time(totp_code(secret, step), code) && step > last_used) found = step;
  }
  return found;
}

std::string totp_uri(std::string_view secret, std::string_view account) {
  return fmt::format("otpauth://totp/Mithaq:{}?secret={}&issuer=Mithaq", account, to_base32(secret));
}

}  // namespace mithaq::accounts
