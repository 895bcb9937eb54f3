#include "reader/lexicon/calendar.hpp"

#include <array>
#include <charconv>
#include <utility>
#include <variant>

#include "base/error.hpp"
#include "base/fold.hpp"
#include "base/utf8.hpp"

namespace mithaq::reader {

namespace {

std::int64_t number_in(const Table& table, std::size_t row, std::string_view column) {
  const std::string_view cell = table.cell(row, column);
  std::int64_t value = 0;
  if (cell.empty()) return value;
  const auto result = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (result.ec != std::errc{} || result.ptr != cell.data() + cell.size()) {
    throw Error(ErrorKind::invalid_input, table.name() + ":" + std::to_string(table.line_of(row)) + ": " +
                                              std::string(column) +
                                              " is no whole number: " + std::string(cell));
  }
  return value;
}

[[noreturn]] void refuse(const Table& table, std::size_t row, std::string_view what) {
  throw Error(ErrorKind::invalid_input,
              table.name() + ":" + std::to_string(table.line_of(row)) + ": unknown " + std::string(what));
}

constexpr std::array kCueNames{
    std::pair{std::string_view("year"), Cue::year},
    std::pair{std::string_view("years"), Cue::years},
    std::pair{std::string_view("before_year"), Cue::before_year},
    std::pair{std::string_view("from"), Cue::from},
    std::pair{std::string_view("between"), Cue::between},
    std::pair{std::string_view("range"), Cue::range},
    std::pair{std::string_view("and"), Cue::conjunction},
    std::pair{std::string_view("of"), Cue::of},
    std::pair{std::string_view("era_gregorian"), Cue::era_gregorian},
    std::pair{std::string_view("era_hijri"), Cue::era_hijri},
    std::pair{std::string_view("same_as"), Cue::same_as},
    std::pair{std::string_view("ordinal_suffix"), Cue::ordinal_suffix},
    std::pair{std::string_view("early"), Cue::early},
    std::pair{std::string_view("mid"), Cue::mid},
    std::pair{std::string_view("late"), Cue::late},
    std::pair{std::string_view("decade_letter"), Cue::decade_letter},
    std::pair{std::string_view("decade_before"), Cue::decade_before},
    std::pair{std::string_view("over"), Cue::over},
    std::pair{std::string_view("year_after"), Cue::year_after},
    std::pair{std::string_view("month_after"), Cue::month_after},
    std::pair{std::string_view("day_after"), Cue::day_after},
    std::pair{std::string_view("number_sign"), Cue::number_sign},
    std::pair{std::string_view("year_after_adjective"), Cue::year_after_adjective},
    std::pair{std::string_view("not_resolution"), Cue::not_resolution},
    std::pair{std::string_view("filler"), Cue::filler},
    std::pair{std::string_view("body_word"), Cue::body_word},
    std::pair{std::string_view("own_paper"), Cue::own_paper},
    std::pair{std::string_view("said_paper"), Cue::said_paper},
};

constexpr std::array kRoleNames{
    std::pair{std::string_view("decade"), Phrase::Role::decade},
    std::pair{std::string_view("decade_tail"), Phrase::Role::decade_tail},
    std::pair{std::string_view("relative"), Phrase::Role::relative},
    std::pair{std::string_view("unit"), Phrase::Role::number_unit},
    std::pair{std::string_view("ten"), Phrase::Role::number_ten},
    std::pair{std::string_view("teen"), Phrase::Role::number_teen},
    std::pair{std::string_view("tens"), Phrase::Role::number_tens},
    std::pair{std::string_view("hundred"), Phrase::Role::number_hundred},
    std::pair{std::string_view("hundreds"), Phrase::Role::number_hundreds},
    std::pair{std::string_view("scale"), Phrase::Role::number_scale},
    std::pair{std::string_view("dual_scale"), Phrase::Role::number_dual_scale},
    std::pair{std::string_view("ordinal"), Phrase::Role::ordinal},
    std::pair{std::string_view("about"), Phrase::Role::about},
    std::pair{std::string_view("document"), Phrase::Role::document},
    std::pair{std::string_view("paragraph"), Phrase::Role::paragraph},
    std::pair{std::string_view("issuer"), Phrase::Role::issuer},
};

template <typename Names>
auto find_name(const Names& names, std::string_view name) -> const typename Names::value_type::second_type* {
  for (const auto& [known, value] : names) {
    if (known == name) return &value;
  }
  return nullptr;
}

// A row whose role is a cue, or a phrase whose value `set_value` reads.
template <typename SetValue>
std::variant<Cue, Phrase> cue_or_phrase(const Table& table, std::size_t row, SetValue set_value) {
  const std::string_view name = table.cell(row, "role");
  if (const Cue* cue = find_name(kCueNames, name)) return *cue;
  const Phrase::Role* role = find_name(kRoleNames, name);
  if (role == nullptr) refuse(table, row, "role");
  Phrase phrase;
  phrase.role = *role;
  set_value(phrase);
  phrase.name = table.cell(row, "name");
  return phrase;
}

bool starts_with_capital(std::string_view form) {
  return !form.empty() && form[0] >= 'A' && form[0] <= 'Z';
}

}  // namespace

std::uint32_t bytes_of_letters(std::string_view surface, std::size_t letters) {
  std::size_t at = 0;
  while (at < surface.size()) {
    const CodePoint point = decode_utf8(surface, at);
    if (!is_dropped_by_fold(point.value)) {
      if (letters == 0) break;
      --letters;
    }
    at += point.length;
  }
  return static_cast<std::uint32_t>(at);
}

Calendar::Word& Calendar::word(WordId id) {
  if (id >= words_.size()) words_.resize(id + 1);
  return words_[id];
}

// Calls use(word, prefix_letters, conjunction) for an Arabic word with each particle it may carry.
template <typename Use>
void Calendar::with_clitics(Vocabulary& vocabulary, WordId word, Use use) {
  const std::string folded(vocabulary.word(word));
  if (folded.size() < 4 || !is_arabic_letter(decode_utf8(folded, 0).value)) return;
  const bool definite = folded.starts_with("ال");
  std::string written;
  for (const std::string_view conjunction : {"", "و", "ف"}) {
    const auto letters = static_cast<std::uint8_t>(conjunction.empty() ? 0 : 1);
    for (const std::string_view preposition : {"", "ب", "ك", "ل"}) {
      if (conjunction.empty() && preposition.empty()) continue;
      if (preposition == "ل" && definite) continue;
      written.assign(conjunction).append(preposition).append(folded);
      use(vocabulary.add(written), static_cast<std::uint8_t>(letters + (preposition.empty() ? 0 : 1)),
          letters > 0);
    }
    // للعام: the article's alef is not written after ل, and its ل stays with the name.
    if (definite && folded.size() >= 8) {
      written.assign(conjunction).append("لل").append(folded, 4);
      use(vocabulary.add(written), letters, letters > 0);
    }
  }
}

void Calendar::add_phrase(Vocabulary& vocabulary, std::string_view form, Phrase phrase) {
  const std::span<const WordId> words = cutter_.cut(vocabulary, form);
  if (words.empty()) return;
  const std::uint32_t payload = trie_.add_words(words, static_cast<std::uint32_t>(phrases_.size()));
  if (payload == phrases_.size()) phrases_.emplace_back();
  phrases_[payload].push_back(std::move(phrase));

  const WordId base = words[0];
  Word& own = word(base);
  own.base = base;
  own.prefix_letters = 0;
  own.conjunction = false;
  with_clitics(vocabulary, base, [&](WordId id, std::uint8_t letters, bool conjunction) {
    Word& with = word(id);
    if (with.base != kUnknownWord) return;  // a word of its own goes first
    with.base = base;
    with.prefix_letters = letters;
    with.conjunction = conjunction;
  });
}

void Calendar::add_cue(Vocabulary& vocabulary, std::string_view form, Cue cue) {
  const std::span<const WordId> words = cutter_.cut(vocabulary, form);
  if (words.size() != 1) {
    throw Error(ErrorKind::invalid_input, "a cue is one word: " + std::string(form));
  }
  const WordId own = words[0];
  word(own).cues |= static_cast<std::uint32_t>(cue);
  with_clitics(vocabulary, own, [&](WordId id, std::uint8_t letters, bool conjunction) {
    Word& with = word(id);
    with.cues |= static_cast<std::uint32_t>(cue);
    if (with.base == kUnknownWord) {
      with.prefix_letters = letters;
      with.conjunction = conjunction;
    }
  });
}

// Adds every form of a table that a language may lack.
//   read  what a row means: a Cue, or a Phrase for all its forms
template <typename Read>
void Calendar::load_table(const std::filesystem::path& path, Vocabulary& vocabulary, Read read) {
  if (!std::filesystem::exists(path)) return;
  const Table table = Table::read(path);
  const std::size_t forms = table.column("forms");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::variant<Cue, Phrase> meaning = read(table, row);
    for (const std::string_view form : split_values(table.cell(row, forms))) {
      if (const Cue* cue = std::get_if<Cue>(&meaning)) {
        add_cue(vocabulary, form, *cue);
      } else {
        Phrase phrase = std::get<Phrase>(meaning);
        phrase.capital = starts_with_capital(form);
        add_phrase(vocabulary, form, std::move(phrase));
      }
    }
  }
}

