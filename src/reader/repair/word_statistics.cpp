#include "reader/repair/word_statistics.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <unordered_map>

#include "base/error.hpp"
#include "base/fold.hpp"
#include "base/mapped_file.hpp"
#include "base/table.hpp"
#include "base/utf8.hpp"
#include "reader/lexicon/lexicon.hpp"

namespace mithaq::reader {

namespace {

std::array<char16_t, 256> make_fold_table() {
  std::array<char16_t, 256> table{};
  for (char32_t value = 0x600; value < 0x700; ++value) {
    std::string folded;
    append_folded(folded, value);
    if (folded.empty()) {
      table[value - 0x600] = 0;
    } else if (is_arabic_letter(value)) {
      table[value - 0x600] = static_cast<char16_t>(decode_utf8(folded, 0).value);
    } else {
      table[value - 0x600] = 1;
    }
  }
  return table;
}

const std::array<char16_t, 256>& fold_table() {
  static const std::array<char16_t, 256> table = make_fold_table();
  return table;
}

std::uint32_t number_in(const TableRows& rows, std::size_t column) {
  const std::string_view cell = rows.cell(column);
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size()) {
    throw Error(ErrorKind::invalid_input,
                rows.name() + ":" + std::to_string(rows.line()) + ": a count is a number");
  }
  return value;
}

// Bytes of a line of the two tables, about: how many there are is guessed, not counted.
constexpr std::size_t kBytesPerWord = 24;
constexpr std::size_t kBytesPerPair = 33;
// Words of the lexicon that the counted papers do not have, and stems that are no words.
constexpr std::size_t kWordsBeside = 32000;

constexpr std::uint64_t key_of_pair(std::uint64_t word, std::uint64_t next) {
  return (word * 31 + next) | 1;
}

// Longest first, so that the first that fits is the longest.
constexpr std::array<std::u16string_view, 19> kPrefixes = {
    u"وبال", u"وكال", u"فبال", u"ولل", u"وال", u"فال", u"بال", u"كال", u"لل", u"ال",
    u"وب",   u"ول",   u"وس",   u"و",   u"ف",   u"ب",   u"ك",   u"ل",   u"س"};
constexpr std::array<std::u16string_view, 28> kSuffixes = {
    u"اتهم", u"اتنا", u"اته", u"تهم", u"تنا", u"كم", u"تيهما", u"اتها", u"تهما", u"تين",
    u"تان",  u"يات",  u"هما", u"اتي", u"وها", u"ات", u"ان",    u"ين",   u"ون",   u"يه",
    u"ها",   u"هم",   u"نا",  u"وا",  u"ته",  u"ه",  u"ي",     u"ا"};

constexpr std::size_t kLetterKinds = 40;  // U+0621-U+064A folded, and the borders of a word

constexpr std::size_t letter_index(char16_t letter) {
  if (letter == u'^') return 0;
  if (letter == u'$') return 1;
  if (letter >= 0x621 && letter <= 0x63A) return letter - 0x621u + 2;   // 2-27
  if (letter >= 0x641 && letter <= 0x64A) return letter - 0x641u + 28;  // 28-37
  return 38;
}

// Which of the affixes, as bits, have a letter at their outer end: few are left to compare with a word.
template <std::size_t Count>
constexpr std::array<std::uint32_t, kLetterKinds> by_letter(
    const std::array<std::u16string_view, Count>& affixes, bool at_end) {
  static_assert(Count <= 32);
  std::array<std::uint32_t, kLetterKinds> bits{};
  for (std::size_t each = 0; each < Count; ++each) {
    bits[letter_index(at_end ? affixes[each].back() : affixes[each].front())] |= std::uint32_t{1} << each;
  }
  return bits;
}
constexpr auto kPrefixesByLetter = by_letter(kPrefixes, false);
constexpr auto kSuffixesByLetter = by_letter(kSuffixes, true);

}  // namespace

char16_t fold_arabic(char32_t value) {
  static const std::array<char16_t, 256>& table = fold_table();
  return value >= 0x600 && value < 0x700 ? table[value - 0x600] : char16_t{1};
}

