#include "reader/mentions/persons.hpp"

#include <algorithm>
#include <array>

#include "base/fold.hpp"
#include "base/utf8.hpp"

namespace mithaq::reader {

namespace {

using document::MentionType;
using document::RefClass;

constexpr std::size_t kMostNames = 9;
constexpr std::size_t kMostPersons = 300;
constexpr std::size_t kMostInitials = 6;  // tokens, dots among them
constexpr double kSamePerson = 2.5;

// Letters that differ by dots only, as scans confuse them.
char32_t without_dots(char32_t letter) {
  switch (letter) {
    case U'ت':
    case U'ث':
    case U'ن':
    case U'ي':
      return U'ب';
    case U'ح':
    case U'خ':
      return U'ج';
    case U'ذ':
      return U'د';
    case U'ز':
      return U'ر';
    case U'ش':
      return U'س';
    case U'ض':
      return U'ص';
    case U'ظ':
      return U'ط';
    case U'غ':
      return U'ع';
    case U'ق':
      return U'ف';
    default:
      return letter;
  }
}

class PersonFinder {
 public:
  PersonFinder(Scene& scene, std::vector<document::Mention>& out) : scene_(scene), out_(out) {}

  void run() {
    for (std::size_t at = 0; at < scene_.size();) {
      const std::size_t end = person_at(at);
      at = end > at ? end : at + 1;
    }
  }

 private:
  // Skips titles; gives the token after the last one, or `at` if there is none.
  std::size_t after_titles(std::size_t at, bool& only_weak) const {
    only_weak = true;
    for (int titles = 0; titles < 4 && at < scene_.size(); ++titles) {
      const Scene::Found title = scene_.longest(at, PhraseUse::honorific);
      if (!title) break;
      if (titles > 0 && title.match->reading.prefix_bytes > 0) break;
      if (scene_.token(at).kind != TokenKind::arabic && !scene_.token(at).capitalized) break;
      only_weak = only_weak && title.sense->index == 1;
      at = title.match->end;
      while (scene_.is(at, '.') || scene_.is(at, '/')) ++at;
    }
    return at;
  }

  bool is_initial(std::size_t at) const {
    return at + 1 < scene_.size() && scene_.token(at).kind == TokenKind::latin &&
           scene_.token(at).capitalized && scene_.token(at).end - scene_.token(at).begin == 1 &&
           scene_.is(at + 1, '.');
  }

  // ن. in السيد ن. بورديوجا; a letter alone behind another one may lack its dot.
  bool is_arabic_initial(std::size_t at) const {
    if (at >= scene_.size() || scene_.token(at).kind != TokenKind::arabic) return false;
    if (scene_.token(at).end - scene_.token(at).begin != 2) return false;  // bytes of one letter
    return scene_.is(at + 1, '.') || (at > 0 && scene_.is(at - 1, '.'));
  }

