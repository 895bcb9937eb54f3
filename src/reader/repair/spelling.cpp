#include "reader/repair/spelling.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "base/fold.hpp"
#include "base/utf8.hpp"
#include "reader/reasons.hpp"

namespace mithaq::reader {

namespace {

using document::Edit;
using document::EditKind;
using document::Grade;
using document::Paragraph;
using document::Span;
using document::TextRange;

constexpr std::size_t kSampleBytes = 512 * 1024;  // of an undamaged text, to see whether it needs more
constexpr std::size_t kStrongSignsMin = 3;        // broken words that open the gate
constexpr std::size_t kWordsPerSign = 700;        // and not fewer than one in so many words
constexpr std::size_t kLettersMin = 5;            // shorter words have too many neighbours
constexpr std::size_t kUnknownWordsMax = 5000;    // of one text: bounded time

// One Arabic word of a paragraph.
struct Word {
  ArabicWord word{};
  std::uint64_t hash = 0;
  TextRange range{};
  bool breaks = false;  // punctuation, digits or another script stand before it
};

// The Arabic words of a text in order.
void find_words(std::string_view text, std::vector<Word>& words) {
  words.clear();
  bool breaks = true;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0xD8 || lead > 0xDB) {
      if (lead != ' ') breaks = true;
      ++at;
      continue;
    }
    Word word;
    word.range.begin = static_cast<std::uint32_t>(at);
    bool too_long = false;
    while (at + 1 < text.size()) {
      const auto first = static_cast<unsigned char>(text[at]);
      if (first < 0xD8 || first > 0xDB) break;
      const char32_t value =
          (static_cast<char32_t>(first & 0x1F) << 6) | (static_cast<unsigned char>(text[at + 1]) & 0x3F);
      const char16_t folded = fold_arabic(value);
      if (folded == 1) break;
      if (folded > 1) {
        if (word.word.size < ArabicWord::kLettersMax) {
          word.word.letters[word.word.size++] = folded;
        } else {
          too_long = true;
        }
      }
      at += 2;
    }
    word.range.end = static_cast<std::uint32_t>(at);
    if (word.range.begin == word.range.end) {  // Arabic punctuation
      breaks = true;
      at += 2;
      continue;
    }
    if (too_long || word.word.size == 0) {
      breaks = true;
      continue;
    }
    word.hash = hash_of_word(word.word.view());
    word.breaks = breaks;
    breaks = false;
    words.push_back(word);
  }
}

// Letters of a surface form with the bytes each takes, its vowel signs included.
struct SurfaceLetter {
  char16_t folded = 0;
  Span bytes{};
};
std::vector<SurfaceLetter> surface_letters(std::string_view surface) {
  std::vector<SurfaceLetter> letters;
  for (std::size_t at = 0; at < surface.size();) {
    const CodePoint point = decode_utf8(surface, at);
    const char16_t folded = fold_arabic(point.value);
    if (folded > 1) {
      letters.push_back({folded, {at, at + point.length}});
    } else if (!letters.empty()) {
      letters.back().bytes.end = at + point.length;
    }
    at += point.length;
  }
  return letters;
}

// The surface form with the letters of `right` where it differs: what did not change keeps its spelling.
std::string with_letters(std::string_view surface, std::u16string_view wrong, std::u16string_view right) {
  const std::vector<SurfaceLetter> letters = surface_letters(surface);
  if (letters.size() != wrong.size()) return utf8_of_word(right);
  std::size_t head = 0;
  while (head < wrong.size() && head < right.size() && wrong[head] == right[head]) ++head;
  std::size_t tail = 0;
  while (tail + head < wrong.size() && tail + head < right.size() &&
         wrong[wrong.size() - 1 - tail] == right[right.size() - 1 - tail]) {
    ++tail;
  }
  std::string text;
  for (std::size_t each = 0; each < head; ++each) text += slice(surface, letters[each].bytes);
  // Inside the changed stretch letters that stand alike keep their bytes.
  const std::size_t middle = right.size() - head - tail;
  for (std::size_t each = 0; each < middle; ++each) {
    const std::size_t at = head + each;
    if (right.size() == wrong.size() && wrong[at] == right[at]) {
      text += slice(surface, letters[at].bytes);
      continue;
    }
    append_utf8(text, right[at]);
  }
  for (std::size_t each = wrong.size() - tail; each < wrong.size(); ++each)
    text += slice(surface, letters[each].bytes);
  return text;
}

