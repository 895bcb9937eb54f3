// What an entity of the record that is no organization, State or place is called in the languages of the
// interface: persons and papers of data/, offices and groups of somebody (UN#Secretary-General), papers known
// by their number.
//
// Empty where a language has no name for it; the record's own name then stands.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>

#include "service/messages.hpp"

namespace mithaq::service {

class EntityNames {
 public:
  //   throws  Error{not_found, invalid_input} naming file and line
  static EntityNames load(const std::filesystem::path& data_folder);

  // A person or a paper by the id of its table: "person:trygve-lie", "doc:UN-Charter".
  std::string listed(const std::string& id, Language language) const;

  // An office, a group or a part of an owner.
  //   role   what stands behind # in its id
  //   owner  in the language; in Russian its acronym, if it has one
  //   example  "Secretary-General" of «الأمم المتحدة» is «الأمين العام للأمم المتحدة»
  std::string role_of(const std::string& role, const std::string& owner, Language language) const;

  // A paper by the English name that the record has for it.
  //   example  "General Assembly resolution 54/117, paragraph 3" is «قرار الجمعية العامة 54/117، الفقرة 3»
  std::string paper(const std::string& name, Language language) const;

 private:
  struct Names {
    std::string arabic{}, russian{};
    const std::string& in(Language language) const { return language == Language::arabic ? arabic : russian; }
  };
  std::unordered_map<std::string, Names> listed_;
  std::unordered_map<std::string, Names> roles_;
  std::unordered_map<std::string, Names> papers_;  // of instruments.tsv, by their English names
  Messages arabic_papers_, russian_papers_;
};

}  // namespace mithaq::service
