#include "reader/lexicon/name_words.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/fold.hpp"
#include "base/table.hpp"

namespace mithaq::reader {

namespace {

constexpr std::string_view kTables[] = {"head_nouns", "honorifics", "offices",
                                        "groups",     "stop_words", "subjects"};

struct NamedFlag {
  std::string_view name;
  WordFlag flag;
};
constexpr NamedFlag kFlags[] = {{"stop", kStopsName},
                                {"link", kLinksOwner},
                                {"adjective", kContinuesName},
                                {"about", kNamesSubject},
                                {"before_place", kBeforePlace},
                                {"resolution_short", kResolutionWord},
                                {"resolution_trap", kResolutionTrap},
                                {"report_word", kReportWord},
                                {"event_word", kEventWord},
                                {"titled", kTitledWord},
                                {"inside", kInsideName},
                                {"ambiguous_name", kAmbiguousName},
                                {"place_head", kPlaceHead},
                                {"place_before", kPlaceBefore},
                                {"place_of", kPlaceOf},
                                {"place_behind", kPlaceBehind},
                                {"north", kNorth},
                                {"south", kSouth},
                                {"east", kEast},
                                {"west", kWest},
                                {"said_before", kSaidBefore},
                                {"announces", kAnnounces}};

[[noreturn]] void refuse(const Table& rows, std::size_t row, std::string_view what) {
  throw Error(ErrorKind::invalid_input,
              rows.name() + ":" + std::to_string(rows.line_of(row)) + ": " + std::string(what));
}

std::string joined(std::string_view phrase) {
  std::string out;
  for (const std::string& word : phrase_words(phrase)) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

}  // namespace

NameWords NameWords::load(const std::filesystem::path& data_folder, Vocabulary& vocabulary,
                          PhraseIndex& phrases) {
  NameWords words;
  for (std::size_t language = 0; language < kLanguageCount; ++language) {
    for (const std::string_view table : kTables) {
      const std::filesystem::path path =
          data_folder / "languages" / kLanguageCodes[language] / (std::string(table) + ".tsv");
      if (!std::filesystem::exists(path)) continue;
      words.add(std::string(table), Table::read(path), static_cast<Language>(language), vocabulary, phrases);
    }
  }
  if (const std::filesystem::path path = data_folder / "persons.tsv"; std::filesystem::exists(path)) {
    words.add_persons(Table::read(path), vocabulary, phrases);
  }
  return words;
}

void NameWords::add_persons(const Table& rows, Vocabulary& vocabulary, PhraseIndex& phrases) {
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    const auto index = static_cast<std::uint32_t>(persons_.size());
    persons_.push_back({std::string(rows.cell(row, "id")), std::string(rows.cell(row, "en"))});
    person_ids_.emplace(persons_.back().name, persons_.back().id);
    for (const auto& [column, language] : {std::pair{"ar", Language::ar}, {"en", Language::en}}) {
      const auto add_form = [&, language = language](std::string_view form) {
        phrases.add(vocabulary, form, {PhraseUse::person, language, index});
        std::vector<std::string> words = phrase_words(form);
        if (words.size() < 2) return;
        const auto place = static_cast<std::uint32_t>(person_forms_.size());
        person_forms_by_word_.emplace(words.front(), place);
        person_forms_by_word_.emplace(words.back(), place);
        person_forms_.push_back({std::move(words), index});
      };
      add_form(rows.cell(row, column));
      for (const std::string_view alias : split_values(rows.cell(row, std::string(column) + "_alias"))) {
        add_form(alias);
      }
    }
  }
}

const KnownPerson* NameWords::person_like(
    std::string_view name, const std::function<bool(std::string_view, std::string_view)>& alike) const {
  const std::vector<std::string> words = phrase_words(name);
  if (words.size() < 2) return nullptr;  // a family name alone names many people
  for (const std::string* key : {&words.front(), &words.back()}) {
    const auto [begin, end] = person_forms_by_word_.equal_range(*key);
    for (auto at = begin; at != end; ++at) {
      const PersonForm& form = person_forms_[at->second];
      if (form.words.size() != words.size()) continue;
      std::size_t different = 0, which = 0;
      for (std::size_t each = 0; each < words.size(); ++each) {
        if (form.words[each] == words[each]) continue;
        ++different;
        which = each;
      }
      if (different == 1 && alike(form.words[which], words[which])) return &persons_[form.person];
    }
  }
  return nullptr;
}

std::string NameWords::person_id(const std::string& name) const {
  const auto found = person_ids_.find(name);
  if (found != person_ids_.end()) return found->second;
  std::string id = "person:" + fold(name);
  std::replace(id.begin(), id.end(), ' ', '-');
  return id;
}

void NameWords::add(const std::string& table, const Table& rows, Language language, Vocabulary& vocabulary,
                    PhraseIndex& phrases) {
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    const auto add_phrase = [&](std::string_view phrase, PhraseUse use, std::size_t index) {
      phrases.add(vocabulary, phrase, {use, language, static_cast<std::uint32_t>(index)});
    };
    const std::string phrase(rows.cell(row, rows.has_column("phrase") ? "phrase" : "word"));
    if (table == "head_nouns") {
      heads_.push_back({phrase, std::string(rows.cell(row, "kind")), std::string(rows.cell(row, "en")),
                        rows.cell(row, "strength") == "strong"});
      add_phrase(phrase, PhraseUse::head_noun, heads_.size() - 1);
      if (language == Language::ar) add_phrase("ال" + phrase, PhraseUse::definite_head, heads_.size() - 1);
    } else if (table == "honorifics") {
      const std::string_view kind = rows.cell(row, "kind");
      if (kind != "title" && kind != "weak_title" && kind != "given_name") refuse(rows, row, "no such kind");
      add_phrase(phrase, kind == "given_name" ? PhraseUse::given_name : PhraseUse::honorific,
                 kind == "weak_title" ? 1 : 0);
    } else if (table == "offices") {
      const std::string_view scope = rows.cell(row, "scope");
      if (scope != "bare" && scope != "owned" && scope != "word")
        refuse(rows, row, "scope is bare, owned or word");
      offices_.push_back({phrase, std::string(rows.cell(row, "en")),
                          scope == "bare"    ? Office::Scope::bare
                          : scope == "owned" ? Office::Scope::owned
                                             : Office::Scope::word});
      add_phrase(phrase, PhraseUse::office, offices_.size() - 1);
    } else if (table == "groups") {
      const std::string_view needs = rows.cell(row, "needs");
      if (needs != "alone" && needs != "owner" && needs != "pair")
        refuse(rows, row, "needs is alone, owner or pair");
      groups_.push_back({std::string(rows.cell(row, "en")),
                         needs == "owner"  ? StateGroup::Needs::owner
                         : needs == "pair" ? StateGroup::Needs::pair
                                           : StateGroup::Needs::nothing,
                         std::string(rows.cell(row, "of"))});
      add_phrase(phrase, PhraseUse::group, groups_.size() - 1);
    } else if (table == "stop_words") {
      const std::string_view use = rows.cell(row, "use");
      const NamedFlag* flag = nullptr;
      for (const NamedFlag& each : kFlags) {
        if (each.name == use) flag = &each;
      }
      if (!flag) refuse(rows, row, "no such use: " + std::string(use));
      const std::vector<std::string> words = phrase_words(phrase);
      if (words.size() != 1) refuse(rows, row, "one word is wanted");
      const WordId word = vocabulary.add(words[0]);
      if (word >= flags_.size()) flags_.resize(word + 256);
      flags_[word] |= flag->flag;
    } else if (table == "subjects") {
      subjects_.emplace(joined(phrase), std::string(rows.cell(row, "en")));
    }
  }
}

std::string_view NameWords::subject(const std::string& folded_words) const {
  const auto found = subjects_.find(folded_words);
  return found == subjects_.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace mithaq::reader
