#include "reader/lexicon/papers.hpp"

#include "base/error.hpp"
#include "base/fold.hpp"

namespace mithaq::reader {

Papers Papers::load(const std::filesystem::path& data_folder, Vocabulary& vocabulary, PhraseIndex& phrases) {
  Papers papers;
  if (const auto path = data_folder / "instruments.tsv"; std::filesystem::exists(path)) {
    papers.add_instruments(Table::read(path), vocabulary, phrases);
  }
  for (std::size_t language = 0; language < kLanguageCount; ++language) {
    const auto path = data_folder / "languages" / kLanguageCodes[language] / "title_nouns.tsv";
    if (!std::filesystem::exists(path)) continue;
    papers.add_nouns(Table::read(path), static_cast<Language>(language), vocabulary, phrases);
  }
  return papers;
}

void Papers::add_instruments(const Table& rows, Vocabulary& vocabulary, PhraseIndex& phrases) {
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    const auto index = static_cast<std::uint32_t>(papers_.size());
    papers_.push_back({std::string(rows.cell(row, "id")), std::string(rows.cell(row, "en"))});
    for (std::size_t each = 0; each < kLanguageCount; ++each) {
      const Sense sense{PhraseUse::paper, static_cast<Language>(each), index};
      if (const std::string_view name = rows.cell(row, kLanguageCodes[each]); !name.empty()) {
        phrases.add(vocabulary, name, sense);
      }
      const std::string aliases = std::string(kLanguageCodes[each]) + "_alias";
      if (!rows.has_column(aliases)) continue;
      for (const std::string_view alias : split_values(rows.cell(row, aliases))) {
        phrases.add(vocabulary, alias, sense);
      }
    }
  }
}

void Papers::add_nouns(const Table& rows, Language language, Vocabulary& vocabulary, PhraseIndex& phrases) {
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    const std::string_view strength = rows.cell(row, "strength");
    if (strength != "strong" && strength != "weak" && strength != "alone") {
      throw Error(ErrorKind::invalid_input, rows.name() + ":" + std::to_string(rows.line_of(row)) +
                                                ": strength is strong, weak or alone");
    }
    const auto index = static_cast<std::uint32_t>(nouns_.size());
    nouns_.push_back({fold(rows.cell(row, "taken_up")), strength != "weak", strength == "alone"});
    for (const std::string_view form : split_values(rows.cell(row, "forms"))) {
      phrases.add(vocabulary, form, {PhraseUse::title_noun, language, index});
    }
  }
}

const Paper* Papers::find(std::string_view id) const {
  for (const Paper& paper : papers_) {
    if (paper.id == id) return &paper;
  }
  return nullptr;
}

}  // namespace mithaq::reader
