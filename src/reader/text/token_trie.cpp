#include "reader/text/token_trie.hpp"

namespace mithaq::reader {

namespace {

// Marks that may stand between two words of one name.
bool may_stand_inside(const Token& token) {
  switch (token.mark) {
    case '-':
    case '\'':
    case 0x2019:
    case 0x2010:
    case 0x2011:
      return true;
    default:
      return false;
  }
}

}  // namespace

TokenTrie::TokenTrie() : edges_(1024), payloads_{kNoPayload} {}

std::size_t TokenTrie::slot_of(Node from, WordId word) const {
  std::uint64_t hash = (static_cast<std::uint64_t>(from) << 32 | word) * 0x9E3779B97F4A7C15ull;
  hash ^= hash >> 31;
  std::size_t at = hash & (edges_.size() - 1);
  while (edges_[at].from != kNoNode && !(edges_[at].from == from && edges_[at].word == word)) {
    at = (at + 1) & (edges_.size() - 1);
  }
  return at;
}

void TokenTrie::reserve(std::size_t nodes) {
  std::size_t slots = edges_.size();
  while (slots < nodes * 2) slots *= 2;
  if (slots > edges_.size()) rebuild(slots);
  payloads_.reserve(nodes + 1);
}

void TokenTrie::rebuild(std::size_t slots) {
  std::vector<Edge> old(slots);
  old.swap(edges_);
  for (const Edge& edge : old) {
    if (edge.from != kNoNode) edges_[slot_of(edge.from, edge.word)] = edge;
  }
}

std::uint32_t TokenTrie::add(Vocabulary& vocabulary, std::string_view phrase, std::uint32_t payload) {
  return add_words(cutter_.cut(vocabulary, phrase), payload);
}

std::uint32_t TokenTrie::add_words(Vocabulary& vocabulary, std::span<const std::string> words,
                                   std::uint32_t payload) {
  std::vector<WordId> ids;
  ids.reserve(words.size());
  for (const std::string& word : words) ids.push_back(vocabulary.add(word));
  return add_words(ids, payload);
}

std::uint32_t TokenTrie::add_words(std::span<const WordId> words, std::uint32_t payload) {
  Node node = kRoot;
  for (const WordId word : words) node = grown_step(node, word);
  if (node != kRoot && payloads_[node] == kNoPayload) payloads_[node] = payload;
  return payloads_[node];
}

// The node that a word leads to, made if there is none.
TokenTrie::Node TokenTrie::grown_step(Node from, WordId word) {
  std::size_t slot = slot_of(from, word);
  if (edges_[slot].from == kNoNode) {
    if (++edge_count_ * 2 > edges_.size()) {
      rebuild(edges_.size() * 2);
      slot = slot_of(from, word);
    }
    edges_[slot] = {from, word, static_cast<Node>(payloads_.size())};
    payloads_.push_back(kNoPayload);
  }
  return edges_[slot].to;
}

TokenTrie::Node TokenTrie::step(Node from, WordId word) const {
  if (word == kUnknownWord) return kNoNode;
  const Edge& edge = edges_[slot_of(from, word)];
  return edge.from == kNoNode ? kNoNode : edge.to;
}

TokenTrie::Match TokenTrie::longest(const TokenizedText& text, std::size_t from, WordId first_word) const {
  Match best;
  Node node = step(kRoot, first_word);
  for (std::size_t at = from; node != kNoNode;) {
    ++at;
    if (payloads_[node] != kNoPayload) best = {at, payloads_[node]};
    while (at < text.tokens.size() && text.tokens[at].kind == TokenKind::punctuation &&
           may_stand_inside(text.tokens[at])) {
      ++at;
    }
    if (at >= text.tokens.size()) break;
    node = step(node, text.tokens[at].word);
  }
  return best;
}

}  // namespace mithaq::reader
