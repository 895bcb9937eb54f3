// A question to the full text in the analyzer's words, the same for every index; and the answer of one text
// that is at hand, which every index must agree with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/analyzer.hpp"
#include "record/view.hpp"

namespace mithaq::record {

// Words side by side; the last may go on.
struct Phrase {
  std::vector<std::string> words{};
  bool prefix = false;
};

// One term of a question: all of its phrases; of those from `either` on, one is enough.
struct PhraseGroup {
  std::vector<Phrase> phrases{};
  std::size_t either = ~std::size_t{0};
};

// All of `must`; without any, one of `may`, which otherwise only add to the score; none of `must_not`.
struct TextQuestion {
  std::vector<PhraseGroup> must{}, may{}, must_not{};

  static TextQuestion of(const std::vector<TextTerm>& terms, const Analyzer& analyzer);

  // True if nothing is asked for.
  bool empty() const { return must.empty() && may.empty(); }
  // The phrases that make the score: those of `must`, then those of `may`.
  std::vector<Phrase> scored() const;
  // True if words must stand side by side.
  bool holds_phrase() const;
};

// The terms of one text, with their places; a symbol's second form shares the place of its last number.
class AnalyzedText {
 public:
  void read(const Analyzer& analyzer, std::string_view text);

  struct Term {
    std::uint32_t begin, end;  // in the letters of all terms
    std::uint32_t place;       // from 1
  };
  const std::vector<Term>& terms() const { return terms_; }
  std::string_view word(const Term& term) const {
    return std::string_view(letters_).substr(term.begin, term.end - term.begin);
  }
  // How long the text is: its places.
  std::uint32_t places() const { return places_; }

  std::int64_t count(const Phrase& phrase) const;
  // Whether the text answers the question; `counts` says how often each scored phrase stands in it.
  bool answers(const TextQuestion& question, std::vector<std::int64_t>& counts) const;

 private:
  bool holds(const PhraseGroup& group, std::vector<std::int64_t>& counts) const;

  std::string letters_{};
  std::vector<Term> terms_{};
  std::uint32_t places_ = 0;
};

}  // namespace mithaq::record
