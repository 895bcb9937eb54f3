// What tells a paper's language and reads its head: common words, marks of handling, labels.
//
// From data/masthead.tsv and data/languages/<language>/common_words.tsv.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "document/document.hpp"
#include "reader/text/token.hpp"
#include "reader/text/token_trie.hpp"
#include "reader/text/vocabulary.hpp"

namespace mithaq::reader {

class Masthead {
 public:
  // Languages written in Latin letters, told apart by their common words.
  static constexpr std::array<std::string_view, 3> kLatin{"en", "fr", "es"};

  //   throws  Error{invalid_input} naming file and line
  static Masthead load(const std::filesystem::path& data_folder, Vocabulary& vocabulary);

  // A bit for each language of kLatin in which the word is common.
  std::uint8_t common_in(const Token& token) const {
    return token.word < common_.size() ? common_[token.word] : 0;
  }

  enum class Role : std::uint8_t { none, handling, issued, masthead };
  struct Mark {
    Role role = Role::none;
    document::Tlp handling = document::Tlp::clear;
    std::size_t end_token = 0;
  };
  // The longest mark that starts at a token.
  Mark mark_at(const TokenizedText& text, std::size_t token) const;

 private:
  std::vector<std::uint8_t> common_;  // by WordId
  TokenTrie trie_;
  std::vector<Mark> marks_;  // by payload
};

}  // namespace mithaq::reader
