// A paragraph cut into tokens: the form in which every grammar of the reader sees a text.
//
// A token is a run of word characters of one script, a run of digits, one Chinese character, or one mark of
// punctuation. Blanks are no tokens. "Co-operation" is one token (folded "cooperation"); any other hyphen
// is a token of its own. An Arabic word keeps its clitics; clitics.hpp takes them off.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "document/span.hpp"
#include "reader/text/vocabulary.hpp"

namespace mithaq::reader {

enum class TokenKind : std::uint8_t { arabic, latin, cyrillic, han, other_word, number, punctuation };

struct Token {
  std::uint32_t begin = 0;  // bytes of the paragraph's text
  std::uint32_t end = 0;
  std::uint32_t fold_begin = 0;  // bytes of TokenizedText::folded
  std::uint32_t fold_end = 0;
  WordId word = kUnknownWord;  // of the whole folded token
  TokenKind kind = TokenKind::punctuation;
  bool space_before = false;  // a blank (or the paragraph's start) stands before it
  bool capitalized = false;   // its first letter is a capital
  bool all_capitals = false;  // two or more letters, no small one
  char32_t mark = 0;          // punctuation: the code point, with ، ؛ ؟ as they are

  document::TextRange range() const { return {begin, end}; }
  bool is_word() const { return kind < TokenKind::number; }
  bool is(char32_t punctuation) const { return mark == punctuation; }
};

// The tokens of one text. The text must outlive it.
struct TokenizedText {
  std::string_view text;
  std::string folded;
  std::vector<Token> tokens;

  std::string_view folded_of(const Token& token) const {
    return std::string_view(folded).substr(token.fold_begin, token.fold_end - token.fold_begin);
  }
  std::string_view surface_of(const Token& token) const {
    return text.substr(token.begin, token.end - token.begin);
  }
};

// Cuts a text into tokens. Reuses the memory of `out`. Cost: one pass, about 10 ns a byte.
void tokenize(std::string_view text, const Vocabulary& vocabulary, TokenizedText& out);

// The folded words of a name or phrase of data/, cut exactly as tokenize() cuts a text; punctuation is left
// out of a phrase, and skipped by TokenTrie when it stands inside a text (a hyphen or an apostrophe).
std::vector<std::string> phrase_words(std::string_view phrase);

// The same words as numbers, for the thousands of phrases that are loaded: reuses its memory.
class PhraseCutter {
 public:
  // The words of a phrase, new ones added to the vocabulary; valid until the next call.
  std::span<const WordId> cut(Vocabulary& vocabulary, std::string_view phrase);

 private:
  TokenizedText tokens_;
  std::vector<WordId> words_;
};

}  // namespace mithaq::reader
