// What papers say about causes of conflicts: the words of data/conflict/causes.tsv, and which end of an
// indicator is the worse one.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engines/conflicts/threads.hpp"
#include "service/language.hpp"

namespace mithaq::service {

struct ConflictCause {
  std::string id{};  // "inequality"
  std::string arabic{}, english{}, russian{};
  std::vector<std::string> low{}, high{};  // indicators
  const std::string& name(Language language) const;
};

class ConflictCauses {
 public:
  //   throws  Error{not_found, invalid_input} naming file and line
  static ConflictCauses load(const std::filesystem::path& data_folder);

  bool speaks_of_conflicts(std::string_view words) const;
  bool speaks_of_deaths(std::string_view words) const;
  bool speaks_of_root_causes(std::string_view words) const;
  // The causes that a text names, as places in all().
  std::vector<std::size_t> named_in(std::string_view words) const;
  const std::vector<ConflictCause>& all() const { return causes_; }

  // The words that mark a paragraph about root causes, as a question to the record's search.
  std::string search_words() const;
  // The worse end of an indicator; unknown for one that the table does not have.
  conflicts::Worse worse_end(std::string_view indicator) const;
  // The cause that an indicator measures; nullptr for one that the table does not have.
  const ConflictCause* of_indicator(std::string_view indicator) const;

 private:
  struct Term {
    std::string folded{};
    bool arabic = false;
  };
  static bool occurs(const std::vector<Term>& terms, std::string_view folded_words);

  std::vector<Term> conflicts_{}, deaths_{}, markers_{};
  std::vector<std::string> marker_words_{};  // as written
  std::vector<ConflictCause> causes_{};
  std::vector<std::vector<Term>> cause_terms_{};  // of each cause
};

}  // namespace mithaq::service
