#include "reader/formats/decode.hpp"

#include <gtest/gtest.h>

#include "base/utf8.hpp"

namespace mithaq::reader {
namespace {

constexpr std::string_view kArabic =
    "تتعاون البعثة مع مكتب المفوضية في العاصمة منذ عام 2014، وقد اتفق الطرفان على تبادل المعلومات مرة في "
    "الشهر.\r\n"
    "وطلب المجلس إلى الأمانة أن تقدم تقريرا عن ذلك في الدورة المقبلة.\r\n";

std::string to_utf16(std::string_view text, bool little, bool mark) {
  std::string out;
  const auto add = [&](unsigned unit) {
    out += static_cast<char>(little ? unit & 255 : unit >> 8);
    out += static_cast<char>(little ? unit >> 8 : unit & 255);
  };
  if (mark) add(0xFEFF);
  for (const char32_t value : to_utf32(text)) {
    if (value < 0x10000) {
      add(value);
    } else {
      add(0xD800 + ((value - 0x10000) >> 10));
      add(0xDC00 + ((value - 0x10000) & 0x3FF));
    }
  }
  return out;
}

// Windows-1256, its Arabic letters only. Source: Microsoft's cp1256 table.
std::string to_windows1256(std::string_view text) {
  constexpr std::string_view kLetters =
      "ءآأؤإئابةتثجحخدذرزسشصض×طظعغـفقك";  // 0xC1 and on; U+00D7 stands at 0xD7
  const std::u32string letters = to_utf32(kLetters);
  std::string out;
  for (const char32_t value : to_utf32(text)) {
    if (value < 0x80) {
      out += static_cast<char>(value);
    } else if (value == 0x60C) {
      out += '\xA1';
    } else if (value == U'ل') {
      out += '\xE1';
    } else if (value == U'م') {
      out += '\xE3';
    } else if (value == U'ن') {
      out += '\xE4';
    } else if (value == U'ه') {
      out += '\xE5';
    } else if (value == U'و') {
      out += '\xE6';
    } else if (value == U'ى') {
      out += '\xEC';
    } else if (value == U'ي') {
      out += '\xED';
    } else {
      const std::size_t at = letters.find(value);
      EXPECT_NE(at, std::u32string::npos) << static_cast<unsigned>(value);
      out += static_cast<char>(0xC1 + at);
    }
  }
  return out;
}

TEST(Decode, TellsTheUnicodeEncodingsApart) {
  EXPECT_EQ(detect_encoding(kArabic), Encoding::utf8);
  EXPECT_EQ(detect_encoding("\xEF\xBB\xBF" + std::string(kArabic)), Encoding::utf8);
  for (const bool little : {true, false}) {
    for (const bool mark : {true, false}) {
      const std::string bytes = to_utf16(kArabic, little, mark);
      const Encoding encoding = detect_encoding(bytes);
      EXPECT_EQ(encoding, little ? Encoding::utf16le : Encoding::utf16be) << "mark " << mark;
      EXPECT_EQ(decode(bytes, encoding), (mark ? "\xEF\xBB\xBF" : "") + std::string(kArabic));
    }
  }
}

TEST(Decode, ReadsWindows1256) {
  const std::string bytes = to_windows1256(kArabic);
  ASSERT_EQ(detect_encoding(bytes), Encoding::windows1256);
  EXPECT_EQ(decode(bytes, Encoding::windows1256), kArabic);
}

TEST(Decode, TellsTheCodePagesApart) {
  EXPECT_EQ(
      detect_encoding(
          "La d\xE9l\xE9gation a \xE9t\xE9 re\xE7ue \xE0 Gen\xE8ve par le Secr\xE9taire g\xE9n\xE9ral."),
      Encoding::windows1252);
  // "Организация по безопасности"
  EXPECT_EQ(detect_encoding("\xCE\xF0\xE3\xE0\xED\xE8\xE7\xE0\xF6\xE8\xFF \xEF\xEE "
                            "\xE1\xE5\xE7\xEE\xEF\xE0\xF1\xED\xEE\xF1\xF2\xE8"),
            Encoding::windows1251);
  // "المجلس يتعاون مع المنظمات في العالم" in ISO-8859-6
  std::string iso;
  for (const char32_t value : to_utf32("المجلس يتعاون مع المنظمات في العالم")) {
    iso += static_cast<char>(value < 0x80 ? value : value - 0x560);
  }
  ASSERT_EQ(detect_encoding(iso), Encoding::iso8859_6);
  EXPECT_EQ(decode(iso, Encoding::iso8859_6), "المجلس يتعاون مع المنظمات في العالم");
}

TEST(Decode, KnowsWhatIsNoText) {
  std::string noise;
  unsigned state = 7;
  for (int each = 0; each < 5000; ++each)
    noise += static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  EXPECT_EQ(detect_encoding(noise), Encoding::binary);
  EXPECT_EQ(detect_encoding(std::string(1000, '\0')), Encoding::binary);
}

TEST(Decode, KeepsBrokenUtf8ReadableAndCountsWhatBroke) {
  const std::string bytes = std::string(kArabic) + "\xFF" + std::string(kArabic) + "\xD8";
  ASSERT_EQ(detect_encoding(bytes), Encoding::utf8);
  Decoder decoder(bytes, Encoding::utf8);
  std::string out;
  while (!decoder.done()) decoder.read(16, out);
  EXPECT_EQ(decoder.invalid_count(), 2u);
  EXPECT_EQ(out, std::string(kArabic) + "\xEF\xBF\xBD" + std::string(kArabic) + "\xEF\xBF\xBD");
}

TEST(Decode, GivesTheSameTextInPiecesOfAnySize) {
  const std::string text = std::string(kArabic) + "😀 中文 é";
  for (const bool little : {true, false}) {
    const std::string bytes = to_utf16(text, little, true);
    for (std::size_t size = 1; size < 40; ++size) {
      Decoder decoder(bytes, little ? Encoding::utf16le : Encoding::utf16be);
      std::string out;
      while (!decoder.done()) decoder.read(size, out);
      EXPECT_EQ(out, "\xEF\xBB\xBF" + text);
    }
  }
  for (std::size_t size = 1; size < 40; ++size) {
    Decoder decoder(text, Encoding::utf8);
    std::string out;
    while (!decoder.done()) decoder.read(size, out);
    EXPECT_EQ(out, text);
    EXPECT_EQ(decoder.invalid_count(), 0u);
  }
}

}  // namespace
}  // namespace mithaq::reader
