// Names by their beginnings: what a person means while they are still typing.
//
// Every name of data/ in every language and every acronym, themes, and the names that only the record knows.
// Case, accents, spelling variants and the Arabic article do not matter (base/fold.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mithaq::service {

class NameSearch {
 public:
  void add(std::string_view name, std::uint32_t id);
  // To be called once after the last name.
  void finish();

  struct Hit {
    std::uint32_t id = 0;
    enum class Kind : std::uint8_t { whole, beginning, words } kind = Kind::words;
  };
  // Whose names hold words that begin as these words do: a name that is just this first, then those that
  // begin with it, then the rest. Each id once.
  std::vector<Hit> find(std::string_view words) const;
  std::size_t bytes() const { return text_.capacity() + places_.capacity() * sizeof(Place); }

 private:
  struct Place {
    std::uint32_t at;    // in text_, where a word begins
    std::uint32_t name;  // where its name begins
    std::uint32_t id;
  };
  std::string_view name_at(std::uint32_t begin) const;

  std::string text_{};  // folded names, a line each
  std::vector<Place> places_{};
};

// True if each word of `words` begins some word of `name`; both folded.
bool begins_words(std::string_view name, const std::vector<std::string>& words);
// The words of a text, folded.
std::vector<std::string> folded_words(std::string_view text);

}  // namespace mithaq::service
