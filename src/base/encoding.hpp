// Bytes as text: base64, and hexadecimal read (base/sha256.hpp writes it).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mithaq {

//   returns  the bytes; nothing unless the text is pairs of hexadecimal digits
std::optional<std::string> from_hex(std::string_view text);

// RFC 4648 section 4, with padding.
std::string to_base64(std::span<const std::uint8_t> bytes);
std::string to_base64(std::string_view bytes);
//   returns  the bytes; nothing unless the text is exactly what to_base64 gives for them
std::optional<std::string> from_base64(std::string_view text);

}  // namespace mithaq
