// What statements are about: the themes of data/themes.tsv, found by the words that signal them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "reader/text/token_trie.hpp"
#include "reader/text/vocabulary.hpp"

namespace mithaq::reader {

struct Themes {
  TokenTrie phrases;                              // payload: index into `lists`
  std::vector<std::vector<std::uint32_t>> lists;  // themes that share a phrase
  std::vector<std::string> ids;

  // Columns: id, parent, ar, en, fr, terms_ar, terms_en, source. No file, no themes.
  static Themes load(const std::filesystem::path& data_folder, Vocabulary& vocabulary);
};

}  // namespace mithaq::reader
