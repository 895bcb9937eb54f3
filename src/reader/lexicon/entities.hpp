// The States, places and organizations that data/ lists, and every name they go by.
//
// data/states.tsv, data/places.tsv, data/organizations.tsv; docs/data-files.md describes their columns.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/table.hpp"
#include "document/finding.hpp"
#include "reader/lexicon/phrases.hpp"

namespace mithaq::reader {

using EntityIndex = std::uint32_t;
inline constexpr EntityIndex kNoEntity = static_cast<EntityIndex>(-1);

struct Entity {
  std::string id{};                                                  // "KGZ", "place:dhaka", "OSCE.ODIHR"
  document::MentionType type = document::MentionType::organization;  // organization, state or place
  std::string kind{};              // as the table says: "organ", "city", …
  EntityIndex parent = kNoEntity;  // the body it belongs to, the State a place lies in
  EntityIndex top = kNoEntity;     // the organization at the head of its family; itself if it is the head
  std::string name{};              // canonical, in English
  std::string names[kLanguageCount];
  std::string acronym{};                // the first Latin one
  std::vector<std::string> acronyms{};  // in every script, as they are written
  // In states.tsv, be it a State or not (Kosovo): it may have a ministry, and missions go there.
  bool is_country = false;
};

class Entities {
 public:
  // Reads the three tables; phrases and their words go where the other tables' go.
  //   throws  Error{not_found} or Error{invalid_input} naming file and line
  static Entities load(const std::filesystem::path& data_folder, Vocabulary& vocabulary,
                       PhraseIndex& phrases);

  void add_states(TableRows rows, Vocabulary& vocabulary, PhraseIndex& phrases);
  void add_places(TableRows rows, Vocabulary& vocabulary, PhraseIndex& phrases);
  void add_organizations(TableRows rows, Vocabulary& vocabulary, PhraseIndex& phrases);
  // To be called once after the last table: parents by their ids.
  //   throws  Error{invalid_input} if a parent is not there or a family has a cycle
  void resolve();

  const Entity& operator[](EntityIndex index) const { return entities_[index]; }
  std::size_t size() const { return entities_.size(); }
  // An entity by its id.
  std::optional<EntityIndex> find(std::string_view id) const;
  // True if a body is, or belongs to, another.
  bool belongs_to(EntityIndex body, EntityIndex owner) const;
  // "OIC", or the name of a body that has no acronym.
  const std::string& short_name(EntityIndex index) const;

 private:
  struct Columns;
  EntityIndex add(const TableRows& row, const Columns& columns, document::MentionType type,
                  std::string_view parent);
  void add_names(const TableRows& row, const Columns& columns, EntityIndex index, Vocabulary& vocabulary,
                 PhraseIndex& phrases);

  std::vector<Entity> entities_;
  std::vector<std::string> parent_ids_;
  std::unordered_map<std::string, EntityIndex> by_id_;
};

}  // namespace mithaq::reader
