#include "reader/text/token.hpp"

#include <unicode/uchar.h>

#include <array>

#include "base/error.hpp"
#include "base/fold.hpp"
#include "base/utf8.hpp"

namespace mithaq::reader {

namespace {

TokenKind kind_of_letter(char32_t value) {
  if (value < 0x80) return TokenKind::latin;
  if (value >= 0x00C0 && value <= 0x024F) return TokenKind::latin;
  if (is_arabic_letter(value)) return TokenKind::arabic;
  if (value >= 0x0400 && value <= 0x052F) return TokenKind::cyrillic;
  if ((value >= 0x4E00 && value <= 0x9FFF) || (value >= 0x3400 && value <= 0x4DBF)) return TokenKind::han;
  if (value >= 0xFF21 && value <= 0xFF5A) return TokenKind::latin;  // full width
  return TokenKind::other_word;
}

bool is_blank(char32_t value) {
  return value == ' ' || value == '\t' || value == '\n' || value == '\r' || value == '\f' || value == 0xA0 ||
         (value >= 0x2000 && value <= 0x200A) || value == 0x202F || value == 0x3000 || value == 0x2028 ||
         value == 0x2029;
}

bool is_capital(char32_t value) {
  if (value < 0x80) return value >= 'A' && value <= 'Z';
  return (value < 0x0530) && u_isupper(static_cast<UChar32>(value));
}

// What a code point is to a text; the first that holds, in this order.
enum class Role : std::uint8_t { blank, dropped, digit, letter, mark };

Role role_of(char32_t value) {
  if (is_blank(value)) return Role::blank;
  // Vowel signs, joiners and direction marks belong to the word they stand in and make none themselves.
  if (is_dropped_by_fold(value)) return Role::dropped;
  if (is_digit(value)) return Role::digit;
  return is_word_character(value) ? Role::letter : Role::mark;
}

// All that is asked of a code point, looked up for ASCII, Arabic and Cyrillic: nearly every letter of a text.
struct Character {
  Role role = Role::mark;
  TokenKind kind = TokenKind::punctuation;
  bool capital = false;
  std::uint8_t folded_size = 0;
  char folded[2] = {};
};

constexpr char32_t kArabicFirst = 0x600, kCyrillicFirst = 0x400;
// Where each of the three begins in the table.
constexpr std::size_t kAscii = 0, kArabic = 0x80, kCyrillic = kArabic + 0x100;

using Characters = std::array<Character, kCyrillic + 0x80>;

Characters make_characters() {
  Characters characters;
  for (std::size_t each = 0; each < characters.size(); ++each) {
    const auto value = static_cast<char32_t>(each >= kCyrillic ? each - kCyrillic + kCyrillicFirst
                                             : each >= kArabic ? each - kArabic + kArabicFirst
                                                               : each - kAscii);
    Character& character = characters[each];
    character.role = role_of(value);
    if (character.role == Role::letter) {
      character.kind = kind_of_letter(value);
      character.capital = is_capital(value);
    }
    std::string folded;
    append_folded(folded, value);
    expect(folded.size() <= sizeof character.folded, "ASCII, Arabic and Cyrillic fold to two bytes at most");
    character.folded_size = static_cast<std::uint8_t>(folded.size());
    folded.copy(character.folded, sizeof character.folded);
  }
  return characters;
}

bool is_arabic_lead(unsigned char byte) {
  return byte >= 0xD8 && byte <= 0xDB;
}
bool is_continued(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}
bool is_arabic_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_arabic_lead(static_cast<unsigned char>(text[at])) &&
         is_continued(text, at + 1);
}
char32_t two_byte_value(std::string_view text, std::size_t at) {
  return static_cast<char32_t>((static_cast<unsigned char>(text[at]) & 0x1F) << 6 |
                               (static_cast<unsigned char>(text[at + 1]) & 0x3F));
}

}  // namespace

