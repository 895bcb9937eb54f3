// Treaties, charters and agreements named in running text: those of data/instruments.tsv in any language,
// English titles by their grammar ("Pretoria Agreement", "Memorandum of Understanding on ..."), and what
// takes them up again: "the Agreement", "the Charter", an acronym of the document's own (CoHA).
#pragma once

#include <optional>

#include "reader/mentions/names.hpp"

namespace mithaq::reader {

// A paper cited by its title: tokens [first, end).
struct CitedPaper {
  document::Mention mention{};
  std::uint32_t end = 0;
  bool listed = false;
};

class PaperFinder {
 public:
  explicit PaperFinder(Scene& scene) : scene_(scene) {}

  // The paper whose title starts at a token; remembers it for what takes it up again.
  std::optional<CitedPaper> paper_at(std::size_t token);

 private:
  std::optional<CitedPaper> listed_at(std::size_t token) const;
  std::optional<CitedPaper> titled_at(std::size_t token);
  std::optional<CitedPaper> taken_up_at(std::size_t token) const;
  CitedPaper make(std::uint32_t begin, std::size_t end, std::string id, std::string name,
                  document::RefClass ref) const;
  void remember(const CitedPaper& paper, const std::string& noun);
  bool is_capital_word(std::size_t at) const;
  const TitleNoun* noun_at(std::size_t at, std::size_t& end) const;
  //   parties  "and" may lead to another organization: it is an agreement between them
  std::size_t after_subject(std::size_t at, std::size_t limit, bool parties) const;
  bool names_organization(std::size_t at) const;

  Scene& scene_;
  std::size_t tried_ = 0;  // no title starts before this token: a run of capitals is walked once
};

}  // namespace mithaq::reader
