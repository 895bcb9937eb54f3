#include "service/entity_names.hpp"

#include "base/error.hpp"
#include "base/table.hpp"
#include "base/utf8.hpp"

namespace mithaq::service {

namespace {

constexpr std::string_view kGap = "{}";
constexpr std::string_view kPreposition = "ل", kArticle = "ال";
constexpr std::string_view kParagraph = ", paragraph ";

// ل before the article: للأمم, not لالأمم.
std::string put_arabic(std::string_view pattern, const std::string& owner) {
  const std::size_t gap = pattern.find(kGap);
  std::string out(pattern.substr(0, gap));
  std::string name = owner;
  if (out.ends_with(kPreposition) && name.starts_with(kArticle))
    name.replace(0, kArticle.size(), kPreposition);
  return out.append(name).append(pattern.substr(gap + kGap.size()));
}

bool is_acronym(const std::string& name) {
  return name.find(' ') == std::string::npos && to_utf32(name).size() <= 8;
}

}  // namespace

EntityNames EntityNames::load(const std::filesystem::path& data_folder) {
  EntityNames out;
  for (const auto* file : {"persons.tsv", "instruments.tsv"}) {
    const Table table = Table::read(data_folder / file);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      Names names{.arabic = std::string(table.cell(row, "ar"))};
      if (table.has_column("ru")) names.russian = table.cell(row, "ru");
      if (file == std::string_view("instruments.tsv")) out.papers_.emplace(table.cell(row, "en"), names);
      out.listed_.emplace(table.cell(row, "id"), std::move(names));
    }
  }
  const Table roles = Table::read(data_folder / "roles.tsv");
  for (std::size_t row = 0; row < roles.row_count(); ++row) {
    Names names{.arabic = std::string(roles.cell(row, "ar")), .russian = std::string(roles.cell(row, "ru"))};
    for (const std::string* each : {&names.arabic, &names.russian}) {
      if (each->find(kGap) == std::string::npos)
        throw Error(ErrorKind::invalid_input, roles.name() + ":" + std::to_string(roles.line_of(row)) +
                                                  ": a role has a gap {} for its owner");
    }
    out.roles_.emplace(roles.cell(row, "id"), std::move(names));
  }
  out.arabic_papers_ = Messages::load_table(data_folder / "paper_names.tsv", Language::arabic);
  out.russian_papers_ = Messages::load_table(data_folder / "paper_names.tsv", Language::russian);
  return out;
}

std::string EntityNames::listed(const std::string& id, Language language) const {
  const auto found = language == Language::english ? listed_.end() : listed_.find(id);
  return found == listed_.end() ? "" : found->second.in(language);
}

std::string EntityNames::role_of(const std::string& role, const std::string& owner, Language language) const {
  const auto found = language == Language::english ? roles_.end() : roles_.find(role);
  if (found == roles_.end() || owner.empty()) return "";
  const std::string& pattern = found->second.in(language);
  if (language == Language::arabic) return put_arabic(pattern, owner);
  std::string out = pattern;
  return out.replace(out.find(kGap), kGap.size(), is_acronym(owner) ? owner : "(" + owner + ")");
}

std::string EntityNames::paper(const std::string& name, Language language) const {
  if (language == Language::english) return "";
  const std::size_t paragraph = name.find(kParagraph);
  const auto found = papers_.find(name.substr(0, paragraph));
  const Messages& numbered = language == Language::arabic ? arabic_papers_ : russian_papers_;
  if (found == papers_.end() || found->second.in(language).empty()) {
    const std::string said = numbered.say(name);
    return said == name ? "" : said;
  }
  if (paragraph == std::string::npos) return found->second.in(language);
  return numbered.say(found->second.in(language) + name.substr(paragraph));
}

}  // namespace mithaq::service
