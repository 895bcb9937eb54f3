#include "service/knowledge.hpp"

#include "base/table.hpp"

namespace mithaq::service {

Knowledge Knowledge::load(const std::filesystem::path& data_folder) {
  Knowledge out{.themes = Themes::load(data_folder),
                .statuses = status_register::Register::load(data_folder / "memberships"),
                .names = EntityNames::load(data_folder),
                .arabic = Messages::load(data_folder, Language::arabic),
                .english = Messages::load(data_folder, Language::english),
                .russian = Messages::load(data_folder, Language::russian)};
  const Table table = Table::read(data_folder / "states.tsv");
  const std::size_t id = table.column("id"), iso3 = table.column("iso3"), m49 = table.column("m49");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    out.countries.emplace(table.cell(row, id), CountryCodes{.iso3 = std::string(table.cell(row, iso3)),
                                                            .m49 = std::string(table.cell(row, m49))});
  }
  return out;
}

const CountryCodes& Knowledge::codes_of(const std::string& id) const {
  static const CountryCodes kNone{};
  const auto found = countries.find(id);
  return found == countries.end() ? kNone : found->second;
}

const Messages& Knowledge::in(Language language) const {
  switch (language) {
    case Language::arabic:
      return arabic;
    case Language::russian:
      return russian;
    default:
      return english;
  }
}

}  // namespace mithaq::service
