#include "reader/mentions/places.hpp"

#include "base/fold.hpp"

namespace mithaq::reader {

namespace {

constexpr std::size_t kLongestName = 3;  // words
constexpr std::size_t kMostPlaces = 300;

bool is_name_word(const Scene& scene, std::size_t at) {
  if (at >= scene.size()) return false;
  const Token& token = scene.token(at);
  return token.kind == TokenKind::latin && token.capitalized && token.end - token.begin > 1 &&
         !scene.has(at, kStopsName);
}

bool is_capital(const Scene& scene, std::size_t at) {
  return at < scene.size() && scene.token(at).kind == TokenKind::latin && scene.token(at).capitalized;
}

bool has_use(const Scene& scene, std::size_t at, PhraseUse use) {
  return static_cast<bool>(scene.longest(at, use));
}

// Words that describe a body, a paper or a person are no names of places: "Security District".
bool is_other_name(const Scene& scene, std::size_t at) {
  return has_use(scene, at, PhraseUse::head_noun) || has_use(scene, at, PhraseUse::title_noun) ||
         has_use(scene, at, PhraseUse::office) || has_use(scene, at, PhraseUse::honorific) ||
         has_use(scene, at, PhraseUse::demonym) || has_use(scene, at, PhraseUse::group);
}

std::string joined(const Scene& scene, std::size_t first, std::size_t end) {
  std::string words;
  for (std::size_t at = first; at < end; ++at) {
    if (scene.token(at).is('-')) {
      words += '-';
    } else {
      if (!words.empty() && words.back() != '-') words += ' ';
      words += scene.text.surface_of(scene.token(at));
    }
  }
  return words;
}

// The end of a run of words in capitals, joined by hyphens: at most three words.
std::size_t run_end(const Scene& scene, std::size_t at) {
  std::size_t words = 0;
  while (words < kLongestName && is_name_word(scene, at) && !scene.has(at, kPlaceHead)) {
    ++words;
    ++at;
    if (scene.is(at, '-') && !scene.token(at).space_before && is_name_word(scene, at + 1) &&
        !scene.token(at + 1).space_before) {
      ++at;
    } else if (at < scene.size() && words < kLongestName && is_name_word(scene, at)) {
      continue;
    } else {
      break;
    }
  }
  return at;
}

void remember(Scene& scene, std::size_t first, std::size_t end) {
  if (scene.context.places.size() < kMostPlaces) scene.context.places.insert(fold(joined(scene, first, end)));
}

}  // namespace

std::vector<UnlistedPlace> unlisted_places_at(Scene& scene, std::size_t token) {
  if (!is_name_word(scene, token) || is_other_name(scene, token)) return {};
  const auto make = [&](std::size_t first, std::size_t end) {
    return UnlistedPlace{static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end),
                         joined(scene, first, end)};
  };
  const bool opens_sentence = token == 0 || scene.is(token - 1, '.') || scene.is(token - 1, ';') ||
                              scene.token(token - 1).kind == TokenKind::number;
  const bool goes_on = token > 0 && is_capital(scene, token - 1) && !scene.has(token - 1, kStopsName);
  if (goes_on && !scene.has(token - 1, kPlaceBefore)) return {};
  // Mount Igman
  if (scene.has(token, kPlaceBefore)) {
    const std::size_t end = run_end(scene, token + 1);
    if (end > token + 1 && !is_capital(scene, end)) return {make(token, end)};
    return {};
  }
  const std::size_t end = run_end(scene, token);
  if (end == token) return {};
  for (std::size_t at = token; at < end; ++at) {
    if (is_other_name(scene, at)) return {};
  }
  // Peji County, Upper Nile State, Malakal and Panyikang Counties
  if (is_capital(scene, end) && scene.has(end, kPlaceHead)) {
    // A State is one of a federation only if its name is a place's: not "Member State".
    if (scene.folded(end) == "state") {
      const auto known = state_or_place_at(scene, token);
      if (!known || known->match.end != end ||
          scene.lexicon.entities[known->entity].type != document::MentionType::place) {
        return {};
      }
    }
    if (is_capital(scene, end + 1) && !scene.has(end + 1, kStopsName)) return {};  // Nzara County Hospital
    remember(scene, token, end);
    if (scene.folded(end).ends_with("s") && scene.folded(end - 1) != "the") return {make(token, end)};
    return {make(token, end + 1)};
  }
  if (end + 1 < scene.size() && (scene.folded(end) == "and" || scene.is(end, ',')) &&
      is_name_word(scene, end + 1)) {
    const std::size_t other = run_end(scene, end + 1);
    if (other > end + 1 && is_capital(scene, other) && scene.has(other, kPlaceHead) &&
        scene.folded(other).ends_with("s") && scene.folded(end) == "and") {
      remember(scene, token, end);
      remember(scene, end + 1, other);
      return {make(token, end), make(end + 1, other)};
    }
  }
  if (is_capital(scene, end)) return {};
  // the village of Bambari
  if (token > 1 && scene.folded(token - 1) == "of" && scene.has(token - 2, kPlaceOf) &&
      !scene.token(token - 2).capitalized && !scene.token(token).all_capitals) {
    remember(scene, token, end);
    return {make(token, end)};
  }
  // Zangelan district
  if (end < scene.size() && scene.has(end, kPlaceBehind) && !opens_sentence &&
      !scene.token(token).all_capitals) {
    remember(scene, token, end);
    return {make(token, end)};
  }
  // Named before with its noun.
  if (!scene.context.places.empty() && !scene.token(token).all_capitals &&
      scene.context.places.contains(fold(joined(scene, token, end)))) {
    return {make(token, end)};
  }
  return {};
}

}  // namespace mithaq::reader