bool is_long_vowel(char16_t letter) {
  return letter == u'ا' || letter == u'و' || letter == u'ي';
}

constexpr std::u16string_view kLetters = u"ابتثجحخدذرزسشصضطظعغفقكلمنهويء";

bool is_one_of(std::u16string_view word, std::initializer_list<std::u16string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class Finder {
 public:
  Finder(std::span<const Paragraph> paragraphs, const Lexicon& lexicon, bool damaged)
      : paragraphs_(paragraphs), lexicon_(lexicon), damaged_(damaged) {}

  std::vector<Edit> run() {
    count_words();
    if (!damaged_) damaged_ = shows_damage();
    for (std::uint32_t each = 0; each < paragraphs_.size(); ++each) {
      if (!is_text(each)) continue;
      find_words(paragraphs_[each].text, words_);
      paragraph_ = each;
      taken_.assign(words_.size(), false);
      find_repetitions();
      if (damaged_) {
        find_duals();
        find_unknown_words();
      }
      find_collocations();
    }
    if (damaged_) find_acronyms();
    return std::move(edits_);
  }

 private:
  bool is_text(std::uint32_t paragraph) const {
    return paragraphs_[paragraph].kind != document::ParagraphKind::furniture;
  }

  std::uint32_t own_count(std::uint64_t hash) const {
    const auto found = counts_.find(hash);
    return found == counts_.end() ? 0 : found->second;
  }
  std::uint32_t own_count(std::u16string_view word) const { return own_count(hash_of_word(word)); }

  void count_words() {
    std::size_t bytes = 0;
    for (std::uint32_t each = 0; each < paragraphs_.size() && (damaged_ || bytes < kSampleBytes); ++each) {
      if (!is_text(each)) continue;
      bytes += paragraphs_[each].text.size();
      find_words(paragraphs_[each].text, words_);
      word_count_ += words_.size();
      for (const Word& word : words_) ++counts_[word.hash];
    }
  }

  const WordStatistics& words() const {
    if (all_words_ == nullptr) all_words_ = &lexicon_.repair.words(lexicon_);
    return *all_words_;
  }
  const WordPairs& pairs() const {
    if (all_pairs_ == nullptr) all_pairs_ = &lexicon_.repair.pairs();
    return *all_pairs_;
  }

  // Do several words, one in a few hundred, differ from a common word by the dots of one letter?
  bool shows_damage() {
    if (!may_show_damage()) return false;
    std::size_t signs = 0, bytes = 0, unknown = 0;
    for (std::uint32_t each = 0; each < paragraphs_.size() && bytes < kSampleBytes; ++each) {
      if (!is_text(each)) continue;
      bytes += paragraphs_[each].text.size();
      find_words(paragraphs_[each].text, words_);
      for (std::size_t at = 0; at < words_.size(); ++at) {
        const Word& word = words_[at];
        if (word.word.size < kLettersMin + 1 || is_known(word) || follows_title(at)) continue;
        if (++unknown > kUnknownWordsMax) return false;
        Candidate best;
        double second = 0;
        best.score = 0;
        try_dots(word, at, best, second, false);
        signs += best.score >= 4 && accept(word, at, best, second);
      }
    }
    return enough_signs(signs);
  }

  bool enough_signs(std::size_t signs) const {
    return signs >= kStrongSignsMin && signs * kWordsPerSign >= word_count_;
  }

  // Are there as many words that could be signs? The names and phrases of the lexicon are known words, and
  // asking them spares a text of few words the loading of all that were counted.
  bool may_show_damage() {
    std::size_t signs = 0, bytes = 0;
    std::string utf8;
    for (std::uint32_t each = 0; each < paragraphs_.size() && bytes < kSampleBytes; ++each) {
      if (!is_text(each)) continue;
      bytes += paragraphs_[each].text.size();
      find_words(paragraphs_[each].text, words_);
      for (std::size_t at = 0; at < words_.size(); ++at) {
        const Word& word = words_[at];
        if (word.word.size < kLettersMin + 1 || own_count(word.hash) >= 3 || follows_title(at)) continue;
        utf8.clear();
        for (const char16_t letter : word.word.view()) append_utf8(utf8, letter);
        if (lexicon_.vocabulary.find(utf8) == kUnknownWord && enough_signs(++signs)) return true;
      }
    }
    return false;
  }

  bool is_known(const Word& word) const {
    return own_count(word.hash) >= 3 || words().knows(word.word.view()) ||
           words().knows_stem(word.word.view());
  }

  // Names of persons are unknown by right.
  bool follows_title(std::size_t at) const {
    for (std::size_t back = 1; back <= 3 && back <= at; ++back) {
      if (words_[at - back + 1].breaks) return false;
      const std::u16string_view word = words_[at - back].word.view();
      if (is_one_of(word, {u"السيد",    u"السيده",  u"والسيد", u"والسيده", u"السفير", u"السفيره", u"الدكتور",
                           u"الدكتوره", u"الاستاذ", u"الشيخ",  u"الامير",  u"اللواء", u"العقيد",  u"الجنرال",
                           u"المهندس",  u"بن",      u"ابن",    u"عبد",     u"ال",     u"ابو"})) {
        return true;
      }
    }
    return false;
  }

  void add(TextRange range, std::string_view rule, Grade grade, std::string after,
           const Explanation& reason) {
    const Paragraph& paragraph = paragraphs_[paragraph_];
    const std::vector<Span> spans = document::raw_spans(paragraph, range);
    // Only words that stand in the raw text in one piece and byte for byte.
    if (spans.size() != 1 || spans[0].size() != range.size()) return;
    std::string before(slice(paragraph.text, range));
    if (before == after) return;
    Edit edit;
    edit.rule = rule;
    edit.grade = grade;
    edit.kind = EditKind::replace;
    edit.span = spans[0];
    edit.before = std::move(before);
    edit.after = std::move(after);
    edit.reason = reason.text();
    edits_.push_back(std::move(edit));
  }

  std::string_view surface(const Word& word) const { return slice(paragraphs_[paragraph_].text, word.range); }

  void find_collocations() {
    for (std::size_t at = 0; at < words_.size(); ++at) {
      const std::vector<Collocation>* candidates = lexicon_.repair.starting_with(words_[at].hash);
      if (candidates == nullptr) continue;
      for (const Collocation& collocation : *candidates) {
        std::vector<std::size_t> places;
        if (!match(collocation, at, places)) continue;
        for (std::size_t each = 0; each < places.size(); ++each) {
          const Collocation::Word& word = collocation.words[each];
          if (word.replacement.empty() || taken_[places[each]]) continue;
          taken_[places[each]] = true;
          const Word& wrong = words_[places[each]];
          add(wrong.range, "spelling.collocation", Grade::safe, word.replacement,
              Explanation::noted(collocation.note));
        }
        break;
      }
    }
  }

  bool match(const Collocation& collocation, std::size_t at, std::vector<std::size_t>& places) const {
    places.clear();
    for (std::size_t each = 0; each < collocation.words.size(); ++each) {
      const std::uint64_t hash = collocation.words[each].hash;
      if (hash == 0) {
        places.push_back(at);
        const std::uint64_t next = collocation.words[each + 1].hash;
        std::size_t skipped = 1;
        while (skipped <= 3 && at + skipped < words_.size() && words_[at + skipped].hash != next) ++skipped;
        if (skipped > 3) return false;
        at += skipped;
        continue;
      }
      if (at >= words_.size() || words_[at].hash != hash || (each > 0 && words_[at].breaks)) return false;
      places.push_back(at++);
    }
    return true;
  }

  // "الأمم المتحدة المتحدة": the word is usual behind the one before, and nobody says it twice.
  void find_repetitions() {
    for (std::size_t at = 2; at < words_.size(); ++at) {
      const Word& word = words_[at];
      if (word.hash != words_[at - 1].hash || word.breaks || words_[at - 1].breaks || word.word.size < 4)
        continue;
      if (pairs().count(words_[at - 2].hash, word.hash) < 10) continue;
      taken_[at] = true;
      add({words_[at - 1].range.end, word.range.end}, "spelling.repetition", Grade::safe, "",
          because(Why::repeated_word));
    }
  }

  // المنظمين or المنظمات in a text that speaks of two: المنظمتين, المنظمتان.
  void find_duals() {
    for (std::size_t at = 0; at < words_.size(); ++at) {
      const std::u16string_view word = words_[at].word.view();
      if (taken_[at] || word.size() < 7 || !word.starts_with(u"ال")) continue;
      const bool men = word.ends_with(u"ين"), women = word.ends_with(u"ات");
      if (!men && !women) continue;
      const std::u16string stem(word.substr(0, word.size() - 2));
      if (stem.ends_with(u"ت")) continue;
      const std::uint32_t duals = own_count(stem + u"تين") + own_count(stem + u"تان");
      if (duals < 3) continue;
      if (men) {
        if (own_count(stem + u"ون") > 0 || duals < own_count(word)) continue;
        change_to_dual(at, stem + u"تين", because(Why::never_of_persons));
        continue;
      }
      if (const std::optional<std::size_t> sign = dual_sign(at)) {
        const bool oblique =
            at > 0 && !words_[at].breaks &&
            is_one_of(words_[at - 1].word.view(),
                      {u"في", u"من", u"الي", u"علي", u"عن", u"مع", u"بين", u"هاتين", u"كلتا", u"لدي"});
        change_to_dual(at, stem + (oblique ? u"تين" : u"تان"),
                       because(Why::goes_on_in_dual, {std::string(surface(words_[*sign]))}));
      }
    }
  }

  void change_to_dual(std::size_t at, const std::u16string& dual, const Explanation& reason) {
    taken_[at] = true;
    const Word& word = words_[at];
    add(word.range, "spelling.dual", Grade::uncertain, with_letters(surface(word), word.word.view(), dual),
        reason);
  }

  // A dual pronoun later in the sentence, or a dual verb right behind.
  std::optional<std::size_t> dual_sign(std::size_t at) const {
    const std::string_view text = paragraphs_[paragraph_].text;
    for (std::size_t next = at + 1; next < words_.size() && next <= at + 14; ++next) {
      const std::string_view between =
          text.substr(words_[next - 1].range.end, words_[next].range.begin - words_[next - 1].range.end);
      if (between.find_first_of(".:;!?") != std::string_view::npos ||
          between.find("؛") != std::string_view::npos)
        return std::nullopt;
      const std::u16string_view word = words_[next].word.view();
      if (is_one_of(word, {u"منهما", u"بينهما", u"كلتاهما", u"لديهما", u"كليهما", u"كلتيهما"})) return next;
      const bool verb =
          word.size() >= 6 && (word.starts_with(u"ت") || word.starts_with(u"ي")) && word.ends_with(u"ان");
      if (next == at + 1 && verb && !words().is_name(word) &&
          (words().count(word.substr(0, word.size() - 2)) > 0 || words().count(word) > 0)) {
        return next;
      }
    }
    return std::nullopt;
  }

  struct Candidate {
    std::u16string word{};
    double score = 0;
    Why reason = Why::one_letter_by_dots;
  };

  // How well known a word is: by itself, behind its particles, or from elsewhere in the text.
  double value_of(std::u16string_view word) const {
    const auto plain = [&](std::u16string_view each) {
      const std::uint32_t count = words().count(each);
      const double own = own_count(each) >= 3 ? own_count(each) : 0;
      return std::max({static_cast<double>(count), own, words().is_name(each) ? 8.0 : 0.0});
    };
    double value = plain(word);
    for (const std::u16string_view prefix :
         {std::u16string_view(u"و"), std::u16string_view(u"ف"), std::u16string_view(u"ب"),
          std::u16string_view(u"ل"), std::u16string_view(u"ك")}) {
      if (word.size() >= prefix.size() + 4 && word.starts_with(prefix))
        value = std::max(value, plain(word.substr(1)) * 0.5);
    }
    return value;
  }

  bool is_any_name(std::u16string_view word) const {
    if (word.starts_with(u"ال")) return false;  // الجنوب is a word as well
    return words().is_name(word) ||
           (word.size() > 5 && is_one_of(word.substr(0, 1), {u"و", u"ف", u"ب", u"ل", u"ك"}) &&
            words().is_name(word.substr(1)));
  }

  void consider(std::u16string_view word, double penalty, std::size_t at, Why reason, Candidate& best,
                double& second) const {
    const double value = value_of(word);
    if (value < 2) return;
    const std::uint64_t hash = hash_of_word(word);
    double score = std::log2(1 + value) + 2 - penalty;
    const bool before = at > 0 && !words_[at].breaks && pairs().count(words_[at - 1].hash, hash) > 0;
    const bool behind =
        at + 1 < words_.size() && !words_[at + 1].breaks && pairs().count(hash, words_[at + 1].hash) > 0;
    if (before) score += 2.5;
    if (behind) score += 2.5;
    if (word == best.word) {
      best.score = std::max(best.score, score);
      return;
    }
    if (score > best.score) {
      second = best.score;
      best = {std::u16string(word), score, reason};
    } else {
      second = std::max(second, score);
    }
  }

  // Neighbours whose dots, or close shapes, differ in one letter; in two if `two` and dots alone differ.
  void try_dots(const Word& word, std::size_t at, Candidate& best, double& second, bool two) const {
    std::u16string letters(word.word.view());
    for (std::size_t first = 0; first < letters.size(); ++first) {
      const char16_t kept = letters[first];
      for (const RepairTables::Confusion& one : lexicon_.repair.confused_with(kept)) {
        // The first letter of a verb says who acts: تشترك and يشترك are both words.
        if (first == 0 || (first == 1 && (letters[0] == u'و' || letters[0] == u'ف'))) continue;
        letters[first] = one.letter;
        consider(letters, one.weight == 1 ? 0 : 2.5, at, Why::one_letter_by_dots, best, second);
        if (two && one.weight == 1) {
          for (std::size_t other = first + 1; other < letters.size(); ++other) {
            const char16_t also_kept = letters[other];
            for (const RepairTables::Confusion& next : lexicon_.repair.confused_with(also_kept)) {
              if (next.weight != 1) continue;
              letters[other] = next.letter;
              consider(letters, 2.5, at, Why::two_letters_by_dots, best, second);
            }
            letters[other] = also_kept;
          }
        }
      }
      letters[first] = kept;
    }
  }

  void try_letters(const Word& word, std::size_t at, Candidate& best, double& second) const {
    const std::u16string_view view = word.word.view();
    std::u16string letters;
    for (std::size_t each = 0; each + 1 < view.size(); ++each) {
      if (view[each] == view[each + 1] || is_long_vowel(view[each]) || is_long_vowel(view[each + 1]))
        continue;
      letters = view;
      std::swap(letters[each], letters[each + 1]);
      consider(letters, 2, at, Why::letters_swapped, best, second);
    }
    for (std::size_t each = 0; each < view.size(); ++each) {
      letters = view;
      letters.erase(each, 1);
      const bool doubled = each > 0 && view[each] == view[each - 1];
      // Long vowels make other words of the same root: only a name is told by them.
      if (each == 0 || each + 1 == view.size() || (is_long_vowel(view[each]) && !is_any_name(letters)))
        continue;
      consider(letters, doubled ? 1.5 : 3, at, Why::letter_too_many, best, second);
    }
    const std::size_t first = view.starts_with(u"ال") ? 3 : 1;
    for (std::size_t each = first; each < view.size(); ++each) {
      for (const char16_t letter : kLetters) {
        letters = view;
        letters.insert(each, 1, letter);
        if (is_long_vowel(letter) && !is_any_name(letters)) continue;
        consider(letters, is_any_name(letters) ? 2 : 3, at, Why::letter_missing, best, second);
      }
    }
  }

  // The letters in which two words differ: of the first [from, to), of the second as many more as it is
  // longer.
  struct Difference {
    std::size_t from = 0, to = 0, other_to = 0;
  };
  static Difference difference(std::u16string_view one, std::u16string_view other) {
    Difference between;
    while (between.from < one.size() && between.from < other.size() &&
           one[between.from] == other[between.from])
      ++between.from;
    std::size_t tail = 0;
    while (tail + between.from < one.size() && tail + between.from < other.size() &&
           one[one.size() - 1 - tail] == other[other.size() - 1 - tail]) {
      ++tail;
    }
    between.to = one.size() - tail;
    between.other_to = other.size() - tail;
    return between;
  }

  // Known behind particles (ببورتوريكو) or with other endings.
  bool is_half_known(std::u16string_view word) const {
    if (words().knows_stem(word)) return true;
    for (const std::u16string_view prefix :
         {std::u16string_view(u"و"), std::u16string_view(u"ف"), std::u16string_view(u"ب"),
          std::u16string_view(u"ل"), std::u16string_view(u"ك"), std::u16string_view(u"وب"),
          std::u16string_view(u"ول"), std::u16string_view(u"لل")}) {
      if (word.size() >= prefix.size() + 3 && word.starts_with(prefix) &&
          (words().knows(word.substr(prefix.size())) || words().knows_stem(word.substr(prefix.size())))) {
        return true;
      }
    }
    return false;
  }

  // Is the best candidate good enough? One sign is not: a word that looks broken may be one we have not met.
  // Two of these are asked for:
  //   its letters stand together in hardly any other word
  //   the right word stands elsewhere in the text
  //   the right word is usual beside one of its neighbours
  //   it is long, and so has few neighbours
  //   the right word is the name of a State or a place
  bool accept(const Word& word, std::size_t at, const Candidate& best, double second) const {
    if (best.score < 2.5 || best.score < second + 1.5) return false;
    const std::u16string_view view = word.word.view();
    if (is_half_known(view)) return false;
    const bool name = view.size() >= 6 && is_any_name(best.word);
    if (!name && best.word.size() < view.size() && view.size() < 9) return false;
    if (!name && best.word.size() > view.size() && view.size() < 7) return false;
    const Difference between = difference(view, best.word);
    const std::uint32_t rarest = words().rarest_trigram(view, between.from, between.to);
    const std::uint32_t rarest_right = words().rarest_trigram(best.word, between.from, between.other_to);
    const std::uint64_t hash = hash_of_word(best.word);
    const bool beside =
        (at > 0 && !word.breaks && pairs().count(words_[at - 1].hash, hash) > 0) ||
        (at + 1 < words_.size() && !words_[at + 1].breaks && pairs().count(hash, words_[at + 1].hash) > 0);
    const bool broken = rarest <= 3 && rarest_right > 4 * rarest;
    // ليونيسيف: the word alone does not exist, and with the article it does.
    const bool article = best.word.starts_with(u"لل") && !view.starts_with(u"لل");
    const int signs = broken + article + stands_elsewhere(best.word) + beside + (view.size() >= 9) + name;
    return signs >= 2;
  }

  bool stands_elsewhere(std::u16string_view word) const {
    if (word.starts_with(u"لل") && own_count(u"ال" + std::u16string(word.substr(2))) > 0) return true;
    if (own_count(word) > 0 || own_count(u"و" + std::u16string(word)) > 0) return true;
    return word.size() >= 6 && word.starts_with(u"و") && own_count(word.substr(1)) > 0;
  }

  void find_unknown_words() {
    for (std::size_t at = 0; at < words_.size(); ++at) {
      const Word& word = words_[at];
      if (taken_[at] || word.word.size < kLettersMin || own_count(word.hash) >= 3 ||
          words().knows(word.word.view()) || follows_title(at)) {
        continue;
      }
      if (++unknown_words_ > kUnknownWordsMax) return;
      if (add_missing_alef(at)) continue;
      Candidate best;
      double second = 0;
      try_dots(word, at, best, second, word.word.size >= 6 && word.word.size <= 12);
      try_letters(word, at, best, second);
      try_article(word, best, second);
      if (!accept(word, at, best, second)) continue;
      taken_[at] = true;
      add(word.range, "spelling.unknown-word", Grade::uncertain,
          with_letters(surface(word), word.word.view(), best.word), because(best.reason));
      // What follows reads the word as it is now.
      words_[at].word = arabic_word(utf8_of_word(best.word));
      words_[at].hash = hash_of_word(best.word);
    }
  }

  // لم يملكو: the plural of a verb behind لم is written with an alef.
  bool add_missing_alef(std::size_t at) {
    const Word& word = words_[at];
    const std::u16string_view view = word.word.view();
    if (at == 0 || word.breaks || !view.ends_with(u"و") ||
        !(view.starts_with(u"ي") || view.starts_with(u"ت")))
      return false;
    if (!is_one_of(words_[at - 1].word.view(),
                   {u"لم", u"ولم", u"لن", u"ولن", u"ان", u"وان", u"بان", u"لان", u"كي", u"لكي", u"حتي"}))
      return false;
    if (!words().knows(view.substr(0, view.size() - 1)) && !words().knows(std::u16string(view) + u"ن") &&
        !words().knows(std::u16string(view) + u"ا")) {
      return false;
    }
    taken_[at] = true;
    add(word.range, "spelling.plural-alef", Grade::uncertain, std::string(surface(word)) + "ا",
        because(Why::plural_alef, {std::string(surface(words_[at - 1]))}));
    return true;
  }

  // ل before a word that only exists with its article: ل + اليونيسيف is written لليونيسيف.
  void try_article(const Word& word, Candidate& best, double& second) const {
    const std::u16string_view view = word.word.view();
    if (!view.starts_with(u"ل") || view.starts_with(u"لل") || view.size() < 6) return;
    const std::u16string rest(view.substr(1));
    const double value = value_of(u"ال" + rest);
    if (value < 4 || value < 5 * value_of(rest) || own_count(rest) > 0) return;
    const std::u16string fused = u"لل" + rest;
    const double score = std::log2(1 + value) + 2;
    if (fused == best.word) {
      best.score = std::max(best.score, score);
    } else if (score >= best.score) {
      // The same word with the article alone is the weaker reading of the two.
      if (best.word != u"ال" + rest) second = std::max(second, best.score);
      best = {fused, score, Why::article_missing};
    }
  }

  // OCSE, once, in a text that says OSCE again and again.
  void find_acronyms() {
    struct Seen {
      std::size_t count = 0;
      std::uint32_t paragraph = 0;
      TextRange range{};
    };
    std::unordered_map<std::string, Seen> acronyms;
    for (std::uint32_t each = 0; each < paragraphs_.size(); ++each) {
      const std::string_view text = paragraphs_[each].text;
      for (std::size_t at = 0; at < text.size();) {
        if (text[at] < 'A' || text[at] > 'Z') {
          ++at;
          continue;
        }
        std::size_t end = at;
        while (end < text.size() && text[end] >= 'A' && text[end] <= 'Z') ++end;
        const bool word = end - at >= 4 && end - at <= 7 &&
                          (end == text.size() || !((text[end] >= 'a' && text[end] <= 'z') ||
                                                   (text[end] >= '0' && text[end] <= '9')));
        if (word) {
          Seen& seen = acronyms[std::string(text.substr(at, end - at))];
          ++seen.count;
          seen.paragraph = each;
          seen.range = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
        }
        at = end;
      }
    }
    std::vector<std::pair<std::string, Seen>> rare;
    for (const auto& [acronym, seen] : acronyms) {
      if (seen.count == 1) rare.emplace_back(acronym, seen);
    }
    std::sort(rare.begin(), rare.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [acronym, seen] : rare) {
      if (lexicon_.vocabulary.find(fold(acronym)) != kUnknownWord) continue;
      for (std::size_t each = 0; each + 1 < acronym.size(); ++each) {
        std::string swapped = acronym;
        std::swap(swapped[each], swapped[each + 1]);
        const auto usual = acronyms.find(swapped);
        if (swapped == acronym || usual == acronyms.end() || usual->second.count < 5) continue;
        paragraph_ = seen.paragraph;
        add(seen.range, "spelling.acronym", Grade::uncertain, swapped,
            because(Why::acronym, {swapped, std::to_string(usual->second.count)}));
        break;
      }
    }
  }

  std::span<const Paragraph> paragraphs_;
  const Lexicon& lexicon_;
  // The tables of words: an undamaged text that is short asks for neither.
  mutable const WordStatistics* all_words_ = nullptr;
  mutable const WordPairs* all_pairs_ = nullptr;
  bool damaged_;
  std::unordered_map<std::uint64_t, std::uint32_t> counts_;
  std::size_t word_count_ = 0;
  std::size_t unknown_words_ = 0;
  std::uint32_t paragraph_ = 0;
  std::vector<Word> words_;
  std::vector<bool> taken_;
  std::vector<Edit> edits_;
};

}  // namespace

std::vector<Edit> find_spelling_damage(std::span<const Paragraph> paragraphs, const Lexicon& lexicon,
                                       bool damaged) {
  return Finder(paragraphs, lexicon, damaged).run();
}

}  // namespace mithaq::reader
