#include "reader/lexicon/triggers.hpp"

#include <array>
#include <string>

#include "base/error.hpp"
#include "base/table.hpp"

namespace mithaq::reader {

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Signal::count)> kCueNames = {
    "with",
    "between",
    "and_also",
    "such_as",
    "by",
    "each_of",
    "preposition",
    "to",
    "that",
    "relative",
    "clause_break",
    "said",
    "possessive",
    "copula",
    "cooperation_noun",
    "relation_noun",
    "cooperation_verb",
    "jointly",
    "joint_adjective",
    "act_verb",
    "support_verb",
    "participation_verb",
    "participation_noun",
    "give_verb",
    "given_noun",
    "help_noun",
    "brings_together",
    "directly_with",
    "lead_role",
    "lead_adjective",
    "led_by",
    "lead_verb",
    "chair_noun",
    "responsibility",
    "request",
    "decision",
    "modal",
    "pledge",
    "pledge_noun",
    "necessity",
    "call_noun",
    "provides",
    "aims",
    "mandates",
    "role_for",
    "task_noun",
    "steps_noun",
    "implementation",
    "operative_other",
    "preambular",
    "action_noun",
    "obliged",
    "future",
    "proposal",
    "recommendation",
    "need",
    "possibility",
    "past",
    "negation",
    "status",
    "membership_verb",
    "membership_noun",
    "signing",
    "deployment_verb",
    "meeting_verb",
    "meeting_noun",
    "established_by",
    "claim_verb",
    "incident",
    "casualty",
};

constexpr std::size_t kFormsExpected = 22000;  // a little more than the tables make

struct Affix {
  std::string_view written;
  bool conjunction = false;
  char preposition = 0;
  bool future = false;
};

constexpr std::array<Affix, 3> kConjunctions = {{{""}, {"و", true}, {"ف", true}}};
constexpr std::array<Affix, 5> kFutures = {
    {{"س", false, 0, true}, {"وس", true, 0, true}, {"فس", true, 0, true}, {"ل"}, {"ول", true}}};
// Before a noun without the article.
constexpr std::array<Affix, 9> kNounPrefixes = {{{""},
                                                 {"و", true},
                                                 {"ف", true},
                                                 {"ب", false, 'b'},
                                                 {"ل", false, 'l'},
                                                 {"ك", false, 'k'},
                                                 {"وب", true, 'b'},
                                                 {"ول", true, 'l'},
                                                 {"فب", true, 'b'}}};
// Before a noun with it; ل and ال are written لل.
constexpr std::array<Affix, 8> kArticlePrefixes = {{{"ال"},
                                                    {"وال", true},
                                                    {"فال", true},
                                                    {"بال", false, 'b'},
                                                    {"لل", false, 'l'},
                                                    {"كال", false, 'k'},
                                                    {"وبال", true, 'b'},
                                                    {"ولل", true, 'l'}}};
constexpr std::array<std::string_view, 6> kPronouns = {"ه", "ها", "هما", "هم", "نا", "هن"};

// Takes every written form of the cells, one by one.
class Expander {
 public:
  Expander(Triggers& triggers, Vocabulary& vocabulary, const CueForm& form)
      : triggers_(triggers), vocabulary_(vocabulary), form_(form) {}

  void exact(std::string_view phrase) { add(Affix{""}, phrase); }

  void arabic_fixed(std::string_view phrase) {
    for (const Affix& affix : kConjunctions) add(affix, phrase);
  }

  // A noun: with and without the article, with its particles and pronouns. In a phrase of several words the
  // first one takes them.
  void arabic_noun(std::string_view phrase, bool with_pronouns) {
    const bool definite = phrase.starts_with("ال");
    for (const Affix& affix : kNounPrefixes) {
      if (definite && affix.preposition == 'l') continue;  // written لل, below
      add(affix, phrase);
    }
    // The accusative writes its alef: تعاونا.
    if (!definite && phrase.find(' ') == std::string_view::npos && !phrase.ends_with("ة")) {
      for (const Affix& affix : kConjunctions) add(affix, phrase, "ا");
    }
    const std::string_view bare = definite ? phrase.substr(4) : phrase;
    const bool single = phrase.find(' ') == std::string_view::npos;
    if (definite || single) {
      for (const Affix& affix : kArticlePrefixes) {
        if (definite && affix.preposition != 'l') continue;  // done above
        add(affix, bare);
      }
    }
    if (!single || definite || !with_pronouns) return;
    std::string stem(bare);
    if (stem.ends_with("ة")) stem.replace(stem.size() - 2, 2, "ت");
    for (std::string_view pronoun : kPronouns) {
      for (const Affix& affix : kNounPrefixes) {
        if (affix.preposition == 'k' || (affix.conjunction && affix.written == "ف")) continue;
        add(affix, stem, pronoun, true);
      }
    }
  }

