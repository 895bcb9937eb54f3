// SHA-256, of bytes that come in pieces.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace mithaq {

using Sha256Digest = std::array<std::uint8_t, 32>;

class Sha256 {
 public:
  Sha256();
  void update(std::string_view bytes);
  // The hash of all bytes given; nothing may follow it.
  Sha256Digest finish();

 private:
  alignas(16) std::array<std::uint8_t, 128> state_;  // libsodium's own state, kept out of this header
};

Sha256Digest sha256(std::string_view bytes);

// Lower-case hexadecimal, two letters a byte.
std::string to_hex(std::string_view bytes);
std::string to_hex(const Sha256Digest& digest);

}  // namespace mithaq
