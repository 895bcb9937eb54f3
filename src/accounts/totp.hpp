// One-time codes of a second factor: TOTP (RFC 6238) with SHA-1, six digits and steps of 30 seconds, which
// every authenticator understands.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mithaq::accounts {

// 160 random bits, as bytes.
std::string new_totp_secret();

// The number of the step of 30 seconds that a time falls into.
std::int64_t totp_step(std::chrono::sys_seconds time);

//   secret   bytes
//   example  RFC 6238, appendix B, its last six digits: step 1 of "12345678901234567890" is "287082"
std::string totp_code(std::string_view secret, std::int64_t step);

// The step whose code it is: now, one before or one after; nothing if it is none of these, or not after
// `last_used`: a code counts once.
std::optional<std::int64_t> totp_accepts(std::string_view secret, std::string_view code,
                                         std::chrono::sys_seconds now, std::int64_t last_used);

// What an authenticator scans: "otpauth://totp/Mithaq:amina?secret=…&issuer=Mithaq".
std::string totp_uri(std::string_view secret, std::string_view account);

}  // namespace mithaq::accounts
