#include "secretariat/names.hpp"

#include "base/table.hpp"

namespace mithaq::secretariat {

Names::Names(const std::filesystem::path& data) {
  for (const char* file : {"states.tsv", "organizations.tsv"}) {
    const Table table = Table::read(data / file);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      acts::Words& words = names_[std::string(table.cell(row, "id"))];
      for (const char* language : {"ar", "en", "ru"}) words[language] = table.cell(row, language);
    }
  }
}

acts::Words Names::of(std::string_view id) const {
  acts::Words out;
  const auto found = names_.find(id);
  for (const char* language : {"ar", "en", "ru"}) {
    if (found != names_.end()) out[language] = acts::words_in(found->second, language);
    if (out[language].empty()) out[language] = id;
  }
  return out;
}

}  // namespace mithaq::secretariat
