// The words of dates, numbers and amounts in six languages: months, cues, number words, units.
//
// From data/languages/<language>/{months,date_words,number_words,units}.tsv. Two kinds of words: *cues* are
// single words that only mean something beside a number (عام, إلى, since), looked up by one table access;
// *phrases* may begin a date, a number or a document's name (تشرين الثاني, last year, القرار) and are found
// by a small trie. Arabic words are also known with their clitics (وحزيران, لعام), so no token is looked up
// twice.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.hpp"
#include "reader/text/token.hpp"
#include "reader/text/token_trie.hpp"
#include "reader/text/vocabulary.hpp"

namespace mithaq::reader {

// What a single word beside a number may mean; several at once ("من" is from and of).
enum class Cue : std::uint32_t {
  year = 1u << 0,             // عام, year: the number after it is a year
  years = 1u << 1,            // عامي, biennium: years follow
  before_year = 1u << 2,      // في, since: four digits after it are a year
  from = 1u << 3,             // من … إلى
  between = 1u << 4,          // بين … و
  range = 1u << 5,            // إلى, to
  conjunction = 1u << 6,      // و, and
  of = 1u << 7,               // stands between day, month and year: من, of, de
  era_gregorian = 1u << 8,    // م
  era_hijri = 1u << 9,        // هـ
  same_as = 1u << 10,         // الموافق
  ordinal_suffix = 1u << 11,  // st, er
  early = 1u << 12,           // أوائل
  mid = 1u << 13,
  late = 1u << 14,
  decade_letter = 1u << 15,         // 1990s
  decade_before = 1u << 16,         // années 1990
  over = 1u << 17,                  // خلال: makes "last year" the twelve months before
  year_after = 1u << 18,            // 2015 году, 2015年
  month_after = 1u << 19,           // 3月
  day_after = 1u << 20,             // 5日
  number_sign = 1u << 21,           // رقم, no.
  year_after_adjective = 1u << 22,  // 2015-й
  not_resolution = 1u << 23,        // صنع القرار: the word after is no document
  filler = 1u << 24,                // تاريخ, the: says nothing of the date after it
  body_word = 1u << 25,             // الدولي: belongs to the name of the body before it
  own_paper = 1u << 26,             // أعلاه, above: of the paper itself, or of one that is no resolution
  said_paper = 1u << 27,            // المذكور: the paper spoken of
};

constexpr std::uint32_t operator|(Cue a, Cue b) {
  return static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b);
}
constexpr std::uint32_t operator|(std::uint32_t a, Cue b) {
  return a | static_cast<std::uint32_t>(b);
}

// What a phrase may mean.
struct Phrase {
  enum class Role : std::uint8_t {
    month,  // value 1 to 12
    hijri_month,
    decade,       // value 1990
    decade_tail,  // من القرن الماضي
    relative,     // value in the unit of `name`
    number_unit,  // خمسة
    number_ten,   // عشرة
    number_teen,
    number_tens,
    number_hundred,
    number_hundreds,
    number_scale,
    number_dual_scale,
    ordinal,
    about,     // name: "more than"
    unit,      // of an amount; name: "participants"
    currency,  // before or after the number; name: "US dollars"
    document,  // القرار, resolution; see symbol_rules.hpp
    paragraph,
    issuer,
    other,
  };
  Role role = Role::other;
  bool capital = false;  // only if written with a capital: May, March
  std::int64_t value = 0;
  std::string name{};    // in English
  std::string plural{};  // unit: "participants", for numbers other than 1
  std::string kind{};    // unit: "people", "money"; document: "resolution"
};

class Calendar {
 public:
  // Reads the tables of all languages found in the data folder.
  void load(const std::filesystem::path& data_folder, Vocabulary& vocabulary);
  // Adds a phrase; the words of one phrase may have several meanings.
  //   with_clitics  also with the Arabic particles written before it
  void add_phrase(Vocabulary& vocabulary, std::string_view form, Phrase phrase);
  void add_cue(Vocabulary& vocabulary, std::string_view form, Cue cue);

  // What stands at a token.
  struct Hit {
    std::size_t end_token = 0;        // one past the last token; 0 if nothing is known there
    std::uint8_t prefix_letters = 0;  // clitics written before the first word
    bool conjunction = false;         // one of them is و or ف
    std::span<const Phrase> phrases{};

    const Phrase* as(Phrase::Role role) const {
      for (const Phrase& phrase : phrases) {
        if (phrase.role == role) return &phrase;
      }
      return nullptr;
    }
  };
  Hit phrase_at(const TokenizedText& text, std::size_t token) const;
  // True for a token that may begin a phrase: one table access.
  bool may_begin(const Token& token) const {
    return token.word < words_.size() && words_[token.word].base != 0;
  }

  bool is_cue(const Token& token, std::uint32_t cues) const {
    return token.word < words_.size() && (words_[token.word].cues & cues) != 0;
  }
  bool is_cue(const Token& token, Cue cue) const { return is_cue(token, static_cast<std::uint32_t>(cue)); }
  bool has_conjunction(const Token& token) const {
    return token.word < words_.size() && words_[token.word].conjunction;
  }
  std::uint8_t prefix_letters(const Token& token) const {
    return token.word < words_.size() ? words_[token.word].prefix_letters : 0;
  }

 private:
  struct Word {
    std::uint32_t cues = 0;
    WordId base = kUnknownWord;  // the word without its clitics, if a phrase begins with it
    std::uint8_t prefix_letters = 0;
    bool conjunction = false;
  };
  Word& word(WordId id);
  template <typename Use>
  void with_clitics(Vocabulary& vocabulary, WordId word, Use use);
  template <typename Read>
  void load_table(const std::filesystem::path& path, Vocabulary& vocabulary, Read read);
  void load_language(const std::filesystem::path& folder, Vocabulary& vocabulary);

  std::vector<Word> words_;  // by WordId
  TokenTrie trie_;           // payload: index into phrases_
  std::vector<std::vector<Phrase>> phrases_;
  PhraseCutter cutter_;
};

// How many bytes of a surface give its first folded letters.
std::uint32_t bytes_of_letters(std::string_view surface, std::size_t letters);

}  // namespace mithaq::reader
