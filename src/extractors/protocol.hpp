// What the helper programs write: see README.md here. The reader's side is reader/formats/extraction.hpp.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace mithaq::extractors {

// A text field: no line ends or other controls inside.
inline void write_text(std::string_view text) {
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    std::fputc(byte < 0x20 || byte == 0x7F ? ' ' : byte, stdout);
  }
  std::fputc('\n', stdout);
}

inline int fail(std::string_view reason, std::string_view message) {
  std::printf("error %.*s ", static_cast<int>(reason.size()), reason.data());
  write_text(message);
  std::fflush(stdout);
  return 1;
}

// Everything on standard input, no more than `limit` bytes of it.
inline std::string read_input(std::size_t limit) {
  std::string bytes;
  char buffer[1 << 16];
  while (bytes.size() < limit) {
    const std::size_t got = std::fread(buffer, 1, sizeof buffer, stdin);
    if (got == 0) break;
    bytes.append(buffer, got);
  }
  return bytes;
}

}  // namespace mithaq::extractors
