#include "reader/repair/layout.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/fold.hpp"
#include "base/utf8.hpp"

namespace mithaq::reader {

namespace {

using document::Block;
using document::ParagraphKind;
using document::Span;

constexpr std::size_t kBlockBytesMax = 64 * 1024;  // a longer line is cut, so that one line costs no more
constexpr std::uint32_t kHeadingCodePointsMax = 110;
constexpr std::size_t kHeadingWordsMax = 16;

// What a byte is to the pass over a line.
enum ByteClass : std::uint8_t {
  kOther,
  kBlank,
  kLatin,
  kArabicLead,
  kForeignLead,
  kPresentationLead,
  kContinuation
};

constexpr std::array<std::uint8_t, 256> make_byte_classes() {
  std::array<std::uint8_t, 256> classes{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    if (byte == ' ' || byte == '\t' || byte == '\r' || byte == '\f' || byte == '\v') {
      classes[byte] = kBlank;
    } else if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')) {
      classes[byte] = kLatin;
    } else if (byte >= 0x80 && byte < 0xC0) {
      classes[byte] = kContinuation;
    } else if (byte >= 0xD8 && byte <= 0xDB) {
      classes[byte] = kArabicLead;  // U+0600-U+06FF
    } else if (byte >= 0xCE && byte <= 0xD7) {
      classes[byte] = kForeignLead;  // Greek, Cyrillic, Armenian, Hebrew
    } else if (byte == 0xEF) {
      classes[byte] = kPresentationLead;
    }
  }
  return classes;
}
constexpr std::array<std::uint8_t, 256> kByteClasses = make_byte_classes();

bool is_blank(char letter) {
  return kByteClasses[static_cast<unsigned char>(letter)] == kBlank;
}

bool starts_with_blank(std::string_view text) {
  return text.empty() || is_blank(text.front());
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// Reads decimal digits of any script as ASCII.
std::string take_digits(std::string_view line, std::size_t& at, std::size_t digits_max) {
  std::string digits;
  while (at < line.size() && digits.size() <= digits_max) {
    const CodePoint point = decode_utf8(line, at);
    const int value = digit_value(point.value);
    if (value < 0) break;
    digits.push_back(static_cast<char>('0' + value));
    at += point.length;
  }
  return digits;
}

void skip_blanks(std::string_view line, std::size_t& at) {
  while (at < line.size() && is_blank(line[at])) ++at;
}

bool is_dash(char32_t value) {
  return value == '-' || value == 0x2010 || value == 0x2011 || value == 0x2013 || value == 0x2014;
}
bool is_bullet(char32_t value) {
  return value == 0x2022 || value == 0x25CF || value == 0x25AA || value == 0x25A0 || value == 0x25E6 ||
         value == 0xB7 || value == 0x2023 || value == 0xF0B7;
}

constexpr std::array<std::string_view, 15> kOrdinals = {
    "اولا",  "ثانيا", "ثالثا",    "رابعا",    "خامسا",    "سادسا",    "سابعا",   "ثامنا",
    "تاسعا", "عاشرا", "حادي عشر", "ثاني عشر", "ثالث عشر", "رابع عشر", "خامس عشر"};

Marker ordinal_marker(std::string_view line) {
  const std::string folded = fold(line.substr(0, std::min<std::size_t>(line.size(), 48)));
  for (std::size_t each = 0; each < kOrdinals.size(); ++each) {
    if (!folded.starts_with(kOrdinals[each])) continue;
    // The word must end here and a dash, a colon or a full stop must follow it in the line itself.
    for (std::size_t at = 0; at < std::min<std::size_t>(line.size(), 48);) {
      const CodePoint point = decode_utf8(line, at);
      if (is_dash(point.value) || point.value == ':' || point.value == '.') {
        if (fold(without_blanks(line.substr(0, at))) != kOrdinals[each]) return {};
        at += point.length;
        skip_blanks(line, at);
        return {Marker::Kind::ordinal, std::to_string(each + 1), at};
      }
      at += point.length;
    }
  }
  return {};
}

bool is_roman(std::string_view letters) {
  return !letters.empty() && letters.size() <= 6 &&
         letters.find_first_not_of("IVXL") == std::string_view::npos;
}
bool is_small_roman(std::string_view letters) {
  return !letters.empty() && letters.size() <= 6 &&
         letters.find_first_not_of("ivxl") == std::string_view::npos;
}

// One letter, or a roman number, before a closing bracket.
Marker bracketed_marker(std::string_view line) {
  std::size_t at = 1;
  skip_blanks(line, at);
  const std::string digits = take_digits(line, at, 3);
  Marker marker;
  if (!digits.empty() && digits.size() <= 3) {
    marker = {Marker::Kind::bracketed, digits, 0};
  } else if (digits.empty() && at < line.size()) {
    std::size_t end = at;
    while (end < line.size() && end < at + 6 && kByteClasses[static_cast<unsigned char>(line[end])] == kLatin)
      ++end;
    const std::string_view letters = line.substr(at, end - at);
    if (letters.size() == 1 || is_roman(letters) || is_small_roman(letters)) {
      marker = {Marker::Kind::letter, std::string(letters), 0};
      at = end;
    } else if (letters.empty()) {
      const CodePoint point = decode_utf8(line, at);
      if (!is_arabic_letter(point.value)) return {};
      marker = {Marker::Kind::letter, std::string(line.substr(at, point.length)), 0};
      at += point.length;
    }
  }
  if (marker.kind == Marker::Kind::none) return {};
  skip_blanks(line, at);
  if (at >= line.size() || line[at] != ')') return {};
  ++at;
  skip_blanks(line, at);
  marker.bytes = at;
  return marker;
}

bool is_sentence_end(char32_t value) {
  return value == '.' || value == '?' || value == '!' || value == 0x061F || value == 0x06D4 ||
         value == 0x3002 || value == 0xFF01 || value == 0xFF1F || value == ':' || value == 0xFF1A ||
         value == 0x2026;
}
bool is_comma(char32_t value) {
  return value == ',' || value == ';' || value == 0x060C || value == 0x061B || value == 0xFF0C ||
         value == 0xFF1B || value == 0x3001;
}
bool closes(char32_t value) {
  return value == ')' || value == ']' || value == '"' || value == '\'' || value == 0xBB || value == 0xAB ||
         value == 0x201D || value == 0x201C || value == 0x2019 || value == 0x2018 || value == '*' ||
         value == '_' || value == '\\' || value == 0x200F || value == 0x200E || value == 0x202C ||
         value == 0xFD3E || value == 0xFD3F;
}

// The last code point of a line that is no closing quote, bracket or note mark.
char32_t last_mark(std::string_view line) {
  for (int steps = 0; steps < 12 && !line.empty(); ++steps) {
    std::size_t at = line.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80) --at;
    const char32_t value = decode_utf8(line, at).value;
    if (!closes(value) && !is_blank(line[at])) return value;
    line = line.substr(0, at);
  }
  return 0;
}

bool starts_small(std::string_view line) {
  // A small letter of Latin, Greek or Cyrillic, behind an opening bracket or quote too.
  for (std::size_t at = 0, steps = 0; at < line.size() && steps < 3; ++steps) {
    const CodePoint point = decode_utf8(line, at);
    if ((point.value >= 'a' && point.value <= 'z') ||
        (point.value >= 0xDF && point.value <= 0xFF && point.value != 0xF7) ||
        (point.value >= 0x430 && point.value <= 0x45F)) {
      return true;
    }
    if (point.value != '"' && point.value != '(' && point.value != 0x201C && point.value != 0xAB)
      return false;
    at += point.length;
  }
  return false;
}

std::size_t count_words(std::string_view line) {
  std::size_t words = 0;
  bool inside = false;
  for (const char letter : line) {
    const bool blank = is_blank(letter);
    if (!blank && !inside) ++words;
    inside = !blank;
  }
  return words;
}

bool has_heading_shape(std::string_view text, const Line& line) {
  if (line.code_points > kHeadingCodePointsMax || line.code_points < 2) return false;
  const char32_t last = last_mark(text);
  if (is_comma(last) || (is_sentence_end(last) && last != ':') || last == 0) return false;
  if (starts_small(text)) return false;
  return count_words(text) <= kHeadingWordsMax;
}

// Is the text broken into lines by its width, so that a line end means nothing?
struct Wrapping {
  bool hard = false;    // most line ends are breaks of width
  bool spaced = false;  // blank lines stand between paragraphs
};

Wrapping wrapping_of(std::string_view raw, std::span<const Line> lines) {
  Wrapping wrapping;
  if (lines.size() < 2) return wrapping;
  std::vector<std::uint32_t> lengths;  // of lines with another line right below
  std::size_t spaced = 0;
  for (std::size_t each = 0; each < lines.size(); ++each) {
    if (lines[each].after_blank) ++spaced;
    if (each + 1 < lines.size() && !lines[each + 1].after_blank) lengths.push_back(lines[each].code_points);
  }
  wrapping.spaced = spaced * 5 >= lines.size();
  if (lengths.empty()) return wrapping;
  const std::size_t rank = lengths.size() * 9 / 10;
  std::nth_element(lengths.begin(), lengths.begin() + static_cast<std::ptrdiff_t>(rank), lengths.end());
  const std::uint32_t width = lengths[rank];
  if (width < 30 || width > 140) return wrapping;
  std::size_t pairs = 0, full = 0, open = 0, small = 0;
  for (std::size_t each = 0; each + 1 < lines.size(); ++each) {
    if (lines[each + 1].after_blank) continue;
    ++pairs;
    if (lines[each].code_points * 10 >= width * 6) {
      ++full;
      if (!ends_sentence(slice(raw, lines[each].span))) ++open;
    }
    if (starts_small(slice(raw, lines[each + 1].span))) ++small;
  }
  // Either most lines are full and break a sentence, or many go on with a small letter.
  wrapping.hard = pairs >= 3 && ((full * 2 >= pairs && open * 2 >= full) || small * 10 >= pairs * 3);
  return wrapping;
}

// The greatest width among a line and its neighbours: columns of one page have different widths.
std::uint32_t width_around(std::span<const Line> lines, std::size_t at) {
  const std::size_t from = at >= 3 ? at - 3 : 0;
  std::uint32_t width = 0;
  for (std::size_t each = from; each < std::min(lines.size(), at + 4); ++each)
    width = std::max(width, lines[each].code_points);
  return width;
}

// Adds a line to the blocks as a block of its own, cut where it is too long.
void add_blocks(std::string_view raw, Block block, std::vector<Block>& blocks) {
  Span line = block.lines.front();
  while (line.size() > kBlockBytesMax) {
    const std::string_view head = raw.substr(line.begin, kBlockBytesMax);
    std::size_t cut = head.rfind(". ");
    if (cut == std::string_view::npos || cut < kBlockBytesMax / 2) cut = head.rfind(' ');
    cut = cut == std::string_view::npos || cut == 0 ? kBlockBytesMax : cut + 1;
    while (cut > 1 && (static_cast<unsigned char>(raw[line.begin + cut]) & 0xC0) == 0x80) --cut;
    block.lines = {{line.begin, line.begin + cut}};
    blocks.push_back(block);
    block.number.clear();
    line.begin += cut;
  }
  block.lines = {line};
  blocks.push_back(std::move(block));
}

// Numbers that the text refers to as notes: <sup>(١)</sup>.
std::set<std::string> note_numbers(std::string_view raw) {
  std::set<std::string> numbers;
  for (std::size_t at = raw.find("<sup>"); at != std::string_view::npos; at = raw.find("<sup>", at)) {
    at += 5;
    if (at < raw.size() && raw[at] == '(') ++at;
    const std::string digits = take_digits(raw, at, 3);
    if (!digits.empty()) numbers.insert(digits);
  }
  return numbers;
}

}  // namespace

