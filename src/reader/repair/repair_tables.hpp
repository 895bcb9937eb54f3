// What repair knows of Arabic spelling: letters that are confused, words that are wrong in their company.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "reader/repair/word_statistics.hpp"

namespace mithaq::reader {

// "عن كذب مع" -> "عن كثب مع": a row of data/languages/ar/collocations.tsv.
struct Collocation {
  struct Word {
    std::uint64_t hash = 0;     // of the wrong word, folded; 0 for * (one to three words)
    std::string replacement{};  // empty where the word stays
  };
  std::vector<Word> words{};
  std::string note{};
};

class RepairTables {
 public:
  // Reads data/languages/ar/confusions.tsv, collocations.tsv and foreign_letters.tsv.
  //   throws  Error{not_found} or Error{invalid_input} naming file and line
  void load(const std::filesystem::path& data_folder);

  // Letters that a folded letter is confused with: weight 1 if dots alone differ, 2 if shapes are close.
  struct Confusion {
    char16_t letter = 0;
    std::uint8_t weight = 0;
  };
  const std::vector<Confusion>& confused_with(char16_t letter) const;

  // The Arabic letter that a letter of another script stands for; empty if none.
  std::string_view letter_for(char32_t foreign) const;

  // The collocations that begin with a word, by the hash of the folded word.
  const std::vector<Collocation>* starting_with(std::uint64_t word) const;

  // Which words there are and which follow each other; read when they are first asked for.
  const WordStatistics& words(const Lexicon& lexicon) const { return word_tables_->words(lexicon); }
  const WordPairs& pairs() const { return word_tables_->pairs(); }

 private:
  std::unordered_map<char16_t, std::vector<Confusion>> confusions_;
  std::unordered_map<std::uint64_t, std::vector<Collocation>> collocations_;
  std::unordered_map<char32_t, std::string> foreign_letters_;
  std::shared_ptr<LazyWordTables> word_tables_;
};

}  // namespace mithaq::reader
