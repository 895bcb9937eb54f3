// What a forecast looks at, in words: data/conflict/features.tsv.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "service/language.hpp"

namespace mithaq::service {

class FeatureWords {
 public:
  //   throws  Error{not_found, invalid_input} naming file and line
  static FeatureWords load(const std::filesystem::path& data_folder);

  // A feature's name. "indicator:SP.POP.TOTL" is the indicator's own id.
  //   id       of engines/forecast/cases.hpp: "mean_12", or "lead"
  //   returns  the id itself if the table does not list it
  std::string name(std::string_view id, Language language) const;
  bool knows(std::string_view id) const;
  // A value as people read it, in numbers of every language ("12", "0.4"): deaths and months as such, though
  // learners have their logarithms.
  //   returns  empty for NaN
  std::string value_text(std::string_view id, double value) const;
  // The same as a number.
  double value(std::string_view id, double value) const;

 private:
  enum class Scale { plain, log, log1p };
  struct Row {
    std::string arabic{}, english{}, russian{}, unit{};
    Scale scale = Scale::plain;
  };
  // The row of an id and the number in it.
  const Row* find(std::string_view id, std::string& number) const;
  std::map<std::string, Row, std::less<>> rows_{};
};

}  // namespace mithaq::service
