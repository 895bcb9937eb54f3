// The words of rules out of a table of data/, for those whose rules have no other columns.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "secretariat/desk.hpp"

namespace mithaq::secretariat {

class RuleTexts {
 public:
  //   table   with the columns id, ar, en, ru and source
  //   throws  what reading a table throws
  explicit RuleTexts(const std::filesystem::path& table);

  std::optional<RuleText> find(std::string_view id) const;

 private:
  std::map<std::string, RuleText, std::less<>> texts_{};
};

}  // namespace mithaq::secretariat
