// The tables of data/ that answers need beside the lexicon; loaded once and shared by all threads.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engines/register/register.hpp"
#include "service/entity_names.hpp"
#include "service/messages.hpp"
#include "service/themes.hpp"

namespace mithaq::service {

// How maps and tables of others name a State or territory.
struct CountryCodes {
  std::string iso3{};  // ISO 3166-1 alpha-3
  std::string m49{};   // UN M49, three digits
};

struct Knowledge {
  Themes themes{};
  status_register::Register statuses{};
  std::unordered_map<std::string, CountryCodes> countries{};  // by id of data/states.tsv
  EntityNames names{};

  Messages arabic{}, english{}, russian{};

  //   throws  Error{not_found, invalid_input} naming file and line
  static Knowledge load(const std::filesystem::path& data_folder);
  // The codes of a country; empty ones for what is none.
  const CountryCodes& codes_of(const std::string& id) const;
  const Messages& in(Language language) const;
};

}  // namespace mithaq::service
