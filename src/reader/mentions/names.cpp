#include "reader/mentions/names.hpp"

#include "base/utf8.hpp"

namespace mithaq::reader {

namespace {

// Words in capitals on both sides: a heading in capitals, where WHO and IT may be ordinary words.
bool stands_in_capitals(const TokenizedText& text, const PhraseMatch& match) {
  const auto in_capitals = [&text](std::size_t token) {
    return text.tokens[token].kind == TokenKind::latin && text.tokens[token].all_capitals;
  };
  const bool before = match.first > 0 && in_capitals(match.first - 1);
  const bool after = match.end < text.tokens.size() && in_capitals(match.end);
  return before && after;
}

constexpr std::size_t kShortAcronym = 3;  // letters

}  // namespace

void PhraseTable::fill(const TokenizedText& text, const Lexicon& lexicon) {
  matches_.clear();
  begins_.clear();
  begins_.reserve(text.tokens.size() + 1);
  PhraseMatches found;
  for (std::size_t token = 0; token < text.tokens.size(); ++token) {
    begins_.push_back(static_cast<std::uint32_t>(matches_.size()));
    lexicon.phrases.match(text, token, lexicon.vocabulary, found);
    matches_.insert(matches_.end(), found.begin(), found.end());
  }
  begins_.push_back(static_cast<std::uint32_t>(matches_.size()));
}

bool spelled_as_name(const TokenizedText& text, const PhraseMatch& match, const Sense& sense,
                     const Lexicon& lexicon) {
  const Token& first = text.tokens[match.first];
  if (sense.use == PhraseUse::acronym) {
    if (first.kind == TokenKind::arabic || first.kind == TokenKind::han)
      return match.end > match.first + 1 || first.fold_end - first.fold_begin > 4;
    const std::string_view surface =
        text.text.substr(first.begin, text.tokens[match.end - 1].end - first.begin);
    for (const std::string& spelling : lexicon.entities[sense.index].acronyms) {
      if (spelling != surface) continue;
      return surface.size() > kShortAcronym || !stands_in_capitals(text, match);
    }
    for (std::uint32_t token = match.first; token < match.end; ++token) {
      if (text.tokens[token].kind == TokenKind::latin && !text.tokens[token].all_capitals) return false;
    }
    return first.kind == TokenKind::latin && surface.size() > kShortAcronym;
  }
  switch (first.kind) {
    case TokenKind::latin:
    case TokenKind::cyrillic:
      return first.capitalized;
    case TokenKind::han:
      return match.end > match.first + 1;  // one character alone is an ordinary word
    case TokenKind::number:
      return match.end > match.first + 1;
    default:
      return true;
  }
}

Scene::Found Scene::longest(std::size_t at, PhraseUse use) const {
  Found found;
  if (at >= size()) return found;
  for (const PhraseMatch& match : phrases.at(at)) {
    if (found.match && match.end <= found.match->end) continue;
    for (const Sense& sense : lexicon.phrases.senses(match.payload)) {
      if (sense.use != use) continue;
      found = {&match, &sense};
      break;
    }
  }
  return found;
}

std::optional<StateOrPlace> state_or_place_at(const Scene& scene, std::size_t token) {
  std::optional<StateOrPlace> best;
  if (token >= scene.size()) return best;
  for (const PhraseMatch& match : scene.phrases.at(token)) {
    for (const Sense& sense : scene.lexicon.phrases.senses(match.payload)) {
      if (sense.use > PhraseUse::acronym) continue;
      const Entity& entity = scene.lexicon.entities[sense.index];
      if (entity.type == document::MentionType::organization) continue;
      if (!spelled_as_name(scene.text, match, sense, scene.lexicon)) continue;
      if (best && (match.end < best->match.end ||
                   (match.end == best->match.end && entity.type == document::MentionType::place))) {
        continue;
      }
      // مالي is Mali only where a place is wanted: دعم مالي is financial support.
      if (match.end == match.first + 1 && scene.lexicon.name_words.has(match.reading.word, kAmbiguousName) &&
          match.reading.preposition == 0 &&
          (token == 0 || !scene.has(token - 1, kBeforePlace | kNorth | kSouth | kEast | kWest)) &&
          !match.reading.conjunction) {
        continue;
      }
      best = {sense.index, match};
    }
  }
  return best;
}

}  // namespace mithaq::reader
