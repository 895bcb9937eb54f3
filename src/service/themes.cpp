#include "service/themes.hpp"

#include <algorithm>

#include "base/fold.hpp"
#include "base/table.hpp"

namespace mithaq::service {

const std::string& Theme::name(Language language) const {
  if (language == Language::arabic) return arabic;
  return language == Language::russian && !russian.empty() ? russian : english;
}

Themes Themes::load(const std::filesystem::path& data_folder) {
  const Table table = Table::read(data_folder / "themes.tsv");
  Themes themes;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    themes.themes_.push_back({std::string(table.cell(row, "id")), std::string(table.cell(row, "parent")),
                              std::string(table.cell(row, "ar")), std::string(table.cell(row, "en")),
                              std::string(table.cell(row, "ru"))});
  }
  return themes;
}

const Theme* Themes::find(std::string_view id) const {
  const auto found =
      std::find_if(themes_.begin(), themes_.end(), [&](const Theme& theme) { return theme.id == id; });
  return found == themes_.end() ? nullptr : &*found;
}

const std::string& Themes::name_of(const std::string& id, Language language) const {
  const Theme* theme = find(id);
  if (theme == nullptr) return id;
  const std::string& name = theme->name(language);
  return name.empty() ? id : name;
}

std::vector<std::string> Themes::named(std::string_view words) const {
  const std::string wanted = fold(words);
  if (wanted.empty()) return {};
  std::vector<std::string> ids;
  const auto add = [&ids](const std::string& id) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  };
  // An exact name stands for itself; words of a label for every theme that has them.
  for (const Theme& theme : themes_) {
    if (fold(theme.id) == wanted || fold(theme.english) == wanted || fold(theme.arabic) == wanted ||
        fold(theme.russian) == wanted)
      add(theme.id);
  }
  if (ids.empty()) {
    for (const Theme& theme : themes_) {
      const bool named = fold(theme.english).find(wanted) != std::string::npos ||
                         fold(theme.arabic).find(wanted) != std::string::npos ||
                         fold(theme.russian).find(wanted) != std::string::npos;
      if (named) add(theme.id);
    }
  }
  for (std::size_t each = 0; each < ids.size(); ++each) {
    for (const Theme& theme : themes_) {
      if (theme.parent == ids[each]) add(theme.id);
    }
  }
  return ids;
}

}  // namespace mithaq::service
