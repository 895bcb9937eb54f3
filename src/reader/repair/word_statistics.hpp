// Which Arabic words there are, how often they are used, and which follow each other.
//
// From data/languages/ar/vocabulary.tsv (about 8 ms) and word_pairs.tsv (2 ms), each read when a text first
// asks for it: a line of Arabic asks for the pairs, to see that it does not stand backwards; the words are
// asked for once a text has several that the lexicon does not know. Words are compared folded (base/fold.hpp)
// and kept as 64-bit hashes only: two of some 10^5 words share one with probability 10^-9.
#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mithaq::reader {

struct Lexicon;

// A folded Arabic word as letters; at most 24, longer runs are no words.
struct ArabicWord {
  static constexpr std::size_t kLettersMax = 24;
  char16_t letters[kLettersMax] = {};
  std::uint8_t size = 0;

  std::u16string_view view() const { return {letters, size}; }
};

// Folds the letter or mark at U+0600-U+06FF: 0 if it is dropped, 1 if it is no letter.
char16_t fold_arabic(char32_t value);
ArabicWord arabic_word(std::string_view utf8);
std::string utf8_of_word(std::u16string_view letters);

std::uint64_t hash_of_word(std::u16string_view letters);

// What is left of a word without the particles before it and the endings behind it.
//   example  وبالمنظمات gives منظم
std::u16string_view light_stem(std::u16string_view word);

// Counts by the hash of a word or of a pair of words.
class HashedCounts {
 public:
  // Makes room for so many keys; more only cost its growth.
  void reserve(std::size_t keys);
  std::uint32_t& operator[](std::uint64_t key);
  std::uint32_t find(std::uint64_t key) const;  // 0 if it is not there

 private:
  struct Slot {
    std::uint64_t key = 0;  // 0 is free
    std::uint32_t value = 0;
  };
  std::size_t slot_of(std::uint64_t key) const;
  void rebuild(std::size_t slots);

  std::vector<Slot> slots_;  // open addressing, a power of two
  std::size_t used_ = 0;
};

// Which word follows which.
class WordPairs {
 public:
  // Reads word_pairs.tsv.
  //   throws  Error{not_found} or Error{invalid_input} naming file and line
  static WordPairs load(const std::filesystem::path& data_folder);

  // How often the second word followed the first, by hash_of_word().
  std::uint32_t count(std::uint64_t word, std::uint64_t next) const;

 private:
  HashedCounts counts_;
};

class WordStatistics {
 public:
  // Reads vocabulary.tsv; the lexicon's Arabic words join its words as known ones, and the words of the names
  // of States and places as names.
  //   throws  Error{not_found} or Error{invalid_input} naming file and line
  static WordStatistics load(const std::filesystem::path& data_folder, const Lexicon& lexicon);

  // How often the word was counted; words of names that were never counted have 1; 0 if unknown.
  std::uint32_t count(std::u16string_view word) const;
  bool is_name(std::u16string_view word) const;
  bool knows(std::u16string_view word) const;       // as it stands
  bool knows_stem(std::u16string_view word) const;  // with other particles or endings
  // In how many words three letters stand together; u'^' and u'$' are the borders of a word.
  std::uint32_t trigram_count(char16_t first, char16_t second, char16_t third) const;
  // The rarest three letters of a word that take in one of the letters [from, to).
  std::uint32_t rarest_trigram(std::u16string_view word, std::size_t from, std::size_t to) const;

 private:
  static constexpr std::uint32_t kName = 0x80000000u;  // the word stands in a name
  static constexpr std::uint32_t kStem = 0x40000000u;  // the letters are the stem of a word
  static constexpr std::uint32_t kCount = kStem - 1;

  void add_stem(std::u16string_view word);
  void count_trigrams(std::u16string_view word);

  HashedCounts words_;                   // counts, with the two signs above
  std::vector<std::uint16_t> trigrams_;  // [first][second][third], letters by letter_index()
};

// Both of a data folder, each read once when it is first asked for. May be asked from several threads.
class LazyWordTables {
 public:
  explicit LazyWordTables(std::filesystem::path data_folder) : data_folder_(std::move(data_folder)) {}
  const WordStatistics& words(const Lexicon& lexicon) const;
  const WordPairs& pairs() const;

 private:
  std::filesystem::path data_folder_;
  mutable std::once_flag words_once_, pairs_once_;
  mutable WordStatistics words_;
  mutable WordPairs pairs_;
};

}  // namespace mithaq::reader
