// Phrases of data/ found in a text, word by word: names, month names, trigger phrases.
//
// A trie over word numbers in one hash table. Longest match from a given token: one table look-up a word,
// about 20 ns, whatever the number of phrases; memory 12 bytes an edge.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "reader/text/token.hpp"
#include "reader/text/vocabulary.hpp"

namespace mithaq::reader {

class TokenTrie {
 public:
  using Node = std::uint32_t;
  static constexpr Node kRoot = 0;
  static constexpr Node kNoNode = static_cast<Node>(-1);
  static constexpr std::uint32_t kNoPayload = static_cast<std::uint32_t>(-1);

  TokenTrie();

  // Makes room for so many words of phrases that are not the beginning of another; more only cost growth.
  void reserve(std::size_t nodes);

  // Adds a phrase of data/; its words join the vocabulary.
  //   returns  the payload the phrase had before, or `payload` if it is new (the first one stays)
  std::uint32_t add(Vocabulary& vocabulary, std::string_view phrase, std::uint32_t payload);
  std::uint32_t add_words(Vocabulary& vocabulary, std::span<const std::string> words, std::uint32_t payload);
  // The same for words that the vocabulary has.
  std::uint32_t add_words(std::span<const WordId> words, std::uint32_t payload);

  // The node that a word leads to, or kNoNode. An unknown word leads nowhere.
  Node step(Node from, WordId word) const;
  std::uint32_t payload(Node node) const { return payloads_[node]; }

  struct Match {
    std::size_t end_token = 0;  // one past the last token
    std::uint32_t payload = kNoPayload;
  };
  // The longest phrase that starts at a token. Hyphens, apostrophes and quotation marks inside are skipped.
  //   first_word  the word to read at `from` instead of the token's own (after a clitic was taken off)
  //   returns     payload kNoPayload if none
  Match longest(const TokenizedText& text, std::size_t from, WordId first_word) const;
  Match longest(const TokenizedText& text, std::size_t from) const {
    return longest(text, from, text.tokens[from].word);
  }

  std::size_t node_count() const { return payloads_.size(); }

 private:
  struct Edge {
    Node from = kNoNode;
    WordId word = kUnknownWord;
    Node to = kNoNode;
  };
  std::size_t slot_of(Node from, WordId word) const;
  Node grown_step(Node from, WordId word);
  void rebuild(std::size_t slots);

  std::vector<Edge> edges_;  // open addressing, a power of two
  std::size_t edge_count_ = 0;
  std::vector<std::uint32_t> payloads_;  // by node
  PhraseCutter cutter_;
};

}  // namespace mithaq::reader