  // A verb: "past/present" gives all persons by rule, a plain form stands for itself.
  void arabic_verb(std::string_view cell, bool with_object) {
    const std::size_t slash = cell.find('/');
    if (slash == std::string_view::npos) return arabic_verb_form(cell, with_object);
    const std::string past(cell.substr(0, slash)), present(cell.substr(slash + 1));
    for (std::string_view ending : {"", "ت", "ا", "تا", "وا", "نا"}) {
      if (!past.empty()) arabic_verb_form(past + std::string(ending), with_object && ending.size() < 3);
    }
    for (std::string_view person : {"ي", "ت", "ن"}) {
      if (present.empty()) break;
      arabic_verb_form(std::string(person) + present, with_object);
      if (person == "ن") continue;
      for (std::string_view ending : {"ان", "ون", "ا", "وا"}) {
        arabic_verb_form(std::string(person) + present + std::string(ending), false);
      }
    }
  }

  void english_verb(std::string_view cell) {
    const std::string verb(cell.substr(0, cell.find(' ')));
    const std::string rest(cell.substr(std::min(cell.size(), verb.size())));
    exact(cell);
    if (verb.size() < 2) return;
    const char last = verb.back(), before = verb[verb.size() - 2];
    const auto vowel = [](char letter) {
      return std::string_view("aeiou").find(letter) != std::string_view::npos;
    };
    const std::string stem = verb.substr(0, verb.size() - 1);
    if (last == 'y' && !vowel(before)) {
      for (std::string_view ending : {"ies", "ied"}) exact(stem + std::string(ending) + rest);
      exact(verb + "ing" + rest);
    } else if (last == 'e') {
      for (std::string_view ending : {"s", "d"}) exact(verb + std::string(ending) + rest);
      exact(stem + "ing" + rest);
    } else {
      exact(verb + (last == 's' || last == 'x' || verb.ends_with("ch") || verb.ends_with("sh") ? "es" : "s") +
            rest);
      for (std::string_view ending : {"ed", "ing"}) exact(verb + std::string(ending) + rest);
    }
  }

 private:
  void arabic_verb_form(std::string_view form, bool with_object) {
    arabic_fixed(form);
    if (form.starts_with("ي") || form.starts_with("ت") || form.starts_with("ن")) {
      for (const Affix& affix : kFutures) add(affix, form);
    }
    if (!with_object || form.find(' ') != std::string_view::npos) return;
    for (std::string_view pronoun : {"ه", "ها", "هما", "هم"}) {
      for (const Affix& affix : kConjunctions) add(affix, form, pronoun, true);
    }
  }

  // Takes the form of an affix, a phrase and an ending.
  void add(const Affix& affix, std::string_view phrase, std::string_view ending = "", bool pronoun = false) {
    written_ = affix.written;
    written_ += phrase;
    written_ += ending;
    const auto next = static_cast<std::uint32_t>(triggers_.forms.size());
    const std::uint32_t had = triggers_.phrases.add(vocabulary_, written_, next);
    if (had == TokenTrie::kNoPayload) return;  // nothing but marks
    if (had == next) {
      CueForm form = form_;
      form.conjunction = affix.conjunction;
      form.preposition = affix.preposition;
      form.future = affix.future;
      form.pronoun = pronoun;
      if (affix.future) form.cues.add(Signal::future);
      triggers_.forms.push_back(form);
      return;
    }
    CueForm& form = triggers_.forms[had];
    form.cues.add(form_.cues);
    if (!form.modality) form.modality = form_.modality;
    if (!form.status) form.status = form_.status;
  }

  Triggers& triggers_;
  Vocabulary& vocabulary_;
  const CueForm& form_;
  std::string written_;
};

[[noreturn]] void refuse(const Table& table, std::size_t row, std::string_view what) {
  throw Error(ErrorKind::invalid_input,
              table.name() + ":" + std::to_string(table.line_of(row)) + ": " + std::string(what));
}

