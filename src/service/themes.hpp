// The themes of data/themes.tsv, by name.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "service/language.hpp"

namespace mithaq::service {

struct Theme {
  std::string id{};
  std::string parent{};
  std::string arabic{};
  std::string english{};
  std::string russian{};

  const std::string& name(Language language) const;
};

class Themes {
 public:
  static Themes load(const std::filesystem::path& data_folder);

  // The themes that a person means by an id or by words of a label, with all themes under them.
  //   returns  nothing if no theme has such a name
  std::vector<std::string> named(std::string_view words) const;
  const Theme* find(std::string_view id) const;
  // Its name in a language; the id where there is none.
  const std::string& name_of(const std::string& id, Language language) const;
  const std::vector<Theme>& all() const { return themes_; }

 private:
  std::vector<Theme> themes_{};
};

}  // namespace mithaq::service
