#include "reader/mentions/bodies.hpp"

#include <algorithm>
#include <vector>

#include "base/fold.hpp"

namespace mithaq::reader {

namespace {

using document::MentionType;
using document::RefClass;

constexpr int kDeepest = 3;               // owners of owners of owners
constexpr std::size_t kLongestName = 14;  // words
constexpr std::size_t kLongestBeforeHead = 7;
constexpr double kLeastSalience = 0.2;
constexpr double kForFirstNoun = 3;  // المنظمة for the body of the paper whose name begins with منظمة

bool is_al_word(std::string_view folded) {
  return folded.starts_with("ال") && folded.size() > 8;
}

// With the article, behind و or ل too.
bool is_definite(std::string_view folded) {
  if (folded.starts_with("و") && folded.size() > 10) folded.remove_prefix(2);
  return is_al_word(folded) || (folded.starts_with("لل") && folded.size() > 8) ||
         (folded.starts_with("بال") && folded.size() > 10);
}

// الخليجي, العربية: relating adjectives, whatever they describe.
bool looks_like_adjective(std::string_view folded) {
  return folded.ends_with("ي") || folded.ends_with("يه");
}

}  // namespace

bool allowed(const CliticReading& reading, BodyFinder::Before before) {
  switch (before) {
    case BodyFinder::Before::anything:
      return true;
    case BodyFinder::Before::nothing:
      return reading.prefix_bytes == 0;
    case BodyFinder::Before::preposition:
      return !reading.conjunction && (reading.preposition == U'ل' || reading.preposition == U'ب');
  }
  return false;
}

Body BodyFinder::make_known(EntityIndex entity, std::uint32_t first, std::uint32_t end, std::uint32_t begin,
                            RefClass ref) const {
  const Entity& known = scene_.lexicon.entities[entity];
  return {.first = first,
          .end = end,
          .begin = begin,
          .known = entity,
          .type = known.type,
          .id = known.id,
          .name = known.name,
          .head = {},
          .ref = ref};
}

Body BodyFinder::make_unlisted(std::uint32_t first, std::uint32_t end, std::uint32_t begin) const {
  Body body{.first = first, .end = end, .begin = begin};
  body.name = scene_.text.text.substr(begin, scene_.token(end - 1).end - begin);
  return body;
}

bool BodyFinder::has_bracketed_acronym(std::size_t token) const {
  return scene_.is(token, '(') && token + 2 < scene_.size() && scene_.token(token + 1).all_capitals &&
         scene_.is(token + 2, ')');
}

std::optional<Body> BodyFinder::party_at(std::size_t token, Before before, int depth) const {
  if (token >= scene_.size() || depth > kDeepest) return std::nullopt;
  std::optional<Body> best = body_at(token, before, depth);
  if (const auto found = short_form_at(token, before); found && (!best || found->end > best->end))
    best = found;
  if (const auto state = state_or_place_at(scene_, token);
      state && allowed(state->match.reading, before) && scene_.lexicon.entities[state->entity].is_country &&
      (!best || state->match.end >= best->end)) {
    best = make_known(state->entity, state->match.first, state->match.end,
                      begin_of(scene_.text, state->match), RefClass::name);
  }
  return best;
}

std::optional<Body> BodyFinder::owner_after(std::size_t token, bool idafa, int depth) const {
  if (token >= scene_.size() || depth >= kDeepest) return std::nullopt;
  const Token& next = scene_.token(token);
  if (next.kind == TokenKind::arabic) {
    if (scene_.has(token, kLinksOwner)) {
      const bool wants_lam = scene_.folded(token).starts_with("ال");  // التابع لـ, but في without
      return party_at(token + 1, wants_lam ? Before::preposition : Before::nothing, depth + 1);
    }
    if (auto owner = party_at(token, Before::preposition, depth + 1)) return owner;
    if (idafa) return party_at(token, Before::nothing, depth + 1);
    return std::nullopt;
  }
  if (next.kind == TokenKind::latin && !next.capitalized && scene_.has(token, kLinksOwner)) {
    std::size_t at = token + 1;
    if (at < scene_.size() && scene_.folded(at) == "the") ++at;
    return party_at(at, Before::nothing, depth + 1);
  }
  return std::nullopt;
}

std::optional<Body> BodyFinder::composed(const PhraseMatch& match, std::uint32_t first, std::uint32_t begin,
                                         const Body& owner, std::uint32_t end) const {
  if (owner.known == kNoEntity || owner.type != MentionType::organization) return std::nullopt;
  const Entities& entities = scene_.lexicon.entities;
  EntityIndex best = kNoEntity;
  std::size_t children = 0;  // bodies right under the owner that go by this short form
  for (const Sense& sense : scene_.lexicon.phrases.senses(match.payload)) {
    if (sense.use != PhraseUse::short_form && sense.use != PhraseUse::name && sense.use != PhraseUse::alias)
      continue;
    if (entities[sense.index].type != MentionType::organization || sense.index == owner.known) continue;
    if (!entities.belongs_to(sense.index, owner.known)) continue;
    const bool is_child = entities[sense.index].parent == owner.known;
    if (is_child && sense.use == PhraseUse::short_form) ++children;
    if (best == kNoEntity || (is_child && entities[best].parent != owner.known)) best = sense.index;
  }
  // "Security Council Committee" is one of many; which, only its number says.
  if (best == kNoEntity || children > 1) return std::nullopt;
  return make_known(best, first, end, begin, RefClass::name);
}

std::optional<Body> BodyFinder::known_at(std::size_t token, Before before, int depth) const {
  const Entities& entities = scene_.lexicon.entities;
  std::optional<Body> best;
  std::vector<EntityIndex> candidates;
  for (const PhraseMatch& match : scene_.phrases.at(token)) {
    if (!allowed(match.reading, before)) continue;
    candidates.clear();
    RefClass ref = RefClass::name;
    bool has_short = false;
    for (const Sense& sense : scene_.lexicon.phrases.senses(match.payload)) {
      if (!sense.is_entity() || entities[sense.index].type != MentionType::organization) continue;
      if (entities[sense.index].kind == "event") continue;  // a summit is no body, its organization is
      if (sense.use == PhraseUse::short_form) {
        has_short = true;
      } else if (sense.use <= PhraseUse::acronym &&
                 spelled_as_name(scene_.text, match, sense, scene_.lexicon)) {
        candidates.push_back(sense.index);
        if (sense.use == PhraseUse::acronym) ref = RefClass::acronym;
        if (sense.use == PhraseUse::alias && candidates.size() == 1) ref = RefClass::variant;
      }
    }
    if (candidates.empty() && !has_short) continue;
    const std::uint32_t begin = begin_of(scene_.text, match);
    const bool arabic = scene_.token(token).kind == TokenKind::arabic;
    // The owner behind it is part of the name, and tells which of several bodies is meant.
    if (ref != RefClass::acronym && (arabic || scene_.token(token).capitalized)) {
      const bool idafa = arabic && !is_al_word(scene_.folded(token));
      if (const auto owner = owner_after(match.end, idafa, depth)) {
        if (auto body = composed(match, match.first, begin, *owner, owner->end)) {
          if (!best || body->end > best->end) best = body;
          continue;
        }
      }
    }
    if (candidates.empty() || (best && match.end <= best->end)) continue;
    EntityIndex chosen = candidates.front();
    if (candidates.size() > 1) chosen = scene_.focus.best(candidates, true).value_or(chosen);
    best = make_known(chosen, match.first, match.end, begin, ref);
  }
  // A Latin owner stands before: "OSCE Permanent Council", "the UN's Mediation Support Unit".
  if (best && scene_.token(token).kind == TokenKind::latin) {
    std::size_t next = best->end;
    if (scene_.is(next, '\'') || scene_.is(next, 0x2019)) {
      ++next;
      if (next < scene_.size() && scene_.folded(next) == "s") ++next;
    }
    if (next < scene_.size() && scene_.token(next).kind == TokenKind::latin &&
        scene_.token(next).capitalized) {
      const Body owner = *best;
      for (const PhraseMatch& match : scene_.phrases.at(next)) {
        if (auto body = composed(match, owner.first, owner.begin, owner, match.end);
            body && body->end > best->end) {
          best = body;
        }
      }
    }
  }
  return best;
}

// Whether the token alone is the short form of a body that the text speaks of: البعثة, المنظمة.
bool BodyFinder::spoken_of_at(std::size_t token) const {
  for (const PhraseMatch& match : scene_.phrases.at(token)) {
    if (match.end != token + 1) continue;
    for (const Sense& sense : scene_.lexicon.phrases.senses(match.payload)) {
      if (sense.use != PhraseUse::short_form) continue;
      if (scene_.focus.salience(scene_.lexicon.entities[sense.index].id) >= kLeastSalience) return true;
    }
  }
  return false;
}

// In a paper on two organizations المنظمة is the one whose name begins with منظمة, while it is spoken of at
// all.
EntityIndex BodyFinder::by_first_noun(const PhraseMatch& match, std::span<const EntityIndex> candidates,
                                      EntityIndex chosen) const {
  const Entities& entities = scene_.lexicon.entities;
  const auto& pair = scene_.context.title_pair;
  if (pair[0].empty() || match.end != match.first + 1) return chosen;
  const std::string& id = entities[chosen].id;
  if (id != "UN" || (id != pair[0] && id != pair[1])) return chosen;
  const std::string& other = id == pair[0] ? pair[1] : pair[0];
  for (const EntityIndex candidate : candidates) {
    if (entities[candidate].id != other) continue;
    if (scene_.focus.salience(other) * kForFirstNoun >= scene_.focus.salience(id)) return candidate;
  }
  return chosen;
}

std::optional<Body> BodyFinder::short_form_at(std::size_t token, Before before) const {
  const Entities& entities = scene_.lexicon.entities;
  const bool arabic = scene_.token(token).kind == TokenKind::arabic;
  if (!arabic) {
    // "the Council" of a text that named one; but not "the Council of Elders", "the Mission Support
    // Division".
    if (!scene_.token(token).capitalized || token == 0) return std::nullopt;
    const std::string_view article = scene_.folded(token - 1);
    if (article != "the" && article != "this" && article != "that" && article != "said") return std::nullopt;
  }
  std::optional<Body> best;
  std::vector<EntityIndex> candidates;
  for (const PhraseMatch& match : scene_.phrases.at(token)) {
    if (!allowed(match.reading, before) || (best && match.end <= best->end)) continue;
    candidates.clear();
    bool is_head = false;
    for (const Sense& sense : scene_.lexicon.phrases.senses(match.payload)) {
      if (sense.use == PhraseUse::short_form && entities[sense.index].kind != "event")
        candidates.push_back(sense.index);
      is_head |= sense.use == PhraseUse::definite_head || (!arabic && sense.use == PhraseUse::head_noun);
    }
    // X والمنظمة: nobody is joined to itself or to the body it belongs to.
    if (match.reading.conjunction && scene_.last_body != kNoEntity && scene_.last_body_end == match.first) {
      const auto alike = [&](EntityIndex body) { return entities.belongs_to(scene_.last_body, body); };
      if (!std::all_of(candidates.begin(), candidates.end(), alike)) std::erase_if(candidates, alike);
    }
    if (candidates.empty() && !is_head) continue;
    // الجريمة المنظمة is organized crime: an adjective behind a noun with the article. But دعمت البعثة
    // المنظمة speaks of two bodies.
    if (arabic && match.reading.prefix_bytes == 0 && token > 0 &&
        scene_.lexicon.name_words.has(match.reading.word, kContinuesName) &&
        scene_.token(token - 1).kind == TokenKind::arabic && is_definite(scene_.folded(token - 1)) &&
        !spoken_of_at(token - 1)) {
      continue;
    }
    const std::size_t next = match.end;
    if (next < scene_.size()) {
      const Token& after = scene_.token(next);
      if (arabic && after.kind == TokenKind::arabic && is_al_word(scene_.folded(next)) &&
          (looks_like_adjective(scene_.folded(next)) || scene_.has(next, kContinuesName)) &&
          !spoken_of_at(next)) {
        continue;
      }
      if (!arabic && after.kind == TokenKind::latin) {
        if (after.capitalized && !scene_.lexicon.name_words.has(after.word, kStopsName)) continue;
        if (scene_.folded(next) == "of" && next + 1 < scene_.size() && scene_.token(next + 1).capitalized)
          continue;
      }
    }
    const std::uint32_t begin = begin_of(scene_.text, match);
    auto chosen = scene_.focus.best(candidates, false);
    if (arabic && chosen) chosen = by_first_noun(match, candidates, *chosen);
    const double salience = chosen ? scene_.focus.salience(entities[*chosen].id) : 0;
    if (is_head) {
      std::string head(scene_.lexicon.vocabulary.word(match.reading.word));
      const SpokenOf* unlisted = scene_.focus.unlisted(head);
      if (unlisted && scene_.focus.salience(unlisted->entity) > std::max(salience, kLeastSalience)) {
        best = Body{.first = match.first, .end = match.end, .begin = begin};
        best->id = unlisted->entity;
        best->name = unlisted->name;
        best->head = head;
        best->ref = RefClass::short_form;
        continue;
      }
    }
    // بعثة الأمم المتحدة says enough for one named long ago; البعثة does not.
    const bool says_enough =
        arabic && chosen && match.end > match.first + 1 && salience >= kLeastSalience / 10;
    if (!chosen || (salience < kLeastSalience && !says_enough)) {
      // A secretariat is that of the organization in focus, named before or not.
      chosen.reset();
      const bool of_family = !arabic || match.end > match.first + 1 ||
                             scene_.folded(token).ends_with("امانه") || scene_.folded(token) == "secretariat";
      auto organization = of_family ? scene_.focus.organization() : std::nullopt;
      if (!organization) continue;
      const auto only_one = [&](EntityIndex of) {
        std::size_t count = 0;
        chosen.reset();
        for (const EntityIndex candidate : candidates) {
          if (candidate == of || !entities.belongs_to(candidate, of)) continue;
          // Of a one-word form only the bodies right under the organization: "the Commission" of the AU.
          if (!arabic && match.end == match.first + 1 && entities[candidate].parent != of) continue;
          // "the Commission" of the AU is the AU Commission, not its Commission of Inquiry.
          const std::string own =
              entities[of].name + ' ' + std::string(scene_.text.surface_of(scene_.token(token)));
          if (!arabic && match.end == match.first + 1 && entities[candidate].name == own) {
            chosen = candidate;
            return true;
          }
          chosen = candidate;
          ++count;
        }
        return count == 1;
      };
      if (!only_one(*organization)) {
        // The one whose paper it is, or another that the text speaks of: "the Ministerial Council" in a paper
        // of the United Nations about the OSCE.
        chosen.reset();
        if (arabic || match.end == match.first + 1) continue;
        double most = kLeastSalience;
        std::optional<EntityIndex> other;
        for (const EntityIndex candidate : candidates) {
          const EntityIndex top = entities[candidate].top;
          if (top == kNoEntity || top == candidate) continue;
          if (const double spoken = scene_.focus.salience(entities[top].id); spoken > most) {
            most = spoken;
            other = candidate;
          }
        }
        if (!other) continue;
        chosen = other;
      }
    }
    best = make_known(*chosen, match.first, match.end, begin, RefClass::short_form);
  }
  if (best && arabic && scene_.has(best->end, kSaidBefore)) ++best->end;
  return best;
}

// The purpose behind an owner: قوة الأمم المتحدة [للإدارة المؤقتة في كوسوفو]. Gives the token after it.
std::size_t BodyFinder::after_purpose(std::size_t token) const {
  const auto arabic = [this](std::size_t at) {
    return at < scene_.size() && scene_.token(at).kind == TokenKind::arabic;
  };
  if (!arabic(token)) return token;
  const std::string_view first = scene_.folded(token);
  std::size_t at = token + 1;
  bool closed = false;  // by an adjective, a second noun or a place: للعثور على alone is no name
  if (first.starts_with("لل") && first.size() > 8) {
    if (party_at(token, Before::preposition, kDeepest)) return token;
  } else if (first.starts_with("ل") && arabic(at) && is_al_word(scene_.folded(at)) && first.size() > 6) {
    if (scene_.longest(token, PhraseUse::group) || party_at(token, Before::preposition, kDeepest))
      return token;
    ++at;
    closed = true;
  } else {
    return token;
  }
  for (int words = 0; words < 5 && arabic(at); ++words) {
    const std::string_view folded = scene_.folded(at);
    const bool adjective = is_al_word(folded) && (looks_like_adjective(folded) ||
                                                  scene_.has(at, kContinuesName) || folded.ends_with("ه"));
    const bool joined = folded.starts_with("وال") && folded.size() > 10 &&
                        !scene_.longest(at, PhraseUse::group) && !party_at(at, Before::anything, kDeepest);
    if (!adjective && !joined) break;
    closed = true;
    ++at;
  }
  if (scene_.has(at, kLinksOwner) && arabic(at) && !scene_.folded(at).starts_with("ال") &&
      at + 1 < scene_.size()) {
    const auto place = state_or_place_at(scene_, at + 1);
    if (place && allowed(place->match.reading, Before::nothing)) {
      closed = true;
      at = place->match.end;
    }
  }
  return closed ? at : token;
}

// HEAD (noun)* (al-noun | adjective | و al-noun)* (owner)?, for a body that no table has.
std::optional<Body> BodyFinder::arabic_body_at(std::size_t token, Before before, int depth) const {
  const Lexicon& lexicon = scene_.lexicon;
  const PhraseMatch* head_match = nullptr;
  const HeadNoun* head = nullptr;
  bool definite = false;
  for (const PhraseMatch& match : scene_.phrases.at(token)) {
    if (!allowed(match.reading, before)) continue;
    for (const Sense& sense : lexicon.phrases.senses(match.payload)) {
      if (sense.use != PhraseUse::head_noun && sense.use != PhraseUse::definite_head) continue;
      head_match = &match;
      head = &lexicon.name_words.head(sense);
      definite = sense.use == PhraseUse::definite_head;
    }
  }
  if (!head) return std::nullopt;
  // الاتحاد الروسي is a State, whatever its first word.
  if (const auto place = state_or_place_at(scene_, token); place && place->match.end > head_match->end) {
    return std::nullopt;
  }

  std::size_t at = head_match->end;
  std::size_t words = 0;  // after the head
  std::size_t definite_words = 0;
  bool wants_definite = false;  // the noun before is indefinite, so that the next one completes it
  std::optional<Body> owner;
  while (at < scene_.size() && at < token + kLongestName && !owner) {
    const Token& word = scene_.token(at);
    if (word.kind != TokenKind::arabic || lexicon.name_words.has(word.word, kStopsName | kLinksOwner)) break;
    if (!definite) {
      owner = party_at(at, Before::nothing, depth + 2);
      if (owner) break;
    }
    if (words > 0 || definite) {
      owner = party_at(at, Before::preposition, depth + 2);
      if (owner) break;
    }
    const std::string_view folded = scene_.folded(at);
    const bool next_is_definite = at + 1 < scene_.size() && scene_.token(at + 1).kind == TokenKind::arabic &&
                                  is_al_word(scene_.folded(at + 1));
    // A demonym closes the name: وزارة الخارجية الباكستانية.
    if (words > 0) {
      const Scene::Found demonym = scene_.longest(at, PhraseUse::demonym);
      if (demonym && demonym.match->reading.prefix_bytes == 0 && is_al_word(folded)) {
        owner = make_known(demonym.sense->index, demonym.match->first, demonym.match->end,
                           begin_of(scene_.text, *demonym.match), RefClass::name);
        break;
      }
    }
    if (is_al_word(folded)) {
      const bool adjective =
          looks_like_adjective(folded) || lexicon.name_words.has(word.word, kContinuesName);
      if ((definite || words > 0) && !adjective && !wants_definite) break;
      ++definite_words;
      wants_definite = false;
    } else if (folded.starts_with("وال") && folded.size() > 10) {
      if (words == 0) break;
      // And another body or State begins here, not another part of this one's name.
      if (party_at(at, Before::anything, depth + 1) || scene_.longest(at, PhraseUse::group)) break;
      ++definite_words;
    } else if (folded.starts_with("لل") && folded.size() > 8) {
      if (words == 0 && !definite) break;
      ++definite_words;
    } else if (lexicon.name_words.has(word.word, kNamesSubject)) {
      // المعني ب: its object follows.
    } else if (next_is_definite && (words == 0 || folded.starts_with("و") || folded.starts_with("ل") ||
                                    folded.starts_with("ب"))) {
      // A noun that the next one defines: مجلس وزراء الخارجية, وحل النزاعات, لمكافحة الإرهاب.
      if (definite && words == 0 && !folded.starts_with("ل")) break;
      // Another body begins here, unless the head is repeated: إدارة منع النزاعات وإدارة الأزمات.
      if (const Scene::Found other = scene_.longest(at, PhraseUse::head_noun);
          other && folded.starts_with("و") && &lexicon.name_words.head(*other.sense) != head) {
        break;
      }
      if (scene_.longest(at, PhraseUse::group) || scene_.longest(at, PhraseUse::honorific) ||
          scene_.longest(at, PhraseUse::office)) {
        break;
      }
      wants_definite = true;
    } else {
      break;
    }
    ++words;
    ++at;
  }
  if (head->english == "University" && !definite && words == 0 && !owner) {
    // Named after a person or a city: جامعة ابن خلدون, جامعة القاهرة.
    while (at < scene_.size() && words < 3 && scene_.token(at).kind == TokenKind::arabic &&
           !scene_.has(at, kStopsName | kLinksOwner) && (words == 0 || scene_.phrases.at(at).empty())) {
      const bool joins =
          scene_.folded(at) == "ابن" || scene_.folded(at) == "الملك" || scene_.folded(at) == "الامير";
      ++at;
      ++words;
      if (!joins) break;
    }
    definite_words += 2;
  }
  if (!owner && (words > 0 || definite)) owner = owner_after(at, false, depth);
  std::size_t end = owner ? owner->end : at;
  if (owner && owner->type == MentionType::organization && !definite) end = after_purpose(end);
  // A small word cannot close a name.
  while (!owner && end > head_match->end && lexicon.name_words.has(scene_.token(end - 1).word, kNamesSubject))
    --end;
  if (owner && owner->type != MentionType::organization && words == 0 && !head->strong) return std::nullopt;
  if (owner && words == 0 && definite) return std::nullopt;
  // إدارة المنظمة, برنامج عمل اللجنة: what the organization does, not a body of it.
  if (owner && owner->ref == RefClass::short_form && !head->strong && definite_words == 0)
    return std::nullopt;
  const bool confirmed = has_bracketed_acronym(end) ||
                         (owner && (words > 0 || head->strong || owner->known != kNoEntity)) ||
                         (head->strong && !definite && definite_words >= 2);
  if (!confirmed || end == head_match->end) return std::nullopt;

  Body body =
      make_unlisted(head_match->first, static_cast<std::uint32_t>(end), begin_of(scene_.text, *head_match));
  body.head = "ال" + fold(head->word);
  if (head->kind == "ministry" && owner && owner->type != MentionType::organization) {
    std::string subject;
    for (std::size_t each = head_match->end; each < at; ++each) {
      if (!subject.empty()) subject += ' ';
      subject += scene_.folded(each);
    }
    if (const std::string_view english = lexicon.name_words.subject(subject); !english.empty()) {
      body.name = "Ministry of " + std::string(english) + " of " + owner->name;
    }
  }
  return body;
}

// Words in capitals around a head noun: "Joint Monitoring and Evaluation Commission", "Ministry of Foreign
// Affairs of Pakistan", "OSCE Mission to Georgia".
std::optional<Body> BodyFinder::english_body_at(std::size_t token, int depth) const {
  const Lexicon& lexicon = scene_.lexicon;
  const Token& first = scene_.token(token);
  if (first.kind != TokenKind::latin || !first.capitalized) return std::nullopt;
  if (lexicon.name_words.has(first.word, kStopsName)) return std::nullopt;
  if (token > 0 && scene_.token(token - 1).kind == TokenKind::latin && scene_.token(token - 1).capitalized &&
      !lexicon.name_words.has(scene_.token(token - 1).word, kStopsName) && depth == 0) {
    // The name begins earlier, unless a known name or a person's title ends here.
    if (!scene_.token(token - 1).all_capitals) return std::nullopt;
  }
  // "Chairman-in-Office of the OSCE" holds no office named "Office of the OSCE".
  if (token > 1 && scene_.is(token - 1, '-') && !first.space_before &&
      !scene_.token(token - 1).space_before) {
    return std::nullopt;
  }
  const auto is_capital_word = [&](std::size_t at) {
    return at < scene_.size() && scene_.token(at).kind == TokenKind::latin && scene_.token(at).capitalized;
  };
  const auto head_at = [&](std::size_t at) -> const HeadNoun* {
    if (!is_capital_word(at)) return nullptr;
    const Scene::Found found = scene_.longest(at, PhraseUse::head_noun);
    return found && found.sense->language == Language::en ? &lexicon.name_words.head(*found.sense) : nullptr;
  };
  // 1. To the head noun: capitals joined by "and", commas and hyphens.
  std::size_t at = token;
  std::size_t words = 0;
  std::size_t capitals = 0;
  const HeadNoun* head = nullptr;
  bool has_owner = false;
  bool has_comma = false;  // of a list, which an "and" must close: "Monitoring, Verification and Inspection"
  while (at < scene_.size() && at < token + 2 * kLongestBeforeHead && words <= kLongestBeforeHead) {
    const Token& word = scene_.token(at);
    if (is_capital_word(at)) {
      if (lexicon.name_words.has(word.word, kStopsName)) return std::nullopt;
      if (word.all_capitals) ++capitals;
      if (at > token && scene_.is(at - 1, ',')) has_comma = true;
      if (at > token && scene_.folded(at - 1) == "and") has_comma = false;
      ++words;
      head = head_at(at);
      ++at;
      if (head) break;
    } else if (words > 0 && is_capital_word(at + 1) &&
               (scene_.folded(at) == "and" || word.is(',') || word.is('&') ||
                (word.is('-') && !word.space_before && !scene_.token(at + 1).space_before))) {
      ++at;
    } else if (words > 0 && word.is('-') && !word.space_before && at + 1 < scene_.size() &&
               scene_.token(at + 1).kind == TokenKind::latin && !scene_.token(at + 1).space_before) {
      at += 2;  // "Open-ended Working Group"
    } else if (words > 0 && word.is(',') && at + 2 < scene_.size() && scene_.folded(at + 1) == "and" &&
               is_capital_word(at + 2)) {
      at += 2;
    } else if (words > 0 && (word.is('\'') || word.is(0x2019)) && at + 1 < scene_.size() &&
               scene_.folded(at + 1) == "s" && is_capital_word(at + 2)) {
      at += 2;
    } else {
      return std::nullopt;
    }
  }
  if (!head) return std::nullopt;
  if (has_comma) return std::nullopt;
  // "Sector and Division": two common nouns, not one name.
  if (words > 1 && scene_.folded(at - 2) == "and") return std::nullopt;
  // Further heads in a row: "Security Council Committee".
  while (const HeadNoun* next = head_at(at)) {
    head = next;
    ++words;
    ++at;
  }
  if (is_capital_word(at) && !scene_.token(at).all_capitals &&
      !lexicon.name_words.has(scene_.token(at).word, kStopsName)) {
    return std::nullopt;  // "Council Resolution": the head is no head here
  }
  // "the European Union on Libya": the name of an organization is whole.
  for (const PhraseMatch& match : scene_.phrases.at(token)) {
    if (match.end != at) continue;
    for (const Sense& sense : lexicon.phrases.senses(match.payload)) {
      if (sense.use != PhraseUse::name && sense.use != PhraseUse::alias) continue;
      const std::string_view kind = lexicon.entities[sense.index].kind;
      if (kind == "organization") return std::nullopt;
      // "the OIC General Secretariat on Iraq": what an organ writes about. A committee is named after it.
      const bool on = at < scene_.size() && scene_.folded(at) == "on";
      if (kind == "organ" && on && state_or_place_at(scene_, at + 1)) return std::nullopt;
    }
  }
  // 2. What it is for, and whose: of, for, on, to, in with capitals behind.
  std::size_t end = at;
  bool has_complement = false;
  while (end < scene_.size() && end < token + 2 * kLongestName &&
         scene_.token(end).kind == TokenKind::latin && !scene_.token(end).capitalized &&
         lexicon.name_words.has(scene_.token(end).word, kInsideName)) {
    const std::string_view link = scene_.folded(end);
    if (link == "on" && has_complement) break;
    if (link == "the" || link == "de" || link == "la" || link == "del" || link == "with" || link == "against")
      break;
    std::size_t next = end + 1;
    if (next < scene_.size() && scene_.folded(next) == "the") ++next;
    if (link == "and") {
      // Another part of the subject, or another body?
      if (!has_complement || next != end + 1 || !is_capital_word(next)) break;
      if (party_at(next, Before::nothing, kDeepest)) break;
      std::size_t run = next;
      bool other = false;
      while (is_capital_word(run)) other |= head_at(run++) != nullptr;
      if (other) break;
      end = run;
      continue;
    }
    const bool where = link == "in" || link == "at" || link == "to";
    if (where && words == 1) break;  // "the Mechanism in Gali" is no name
    // "the Conflict Prevention Centre of the OSCE in Vienna" is there; a mission is named after its place.
    if (where && has_complement && head->kind != "mission") break;
    if (const auto party = party_at(next, Before::nothing, depth + 2);
        party && !(where && party->known == kNoEntity)) {
      has_owner = has_complement = true;
      end = party->end;
      continue;
    }
    if (const auto place = state_or_place_at(scene_, next)) {
      has_complement = true;
      end = place->match.end;
      continue;
    }
    if (link == "in" || link == "at" || link == "to" || link == "with" || link == "against") break;
    if (!is_capital_word(next) || lexicon.name_words.has(scene_.token(next).word, kStopsName)) break;
    std::size_t run = next;
    while (is_capital_word(run) || (scene_.is(run, '-') && is_capital_word(run + 1))) ++run;
    has_complement = true;
    end = run;
  }
  const std::size_t acronym_at = end;
  if (words + (has_complement ? 1 : 0) < 2) return std::nullopt;
  if (capitals * 2 > words && words > 1) return std::nullopt;  // a heading in capitals
  for (const PhraseMatch& match : scene_.phrases.at(token)) {
    for (const Sense& sense : lexicon.phrases.senses(match.payload)) {
      has_owner |= sense.use <= PhraseUse::acronym && match.end < at &&
                   spelled_as_name(scene_.text, match, sense, lexicon);
    }
  }
  if (!head->strong && !has_owner && !has_bracketed_acronym(acronym_at)) return std::nullopt;
  Body body = make_unlisted(static_cast<std::uint32_t>(token), static_cast<std::uint32_t>(end), first.begin);
  body.head = fold(head->word);
  return body;
}

std::optional<Body> BodyFinder::body_at(std::size_t token, Before before, int depth) const {
  if (token >= scene_.size() || depth > kDeepest) return std::nullopt;
  const Token& first = scene_.token(token);
  if (scene_.phrases.at(token).empty() && !first.capitalized) return std::nullopt;
  // What this document itself has introduced comes first: its acronyms are its own.
  if (first.all_capitals && !scene_.context.introduced.empty()) {
    const auto found = scene_.context.introduced.find(std::string(scene_.folded(token)));
    if (found != scene_.context.introduced.end()) {
      const auto known = scene_.lexicon.entities.find(found->second);
      const auto at = static_cast<std::uint32_t>(token);
      if (known) return make_known(*known, at, at + 1, first.begin, RefClass::acronym);
      const auto spoken = scene_.context.spoken_of.find(found->second);
      if (spoken != scene_.context.spoken_of.end()) {
        Body body{.first = at, .end = at + 1, .begin = first.begin};
        body.id = spoken->second.entity;
        body.name = spoken->second.name;
        body.head = spoken->second.head;
        body.ref = RefClass::acronym;
        return body;
      }
    }
  }
  std::optional<Body> best = known_at(token, before, depth);
  std::optional<Body> unseen;
  if (depth >= kDeepest) return best;  // only known names that deep: the grammars below would go on and on
  if (first.kind == TokenKind::arabic) {
    // منظمة الأمم المتحدة للتربية …: what data/ knows may be but the beginning of a longer name.
    const bool goes_on = best && best->end < scene_.size() && best->known != kNoEntity &&
                         scene_.folded(best->end).starts_with("لل") &&
                         scene_.token(best->end).kind == TokenKind::arabic;
    if (!best || goes_on) unseen = arabic_body_at(token, before, depth);
    if (goes_on && unseen && !scene_.is(unseen->end, '(')) unseen.reset();
  } else if (first.kind == TokenKind::latin) {
    unseen = english_body_at(token, depth);
  }
  if (unseen && (!best || unseen->end > best->end)) {
    // In other words than ours, but with an acronym behind it that we know: منظمة … للتربية والثقافة والعلوم
    // (اليونسكو).
    if (scene_.is(unseen->end, '(') && unseen->end + 2 < scene_.size()) {
      for (const PhraseMatch& match : scene_.phrases.at(unseen->end + 1)) {
        if (!scene_.is(match.end, ')')) continue;
        for (const Sense& sense : scene_.lexicon.phrases.senses(match.payload)) {
          if ((sense.use == PhraseUse::acronym || sense.use == PhraseUse::alias) &&
              scene_.lexicon.entities[sense.index].type == MentionType::organization &&
              spelled_as_name(scene_.text, match, sense, scene_.lexicon)) {
            return make_known(sense.index, unseen->first, unseen->end, unseen->begin, RefClass::variant);
          }
        }
      }
    }
    unseen->id = "doc:" + fold(unseen->name);
    std::replace(unseen->id.begin(), unseen->id.end(), ' ', '-');
    best = unseen;
  }
  return best;
}

}  // namespace mithaq::reader
