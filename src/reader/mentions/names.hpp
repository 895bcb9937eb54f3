// Known names in one paragraph.
#pragma once

#include <vector>

#include "reader/lexicon/lexicon.hpp"
#include "reader/mentions/candidate.hpp"
#include "reader/text/token.hpp"

namespace mithaq::reader {

// Every phrase of data/ in one paragraph, by the token it starts at.
class PhraseTable {
 public:
  void fill(const TokenizedText& text, const Lexicon& lexicon);
  std::span<const PhraseMatch> at(std::size_t token) const {
    return std::span(matches_).subspan(begins_[token], begins_[token + 1] - begins_[token]);
  }

 private:
  std::vector<PhraseMatch> matches_;
  std::vector<std::uint32_t> begins_;  // by token, and one more
};

// True if a sense can be meant by these words as they are written: an acronym stands in its capitals, a
// Latin or Cyrillic name begins with one.
bool spelled_as_name(const TokenizedText& text, const PhraseMatch& match, const Sense& sense,
                     const Lexicon& lexicon);

}  // namespace mithaq::reader
