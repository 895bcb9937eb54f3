#include "reader/formats/decode.hpp"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace mithaq::reader {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// The code points of the upper half of a code page; 0xFFFD where it has none.
std::array<char32_t, 128> upper_half(Encoding encoding) {
  std::array<char32_t, 128> table;
  table.fill(0xFFFD);
  UErrorCode error = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(std::string(name_of(encoding)).c_str(), &error);
  if (U_FAILURE(error)) return table;
  for (int byte = 0x80; byte <= 0xFF; ++byte) {
    const char letter = static_cast<char>(byte);
    const char* source = &letter;
    UErrorCode one = U_ZERO_ERROR;
    ucnv_resetToUnicode(converter);
    const UChar32 value = ucnv_getNextUChar(converter, &source, &letter + 1, &one);
    if (U_SUCCESS(one) && value >= 0xA0) table[byte - 0x80] = static_cast<char32_t>(value);
  }
  ucnv_close(converter);
  return table;
}

// A few slices of a long text, the first from its start.
std::vector<std::string_view> samples_of(std::string_view bytes) {
  constexpr std::size_t kSlice = 64 * 1024;
  constexpr std::size_t kSlices = 5;
  if (bytes.size() <= kSlice * kSlices) return {bytes};
  std::vector<std::string_view> slices;
  for (std::size_t each = 0; each < kSlices; ++each) {
    // Even starts, so that UTF-16 keeps its units.
    slices.push_back(bytes.substr((bytes.size() - kSlice) / (kSlices - 1) * each / 2 * 2, kSlice));
  }
  return slices;
}

struct ByteCounts {
  std::size_t all = 0;
  std::size_t high = 0;       // 0x80 and above
  std::size_t sequences = 0;  // valid UTF-8 sequences of two bytes and more
  std::size_t broken = 0;     // bytes that belong to none
  std::size_t controls = 0;   // what no text holds
  std::size_t zero_even = 0, zero_odd = 0;
};

ByteCounts count(const std::vector<std::string_view>& slices) {
  ByteCounts counts;
  for (const std::string_view slice : slices) {
    counts.all += slice.size();
    for (std::size_t at = 0; at < slice.size(); ++at) {
      const auto byte = static_cast<unsigned char>(slice[at]);
      if (byte == 0) ++(at % 2 == 0 ? counts.zero_even : counts.zero_odd);
      if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' && byte != 0x1B) {
        ++counts.controls;
      }
      if (byte == 0x7F) ++counts.controls;
    }
    for (std::size_t at = 0; at < slice.size();) {
      if (static_cast<unsigned char>(slice[at]) < 0x80) {
        ++at;
        continue;
      }
      const CodePoint point = decode_utf8(slice, at);
      counts.high += point.length;
      if (point.length > 1) {
        ++counts.sequences;
      } else if (at >= 3 && at + 3 < slice.size()) {
        ++counts.broken;  // a slice may cut a sequence at its ends
      } else if (slices.size() == 1) {
        ++counts.broken;
      }
      at += point.length;
    }
  }
  return counts;
}

// How much a sample reads like text in UTF-16: the share of units that are letters, marks and blanks of
// the scripts we read.
double utf16_plausibility(std::string_view slice, bool little) {
  std::size_t units = 0, plausible = 0;
  for (std::size_t at = 0; at + 1 < slice.size(); at += 2) {
    const auto first = static_cast<unsigned char>(slice[at]);
    const auto second = static_cast<unsigned char>(slice[at + 1]);
    const unsigned unit = little ? first | second << 8 : second | first << 8;
    ++units;
    plausible += (unit >= 0x20 && unit < 0x250) || unit == '\n' || unit == '\r' || unit == '\t' ||
                 unit == '\f' || (unit >= 0x400 && unit < 0x530) || (unit >= 0x600 && unit < 0x700) ||
                 (unit >= 0x2000 && unit < 0x2070) || (unit >= 0x3000 && unit < 0x3020) ||
                 (unit >= 0x4E00 && unit < 0xA000) || (unit >= 0xFB50 && unit < 0xFF00);
  }
  return units == 0 ? 0 : static_cast<double>(plausible) / static_cast<double>(units);
}

bool is_arabic(char32_t value) {
  return value >= 0x621 && value <= 0x652;
}

// Pairs that make up more than a third of the pairs of neighbours in Arabic words.
bool is_common_arabic_pair(char32_t a, char32_t b) {
  constexpr std::u32string_view kPairs =
      U"ال ان لم لت وا من ات ية في عل را لى ها لأ ني أن ون ين لي لح لع دة اء ته ما ول لس تر عة مع دا رة ام "
      U"تح "
      U"لا با ار اس يا هم عن كا قر مت لإ لق جم إل ست تع لد مل نا يم لو وم ري بي دو ير لج لن وق لب تق تي إن "
      U"كم ";
  for (std::size_t at = 0; at + 1 < kPairs.size(); at += 3) {
    if (kPairs[at] == a && kPairs[at + 1] == b) return true;
  }
  return false;
}

