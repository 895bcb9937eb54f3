// A paragraph as the statement grammars see it: names masked, cues marked, sentences cut.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "document/document.hpp"
#include "reader/lexicon/lexicon.hpp"
#include "reader/text/token.hpp"

namespace mithaq::reader {

// One thing of a sentence: a mention, a phrase that is a cue, a word, a number or a mark.
struct Unit {
  enum class Kind : std::uint8_t { word, number, mark, mention, described };
  Kind kind = Kind::word;
  bool conjunction = false;  // و or ف is written onto it
  char preposition = 0;      // 'b', 'l', 'k': ب ل ك is written onto it
  bool pronoun = false;      // a cue that ends in a possessive or object pronoun
  bool quoted = false;       // between quotation marks
  bool capitalized = false;
  bool both = false;        // a described unit that means the two parties of the document
  bool these = false;       // one that means the three or more organizations named together last
  std::uint32_t begin = 0;  // bytes of the paragraph's text
  std::uint32_t end = 0;
  std::uint32_t first_token = 0;
  std::uint32_t end_token = 0;
  CueSet cues{};
  std::uint32_t form = 0;       // index into Triggers::forms, if `cues` is not empty
  std::uint32_t mention = 0;    // index into Document::mentions, for a mention
  std::uint32_t described = 0;  // index into Units::described, for a party without a name
  char32_t mark = 0;

  bool is(Signal cue) const { return cues.has(cue); }
  bool is_mark(char32_t value) const { return kind == Kind::mark && mark == value; }
  bool is_comma() const { return kind == Kind::mark && (mark == ',' || mark == U'،'); }
};

// A sentence: units [first, end).
struct Sentence {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
};

struct Units {
  std::vector<Unit> units;
  std::vector<Sentence> sentences;     // in order, never longer than kLongestSentence
  std::vector<std::string> described;  // names of parties without a name, e.g. "other regional organizations"
  bool arabic = false;

  void clear() {
    units.clear();
    sentences.clear();
    described.clear();
  }
};

// A longer run without a full stop is cut, so that the work for one sentence stays bounded.
inline constexpr std::uint32_t kLongestSentence = 300;

// Cuts one paragraph into units and sentences. Reuses the memory of `out`.
//   mentions  indices into document.mentions of the paragraph's outer mentions, in order
void cut_into_units(const document::Document& document, std::span<const std::uint32_t> mentions,
                    const TokenizedText& text, const Triggers& triggers, Units& out);

}  // namespace mithaq::reader
