#include "reader/lexicon/themes.hpp"

#include <algorithm>
#include <array>

#include "base/table.hpp"

namespace mithaq::reader {

namespace {

constexpr std::size_t kWordsOfTerms = 9000;  // a little more than the table makes

}  // namespace

Themes Themes::load(const std::filesystem::path& data_folder, Vocabulary& vocabulary) {
  Themes themes;
  const std::filesystem::path path = data_folder / "themes.tsv";
  if (!std::filesystem::exists(path)) return themes;
  const Table table = Table::read(path);
  const std::size_t id_at = table.column("id");
  themes.phrases.reserve(kWordsOfTerms);
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const auto theme = static_cast<std::uint32_t>(themes.ids.size());
    themes.ids.emplace_back(table.cell(row, id_at));
    const auto add = [&](const std::string& phrase) {
      const auto next = static_cast<std::uint32_t>(themes.lists.size());
      const std::uint32_t had = themes.phrases.add(vocabulary, phrase, next);
      if (had == TokenTrie::kNoPayload) return;
      if (had == next) themes.lists.emplace_back();
      auto& list = themes.lists[had];
      if (std::find(list.begin(), list.end(), theme) == list.end()) list.push_back(theme);
    };
    for (const char* column : {"ar", "terms_ar"}) {
      for (std::string_view term : split_values(table.cell(row, column))) {
        // The first word of an Arabic term takes its particles; the article may be there or not.
        const bool definite = term.starts_with("ال");
        const std::string bare(definite ? term.substr(4) : term);
        const bool single = bare.find(' ') == std::string::npos;
        constexpr std::array<const char*, 5> kPlain = {"", "و", "ب", "ل", "وب"};
        constexpr std::array<const char*, 5> kArticle = {"ال", "وال", "بال", "لل", "وبال"};
        if (!definite || single) {
          for (const char* prefix : kPlain) add(prefix + bare);
        }
        if (definite || single) {
          for (const char* prefix : kArticle) add(prefix + bare);
        }
      }
    }
    for (const char* column : {"en", "terms_en"}) {
      for (std::string_view term : split_values(table.cell(row, column))) add(std::string(term));
    }
  }
  return themes;
}

}  // namespace mithaq::reader
