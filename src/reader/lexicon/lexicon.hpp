// Everything the reader knows of languages, names and rules, loaded once from data/.
//
// Each part loads its own tables and keeps what it needs; words of all parts share one vocabulary. To add a
// table: its part's load() reads it, docs/data-files.md describes it, tests/data checks every line.
#pragma once

#include <filesystem>

#include "reader/lexicon/calendar.hpp"
#include "reader/lexicon/entities.hpp"
#include "reader/lexicon/masthead.hpp"
#include "reader/lexicon/name_words.hpp"
#include "reader/lexicon/papers.hpp"
#include "reader/lexicon/phrases.hpp"
#include "reader/lexicon/symbol_rules.hpp"
#include "reader/lexicon/themes.hpp"
#include "reader/lexicon/triggers.hpp"
#include "reader/repair/repair_tables.hpp"
#include "reader/text/vocabulary.hpp"

namespace mithaq::reader {

struct Lexicon {
  Vocabulary vocabulary;
  PhraseIndex phrases;
  Entities entities;
  Calendar calendar;
  SymbolRules symbol_rules;
  Masthead masthead;
  Triggers triggers;
  Themes themes;
  NameWords name_words;
  Papers papers;
  RepairTables repair;

  // Reads every table.
  //   throws  Error{not_found} or Error{invalid_input} naming file and line
  //   cost    about 22 ms: 30 000 phrases of 41 000 words, half of them names; what repair knows of single
  //           words and pairs is read later (repair/word_statistics.hpp)
  static Lexicon load(const std::filesystem::path& data_folder);
};

}  // namespace mithaq::reader
