// Words by which names are known: what heads the name of a body, stands before a person, is an office, a
// group of States, or ends a name.
//
// data/persons.tsv and data/languages/*/head_nouns.tsv, honorifics.tsv, offices.tsv, groups.tsv,
// stop_words.tsv, subjects.tsv.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/table.hpp"
#include "reader/lexicon/phrases.hpp"

namespace mithaq::reader {

struct HeadNoun {
  std::string word{};
  std::string kind{};     // "organ", "ministry", …
  std::string english{};  // "Committee"
  bool strong = false;    // a name with a specific word; a weak one only with an owner or an acronym
};

struct Office {
  enum class Scope { bare, owned, word };
  std::string phrase{};
  std::string english{};  // "Secretary-General"
  Scope scope = Scope::word;
};

struct StateGroup {
  enum class Needs { nothing, owner, pair };
  std::string english{};  // "Member States"
  Needs needs = Needs::nothing;
  std::string organization{};  // entity id: whose term it is; empty if anybody's
};

// Somebody whose name and office are public record.
struct KnownPerson {
  std::string id{};    // "person:kofi-annan"
  std::string name{};  // in English
};

// What a small word does, as bits; see data/languages/ar/stop_words.tsv.
enum WordFlag : std::uint32_t {
  kStopsName = 1,
  kLinksOwner = 2,
  kContinuesName = 4,
  kNamesSubject = 8,
  kBeforePlace = 16,
  kResolutionWord = 32,
  kResolutionTrap = 64,
  kReportWord = 128,
  kEventWord = 256,
  kTitledWord = 512,
  kInsideName = 1024,
  kAmbiguousName = 2048,
  kPlaceHead = 4096,     // County, in capitals behind the name
  kPlaceBefore = 8192,   // Mount, in capitals before it
  kPlaceOf = 16384,      // the village of
  kPlaceBehind = 32768,  // district, in small letters behind it
  kNorth = 65536,
  kSouth = 131072,
  kEast = 262144,
  kWest = 524288,
  kSaidBefore = 2097152,  // المنظمة المذكورة
  kAnnounces = 1048576,   // المشار إليها فيما بعد ب
};

class NameWords {
 public:
  // Reads the tables of all languages; a language may lack some.
  //   throws  Error{invalid_input} naming file and line
  static NameWords load(const std::filesystem::path& data_folder, Vocabulary& vocabulary,
                        PhraseIndex& phrases);
  // Reads one table; `table` is the file's name without its ending.
  void add(const std::string& table, const Table& rows, Language language, Vocabulary& vocabulary,
           PhraseIndex& phrases);

  void add_persons(const Table& rows, Vocabulary& vocabulary, PhraseIndex& phrases);

  const HeadNoun& head(const Sense& sense) const { return heads_[sense.index]; }
  const Office& office(const Sense& sense) const { return offices_[sense.index]; }
  const StateGroup& group(const Sense& sense) const { return groups_[sense.index]; }

  const KnownPerson& person(const Sense& sense) const { return persons_[sense.index]; }
  // The id of a person by the English name; one made of the name if data/persons.tsv has none.
  std::string person_id(const std::string& name) const;
  // A listed person whose name differs in one word only, and that word is spelt or scanned otherwise; null if
  // nobody's does. The first or the last word is as listed.
  //   alike  whether two folded words may be one
  const KnownPerson* person_like(std::string_view name,
                                 const std::function<bool(std::string_view, std::string_view)>& alike) const;

  bool has(WordId word, unsigned flags) const { return word < flags_.size() && (flags_[word] & flags) != 0; }
  // The English name of what a ministry is for, by its folded Arabic words; empty if not listed.
  //   example  "الخارجيه" gives "Foreign Affairs"
  std::string_view subject(const std::string& folded_words) const;

 private:
  std::vector<HeadNoun> heads_;
  std::vector<Office> offices_;
  std::vector<StateGroup> groups_;
  std::vector<KnownPerson> persons_;
  std::map<std::string, std::string> person_ids_;  // by name
  struct PersonForm {
    std::vector<std::string> words{};  // folded
    std::uint32_t person = 0;
  };
  std::vector<PersonForm> person_forms_;
  std::unordered_multimap<std::string, std::uint32_t> person_forms_by_word_;  // first and last word
  std::vector<std::uint32_t> flags_;                                          // by word
  std::map<std::string, std::string> subjects_;
};

}  // namespace mithaq::reader