ArabicWord arabic_word(std::string_view utf8) {
  static const std::array<char16_t, 256>& table = fold_table();
  ArabicWord word;
  for (std::size_t at = 0; at < utf8.size();) {
    // Arabic letters take two bytes, D8-DB first; nothing else folds to one.
    const auto lead = static_cast<unsigned char>(utf8[at++]);
    if (lead < 0xD8 || lead > 0xDB || at >= utf8.size()) continue;
    const auto follow = static_cast<unsigned char>(utf8[at]);
    if ((follow & 0xC0) != 0x80) continue;
    ++at;
    const char16_t folded = table[(lead & 3u) << 6 | (follow & 0x3Fu)];
    if (folded > 1 && word.size < ArabicWord::kLettersMax) word.letters[word.size++] = folded;
  }
  return word;
}

std::string utf8_of_word(std::u16string_view letters) {
  std::string text;
  for (const char16_t letter : letters) append_utf8(text, letter);
  return text;
}

std::uint64_t hash_of_word(std::u16string_view letters) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char16_t letter : letters) hash = (hash ^ letter) * 0x100000001b3u;
  hash ^= hash >> 29;
  hash *= 0xbf58476d1ce4e5b9u;
  hash ^= hash >> 32;
  return hash | 1;  // 0 marks a free slot
}

std::u16string_view light_stem(std::u16string_view word) {
  if (word.empty()) return word;
  const char16_t last = word.back();
  for (std::uint32_t left = kPrefixesByLetter[letter_index(word.front())]; left != 0; left &= left - 1) {
    const std::u16string_view prefix = kPrefixes[static_cast<std::size_t>(std::countr_zero(left))];
    if (word.size() >= prefix.size() + 3 && word.starts_with(prefix)) {
      word.remove_prefix(prefix.size());
      break;
    }
  }
  for (std::uint32_t left = kSuffixesByLetter[letter_index(last)]; left != 0; left &= left - 1) {
    const std::u16string_view suffix = kSuffixes[static_cast<std::size_t>(std::countr_zero(left))];
    if (word.size() >= suffix.size() + 3 && word.ends_with(suffix)) {
      word.remove_suffix(suffix.size());
      break;
    }
  }
  return word;
}

void HashedCounts::reserve(std::size_t keys) {
  std::size_t slots = 64;
  while (slots * 2 < keys * 3) slots *= 2;
  if (slots > slots_.size()) rebuild(slots);
}

std::size_t HashedCounts::slot_of(std::uint64_t key) const {
  std::size_t at = key >> 8 & (slots_.size() - 1);
  while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
  return at;
}

void HashedCounts::rebuild(std::size_t slots) {
  std::vector<Slot> old(slots);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.key != 0) slots_[slot_of(slot.key)] = slot;
  }
}

std::uint32_t& HashedCounts::operator[](std::uint64_t key) {
  if (slots_.empty()) reserve(0);
  std::size_t at = slot_of(key);
  if (slots_[at].key == 0) {
    if (++used_ * 3 > slots_.size() * 2) {
      rebuild(slots_.size() * 2);
      at = slot_of(key);
    }
    slots_[at].key = key;
  }
  return slots_[at].value;
}

std::uint32_t HashedCounts::find(std::uint64_t key) const {
  return slots_.empty() ? 0 : slots_[slot_of(key)].value;
}

WordPairs WordPairs::load(const std::filesystem::path& data_folder) {
  const MappedFile file(data_folder / "languages" / "ar" / "word_pairs.tsv");
  TableRows rows(file.bytes(), "word_pairs.tsv");
  const std::size_t word = rows.column("word"), next = rows.column("next"), count = rows.column("count");
  WordPairs pairs;
  pairs.counts_.reserve(file.bytes().size() / kBytesPerPair);
  while (rows.next()) {
    const std::uint64_t first = hash_of_word(arabic_word(rows.cell(word)).view());
    const std::uint64_t second = hash_of_word(arabic_word(rows.cell(next)).view());
    pairs.counts_[key_of_pair(first, second)] = number_in(rows, count);
  }
  return pairs;
}

std::uint32_t WordPairs::count(std::uint64_t word, std::uint64_t next) const {
  return counts_.find(key_of_pair(word, next));
}

