#include "accounts/text_forms.hpp"

#include <sodium.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <cstdint>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace mithaq::accounts {

namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view kWordLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";  // without I, O, 0, 1
constexpr int kUrlSafe = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

void start_sodium() {
  expect(::sodium_init() >= 0, "libsodium starts");
}

}  // namespace

std::string to_base64url(std::string_view bytes) {
  std::string out(sodium_base64_ENCODED_LEN(bytes.size(), kUrlSafe), '\0');
  ::sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size(), kUrlSafe);
  out.pop_back();  // the zero at its end
  return out;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string out(text.size(), '\0');
  std::size_t size = 0;
  if (::sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(),
                          nullptr, &size, nullptr, kUrlSafe) != 0) {
    return std::nullopt;
  }
  out.resize(size);
  if (to_base64url(out) != text) return std::nullopt;
  return out;
}

std::string to_base32(std::string_view bytes) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char byte : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(byte);
    count += 8;
    while (count >= 5) {
      count -= 5;
      out += kBase32[bits >> count & 31];
    }
  }
  if (count > 0) out += kBase32[bits << (5 - count) & 31];
  return out;
}

std::optional<std::string> from_base32(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (char letter : text) {
    if (letter == ' ' || letter == '-' || letter == '=') continue;
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    const std::size_t value = kBase32.find(letter);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 5 | static_cast<std::uint32_t>(value);
    count += 5;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>(bits >> count & 255);
    }
  }
  return out;
}

std::string random_bytes(std::size_t count) {
  start_sodium();
  std::string out(count, '\0');
  ::randombytes_buf(out.data(), out.size());
  return out;
}

std::string random_words(std::size_t letters, std::size_t group) {
  std::string out;
  const std::string bytes = random_bytes(letters);
  for (std::size_t at = 0; at < letters; ++at) {
    if (at != 0 && at % group == 0) out += '-';
    out += kWordLetters[static_cast<unsigned char>(bytes[at]) & 31];
  }
  return out;
}

bool equal_in_constant_time(std::string_view one, std::string_view other) {
  return one.size() == other.size() && ::sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::optional<std::string> to_nfc(std::string_view text) {
  if (find_invalid_utf8(text) != text.size()) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFCInstance(status);
  expect(U_SUCCESS(status) && form != nullptr, "ICU has the normal form C");
  const icu::UnicodeString made = form->normalize(
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))),
      status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string out;
  made.toUTF8String(out);
  return out;
}

}  // namespace mithaq::accounts
