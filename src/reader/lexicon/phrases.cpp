#include "reader/lexicon/phrases.hpp"

#include <algorithm>
#include <array>

namespace mithaq::reader {

namespace {

// Marks that a name may have, or a text may put, between two words of it.
bool may_stand_inside(const Token& token) {
  switch (token.mark) {
    case '-':
    case '\'':
    case ',':
    case '/':
    case 0x060C:  // Arabic comma
    case 0x2019:
    case 0x2010:
    case 0x2011:
      return true;
    default:
      return false;
  }
}

// Endings of Russian nouns and adjectives, longest first (Зализняк's declensions without the rare ones).
constexpr std::array<std::string_view, 37> kRussianEndings = {
    "иями", "ского", "скому", "ями", "ами", "ией", "иям", "иях", "ого", "его", "ому", "ему", "ыми",
    "ими",  "ая",    "яя",    "ое",  "ее",  "ые",  "ие",  "ый",  "ий",  "ой",  "ей",  "ую",  "юю",
    "ых",   "их",    "ым",    "им",  "ом",  "ем",  "ам",  "ям",  "ах",  "ях",  "ов"};
constexpr std::array<std::string_view, 9> kRussianVowels = {"а", "я", "о", "е", "ы", "и", "у", "ю", "ь"};
constexpr std::size_t kShortestStem = 6;  // bytes: three letters
constexpr std::size_t kNodesPerPhrase = 2;

}  // namespace

std::string russian_stem(std::string_view folded) {
  const auto strip = [&folded](std::string_view ending) {
    if (!folded.ends_with(ending) || folded.size() < ending.size() + kShortestStem) return false;
    folded.remove_suffix(ending.size());
    return true;
  };
  for (const std::string_view ending : kRussianEndings) {
    if (strip(ending)) break;
  }
  // What is left may still end in the stem's own vowel: организаци-я, организаци-й.
  for (const std::string_view vowel : kRussianVowels) {
    if (strip(vowel)) break;
  }
  strip("и");
  strip("й");
  return "~" + std::string(folded);
}

void PhraseIndex::add(Vocabulary& vocabulary, std::string_view phrase, Sense sense) {
  const std::span<const WordId> words = cutter_.cut(vocabulary, phrase);
  if (words.empty()) return;
  add_words(words, sense);
  if (sense.language != Language::ru || sense.use == PhraseUse::acronym) return;
  std::vector<WordId> stems(words.begin(), words.end());
  bool declined = false;
  for (WordId& id : stems) {
    const std::string_view word = vocabulary.word(id);
    if (word.size() <= kShortestStem || static_cast<unsigned char>(word[0]) < 0x80) continue;
    id = vocabulary.add(russian_stem(word));
    declined = true;
  }
  if (declined) add_words(stems, sense);
}

void PhraseIndex::add_words(std::span<const WordId> words, Sense sense) {
  const auto fresh = static_cast<std::uint32_t>(runs_.size());
  const std::uint32_t payload = trie_.add_words(words, fresh);
  if (payload == fresh) runs_.emplace_back();
  const std::span<const Sense> had = senses(payload);
  const bool known = std::any_of(had.begin(), had.end(), [&sense](const Sense& each) {
    return each.use == sense.use && each.index == sense.index && each.language == sense.language;
  });
  if (known) return;
  Run& run = runs_[payload];
  if (run.count == run.room) {
    // Most phrases have one sense; where there are more they move behind all others, to twice the room.
    const auto begin = static_cast<std::uint32_t>(senses_.size());
    run.room = std::max(1u, run.room * 2);
    senses_.resize(begin + run.room);
    std::copy_n(senses_.begin() + run.begin, run.count, senses_.begin() + begin);
    run.begin = begin;
  }
  senses_[run.begin + run.count++] = sense;
}

void PhraseIndex::reserve(std::size_t phrases) {
  trie_.reserve(phrases * kNodesPerPhrase);
  runs_.reserve(phrases);
  senses_.reserve(phrases * 2);
}

void PhraseIndex::walk(const TokenizedText& text, std::size_t token, const CliticReading& reading,
                       const Vocabulary& vocabulary, PhraseMatches& out) const {
  TokenTrie::Node node = trie_.step(TokenTrie::kRoot, reading.word);
  for (std::size_t at = token; node != TokenTrie::kNoNode;) {
    ++at;
    if (trie_.payload(node) != TokenTrie::kNoPayload && out.count < PhraseMatches::kMax) {
      out.matches[out.count++] = {static_cast<std::uint32_t>(token), static_cast<std::uint32_t>(at),
                                  trie_.payload(node), reading};
    }
    while (
        at < text.tokens.size() && text.tokens[at].kind == TokenKind::punctuation &&
        (may_stand_inside(text.tokens[at]) ||
         (text.tokens[at].is('.') && text.tokens[at - 1].fold_end - text.tokens[at - 1].fold_begin == 1))) {
      ++at;  // H.E. has a full stop behind a single letter
    }
    if (at >= text.tokens.size()) break;
    const Token& next = text.tokens[at];
    TokenTrie::Node further = trie_.step(node, next.word);
    if (further == TokenTrie::kNoNode && next.kind == TokenKind::arabic &&
        next.fold_end - next.fold_begin == 2 && at + 1 < text.tokens.size() &&
        text.tokens[at + 1].kind == TokenKind::arabic) {
      // A conjunction set apart from its word: الأمن و التعاون.
      std::string joined(text.folded_of(next));
      joined += text.folded_of(text.tokens[at + 1]);
      further = trie_.step(node, vocabulary.find(joined));
      if (further != TokenTrie::kNoNode) ++at;
    } else if (further == TokenTrie::kNoNode && next.kind == TokenKind::cyrillic) {
      further = trie_.step(node, vocabulary.find(russian_stem(text.folded_of(next))));
    }
    node = further;
  }
}

void PhraseIndex::match(const TokenizedText& text, std::size_t token, const Vocabulary& vocabulary,
                        PhraseMatches& out) const {
  out.count = 0;
  const Token& first = text.tokens[token];
  if (first.kind == TokenKind::punctuation) return;
  if (first.kind == TokenKind::arabic) {
    for (const CliticReading& reading : clitic_readings(text, first, vocabulary)) {
      walk(text, token, reading, vocabulary, out);
    }
    return;
  }
  if (first.word != kUnknownWord) walk(text, token, {.word = first.word}, vocabulary, out);
  if (first.kind == TokenKind::cyrillic) {
    walk(text, token, {.word = vocabulary.find(russian_stem(text.folded_of(first)))}, vocabulary, out);
  }
}

std::uint32_t begin_of(const TokenizedText& text, const PhraseMatch& match) {
  const std::uint32_t begin = text.tokens[match.first].begin;
  std::uint32_t prefix = match.reading.prefix_bytes;
  if (match.reading.fused_article && prefix >= 2) prefix -= 2;  // the first ل of لل stays
  return begin + prefix;
}

}  // namespace mithaq::reader