void load_cues(const std::filesystem::path& path, Triggers& triggers, Vocabulary& vocabulary) {
  if (!std::filesystem::exists(path)) return;
  const Table table = Table::read(path);
  const std::size_t cue_at = table.column("cue"), kind_at = table.column("kind"),
                    forms_at = table.column("forms");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    CueForm form;
    for (std::string_view name : split_values(table.cell(row, cue_at))) {
      const std::optional<Signal> cue = cue_named(name);
      if (!cue) refuse(table, row, "no such cue: " + std::string(name));
      form.cues.add(*cue);
    }
    if (const std::string_view cell = table.cell(row, "modality"); !cell.empty()) {
      form.modality = document::modality_named(cell);
      if (!form.modality) refuse(table, row, "no such modality: " + std::string(cell));
    }
    if (const std::string_view cell = table.cell(row, "status"); !cell.empty()) {
      form.status = document::commitment_status_named(cell);
      if (!form.status) refuse(table, row, "no such status: " + std::string(cell));
    }
    Expander expander(triggers, vocabulary, form);
    const std::string_view kind = table.cell(row, kind_at);
    for (std::string_view cell : split_values(table.cell(row, forms_at))) {
      if (kind == "exact") {
        expander.exact(cell);
      } else if (kind == "ar_fixed") {
        expander.arabic_fixed(cell);
      } else if (kind == "ar_noun") {
        expander.arabic_noun(cell, false);
      } else if (kind == "ar_noun_pronoun") {
        expander.arabic_noun(cell, true);
      } else if (kind == "ar_verb") {
        expander.arabic_verb(cell, false);
      } else if (kind == "ar_verb_object") {
        expander.arabic_verb(cell, true);
      } else if (kind == "en_verb") {
        expander.english_verb(cell);
      } else {
        refuse(table, row, "no such kind: " + std::string(kind));
      }
    }
  }
}

void load_party_words(const std::filesystem::path& path, Triggers& triggers, Vocabulary& vocabulary) {
  if (!std::filesystem::exists(path)) return;
  const Table table = Table::read(path);
  const std::size_t kind_at = table.column("kind"), forms_at = table.column("forms"),
                    en_at = table.column("en");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    PartyWord word;
    const std::string_view kind = table.cell(row, kind_at);
    if (kind == "head") {
      word.kind = PartyWord::Kind::head;
    } else if (kind == "named") {
      word.kind = PartyWord::Kind::named;
    } else if (kind == "adjective") {
      word.kind = PartyWord::Kind::adjective;
    } else if (kind == "other") {
      word.kind = PartyWord::Kind::other;
    } else if (kind == "tail") {
      word.kind = PartyWord::Kind::tail;
    } else if (kind == "pair") {
      word.kind = PartyWord::Kind::pair;
    } else if (kind == "these") {
      word.kind = PartyWord::Kind::these;
    } else {
      refuse(table, row, "no such kind: " + std::string(kind));
    }
    word.english = static_cast<std::uint32_t>(triggers.english.size());
    triggers.english.emplace_back(table.cell(row, en_at));
    const auto add = [&](const std::string& phrase, bool conjunction, char preposition) {
      const auto next = static_cast<std::uint32_t>(triggers.party_words.size());
      if (triggers.party_phrases.add(vocabulary, phrase, next) != next) return;
      word.conjunction = conjunction;
      word.preposition = preposition;
      triggers.party_words.push_back(word);
    };
    for (std::string_view cell : split_values(table.cell(row, forms_at))) {
      const std::string phrase(cell);
      add(phrase, false, 0);
      if (static_cast<unsigned char>(phrase[0]) < 0x80) continue;
      add("و" + phrase, true, 0);
      if (word.kind != PartyWord::Kind::head && word.kind != PartyWord::Kind::named &&
          word.kind != PartyWord::Kind::pair && word.kind != PartyWord::Kind::these) {
        continue;
      }
      for (const char* preposition : {"ب", "ك"})
        add(preposition + phrase, false, preposition[1] == "ب"[1] ? 'b' : 'k');
      const bool definite = phrase.starts_with("ال");
      add((definite ? "لل" + phrase.substr(4) : "ل" + phrase), false, 'l');
      add((definite ? "ولل" + phrase.substr(4) : "ول" + phrase), true, 'l');
    }
  }
}

}  // namespace

std::optional<Signal> cue_named(std::string_view name) {
  for (std::size_t each = 0; each < kCueNames.size(); ++each) {
    if (kCueNames[each] == name) return static_cast<Signal>(each);
  }
  return std::nullopt;
}

Triggers Triggers::load(const std::filesystem::path& data_folder, Vocabulary& vocabulary) {
  Triggers triggers;
  triggers.phrases.reserve(kFormsExpected);
  triggers.forms.reserve(kFormsExpected);
  for (const char* language : {"ar", "en"}) {
    const std::filesystem::path folder = data_folder / "languages" / language;
    for (const char* file :
         {"frames.tsv", "triggers.tsv", "modality.tsv", "status_words.tsv", "negation.tsv"}) {
      load_cues(folder / file, triggers, vocabulary);
    }
    load_party_words(folder / "party_nouns.tsv", triggers, vocabulary);
  }
  return triggers;
}

}  // namespace mithaq::reader
