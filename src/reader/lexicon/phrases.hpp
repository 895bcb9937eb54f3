// Every phrase of data/ that the reader looks for, in one trie, with what each may stand for.
//
// One walk from a token finds all of them: names, short forms, head nouns, honorifics. A phrase may stand for
// several things ("Georgia", "اللجنة"); the grammars choose by what stands around it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reader/text/clitics.hpp"
#include "reader/text/token.hpp"
#include "reader/text/token_trie.hpp"
#include "reader/text/vocabulary.hpp"

namespace mithaq::reader {

enum class Language : std::uint8_t { ar, en, fr, ru, es, zh };
inline constexpr std::size_t kLanguageCount = 6;
inline constexpr std::string_view kLanguageCodes[kLanguageCount] = {"ar", "en", "fr", "ru", "es", "zh"};

// How a phrase is used; `Sense::index` counts in Entities for the first five, else in the table of that use.
enum class PhraseUse : std::uint8_t {
  name,
  alias,
  acronym,
  short_form,
  demonym,
  head_noun,
  definite_head,
  honorific,
  given_name,
  office,
  group,
  person,
  paper,
  title_noun,
};

struct Sense {
  PhraseUse use = PhraseUse::name;
  Language language = Language::en;
  std::uint32_t index = 0;  // of an honorific: 1 if it is weak

  bool is_entity() const { return use <= PhraseUse::demonym; }
};

// A phrase found in a text: its words are tokens [first, end).
struct PhraseMatch {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
  std::uint32_t payload = TokenTrie::kNoPayload;
  CliticReading reading{};  // of the first token
};

// All phrases that start at one token, shortest first for each reading of the token; at most 24.
struct PhraseMatches {
  static constexpr std::size_t kMax = 24;
  PhraseMatch matches[kMax];
  std::size_t count = 0;

  const PhraseMatch* begin() const { return matches; }
  const PhraseMatch* end() const { return matches + count; }
};

class PhraseIndex {
 public:
  // Adds a phrase; adding the same sense twice keeps one. A phrase without words is left out.
  void add(Vocabulary& vocabulary, std::string_view phrase, Sense sense);

  // Makes room for so many phrases; more only cost growth.
  void reserve(std::size_t phrases);

  // Valid until the next add().
  std::span<const Sense> senses(std::uint32_t payload) const {
    const Run& run = runs_[payload];
    return {senses_.data() + run.begin, run.count};
  }
  // Finds the phrases that start at a token, with and without its clitics.
  void match(const TokenizedText& text, std::size_t token, const Vocabulary& vocabulary,
             PhraseMatches& out) const;

 private:
  void add_words(std::span<const WordId> words, Sense sense);
  void walk(const TokenizedText& text, std::size_t token, const CliticReading& reading,
            const Vocabulary& vocabulary, PhraseMatches& out) const;

  TokenTrie trie_;
  // The senses of one phrase among senses_, with room for some more behind them.
  struct Run {
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
    std::uint32_t room = 0;
  };
  std::vector<Run> runs_;  // by payload
  std::vector<Sense> senses_;
  PhraseCutter cutter_;
};

// Where a phrase begins in the text: behind its separable particles, but with لل, which is one with its word.
std::uint32_t begin_of(const TokenizedText& text, const PhraseMatch& match);

// A Russian word without its case ending, after "~": the form under which the index holds Russian names, so
// that "Организации Объединенных Наций" is found as "Организация Объединенных Наций".
//   example  "~организац" of "организация" and "организации"
std::string russian_stem(std::string_view folded);

}  // namespace mithaq::reader
