#include "reader/lexicon/entities.hpp"

#include "base/error.hpp"
#include "base/mapped_file.hpp"
#include "base/utf8.hpp"

namespace mithaq::reader {

namespace {

constexpr std::string_view kAliasColumns[kLanguageCount] = {"ar_alias", "en_alias", "fr_alias",
                                                            "ru_alias", "es_alias", "zh_alias"};
constexpr int kDeepestFamily = 16;
constexpr std::size_t kEntitiesExpected = 2600;  // a little more than the tables hold

bool is_latin(std::string_view text) {
  for (const char byte : text) {
    if (static_cast<unsigned char>(byte) >= 0xD0) return false;
  }
  return true;
}

// Latin or Cyrillic capitals only, at least two.
bool is_all_capitals(std::string_view name) {
  std::size_t capitals = 0;
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint point = decode_utf8(name, at);
    at += point.length;
    if (point.value == ' ' || point.value == '.' || point.value == '-') continue;
    const bool latin = point.value >= 'A' && point.value <= 'Z';
    const bool cyrillic = point.value >= 0x0410 && point.value <= 0x042F;
    if (!latin && !cyrillic) return false;
    ++capitals;
  }
  return capitals >= 2;
}

// The alphabet of an acronym decides in which texts its language's rules hold.
Language language_of_acronym(std::string_view acronym) {
  if (is_latin(acronym)) return Language::en;
  const auto lead = static_cast<unsigned char>(acronym[0]);
  return lead == 0xD0 || lead == 0xD1 ? Language::ru : (lead >= 0xE3 ? Language::zh : Language::ar);
}

// "The Gambia" is looked for without its article, which belongs to the sentence.
std::string_view without_article(std::string_view name) {
  for (const std::string_view article : {"The ", "the "}) {
    if (name.starts_with(article)) return name.substr(article.size());
  }
  return name;
}

}  // namespace

// Where the columns stand that all three tables may have.
struct Entities::Columns {
  explicit Columns(const TableRows& rows)
      : id(rows.find("id")), kind(rows.find("kind")), acronyms(rows.find("acronyms")) {
    for (std::size_t language = 0; language < kLanguageCount; ++language) {
      names[language] = rows.find(kLanguageCodes[language]);
      aliases[language] = rows.find(kAliasColumns[language]);
    }
  }

  std::size_t id, kind, acronyms;
  std::size_t names[kLanguageCount];
  std::size_t aliases[kLanguageCount];
};

Entities Entities::load(const std::filesystem::path& data_folder, Vocabulary& vocabulary,
                        PhraseIndex& phrases) {
  Entities entities;
  entities.entities_.reserve(kEntitiesExpected);
  entities.by_id_.reserve(kEntitiesExpected);
  const auto read = [&](const char* name, auto add) {
    const MappedFile file(data_folder / name);
    (entities.*add)(TableRows(file.bytes(), name), vocabulary, phrases);
  };
  read("states.tsv", &Entities::add_states);
  read("places.tsv", &Entities::add_places);
  read("organizations.tsv", &Entities::add_organizations);
  entities.resolve();
  return entities;
}

EntityIndex Entities::add(const TableRows& row, const Columns& columns, document::MentionType type,
                          std::string_view parent) {
  const auto index = static_cast<EntityIndex>(entities_.size());
  Entity& entity = entities_.emplace_back();
  entity.id = row.cell(columns.id);
  entity.type = type;
  entity.kind = row.cell(columns.kind);
  for (std::size_t language = 0; language < kLanguageCount; ++language) {
    entity.names[language] = row.cell(columns.names[language]);
  }
  entity.name = entity.names[static_cast<std::size_t>(Language::en)];
  for (const std::string_view acronym : split_values(row.cell(columns.acronyms))) {
    if (entity.acronym.empty() && is_latin(acronym)) entity.acronym = acronym;
    entity.acronyms.emplace_back(acronym);
  }
  if (!by_id_.emplace(entity.id, index).second) {
    throw Error(ErrorKind::invalid_input,
                row.name() + ":" + std::to_string(row.line()) + ": the id " + entity.id + " is there twice");
  }
  parent_ids_.emplace_back(parent);
  return index;
}