bool is_ascii_letter(char32_t value) {
  return (value | 0x20) >= 'a' && (value | 0x20) <= 'z';
}
bool is_cyrillic(char32_t value) {
  return value >= 0x400 && value < 0x460;
}
bool is_lower_cyrillic(char32_t value) {
  return value >= 0x430 && value < 0x460;
}
bool is_western_letter(char32_t value) {
  return (value >= 0xC0 && value <= 0xFF && value != 0xD7 && value != 0xF7) || value == 0x152 ||
         value == 0x153;
}

// How much of the upper half of a sample stands as it would in words of the code page's languages, 0 to 1.
double plausibility(const std::vector<std::string_view>& slices, Encoding encoding) {
  const auto table = upper_half(encoding);
  std::size_t high = 0, common_pairs = 0;
  double good = 0;
  for (const std::string_view slice : slices) {
    char32_t before = ' ';
    for (std::size_t at = 0; at < slice.size(); ++at) {
      const auto byte = static_cast<unsigned char>(slice[at]);
      const char32_t value = byte < 0x80 ? byte : table[byte - 0x80];
      if (byte >= 0x80) {
        ++high;
        const char32_t after_byte = at + 1 < slice.size() ? static_cast<unsigned char>(slice[at + 1]) : ' ';
        switch (encoding) {
          case Encoding::windows1256:
          case Encoding::iso8859_6:
            // A letter between Latin letters is no Arabic.
            good += is_arabic(value) && !is_ascii_letter(before) && !is_ascii_letter(after_byte);
            good += value == 0x60C || value == 0x61B || value == 0x61F;
            common_pairs += is_arabic(before) && is_common_arabic_pair(before, value);
            break;
          case Encoding::windows1251:
            // Words run on in small letters; a capital follows a blank or another capital.
            if (is_cyrillic(value) && !is_ascii_letter(before) && !is_ascii_letter(after_byte)) {
              good += is_lower_cyrillic(value) || !is_lower_cyrillic(before) ? 0.95 : 0;
            }
            break;
          default:
            // An accented letter has a plain one beside it.
            if (is_western_letter(value) && (is_ascii_letter(before) || is_ascii_letter(after_byte)))
              good += 1;
            if (value == 0x2019 || value == 0x2013 || value == 0x2014 || value == 0x201C || value == 0x201D ||
                value == 0xAB || value == 0xBB || value == 0xA0 || value == 0xB0 || value == 0xA7 ||
                value == 0x20AC) {
              good += 0.9;
            }
            break;
        }
      }
      before = value;
    }
  }
  if (high == 0) return 0;
  double share = good / static_cast<double>(high);
  if (encoding == Encoding::windows1256 || encoding == Encoding::iso8859_6) {
    // Letters alone prove little: most bytes are Arabic letters here. Running text has every third pair
    // common.
    const double pairs = static_cast<double>(common_pairs) / static_cast<double>(high);
    share *= std::min(1.0, 0.4 + pairs * 4);
  }
  return std::min(share, 1.0);
}

}  // namespace

std::string_view name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8:
      return "utf-8";
    case Encoding::utf16le:
      return "utf-16le";
    case Encoding::utf16be:
      return "utf-16be";
    case Encoding::windows1256:
      return "windows-1256";
    case Encoding::iso8859_6:
      return "iso-8859-6";
    case Encoding::windows1251:
      return "windows-1251";
    case Encoding::windows1252:
      return "windows-1252";
    case Encoding::binary:
      return "binary";
  }
  return "binary";
}

Encoding encoding_named(std::string_view name) {
  std::string lower;
  for (const char letter : name.substr(0, 32)) {
    if (letter >= 'A' && letter <= 'Z') {
      lower += static_cast<char>(letter + 32);
    } else if (letter != ' ' && letter != '"' && letter != '\'' && letter != '_') {
      lower += letter;
    }
  }
  struct Alias {
    std::string_view name;
    Encoding encoding;
  };
  // The labels of the WHATWG Encoding Standard for what we read; Latin-1 means windows-1252 there too.
  constexpr std::array<Alias, 16> kAliases{{
      {"utf-8", Encoding::utf8},
      {"utf8", Encoding::utf8},
      {"utf-16", Encoding::utf16le},
      {"utf-16le", Encoding::utf16le},
      {"utf-16be", Encoding::utf16be},
      {"windows-1256", Encoding::windows1256},
      {"cp1256", Encoding::windows1256},
      {"x-cp1256", Encoding::windows1256},
      {"iso-8859-6", Encoding::iso8859_6},
      {"arabic", Encoding::iso8859_6},
      {"windows-1251", Encoding::windows1251},
      {"cp1251", Encoding::windows1251},
      {"windows-1252", Encoding::windows1252},
      {"cp1252", Encoding::windows1252},
      {"iso-8859-1", Encoding::windows1252},
      {"latin1", Encoding::windows1252},
  }};
  for (const Alias& alias : kAliases) {
    if (alias.name == lower) return alias.encoding;
  }
  return Encoding::binary;
}

