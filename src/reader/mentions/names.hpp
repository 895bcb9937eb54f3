// Known names in one paragraph.
#pragma once

#include <span>
#include <vector>

#include "reader/context.hpp"
#include "reader/lexicon/lexicon.hpp"
#include "reader/mentions/candidate.hpp"
#include "reader/mentions/focus.hpp"
#include "reader/text/token.hpp"

namespace mithaq::reader {

// Every phrase of data/ in one paragraph, by the token it starts at.
class PhraseTable {
 public:
  void fill(const TokenizedText& text, const Lexicon& lexicon);
  // None past the end, where a grammar may look.
  std::span<const PhraseMatch> at(std::size_t token) const {
    if (token + 1 >= begins_.size()) return {};
    return std::span(matches_).subspan(begins_[token], begins_[token + 1] - begins_[token]);
  }

 private:
  std::vector<PhraseMatch> matches_;
  std::vector<std::uint32_t> begins_;  // by token, and one more
};

// One paragraph as the finders of names see it.
struct Scene {
  const TokenizedText& text;
  const PhraseTable& phrases;
  const Lexicon& lexicon;
  Context& context;
  Focus& focus;
  std::uint32_t paragraph = 0;
  bool in_title = false;
  EntityIndex last_body = kNoEntity;  // the body of data/ named last in the paragraph, and the token after it
  std::uint32_t last_body_end = 0;

  std::size_t size() const { return text.tokens.size(); }
  const Token& token(std::size_t at) const { return text.tokens[at]; }
  // A mark of punctuation at a token; false past the end.
  bool is(std::size_t at, char32_t mark) const { return at < size() && token(at).is(mark); }
  // Flags of a small word, as it stands.
  bool has(std::size_t at, unsigned flags) const {
    return at < size() && lexicon.name_words.has(token(at).word, flags);
  }
  std::string_view folded(std::size_t at) const { return text.folded_of(token(at)); }
  // What one use of the phrases at a token gives: the longest match that has it.
  struct Found {
    const PhraseMatch* match = nullptr;
    const Sense* sense = nullptr;
    explicit operator bool() const { return match != nullptr; }
  };
  Found longest(std::size_t at, PhraseUse use) const;
};

// True if a sense can be meant by these words as they are written: an acronym stands in its capitals, a
// Latin or Cyrillic name begins with one.
bool spelled_as_name(const TokenizedText& text, const PhraseMatch& match, const Sense& sense,
                     const Lexicon& lexicon);

// A State or a place that starts at a token: the longest name; a State before a place of the same name.

struct StateOrPlace {
  EntityIndex entity = kNoEntity;
  PhraseMatch match{};
};
std::optional<StateOrPlace> state_or_place_at(const Scene& scene, std::size_t token);

}  // namespace mithaq::reader