Line look_at_line(std::string_view raw, Span span) {
  Line line;
  std::size_t begin = span.begin, end = span.end;
  while (begin < end && is_blank(raw[begin])) ++begin;
  while (end > begin && is_blank(raw[end - 1])) --end;
  line.span = {begin, end};
  line.indented = begin > span.begin;
  std::array<std::uint32_t, 8> counts{};
  std::uint32_t in_gap = 0;
  for (std::size_t at = begin; at < end; ++at) {
    const std::uint8_t each = kByteClasses[static_cast<unsigned char>(raw[at])];
    ++counts[each];
    if (each == kBlank) {
      ++in_gap;
      line.gaps += in_gap == 1;
      line.wide_gaps += in_gap == 2;
    } else {
      in_gap = 0;
    }
  }
  line.code_points = static_cast<std::uint32_t>(end - begin) - counts[kContinuation];
  line.arabic = counts[kArabicLead];
  line.latin = counts[kLatin];
  line.foreign = counts[kForeignLead] > 0;
  line.presentation = counts[kPresentationLead] > 0;
  return line;
}

std::vector<Line> find_lines(std::string_view raw) {
  std::vector<Line> lines;
  bool after_blank = true;
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t end = std::min(raw.find('\n', at), raw.size());
    Line line = look_at_line(raw, {at, end});
    if (line.span.begin == line.span.end) {
      after_blank = true;
    } else {
      line.after_blank = after_blank;
      after_blank = false;
      lines.push_back(line);
    }
    at = end + 1;
  }
  return lines;
}

