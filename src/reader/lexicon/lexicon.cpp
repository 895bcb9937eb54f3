#include "reader/lexicon/lexicon.hpp"

#include "base/error.hpp"

namespace mithaq::reader {

namespace {

// A little more than the tables hold; more only cost the growth of a hash table.
constexpr std::size_t kWordsExpected = 48000;
constexpr std::size_t kPhrasesExpected = 22000;

}  // namespace

Lexicon Lexicon::load(const std::filesystem::path& data_folder) {
  if (!std::filesystem::is_directory(data_folder)) {
    throw Error(ErrorKind::not_found, "no data folder at " + data_folder.string());
  }
  Lexicon lexicon;
  lexicon.vocabulary.reserve(kWordsExpected);
  lexicon.phrases.reserve(kPhrasesExpected);
  lexicon.entities = Entities::load(data_folder, lexicon.vocabulary, lexicon.phrases);
  lexicon.calendar.load(data_folder, lexicon.vocabulary);
  lexicon.symbol_rules = SymbolRules::load(data_folder);
  lexicon.masthead = Masthead::load(data_folder, lexicon.vocabulary);
  lexicon.triggers = Triggers::load(data_folder, lexicon.vocabulary);
  lexicon.themes = Themes::load(data_folder, lexicon.vocabulary);
  lexicon.name_words = NameWords::load(data_folder, lexicon.vocabulary, lexicon.phrases);
  lexicon.papers = Papers::load(data_folder, lexicon.vocabulary, lexicon.phrases);
  lexicon.repair.load(data_folder);
  return lexicon;
}

}  // namespace mithaq::reader