void tokenize(std::string_view text, const Vocabulary& vocabulary, TokenizedText& out) {
  out.text = text;
  out.tokens.clear();
  // What the table has never folds to more bytes than it has; the rest makes room for itself.
  out.folded.resize(text.size());
  std::size_t folded = 0;  // bytes of out.folded that are written
  out.tokens.reserve(text.size() / 6);

  Token token;
  bool open = false;
  bool small_seen = false;
  std::uint32_t letters = 0;
  bool blank_before = true;

  const auto close = [&](std::size_t end) {
    if (!open) return;
    token.end = static_cast<std::uint32_t>(end);
    token.fold_end = static_cast<std::uint32_t>(folded);
    token.all_capitals = letters >= 2 && !small_seen && token.kind == TokenKind::latin;
    token.word = token.fold_end > token.fold_begin ? vocabulary.find(out.folded_of(token)) : kUnknownWord;
    out.tokens.push_back(token);
    open = false;
  };
  const auto start = [&](std::size_t begin, TokenKind kind) {
    token = Token{};
    token.begin = static_cast<std::uint32_t>(begin);
    token.fold_begin = static_cast<std::uint32_t>(folded);
    token.kind = kind;
    token.space_before = blank_before;
    open = true;
    small_seen = false;
    letters = 0;
    blank_before = false;
  };

  static const Characters characters = make_characters();
  Character rare;
  std::string rare_folded;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const Character* character = &rare;
    char32_t value = lead;
    std::size_t next = at + 1;
    if (lead < 0x80) {
      character = &characters[kAscii + lead];
    } else if (is_arabic_lead(lead) && is_continued(text, next)) {
      value = two_byte_value(text, at);
      character = &characters[kArabic + (value - kArabicFirst)];
      ++next;
    } else if ((lead == 0xD0 || lead == 0xD1) && is_continued(text, next)) {
      value = two_byte_value(text, at);
      character = &characters[kCyrillic + (value - kCyrillicFirst)];
      ++next;
    } else {
      const CodePoint point = decode_utf8(text, at);
      value = point.value;
      next = at + point.length;
      rare.role = role_of(value);
      if (rare.role == Role::letter) {
        rare.kind = kind_of_letter(value);
        rare.capital = is_capital(value);
      }
    }
    const auto fold_character = [&] {
      if (character != &rare) {
        out.folded[folded] = character->folded[0];
        if (character->folded_size == 2) out.folded[folded + 1] = character->folded[1];
        folded += character->folded_size;
        return;
      }
      rare_folded.clear();
      append_folded(rare_folded, value);
      const std::size_t needed = folded + rare_folded.size() + (text.size() - next);
      if (needed > out.folded.size()) out.folded.resize(needed + needed / 8);
      rare_folded.copy(out.folded.data() + folded, rare_folded.size());
      folded += rare_folded.size();
    };

    switch (character->role) {
      case Role::blank:
        close(at);
        blank_before = true;
        break;
      case Role::dropped:
        break;
      case Role::digit:
        if (!open || token.kind != TokenKind::number) {
          close(at);
          start(at, TokenKind::number);
        }
        fold_character();
        break;
      case Role::letter:
        if (!open || token.kind != character->kind || character->kind == TokenKind::han) {
          close(at);
          start(at, character->kind);
          token.capitalized = character->capital;
        }
        fold_character();
        ++letters;
        if (character->kind == TokenKind::latin && !character->capital) small_seen = true;
        // Most letters are followed by another of their kind: the rest of the run without all the questions.
        if (token.kind == TokenKind::arabic) {
          for (; is_arabic_at(text, next); next += 2) {
            const Character& follows = characters[kArabic + (two_byte_value(text, next) - kArabicFirst)];
            if (follows.role == Role::dropped) continue;
            if (follows.role != Role::letter) break;
            out.folded[folded] = follows.folded[0];
            if (follows.folded_size == 2) out.folded[folded + 1] = follows.folded[1];
            folded += follows.folded_size;
            ++letters;
          }
        } else if (token.kind == TokenKind::latin) {
          for (; next < text.size() && static_cast<unsigned char>(text[next]) < 0x80; ++next) {
            const Character& follows = characters[kAscii + static_cast<unsigned char>(text[next])];
            if (follows.role != Role::letter) break;
            out.folded[folded++] = follows.folded[0];
            ++letters;
            small_seen |= !follows.capital;
          }
        }
        break;
      case Role::mark:
        if (value == '-' && open && token.kind == TokenKind::latin && next < text.size() &&
            out.folded_of({.fold_begin = token.fold_begin, .fold_end = static_cast<std::uint32_t>(folded)}) ==
                "co" &&
            ((text[next] >= 'a' && text[next] <= 'z') || (text[next] >= 'A' && text[next] <= 'Z'))) {
          break;  // "Co-operation", "co-chair": the hyphen is a spelling, not a border
        }
        close(at);
        start(at, TokenKind::punctuation);
        token.mark = value;
        close(next);
        break;
    }
    at = next;
  }
  close(text.size());
  out.folded.resize(folded);
}

std::vector<std::string> phrase_words(std::string_view phrase) {
  static const Vocabulary empty;
  TokenizedText tokens;
  tokenize(phrase, empty, tokens);
  std::vector<std::string> words;
  for (const Token& token : tokens.tokens) {
    if (token.kind != TokenKind::punctuation) words.emplace_back(tokens.folded_of(token));
  }
  return words;
}

std::span<const WordId> PhraseCutter::cut(Vocabulary& vocabulary, std::string_view phrase) {
  tokenize(phrase, vocabulary, tokens_);
  words_.clear();
  for (const Token& token : tokens_.tokens) {
    if (token.kind == TokenKind::punctuation) continue;
    words_.push_back(token.word != kUnknownWord ? token.word : vocabulary.add(tokens_.folded_of(token)));
  }
  tokens_.text = {};  // the phrase may go
  return words_;
}

}  // namespace mithaq::reader