WordStatistics WordStatistics::load(const std::filesystem::path& data_folder, const Lexicon& lexicon) {
  WordStatistics statistics;
  {
    const MappedFile file(data_folder / "languages" / "ar" / "vocabulary.tsv");
    TableRows rows(file.bytes(), "vocabulary.tsv");
    const std::size_t word = rows.column("word"), count = rows.column("count");
    statistics.words_.reserve(file.bytes().size() / kBytesPerWord + kWordsBeside);
    while (rows.next()) {
      const ArabicWord letters = arabic_word(rows.cell(word));
      std::uint32_t& value = statistics.words_[hash_of_word(letters.view())];
      value = (value & ~kCount) | std::min(number_in(rows, count), kCount);
      statistics.add_stem(letters.view());
      if (letters.size > 0) statistics.count_trigrams(letters.view());
    }
  }
  const auto add_known = [&](const ArabicWord& letters) -> std::uint32_t& {
    statistics.add_stem(letters.view());
    std::uint32_t& value = statistics.words_[hash_of_word(letters.view())];
    if ((value & ~kStem) == 0) ++value;
    return value;
  };
  const Vocabulary& names = lexicon.vocabulary;
  for (WordId id = 1; id + 1 < names.size(); ++id) {
    const std::string_view name = names.word(id);
    if (name.empty() || static_cast<unsigned char>(name[0]) < 0xD8 ||
        static_cast<unsigned char>(name[0]) > 0xDB)
      continue;
    const ArabicWord letters = arabic_word(name);
    if (letters.size >= 2) add_known(letters);
  }
  // A word that many names share (جمهورية, جزر) is no name.
  std::unordered_map<std::string_view, int> uses;
  for (EntityIndex each = 0; each < lexicon.entities.size(); ++each) {
    const Entity& entity = lexicon.entities[each];
    if (entity.type == document::MentionType::organization) continue;
    const std::string_view name = entity.names[static_cast<std::size_t>(Language::ar)];
    for (std::size_t at = 0; at < name.size();) {
      const std::size_t end = std::min(name.find(' ', at), name.size());
      if (end > at) ++uses[name.substr(at, end - at)];
      at = end + 1;
    }
  }
  for (const auto& [word, times] : uses) {
    const ArabicWord letters = arabic_word(word);
    if (times <= 3 && letters.size >= 4) add_known(letters) |= kName;
  }
  return statistics;
}

void WordStatistics::add_stem(std::u16string_view word) {
  words_[hash_of_word(light_stem(word))] |= kStem;
}

void WordStatistics::count_trigrams(std::u16string_view word) {
  if (trigrams_.empty()) trigrams_.resize(kLetterKinds * kLetterKinds * kLetterKinds);
  std::size_t first = letter_index(u'^'), second = letter_index(word[0]);
  for (std::size_t each = 1; each <= word.size(); ++each) {
    const std::size_t third = letter_index(each < word.size() ? word[each] : u'$');
    std::uint16_t& count = trigrams_[(first * kLetterKinds + second) * kLetterKinds + third];
    if (count < 0xFFFF) ++count;
    first = second;
    second = third;
  }
}

std::uint32_t WordStatistics::trigram_count(char16_t first, char16_t second, char16_t third) const {
  if (trigrams_.empty()) return 0;
  return trigrams_[(letter_index(first) * kLetterKinds + letter_index(second)) * kLetterKinds +
                   letter_index(third)];
}

std::uint32_t WordStatistics::rarest_trigram(std::u16string_view word, std::size_t from,
                                             std::size_t to) const {
  const auto letter = [&](std::size_t at) {
    return at == 0 ? u'^' : at <= word.size() ? word[at - 1] : u'$';
  };
  std::uint32_t rarest = 0xFFFFFFFFu;
  // Letters are counted from 1 here, so that the borders stand at 0 and size + 1.
  for (std::size_t start = from > 1 ? from - 1 : 0; start + 2 <= word.size() + 1 && start <= to; ++start) {
    rarest = std::min(rarest, trigram_count(letter(start), letter(start + 1), letter(start + 2)));
  }
  return rarest;
}

std::uint32_t WordStatistics::count(std::u16string_view word) const {
  return words_.find(hash_of_word(word)) & kCount;
}
bool WordStatistics::is_name(std::u16string_view word) const {
  return (words_.find(hash_of_word(word)) & kName) != 0;
}

bool WordStatistics::knows(std::u16string_view word) const {
  return (words_.find(hash_of_word(word)) & ~kStem) != 0;
}
bool WordStatistics::knows_stem(std::u16string_view word) const {
  return (words_.find(hash_of_word(light_stem(word))) & kStem) != 0;
}

const WordStatistics& LazyWordTables::words(const Lexicon& lexicon) const {
  std::call_once(words_once_, [&] { words_ = WordStatistics::load(data_folder_, lexicon); });
  return words_;
}
const WordPairs& LazyWordTables::pairs() const {
  std::call_once(pairs_once_, [&] { pairs_ = WordPairs::load(data_folder_); });
  return pairs_;
}

}  // namespace mithaq::reader