void Entities::add_names(const TableRows& row, const Columns& columns, EntityIndex index,
                         Vocabulary& vocabulary, PhraseIndex& phrases) {
  for (std::size_t each = 0; each < kLanguageCount; ++each) {
    const auto language = static_cast<Language>(each);
    const auto add = [&](std::string_view phrase, PhraseUse use) {
      // A name wholly in capitals (UAE) is meant in capitals only.
      if (is_all_capitals(phrase)) {
        use = PhraseUse::acronym;
        entities_[index].acronyms.emplace_back(phrase);
      }
      phrases.add(vocabulary, without_article(phrase), {use, language, index});
    };
    if (const std::string_view name = row.cell(columns.names[each]); !name.empty())
      add(name, PhraseUse::name);
    for (const std::string_view alias : split_values(row.cell(columns.aliases[each]))) {
      add(alias, PhraseUse::alias);
    }
  }
  for (const std::string& acronym : entities_[index].acronyms) {
    phrases.add(vocabulary, acronym, {PhraseUse::acronym, language_of_acronym(acronym), index});
  }
}

void Entities::add_states(TableRows rows, Vocabulary& vocabulary, PhraseIndex& phrases) {
  const Columns columns(rows);
  const std::size_t demonym_ar = rows.find("demonym_ar"), demonym_en = rows.find("demonym_en");
  while (rows.next()) {
    // A territory, or what is no State to everybody, is a place: its name says nothing of its status.
    const std::string_view kind = rows.cell(columns.kind);
    const bool place = kind == "territory" || kind == "other";
    const EntityIndex index =
        add(rows, columns, place ? document::MentionType::place : document::MentionType::state, "");
    entities_[index].is_country = true;
    add_names(rows, columns, index, vocabulary, phrases);
    for (const std::string_view demonym : split_values(rows.cell(demonym_ar))) {
      // باكستاني stands with its article in a name: وزارة الخارجية الباكستانية.
      const std::string word(demonym.starts_with("ال") ? demonym.substr(4) : demonym);
      for (const std::string& form : {word, "ال" + word}) {
        phrases.add(vocabulary, form, {PhraseUse::demonym, Language::ar, index});
      }
    }
    for (const std::string_view demonym : split_values(rows.cell(demonym_en))) {
      phrases.add(vocabulary, demonym, {PhraseUse::demonym, Language::en, index});
    }
  }
}

void Entities::add_places(TableRows rows, Vocabulary& vocabulary, PhraseIndex& phrases) {
  const Columns columns(rows);
  const std::size_t state = rows.find("state");
  while (rows.next()) {
    const EntityIndex index = add(rows, columns, document::MentionType::place, rows.cell(state));
    add_names(rows, columns, index, vocabulary, phrases);
  }
}

void Entities::add_organizations(TableRows rows, Vocabulary& vocabulary, PhraseIndex& phrases) {
  const Columns columns(rows);
  const std::size_t parent = rows.find("parent"), ar_short = rows.find("ar_short"),
                    en_short = rows.find("en_short");
  while (rows.next()) {
    const EntityIndex index = add(rows, columns, document::MentionType::organization, rows.cell(parent));
    add_names(rows, columns, index, vocabulary, phrases);
    for (const std::string_view phrase : split_values(rows.cell(ar_short))) {
      phrases.add(vocabulary, phrase, {PhraseUse::short_form, Language::ar, index});
    }
    for (const std::string_view phrase : split_values(rows.cell(en_short))) {
      phrases.add(vocabulary, without_article(phrase), {PhraseUse::short_form, Language::en, index});
    }
  }
}

void Entities::resolve() {
  for (std::size_t each = 0; each < entities_.size(); ++each) {
    if (parent_ids_[each].empty()) continue;
    const auto parent = find(parent_ids_[each]);
    if (!parent) {
      throw Error(ErrorKind::invalid_input,
                  "the parent " + parent_ids_[each] + " of " + entities_[each].id + " is in no table");
    }
    entities_[each].parent = *parent;
  }
  for (std::size_t each = 0; each < entities_.size(); ++each) {
    if (entities_[each].type != document::MentionType::organization) continue;
    auto top = static_cast<EntityIndex>(each);
    int depth = 0;
    while (entities_[top].parent != kNoEntity) {
      top = entities_[top].parent;
      if (++depth > kDeepestFamily) {
        throw Error(ErrorKind::invalid_input,
                    "the parents of " + entities_[each].id + " go round in a circle");
      }
    }
    entities_[each].top = top;
  }
}

std::optional<EntityIndex> Entities::find(std::string_view id) const {
  const auto found = by_id_.find(std::string(id));
  if (found == by_id_.end()) return std::nullopt;
  return found->second;
}

bool Entities::belongs_to(EntityIndex body, EntityIndex owner) const {
  for (; body != kNoEntity; body = entities_[body].parent) {
    if (body == owner) return true;
  }
  return false;
}

const std::string& Entities::short_name(EntityIndex index) const {
  const Entity& entity = entities_[index];
  return entity.acronym.empty() ? entity.name : entity.acronym;
}

}  // namespace mithaq::reader
