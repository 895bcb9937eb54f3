#include "reader/text/token.hpp"

#include <unicode/uchar.h>

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

}  // namespace

void tokenize(std::string_view text, const Vocabulary& vocabulary, TokenizedText& out) {
  out.text = text;
  out.folded.clear();
  out.tokens.clear();
  out.folded.reserve(text.size());
  out.tokens.reserve(text.size() / 6);

  Token token;
  bool open = false;
  bool small_seen = false;
  std::uint32_t letters = 0;
  bool blank_before = true;

  const auto close = [&](std::size_t end) {
    if (!open) return;
    token.end = static_cast<std::uint32_t>(end);
    token.fold_end = static_cast<std::uint32_t>(out.folded.size());
    token.all_capitals = letters >= 2 && !small_seen && token.kind == TokenKind::latin;
    token.word = token.fold_end > token.fold_begin ? vocabulary.find(out.folded_of(token)) : kUnknownWord;
    out.tokens.push_back(token);
    open = false;
  };
  const auto start = [&](std::size_t begin, TokenKind kind) {
    token = Token{};
    token.begin = static_cast<std::uint32_t>(begin);
    token.fold_begin = static_cast<std::uint32_t>(out.folded.size());
    token.kind = kind;
    token.space_before = blank_before;
    open = true;
    small_seen = false;
    letters = 0;
    blank_before = false;
  };

  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const char32_t value = point.value;
    const std::size_t next = at + point.length;

    if (is_blank(value)) {
      close(at);
      blank_before = true;
    } else if (is_dropped_by_fold(value)) {
      // Vowel signs, joiners and direction marks belong to the word they stand in and make none themselves.
    } else if (is_digit(value)) {
      if (!open || token.kind != TokenKind::number) {
        close(at);
        start(at, TokenKind::number);
      }
      append_folded(out.folded, value);
    } else if (is_word_character(value)) {
      const TokenKind kind = kind_of_letter(value);
      if (!open || token.kind != kind || kind == TokenKind::han) {
        close(at);
        start(at, kind);
        token.capitalized = is_capital(value);
      }
      append_folded(out.folded, value);
      ++letters;
      if (kind == TokenKind::latin && !is_capital(value)) small_seen = true;
    } else if (value == '-' && open && token.kind == TokenKind::latin && next < text.size() &&
               out.folded_of({.fold_begin = token.fold_begin,
                              .fold_end = static_cast<std::uint32_t>(out.folded.size())}) == "co" &&
               ((text[next] >= 'a' && text[next] <= 'z') || (text[next] >= 'A' && text[next] <= 'Z'))) {
      // "Co-operation", "co-chair": the hyphen is a spelling, not a border.
    } else {
      close(at);
      start(at, TokenKind::punctuation);
      token.mark = value;
      close(next);
    }
    at = next;
  }
  close(text.size());
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

}  // namespace mithaq::reader