Encoding detect_encoding(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return Encoding::utf8;
  if (bytes.starts_with("\xFF\xFE")) return Encoding::utf16le;
  if (bytes.starts_with("\xFE\xFF")) return Encoding::utf16be;
  const auto slices = samples_of(bytes);
  const ByteCounts counts = count(slices);

  // UTF-16 has a zero beside every blank, digit and Latin letter, always on the same side.
  if ((counts.zero_even + counts.zero_odd) * 50 >= counts.all && counts.all >= 4) {
    const bool little = counts.zero_odd > counts.zero_even;
    if (std::min(counts.zero_even, counts.zero_odd) * 20 <= std::max(counts.zero_even, counts.zero_odd) &&
        utf16_plausibility(slices.front(), little) > 0.95) {
      return little ? Encoding::utf16le : Encoding::utf16be;
    }
    return Encoding::binary;
  }
  // One control in a hundred bytes is no text; a scanner may leave one or two.
  if (counts.controls > 2 && counts.controls * 100 > counts.all) return Encoding::binary;
  if (counts.broken * 2 <= counts.sequences || counts.high == 0) return Encoding::utf8;

  Encoding best = Encoding::binary;
  double best_score = 0.5;  // less is noise
  for (const Encoding each :
       {Encoding::windows1256, Encoding::iso8859_6, Encoding::windows1251, Encoding::windows1252}) {
    const double score = plausibility(slices, each);
    if (score > best_score) {
      best = each;
      best_score = score;
    }
  }
  if (best != Encoding::binary) return best;
  // Mostly plain letters with some broken bytes among them is still worth reading.
  if (counts.broken * 10 <= counts.all) return Encoding::utf8;
  return Encoding::binary;
}

Decoder::Decoder(std::string_view bytes, Encoding encoding) : bytes_(bytes), encoding_(encoding) {
  expect(encoding != Encoding::binary, "a text to decode");
  if (encoding == Encoding::utf8 || encoding == Encoding::utf16le || encoding == Encoding::utf16be) return;
  for (const char32_t value : upper_half(encoding)) {
    code_page_.emplace_back();
    append_utf8(code_page_.back(), value);
  }
}

void Decoder::read(std::size_t input_bytes, std::string& out) {
  const std::size_t end = at_ + std::min(std::max<std::size_t>(input_bytes, 8), bytes_.size() - at_);
  switch (encoding_) {
    case Encoding::utf16le:
    case Encoding::utf16be:
      read_utf16(end, out);
      return;
    case Encoding::utf8:
      read_utf8(end, out);
      return;
    default:
      read_code_page(end, out);
      return;
  }
}

void Decoder::read_utf8(std::size_t end, std::string& out) {
  // Never ends inside a sequence: the longest has three bytes after its first.
  if (end < bytes_.size()) {
    std::size_t start = end;
    while (start > at_ && end - start < 3 && (static_cast<unsigned char>(bytes_[start]) & 0xC0) == 0x80)
      --start;
    if (start > at_ && (static_cast<unsigned char>(bytes_[start]) & 0xC0) != 0x80) end = start;
  }
  while (at_ < end) {
    const std::string_view rest = bytes_.substr(at_, end - at_);
    const std::size_t valid = find_invalid_utf8(rest);
    out += rest.substr(0, valid);
    at_ += valid;
    if (at_ < end) {
      out += kReplacement;
      ++invalid_count_;
      ++at_;
    }
  }
}

void Decoder::read_utf16(std::size_t end, std::string& out) {
  const bool little = encoding_ == Encoding::utf16le;
  const auto unit_at = [&](std::size_t at) -> char32_t {
    const auto first = static_cast<unsigned char>(bytes_[at]);
    const auto second = static_cast<unsigned char>(bytes_[at + 1]);
    return static_cast<char32_t>(little ? first | second << 8 : second | first << 8);
  };
  while (at_ < end) {
    if (at_ + 1 == bytes_.size()) {  // half a unit
      out += kReplacement;
      ++invalid_count_;
      ++at_;
      return;
    }
    char32_t value = unit_at(at_);
    at_ += 2;
    if (value >= 0xD800 && value <= 0xDFFF) {
      const char32_t low = at_ + 1 < bytes_.size() ? unit_at(at_) : 0;
      if (value <= 0xDBFF && low >= 0xDC00 && low <= 0xDFFF) {
        value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
        at_ += 2;
      } else {
        value = 0xFFFD;
        ++invalid_count_;
      }
    }
    append_utf8(out, value);
  }
}

void Decoder::read_code_page(std::size_t end, std::string& out) {
  for (; at_ < end; ++at_) {
    const auto byte = static_cast<unsigned char>(bytes_[at_]);
    if (byte < 0x80) {
      out += static_cast<char>(byte);
    } else {
      out += code_page_[byte - 0x80];
      invalid_count_ += code_page_[byte - 0x80] == kReplacement;
    }
  }
}

std::string decode(std::string_view bytes, Encoding encoding) {
  std::string out;
  out.reserve(bytes.size());
  Decoder decoder(bytes, encoding);
  while (!decoder.done()) decoder.read(bytes.size(), out);
  return out;
}

}  // namespace mithaq::reader