  // May a word be part of a person's name, the nth of it?
  bool is_arabic_name_word(std::size_t at, std::size_t nth) const {
    const Token& word = scene_.token(at);
    if (word.kind != TokenKind::arabic) return false;
    const std::string_view folded = scene_.folded(at);
    if (folded.size() < 4 && folded != "ال") return false;
    if (scene_.text.surface_of(word).find("\u064B") != std::string_view::npos) return false;  // an adverb
    if (nth == 0 && folded.starts_with("و") && folded.size() > 8) return false;  // سعادة وتماسك
    if (scene_.longest(at, PhraseUse::given_name)) {
      return scene_.longest(at, PhraseUse::given_name).match->reading.prefix_bytes == 0;
    }
    if (scene_.lexicon.name_words.has(word.word,
                                      kStopsName | kLinksOwner | kReportWord | kEventWord | kTitledWord)) {
      return false;
    }
    for (const PhraseMatch& match : scene_.phrases.at(at)) {
      for (const Sense& sense : scene_.lexicon.phrases.senses(match.payload)) {
        if (sense.use == PhraseUse::office || sense.use == PhraseUse::honorific ||
            sense.use == PhraseUse::group || sense.use == PhraseUse::head_noun ||
            sense.use == PhraseUse::definite_head) {
          return false;
        }
        if (sense.is_entity() && sense.use <= PhraseUse::acronym &&
            scene_.lexicon.entities[sense.index].type != MentionType::place &&
            (nth == 0 || match.reading.prefix_bytes == 0)) {
          return false;
        }
      }
    }
    // A known word with the article is an ordinary noun, not a family name: السفير قيران التأكيد.
    if (nth > 0 && folded.starts_with("ال") && folded.size() > 4 && word.word != kUnknownWord) return false;
    // قدم السيد نجوغونا تقريرا: an indefinite object of the sentence.
    if (nth > 0 && folded.ends_with("ا") && folded.size() > 8 &&
        scene_.lexicon.vocabulary.find(folded.substr(0, folded.size() - 2)) != kUnknownWord) {
      return false;
    }
    // و before what is a word without it joins another person or begins another clause.
    if (nth > 0 && folded.starts_with("وال")) return false;
    if (nth > 0 && (folded.starts_with("لل") || folded.starts_with("بال"))) return false;
    if (nth > 0 && folded.starts_with("و") && nth >= 2) return false;
    return true;
  }

  bool is_latin_name_word(std::size_t at, std::size_t nth) const {
    const Token& word = scene_.token(at);
    if (word.kind != TokenKind::latin && word.kind != TokenKind::cyrillic) return false;
    if (!word.capitalized) {
      static constexpr std::array<std::string_view, 15> kParticles = {
          "de", "da", "dos", "van", "von", "der", "den", "bin", "ben", "ibn", "al", "el", "la", "du", "di"};
      return nth > 0 &&
             std::find(kParticles.begin(), kParticles.end(), scene_.folded(at)) != kParticles.end() &&
             at + 1 < scene_.size() &&
             (scene_.token(at + 1).capitalized || (scene_.is(at + 1, '-') && at + 2 < scene_.size()));
    }
    if (scene_.lexicon.name_words.has(word.word, kStopsName)) {
      const std::string_view folded = scene_.folded(at);
      return folded == "an" && nth > 0;
    }
    for (const PhraseMatch& match : scene_.phrases.at(at)) {
      for (const Sense& sense : scene_.lexicon.phrases.senses(match.payload)) {
        if (sense.use == PhraseUse::office || sense.use == PhraseUse::honorific ||
            sense.use == PhraseUse::head_noun || sense.use == PhraseUse::group ||
            sense.use == PhraseUse::demonym) {
          return false;
        }
        if (sense.is_entity() && sense.use <= PhraseUse::acronym &&
            (nth == 0 || scene_.lexicon.entities[sense.index].type == MentionType::organization) &&
            spelled_as_name(scene_.text, match, sense, scene_.lexicon)) {
          return false;
        }
      }
    }
    return true;
  }

  bool is_known_family(std::size_t at) const {
    const std::string family = family_of(at);
    if (scene_.context.persons.contains(family)) return true;
    if (family.size() < 10) return false;
    for (const auto& [each, name] : scene_.context.persons) {
      if (each.size() >= 10 && dotted_distance(family, each, kSamePerson) < kSamePerson) return true;
    }
    return false;
  }

