// Treaties, charters and agreements that papers cite by their title, and the nouns that such titles have.
//
// data/instruments.tsv (id, names in six languages, aliases, date) and data/languages/*/title_nouns.tsv
// (noun, strength). docs/data-files.md describes both.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.hpp"
#include "reader/lexicon/phrases.hpp"

namespace mithaq::reader {

struct Paper {
  std::string id{};    // "doc:UN-Charter"
  std::string name{};  // in English
};

// A noun that heads a title: "Agreement". A weak one (Strategy) needs a purpose behind it or an owner before.
struct TitleNoun {
  std::string word{};  // folded, singular: what "the Agreement" is taken up by
  bool strong = false;
  bool alone = false;  // names a paper without any other word: Memorandum of Understanding
};

class Papers {
 public:
  // Reads the tables; without instruments.tsv there are no listed papers.
  //   throws  Error{invalid_input} naming file and line
  static Papers load(const std::filesystem::path& data_folder, Vocabulary& vocabulary, PhraseIndex& phrases);
  void add_instruments(const Table& rows, Vocabulary& vocabulary, PhraseIndex& phrases);
  void add_nouns(const Table& rows, Language language, Vocabulary& vocabulary, PhraseIndex& phrases);

  const Paper& paper(const Sense& sense) const { return papers_[sense.index]; }
  const TitleNoun& noun(const Sense& sense) const { return nouns_[sense.index]; }
  // A listed paper by its id; null if none has it.
  const Paper* find(std::string_view id) const;

 private:
  std::vector<Paper> papers_;
  std::vector<TitleNoun> nouns_;
};

}  // namespace mithaq::reader