Marker marker_of(std::string_view line) {
  if (line.empty()) return {};
  if (line.front() == '(') return bracketed_marker(line);
  std::size_t at = 0;
  const std::string digits = take_digits(line, at, 3);
  if (!digits.empty()) {
    if (digits.size() > 3) return {};
    const bool blank = at < line.size() && is_blank(line[at]);
    skip_blanks(line, at);
    if (at >= line.size()) return {};
    const CodePoint mark = decode_utf8(line, at);
    at += mark.length;
    if (mark.value == ')') {
      skip_blanks(line, at);
      return {Marker::Kind::bracketed, digits, at};
    }
    if (mark.value == '.' && !blank && starts_with_blank(line.substr(at))) {
      skip_blanks(line, at);
      return {Marker::Kind::number, digits, at};
    }
    if (is_dash(mark.value)) {
      const bool spaced = blank || starts_with_blank(line.substr(at));
      skip_blanks(line, at);
      if (at >= line.size()) return {};
      const char32_t next = decode_utf8(line, at).value;
      // "13-17 April" is a range and "2-year" is a word; "10- اتفقت" is a number before a paragraph.
      if (digit_value(next) >= 0 && !spaced) return {};
      if (!spaced && !is_arabic_letter(next)) return {};
      return {Marker::Kind::number, digits, at};
    }
    return {};
  }
  const CodePoint first = decode_utf8(line, 0);
  if (is_bullet(first.value) || is_dash(first.value) || first.value == '*') {
    at = first.length;
    if (!starts_with_blank(line.substr(at)) && !is_bullet(first.value)) return {};
    skip_blanks(line, at);
    if (at >= line.size()) return {};
    return {Marker::Kind::bullet, "", at};
  }
  if (is_arabic_letter(first.value)) {
    // One letter and a dash or a bracket: أ - تعزيز, ب) دعم
    at = first.length;
    const bool blank = at < line.size() && is_blank(line[at]);
    skip_blanks(line, at);
    if (at < line.size()) {
      const CodePoint mark = decode_utf8(line, at);
      if (mark.value == ')' ||
          (is_dash(mark.value) && (blank || starts_with_blank(line.substr(at + mark.length))))) {
        at += mark.length;
        skip_blanks(line, at);
        return {Marker::Kind::letter, std::string(line.substr(0, first.length)), at};
      }
    }
    // أولا … خامس عشر start with one of these letters only.
    if (first.value == 0x0623 || first.value == 0x0627 || first.value == 0x062B || first.value == 0x0631 ||
        first.value == 0x062E || first.value == 0x0633 || first.value == 0x062A || first.value == 0x0639 ||
        first.value == 0x062D) {
      return ordinal_marker(line);
    }
    return {};
  }
  if (kByteClasses[static_cast<unsigned char>(line[0])] == kLatin) {
    while (at < line.size() && at < 6 && kByteClasses[static_cast<unsigned char>(line[at])] == kLatin) ++at;
    const std::string_view letters = line.substr(0, at);
    if (at >= line.size() || (line[at] != '.' && line[at] != ')')) return {};
    const bool full_stop = line[at] == '.';
    ++at;
    if (!starts_with_blank(line.substr(at))) return {};
    skip_blanks(line, at);
    if (is_roman(letters) && full_stop) return {Marker::Kind::roman, std::string(letters), at};
    if (letters.size() == 1 || (is_small_roman(letters) && !full_stop))
      return {Marker::Kind::letter, std::string(letters), at};
  }
  return {};
}

