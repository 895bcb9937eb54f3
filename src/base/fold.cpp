#include "base/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace mithaq {

namespace {

constexpr char32_t kArabicFirst = 0x0600;
constexpr char32_t kArabicLast = 0x06FF;
constexpr char32_t kLatinFirst = 0x00C0;
constexpr char32_t kLatinLast = 0x024F;

char32_t fold_arabic(char32_t value) {
  switch (value) {
    case 0x0622:
    case 0x0623:
    case 0x0625:
    case 0x0671:
      return 0x0627;  // alef with madda, hamza or wasla
    case 0x0649:
    case 0x06CC:
    case 0x0626:
      return 0x064A;  // alef maksura, Persian yeh, yeh with hamza
    case 0x0629:
    case 0x06C1:
      return 0x0647;  // teh marbuta, Urdu heh
    case 0x0624:
      return 0x0648;  // waw with hamza
    case 0x06A9:
      return 0x0643;  // Persian kaf
    default:
      return value;
  }
}

bool has_compatibility_form(UChar32 value) {
  const int type = u_getIntPropertyValue(value, UCHAR_DECOMPOSITION_TYPE);
  return type != U_DT_NONE && type != U_DT_CANONICAL;
}

// The compatibility decomposition. ICU has the canonical one at hand; the other it loads when it is first
// asked for, which takes a millisecond, and nearly no text needs it.
icu::UnicodeString decomposed(char32_t value) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString letter(static_cast<UChar32>(value));
  icu::UnicodeString parts = icu::Normalizer2::getNFDInstance(status)->normalize(letter, status);
  bool compatible = false;
  for (int32_t at = 0; at < parts.length(); at = parts.moveIndex32(at, 1)) {
    compatible |= has_compatibility_form(parts.char32At(at));
  }
  if (compatible) parts = icu::Normalizer2::getNFKDInstance(status)->normalize(letter, status);
  expect(U_SUCCESS(status), "ICU has its normalization data");
  return parts;
}

// The compatibility decomposition without marks, in lower case: the slow way, for rare code points.
void append_decomposed(std::string& out, char32_t value) {
  const icu::UnicodeString whole = decomposed(value);
  for (int32_t at = 0; at < whole.length();) {
    const UChar32 part = whole.char32At(at);
    at += U16_LENGTH(part);
    if (u_charType(part) == U_NON_SPACING_MARK || is_dropped_by_fold(static_cast<char32_t>(part))) continue;
    const int digit = u_charDigitValue(part);
    if (digit >= 0) {
      out += static_cast<char>('0' + digit);
      continue;
    }
    append_utf8(out, fold_arabic(static_cast<char32_t>(u_foldCase(part, U_FOLD_CASE_DEFAULT))));
  }
}

// Folded UTF-8 of the Latin letters with accents, made once: they are common in French and Spanish. Empty for
// the few with a compatibility form (ĳ, ŀ, ſ, ǆ).
const std::string& folded_latin(char32_t value) {
  static const auto table = [] {
    std::array<std::string, kLatinLast - kLatinFirst + 1> made;
    for (char32_t each = kLatinFirst; each <= kLatinLast; ++each) {
      if (!has_compatibility_form(static_cast<UChar32>(each)))
        append_decomposed(made[each - kLatinFirst], each);
    }
    made[0xDF - kLatinFirst] = "ss";  // ß
    made[0xD8 - kLatinFirst] = "o";   // Ø and ø have no decomposition
    made[0xF8 - kLatinFirst] = "o";
    made[0x131 - kLatinFirst] = "i";  // dotless i of Turkish
    made[0x142 - kLatinFirst] = "l";  // Polish l
    made[0x141 - kLatinFirst] = "l";
    return made;
  }();
  return table[value - kLatinFirst];
}

}  // namespace

bool is_dropped_by_fold(char32_t value) {
  if (value < 0x0610) return value == 0x00AD || (value >= 0x0300 && value <= 0x036F);
  return (value >= 0x0610 && value <= 0x061A) || value == 0x061C || value == 0x0640 ||
         (value >= 0x064B && value <= 0x065F) || value == 0x0670 || (value >= 0x06D6 && value <= 0x06DC) ||
         (value >= 0x200B && value <= 0x200F) || (value >= 0x202A && value <= 0x202E) ||
         (value >= 0x2060 && value <= 0x2069) || value == 0xFEFF;
}

void append_folded(std::string& out, char32_t value) {
  if (value < 0x80) {
    out += static_cast<char>(value >= 'A' && value <= 'Z' ? value + 32 : value);
    return;
  }
  if (value >= kArabicFirst && value <= kArabicLast) {
    if (is_dropped_by_fold(value)) return;
    if (value >= 0x0660 && value <= 0x0669) {
      out += static_cast<char>('0' + (value - 0x0660));
    } else if (value >= 0x06F0 && value <= 0x06F9) {
      out += static_cast<char>('0' + (value - 0x06F0));
    } else {
      append_utf8(out, fold_arabic(value));
    }
    return;
  }
  if (value >= kLatinFirst && value <= kLatinLast) {
    const std::string& letters = folded_latin(value);
    if (letters.empty()) return append_decomposed(out, value);
    out += letters;
    return;
  }
  if (value >= 0x0400 && value <= 0x045F) {  // Cyrillic
    if (value <= 0x040F) value += 0x50;
    if (value >= 0x0410 && value <= 0x042F) value += 0x20;
    if (value == 0x0451) value = 0x0435;  // ё is often written е
    append_utf8(out, value);
    return;
  }
  if (value >= 0x4E00 && value <= 0x9FFF) {  // Chinese
    append_utf8(out, value);
    return;
  }
  if (is_dropped_by_fold(value)) return;
  append_decomposed(out, value);
}

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    append_folded(out, point.value);
    at += point.length;
  }
  return out;
}

bool is_arabic_letter(char32_t value) {
  return (value >= 0x0621 && value <= 0x064A && value != 0x0640) || (value >= 0x066E && value <= 0x06D3) ||
         value == 0x06D5 || (value >= 0xFB50 && value <= 0xFDFF) || (value >= 0xFE70 && value <= 0xFEFC);
}

bool is_word_character(char32_t value) {
  if (value < 0x80) {
    return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z') || (value >= '0' && value <= '9');
  }
  if (value >= 0x0600 && value <= 0x06FF) {
    return is_arabic_letter(value) || digit_value(value) >= 0 || is_dropped_by_fold(value);
  }
  if (value >= 0x4E00 && value <= 0x9FFF) return true;
  return u_isUAlphabetic(static_cast<UChar32>(value)) || u_charDigitValue(static_cast<UChar32>(value)) >= 0 ||
         u_charType(static_cast<UChar32>(value)) == U_NON_SPACING_MARK;
}

bool is_digit(char32_t value) {
  return digit_value(value) >= 0;
}

int digit_value(char32_t value) {
  if (value < 0x80) return value >= '0' && value <= '9' ? static_cast<int>(value - '0') : -1;
  if (value < 0x0660) return -1;
  if (value <= 0x0669) return static_cast<int>(value - 0x0660);
  if (value >= 0x06F0 && value <= 0x06F9) return static_cast<int>(value - 0x06F0);
  if (value < 0x0900 || (value >= 0x2000 && value < 0xFF00)) return -1;
  return u_charDigitValue(static_cast<UChar32>(value));
}

}  // namespace mithaq
