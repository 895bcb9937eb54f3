// Bytes as text in the forms that tokens, secrets and one-time codes travel in, and random ones.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mithaq::accounts {

// RFC 4648 section 5, without padding.
std::string to_base64url(std::string_view bytes);
//   returns  the bytes; nothing unless the text is exactly what to_base64url gives for them
std::optional<std::string> from_base64url(std::string_view text);

// RFC 4648 section 6, without padding.
std::string to_base32(std::string_view bytes);
// Small letters, blanks and hyphens are overlooked, as people write them.
std::optional<std::string> from_base32(std::string_view text);

// From the operating system.
std::string random_bytes(std::size_t count);
// Random letters and digits that are not taken for one another, 5 bits each, in groups: "7KQ2M-XH4TA-…".
std::string random_words(std::size_t letters, std::size_t group);

// Takes as long whatever the texts hold, if they have one length.
bool equal_in_constant_time(std::string_view one, std::string_view other);

// The Unicode normal form C; nothing for a text that is not valid UTF-8.
std::optional<std::string> to_nfc(std::string_view text);

}  // namespace mithaq::accounts
