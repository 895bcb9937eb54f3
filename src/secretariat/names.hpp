// Names of States and organizations in the languages of notices: data/states.tsv, data/organizations.tsv.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "acts/act.hpp"

namespace mithaq::secretariat {

class Names {
 public:
  //   data  the folder data/
  explicit Names(const std::filesystem::path& data);

  bool knows(std::string_view id) const { return names_.contains(id); }
  // In "ar", "en" and "ru"; the id where there is no name.
  acts::Words of(std::string_view id) const;

 private:
  std::map<std::string, acts::Words, std::less<>> names_{};
};

}  // namespace mithaq::secretariat