  // The token after the name that starts at `at`; `at` if none does.
  std::size_t after_name(std::size_t at, bool arabic) const {
    std::size_t end = at;
    std::size_t words = 0;
    std::size_t cursor = at;
    while (cursor < scene_.size() && words < kMostNames) {
      if (arabic) {
        if (words == 0 && cursor < at + kMostInitials && is_arabic_initial(cursor)) {
          cursor += scene_.is(cursor + 1, '.') ? 2 : 1;
          continue;
        }
        if (!is_arabic_name_word(cursor, words)) break;
        // The family name of somebody named before stands alone.
        if (words == 1 && is_known_family(at) && !is_son_of(cursor)) break;
        const Scene::Found given = scene_.longest(cursor, PhraseUse::given_name);
        cursor = given ? given.match->end : cursor + 1;
        end = cursor;
        if (scene_.is(cursor, '-') && cursor + 1 < scene_.size() &&
            scene_.token(cursor + 1).kind == TokenKind::arabic && !scene_.token(cursor + 1).space_before) {
          ++cursor;
        }
      } else if (is_initial(cursor)) {
        cursor += 2;
      } else {
        if (!is_latin_name_word(cursor, words)) break;
        const bool closes = scene_.token(cursor).capitalized;
        ++cursor;
        if (closes) end = cursor;
        while (cursor + 1 < scene_.size() && !scene_.token(cursor + 1).space_before &&
               (scene_.is(cursor, '-') || scene_.is(cursor, '\'') || scene_.is(cursor, 0x2019)) &&
               scene_.token(cursor + 1).kind == TokenKind::latin && scene_.folded(cursor + 1) != "s") {
          cursor += 2;
          end = cursor;
        }
      }
      ++words;
    }
    return end;
  }

  bool is_son_of(std::size_t at) const {
    return at < scene_.size() && (scene_.folded(at) == "بن" || scene_.folded(at) == "بنت");
  }

  // A common first name and another name behind it, or any word before بن.
  bool starts_untitled_name(std::size_t at) const {
    if (is_son_of(at + 1)) return is_arabic_name_word(at, 0) && !is_son_of(at);
    const Scene::Found given = scene_.longest(at, PhraseUse::given_name);
    if (!given || given.match->end >= scene_.size()) return false;
    const std::size_t next = given.match->end;
    if (scene_.token(next).kind != TokenKind::arabic) return false;
    const Scene::Found second = scene_.longest(next, PhraseUse::given_name);
    if (is_son_of(next) || (second && second.match->reading.prefix_bytes == 0)) return true;
    if (scene_.token(next).word != kUnknownWord) return false;
    if (scene_.folded(next).starts_with("ال")) return true;
    // طلحة كوسا وهو أستاذ: an office behind the two words.
    std::size_t after = next + 1;
    while (after < scene_.size() && after < next + 3 &&
           (scene_.is(after, 0x060C) || scene_.folded(after) == "وهو")) {
      ++after;
    }
    return static_cast<bool>(scene_.longest(after, PhraseUse::office));
  }

  std::size_t person_at(std::size_t at) {
    const TokenKind kind = scene_.token(at).kind;
    const bool arabic = kind == TokenKind::arabic;
    if (!arabic && kind != TokenKind::latin && kind != TokenKind::cyrillic) return at;
    if (scene_.phrases.at(at).empty() && !(arabic && is_son_of(at + 1))) return at;
    bool only_weak = true;
    std::size_t begin = after_titles(at, only_weak);
    const bool titled = begin > at;
    if (titled && only_weak && (begin >= scene_.size() || !starts_untitled_name(begin))) return at;
    if (!titled) {
      // Without a title, only a common first name with another name behind it is a person.
      if (const std::size_t end = known_person_at(at); end > at) return end;
      if (!starts_untitled_name(at)) return at;
      begin = at;
    }
    if (begin >= scene_.size()) return at;
    const bool name_is_arabic = scene_.token(begin).kind == TokenKind::arabic;
    if (titled && arabic != name_is_arabic) return at;
    if (const std::size_t end = known_person_at(begin); end > begin) return end;
    std::size_t end = after_name(begin, arabic);
    std::uint32_t from = scene_.token(begin).begin;
    if (!titled) {
      if (const Scene::Found given = scene_.longest(at, PhraseUse::given_name)) {
        if (end < given.match->end + 1) return at;
        from = begin_of(scene_.text, *given.match);
      }
      if (end < begin + 2) return at;
    }
    if (end == begin) return titled ? begin : at;
    add(begin, end, from);
    return end;
  }

