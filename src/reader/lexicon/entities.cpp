#include "reader/lexicon/entities.hpp"

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace mithaq::reader {

namespace {

constexpr std::string_view kAliasColumns[kLanguageCount] = {"ar_alias", "en_alias", "fr_alias",
                                                            "ru_alias", "es_alias", "zh_alias"};
constexpr int kDeepestFamily = 16;

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

Entities Entities::load(const std::filesystem::path& data_folder, Vocabulary& vocabulary,
                        PhraseIndex& phrases) {
  Entities entities;
  const auto read = [&data_folder](const char* file) { return Table::read(data_folder / file); };
  entities.add_states(read("states.tsv"), vocabulary, phrases);
  entities.add_places(read("places.tsv"), vocabulary, phrases);
  entities.add_organizations(read("organizations.tsv"), vocabulary, phrases);
  entities.resolve();
  return entities;
}

EntityIndex Entities::add(const Table& table, std::size_t row, document::MentionType type,
                          std::string_view parent) {
  const auto index = static_cast<EntityIndex>(entities_.size());
  Entity entity;
  entity.id = table.cell(row, "id");
  entity.type = type;
  entity.kind = table.cell(row, "kind");
  for (std::size_t language = 0; language < kLanguageCount; ++language) {
    entity.names[language] = table.cell(row, kLanguageCodes[language]);
  }
  entity.name = entity.names[static_cast<std::size_t>(Language::en)];
  for (const std::string_view acronym : split_values(table.cell(row, "acronyms"))) {
    if (entity.acronym.empty() && is_latin(acronym)) entity.acronym = acronym;
    entity.acronyms.emplace_back(acronym);
  }
  if (!by_id_.emplace(entity.id, index).second) {
    throw Error(ErrorKind::invalid_input, table.name() + ":" + std::to_string(table.line_of(row)) +
                                              ": the id " + entity.id + " is there twice");
  }
  entities_.push_back(std::move(entity));
  parent_ids_.emplace_back(parent);
  return index;
}

void Entities::add_names(const Table& table, std::size_t row, EntityIndex index, Vocabulary& vocabulary,
                         PhraseIndex& phrases) {
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
    if (const std::string_view name = table.cell(row, kLanguageCodes[each]); !name.empty())
      add(name, PhraseUse::name);
    for (const std::string_view alias : split_values(table.cell(row, kAliasColumns[each]))) {
      add(alias, PhraseUse::alias);
    }
  }
  for (const std::string& acronym : entities_[index].acronyms) {
    phrases.add(vocabulary, acronym, {PhraseUse::acronym, language_of_acronym(acronym), index});
  }
}

void Entities::add_states(const Table& table, Vocabulary& vocabulary, PhraseIndex& phrases) {
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    // A territory, or what is no State to everybody, is a place: its name says nothing of its status.
    const std::string_view kind = table.cell(row, "kind");
    const bool place = kind == "territory" || kind == "other";
    const EntityIndex index =
        add(table, row, place ? document::MentionType::place : document::MentionType::state, "");
    entities_[index].is_country = true;
    add_names(table, row, index, vocabulary, phrases);
    for (const std::string_view demonym : split_values(table.cell(row, "demonym_ar"))) {
      // باكستاني stands with its article in a name: وزارة الخارجية الباكستانية.
      const std::string word(demonym.starts_with("ال") ? demonym.substr(4) : demonym);
      for (const std::string& form : {word, "ال" + word}) {
        phrases.add(vocabulary, form, {PhraseUse::demonym, Language::ar, index});
      }
    }
    for (const std::string_view demonym : split_values(table.cell(row, "demonym_en"))) {
      phrases.add(vocabulary, demonym, {PhraseUse::demonym, Language::en, index});
    }
  }
}

void Entities::add_places(const Table& table, Vocabulary& vocabulary, PhraseIndex& phrases) {
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const EntityIndex index = add(table, row, document::MentionType::place, table.cell(row, "state"));
    add_names(table, row, index, vocabulary, phrases);
  }
}

void Entities::add_organizations(const Table& table, Vocabulary& vocabulary, PhraseIndex& phrases) {
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const EntityIndex index = add(table, row, document::MentionType::organization, table.cell(row, "parent"));
    add_names(table, row, index, vocabulary, phrases);
    for (const std::string_view phrase : split_values(table.cell(row, "ar_short"))) {
      phrases.add(vocabulary, phrase, {PhraseUse::short_form, Language::ar, index});
    }
    for (const std::string_view phrase : split_values(table.cell(row, "en_short"))) {
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
