// Every folded word that the reader's tables know, by number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mithaq::reader {

// The number of a known word; 0 stands for every unknown one.
using WordId = std::uint32_t;
inline constexpr WordId kUnknownWord = 0;

class Vocabulary {
 public:
  Vocabulary();

  // The number of a word, given one if it is new.
  //   folded  a word after fold(), not empty
  WordId add(std::string_view folded);
  // The number of a word, or kUnknownWord.
  WordId find(std::string_view folded) const;
  // The folded word; valid until the next add().
  std::string_view word(WordId id) const;
  // Makes room for so many words in all, so that loading the tables never rebuilds the hash table.
  void reserve(std::size_t words);
  std::size_t size() const { return begins_.size(); }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    WordId id = kUnknownWord;
  };
  static std::uint32_t hash_of(std::string_view word);
  void rebuild(std::size_t slots);

  std::string pool_;
  std::vector<std::uint32_t> begins_;  // by id; a word ends where the next begins
  std::vector<Slot> slots_;            // open addressing, a power of two
};

}  // namespace mithaq::reader
