#include "reader/mentions/references.hpp"

namespace mithaq::reader {

namespace {

using document::MentionType;
using document::RefClass;

constexpr double kLeastSalience = 0.1;

}  // namespace

Reference ReferenceFinder::make(MentionType type, RefClass ref, std::uint32_t begin, std::uint32_t end,
                                std::string id, std::string name) const {
  Reference reference;
  reference.mention = {.type = type,
                       .place = {scene_.paragraph, {begin, scene_.token(end - 1).end}},
                       .entities = {},
                       .name = std::move(name),
                       .ref = ref};
  if (!id.empty()) reference.mention.entities.push_back(std::move(id));
  reference.end = end;
  return reference;
}

std::optional<Body> ReferenceFinder::owner_before(std::size_t token) const {
  if (scene_.token(token).kind != TokenKind::latin || !scene_.token(token).capitalized) return std::nullopt;
  std::optional<Body> best;
  for (const PhraseMatch& match : scene_.phrases.at(token)) {
    for (const Sense& sense : scene_.lexicon.phrases.senses(match.payload)) {
      if (sense.use > PhraseUse::acronym || (best && match.end <= best->end)) continue;
      if (scene_.lexicon.entities[sense.index].type != MentionType::organization) continue;
      if (!spelled_as_name(scene_.text, match, sense, scene_.lexicon)) continue;
      best = Body{.first = match.first, .end = match.end, .begin = scene_.token(token).begin};
      best->known = sense.index;
    }
  }
  return best;
}

std::optional<Reference> ReferenceFinder::group_at(std::size_t token) const {
  const Entities& entities = scene_.lexicon.entities;
  std::optional<Body> owner = owner_before(token);
  const std::size_t at = owner ? owner->end : token;
  if (at >= scene_.size()) return std::nullopt;
  const Scene::Found found = scene_.longest(at, PhraseUse::group);
  if (!found) return std::nullopt;
  if (at != token && found.match->reading.prefix_bytes > 0) return std::nullopt;
  const StateGroup& group = scene_.lexicon.name_words.group(*found.sense);
  std::uint32_t end = found.match->end;
  const std::uint32_t begin = owner ? scene_.token(token).begin : begin_of(scene_.text, *found.match);
  const bool arabic = scene_.token(at).kind == TokenKind::arabic;
  if (group.needs == StateGroup::Needs::pair) {
    if (scene_.context.pair[0].empty()) return std::nullopt;
    Reference reference =
        make(MentionType::organization, RefClass::pair, begin, end, scene_.context.pair[0], "");
    reference.mention.entities.push_back(scene_.context.pair[1]);
    for (const std::string& id : scene_.context.pair) {
      if (!reference.mention.name.empty()) reference.mention.name += "; ";
      if (const auto known = entities.find(id)) reference.mention.name += entities[*known].name;
    }
    return reference;
  }
  if (!owner) {
    const bool idafa = arabic && group.needs == StateGroup::Needs::owner;
    if (auto behind = bodies_.owner_after(end, idafa, 1);
        behind && behind->known != kNoEntity && behind->type == MentionType::organization &&
        (group.needs != StateGroup::Needs::owner || entities[behind->known].kind == "organization")) {
      end = behind->end;
      owner = behind;
    }
  }
  EntityIndex of = owner ? owner->known : kNoEntity;
  if (of == kNoEntity && group.needs == StateGroup::Needs::owner) return std::nullopt;
  if (of == kNoEntity && !group.organization.empty())
    of = entities.find(group.organization).value_or(kNoEntity);
  if (of == kNoEntity) of = scene_.focus.organization().value_or(kNoEntity);
  if (of == kNoEntity) return std::nullopt;
  const std::string id = entities[of].id + "#" + group.english;
  return make(MentionType::state, RefClass::group, begin, end, id,
              entities.short_name(of) + " " + group.english);
}

std::optional<Reference> ReferenceFinder::office_at(std::size_t token) const {
  const Entities& entities = scene_.lexicon.entities;
  std::optional<Body> owner = owner_before(token);
  const std::size_t at = owner ? owner->end : token;
  if (at >= scene_.size()) return std::nullopt;
  const Scene::Found found = scene_.longest(at, PhraseUse::office);
  if (!found || (at != token && found.match->reading.prefix_bytes > 0)) return std::nullopt;
  const Office& office = scene_.lexicon.name_words.office(*found.sense);
  if (office.scope == Office::Scope::word) return std::nullopt;
  const Token& first = scene_.token(at);
  if ((first.kind == TokenKind::latin || first.kind == TokenKind::cyrillic) && !first.capitalized)
    return std::nullopt;
  std::uint32_t end = found.match->end;
  const std::uint32_t begin = owner ? scene_.token(token).begin : begin_of(scene_.text, *found.match);
  if (!owner) {
    const bool arabic = first.kind == TokenKind::arabic;
    const bool idafa = arabic && !office.phrase.starts_with("ال");
    if (auto behind = bodies_.owner_after(end, idafa, 1)) {
      // "the Secretary-General in Kosovo" is not of Kosovo.
      const bool of_body = behind->type == MentionType::organization;
      if (of_body || office.scope == Office::Scope::owned) {
        end = behind->end;
        owner = behind;
      }
    }
  }
  std::string holder;
  std::string id;
  if (owner) {
    holder = owner->known != kNoEntity ? entities.short_name(owner->known) : owner->name;
    id = owner->id.empty() && owner->known != kNoEntity ? entities[owner->known].id : owner->id;
  } else if (office.scope == Office::Scope::bare) {
    auto of = scene_.focus.organization();
    if (office.english.find("Chair") != std::string::npos) {
      if (const auto osce = entities.find("OSCE"); osce && scene_.focus.salience("OSCE") > kLeastSalience)
        of = osce;
    }
    if (!of) return std::nullopt;
    holder = entities.short_name(*of);
    id = entities[*of].id;
  } else {
    return std::nullopt;
  }
  return make(MentionType::person, RefClass::office, begin, end, id + "#" + office.english,
              holder + " " + office.english + " (office)");
}

std::optional<Reference> ReferenceFinder::resolution_at(std::size_t token) const {
  const auto& resolution = scene_.context.resolution;
  if (resolution.name.empty()) return std::nullopt;
  const Token& word = scene_.token(token);
  std::uint32_t begin = word.begin;
  std::uint32_t end = static_cast<std::uint32_t>(token + 1);
  if (word.kind == TokenKind::arabic) {
    const CliticReadings readings = clitic_readings(scene_.text, word, scene_.lexicon.vocabulary);
    const CliticReading* reading = nullptr;
    for (const CliticReading& each : readings) {
      if (scene_.lexicon.name_words.has(each.word, kResolutionWord)) reading = &each;
    }
    if (!reading) return std::nullopt;
    if (token > 0 && scene_.has(token - 1, kResolutionTrap)) return std::nullopt;
    begin =
        begin_of(scene_.text, {.first = static_cast<std::uint32_t>(token), .end = end, .reading = *reading});
    if (end < scene_.size()) {
      const std::string_view next = scene_.folded(end);
      if (next == "رقم" || scene_.token(end).kind == TokenKind::number) return std::nullopt;
      if (next == "المذكور" || next == "نفسه") ++end;
    }
  } else if (word.kind == TokenKind::latin) {
    if (token == 0 || word.capitalized || !scene_.has(token, kResolutionWord)) return std::nullopt;
    const std::string_view article = scene_.folded(token - 1);
    if (article != "the" && article != "that" && article != "said" && article != "this") return std::nullopt;
    if (end < scene_.size() && scene_.token(end).kind == TokenKind::number) return std::nullopt;
  } else {
    return std::nullopt;
  }
  Reference reference = make(MentionType::document, RefClass::short_form, begin, end, "", resolution.name);
  reference.mention.entities = resolution.entities;
  reference.mention.value = resolution.value;
  return reference;
}

}  // namespace mithaq::reader