void Calendar::load_language(const std::filesystem::path& folder, Vocabulary& vocabulary) {
  load_table(folder / "months.tsv", vocabulary, [](const Table& table, std::size_t row) {
    Phrase phrase;
    phrase.role = table.cell(row, "calendar") == "hijri" ? Phrase::Role::hijri_month : Phrase::Role::month;
    phrase.value = number_in(table, row, "month");
    if (phrase.value < 1 || phrase.value > 12) refuse(table, row, "month");
    return phrase;
  });
  load_table(folder / "date_words.tsv", vocabulary, [](const Table& table, std::size_t row) {
    return cue_or_phrase(table, row, [&](Phrase& phrase) { phrase.value = number_in(table, row, "value"); });
  });
  load_table(folder / "number_words.tsv", vocabulary, [](const Table& table, std::size_t row) {
    const Phrase::Role* role = find_name(kRoleNames, table.cell(row, "kind"));
    if (role == nullptr) refuse(table, row, "kind");
    Phrase phrase;
    phrase.role = *role;
    phrase.value = number_in(table, row, "value");
    phrase.name = table.cell(row, "name");
    return phrase;
  });
  load_table(folder / "units.tsv", vocabulary, [](const Table& table, std::size_t row) {
    Phrase phrase;
    phrase.kind = table.cell(row, "kind");
    phrase.role = phrase.kind == "money" ? Phrase::Role::currency : Phrase::Role::unit;
    phrase.name = table.cell(row, "singular");
    phrase.plural = table.cell(row, "plural");
    phrase.value = number_in(table, row, "count");
    return phrase;
  });
  load_table(folder / "document_words.tsv", vocabulary, [](const Table& table, std::size_t row) {
    return cue_or_phrase(table, row, [&](Phrase& phrase) { phrase.kind = table.cell(row, "value"); });
  });
}

void Calendar::load(const std::filesystem::path& data_folder, Vocabulary& vocabulary) {
  for (const std::string_view language : {"ar", "en", "fr", "ru", "es", "zh"}) {
    load_language(data_folder / "languages" / language, vocabulary);
  }
}

Calendar::Hit Calendar::phrase_at(const TokenizedText& text, std::size_t at) const {
  Hit hit;
  const Token& token = text.tokens[at];
  if (!may_begin(token)) return hit;
  const Word& known = words_[token.word];
  const TokenTrie::Match match = trie_.longest(text, at, known.base);
  if (match.payload == TokenTrie::kNoPayload) return hit;
  hit.end_token = match.end_token;
  hit.prefix_letters = known.prefix_letters;
  hit.conjunction = known.conjunction;
  hit.phrases = phrases_[match.payload];
  return hit;
}

}  // namespace mithaq::reader