bool ends_sentence(std::string_view line) {
  return is_sentence_end(last_mark(line));
}
bool ends_with_comma(std::string_view line) {
  return is_comma(last_mark(line));
}

bool is_page_number(std::string_view line) {
  if (line.size() > 40) return false;
  std::string folded = fold(line);
  for (const std::string_view word : {"page", "صفحه", "الصفحه", "of", "من"}) {
    const std::size_t at = folded.find(word);
    if (at != std::string::npos) folded.erase(at, word.size());
  }
  std::size_t digits = 0, runs = 0;
  bool inside = false;
  for (std::size_t at = 0; at < folded.size();) {
    const CodePoint point = decode_utf8(folded, at);
    at += point.length;
    const bool digit = point.value >= '0' && point.value <= '9';
    digits += digit;
    runs += digit && !inside;
    inside = digit;
    if (!digit && !is_dash(point.value) && point.value != ' ' && point.value != '/' && point.value != '[' &&
        point.value != ']' && point.value != '|') {
      return false;
    }
  }
  return digits >= 1 && digits <= 8 && runs <= 2;
}

std::vector<Block> lay_out(std::string_view raw, std::span<const Line> lines,
                           std::span<const std::string> ends) {
  std::vector<Block> blocks;
  blocks.reserve(lines.size());
  const Wrapping wrapping = wrapping_of(raw, lines);
  const std::set<std::string> notes = note_numbers(raw);
  bool open = false;            // the last block may go on
  std::size_t block_bytes = 0;  // of its lines
  for (std::size_t each = 0; each < lines.size(); ++each) {
    const Line& line = lines[each];
    const std::string_view text = slice(raw, line.span);
    Span span = line.span;
    Block block;
    // A Markdown heading: its marks are no part of the text.
    std::size_t hashes = 0;
    while (hashes < text.size() && hashes < 7 && text[hashes] == '#') ++hashes;
    if (hashes >= 1 && hashes <= 6 && hashes < text.size() && is_blank(text[hashes])) {
      while (hashes < text.size() && is_blank(text[hashes])) ++hashes;
      span.begin += hashes;
      block.lines = {span};
      block.kind = ParagraphKind::heading;
      const Marker marker = marker_of(slice(raw, span));
      block.number = marker.number;
      add_blocks(raw, std::move(block), blocks);
      open = false;
      continue;
    }
    const Marker marker = marker_of(text);
    // Does the line go on with the paragraph before it?
    if (open && each > 0) {
      const Line& before = lines[each - 1];
      const std::string_view end = each - 1 < ends.size() && !ends[each - 1].empty()
                                       ? std::string_view(ends[each - 1])
                                       : slice(raw, before.span);
      const bool sentence_ended = ends_sentence(end);
      const bool comma = ends_with_comma(end);
      const std::uint32_t width = width_around(lines, each - 1);
      const bool full = before.code_points * 10 >= width * 7;
      const bool plain = marker.kind == Marker::Kind::none ||
                         (marker.kind == Marker::Kind::bullet && is_dash(decode_utf8(text, 0).value) &&
                          full && !sentence_ended && !comma);
      bool joins = false;
      if (plain && !is_page_number(text)) {
        if (wrapping.hard && !line.after_blank) {
          // Where blank lines stand between paragraphs, the absence of one says much.
          joins = full || (!sentence_ended && starts_small(text)) ||
                  (wrapping.spaced && !sentence_ended && !comma && before.code_points * 10 >= width * 4);
        } else if (wrapping.hard) {
          // A stray blank line inside a sentence.
          const bool arabic = before.arabic * 2 > before.code_points && line.arabic > 0;
          joins = !sentence_ended && full && (arabic || (starts_small(text) && !comma));
        } else if (wrapping.spaced && !line.after_blank) {
          joins = !sentence_ended && !comma && before.code_points >= 40 && starts_small(text);
        }
      }
      if (joins) {
        Block& last = blocks.back();
        if (block_bytes + span.size() <= kBlockBytesMax) {
          block_bytes += span.size();
          last.lines.push_back(span);
          if (last.kind == ParagraphKind::heading || last.kind == ParagraphKind::title)
            last.kind = ParagraphKind::body;
          continue;
        }
      }
    }
    block.lines = {span};
    const bool moved = each < ends.size() && !ends[each].empty();
    const bool heading = has_heading_shape(moved ? std::string_view(ends[each]) : text, line);
    switch (marker.kind) {
      case Marker::Kind::number:
        block.number = marker.number;
        break;
      case Marker::Kind::bracketed:
        block.number = marker.number;
        block.kind = notes.contains(marker.number) ? ParagraphKind::footnote : ParagraphKind::item;
        break;
      case Marker::Kind::letter:
        block.number = marker.number;
        block.kind = ParagraphKind::item;
        break;
      case Marker::Kind::roman:
      case Marker::Kind::ordinal:
        block.number = marker.number;
        block.kind = heading ? ParagraphKind::heading : ParagraphKind::item;
        break;
      case Marker::Kind::bullet:
        block.kind = text.front() == '*' ? ParagraphKind::footnote : ParagraphKind::item;
        break;
      case Marker::Kind::none:
        if (text.starts_with("\\*")) {
          block.kind = ParagraphKind::footnote;
        } else if (is_page_number(text)) {
          block.kind = ParagraphKind::furniture;
        } else if (heading) {
          block.kind =
              blocks.empty() && count_words(text) >= 3 ? ParagraphKind::title : ParagraphKind::heading;
        }
        break;
    }
    open = block.kind != ParagraphKind::furniture;
    block_bytes = span.size();
    add_blocks(raw, std::move(block), blocks);
  }
  return blocks;
}

}  // namespace mithaq::reader
