#include "secretariat/rule_texts.hpp"

#include "base/table.hpp"

namespace mithaq::secretariat {

RuleTexts::RuleTexts(const std::filesystem::path& table) {
  const Table rules = Table::read(table);
  for (std::size_t row = 0; row < rules.row_count(); ++row) {
    RuleText& text = texts_[std::string(rules.cell(row, "id"))];
    text.quote = rules.cell(row, "en");
    text.source = rules.cell(row, "source");
    for (const char* language : {"ar", "en", "ru"}) text.quotes[language] = rules.cell(row, language);
  }
}

std::optional<RuleText> RuleTexts::find(std::string_view id) const {
  const auto found = texts_.find(id);
  return found == texts_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace mithaq::secretariat