  // Somebody whom data/persons.tsv knows.
  std::size_t known_person_at(std::size_t at) {
    const Scene::Found found = scene_.longest(at, PhraseUse::person);
    if (!found || (scene_.token(at).kind == TokenKind::latin && !scene_.token(at).capitalized)) return at;
    const KnownPerson& person = scene_.lexicon.name_words.person(*found.sense);
    const std::uint32_t from = begin_of(scene_.text, *found.match);
    const std::size_t end = found.match->end;
    out_.push_back({.type = MentionType::person,
                    .place = {scene_.paragraph, {from, scene_.token(end - 1).end}},
                    .entities = {person.id},
                    .name = person.name,
                    .ref = RefClass::name});
    remember(family_of(end - 1), person.name);
    return end;
  }

  // The folded last word of a name, without its article.
  std::string family_of(std::size_t at) const {
    std::string family(scene_.folded(at));
    if (family.starts_with("ال") && family.size() > 8) family.erase(0, 4);
    return family;
  }

  void remember(const std::string& family, const std::string& name) {
    auto& persons = scene_.context.persons;
    if (persons.size() < kMostPersons) persons.emplace(family, name);
  }

  void add(std::size_t begin, std::size_t end, std::uint32_t from) {
    const std::uint32_t to = scene_.token(end - 1).end;
    const std::string surface(scene_.text.text.substr(from, to - from));
    const std::size_t words = end - begin;
    const std::string family = family_of(end - 1);
    document::Mention mention{.type = MentionType::person,
                              .place = {scene_.paragraph, {from, to}},
                              .entities = {},
                              .name = surface,
                              .ref = RefClass::name};
    auto& persons = scene_.context.persons;
    auto known = persons.find(family);
    if (known == persons.end()) {
      // The same name, scanned or transcribed otherwise.
      for (auto each = persons.begin(); each != persons.end(); ++each) {
        if (family.size() >= 10 && each->first.size() >= 10 &&
            dotted_distance(family, each->first, kSamePerson) < kSamePerson) {
          known = each;
          break;
        }
      }
    }
    if (known != persons.end() &&
        (words == 1 || fold(known->second) == fold(surface) ||
         fold(known->second).starts_with(fold(scene_.text.surface_of(scene_.token(begin)))))) {
      mention.ref =
          known->first == family ? (words == 1 ? RefClass::short_form : RefClass::name) : RefClass::variant;
      mention.name = known->second;
    } else if (known == persons.end()) {
      const auto alike = [](std::string_view left, std::string_view right) {
        return std::min(left.size(), right.size()) >= 10 &&
               dotted_distance(left, right, kSamePerson) < kSamePerson;
      };
      if (const KnownPerson* person = scene_.lexicon.name_words.person_like(surface, alike)) {
        mention.name = person->name;
        mention.ref = RefClass::variant;
      }
      remember(family, mention.name);
    }
    mention.entities.push_back(scene_.lexicon.name_words.person_id(mention.name));
    out_.push_back(std::move(mention));
  }

  Scene& scene_;
  std::vector<document::Mention>& out_;
};

}  // namespace

double dotted_distance(std::string_view left, std::string_view right, double limit) {
  const std::u32string a = to_utf32(left);
  const std::u32string b = to_utf32(right);
  constexpr std::size_t kLongest = 40;
  if (a.size() > kLongest || b.size() > kLongest) return a == b ? 0 : limit;
  const std::size_t longer = std::max(a.size(), b.size());
  if (static_cast<double>(longer - std::min(a.size(), b.size())) >= limit) return limit;
  std::array<double, kLongest + 1> row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<double>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    double diagonal = row[0];
    row[0] = static_cast<double>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const double swap =
          a[i - 1] == b[j - 1] ? 0 : (without_dots(a[i - 1]) == without_dots(b[j - 1]) ? 0.5 : 1);
      const double best = std::min({diagonal + swap, row[j] + 1, row[j - 1] + 1});
      diagonal = row[j];
      row[j] = best;
    }
  }
  return std::min(row[b.size()], limit);
}

void find_persons(Scene& scene, std::vector<document::Mention>& out) {
  PersonFinder(scene, out).run();
}

}  // namespace mithaq::reader
