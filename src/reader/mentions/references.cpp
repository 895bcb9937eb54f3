#include "reader/mentions/references.hpp"

namespace mithaq::reader {

namespace {

using document::MentionType;
using document::RefClass;

constexpr double kLeastSalience = 0.1;

// Bodies that a paper sets beside an organization as its like: UNHCR, UNDP, the regional commissions of the
// United Nations; not an organ or a mission.
bool acts_for_itself(const Entity& body) {
  if (body.kind == "organization" || body.kind == "programme" || body.kind == "fund") return true;
  return body.name.find("Economic Commission") != std::string::npos ||
         body.name.find("Office of the United Nations High Commissioner") != std::string::npos;
}

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

// The two that a dual means. A paper on two organizations speaks of one body of each family at a time: of the
// two of its title, the bodies named last. Else the two organizations last named side by side.
std::pair<std::string, std::string> ReferenceFinder::pair() const {
  const Entities& entities = scene_.lexicon.entities;
  const Context& context = scene_.context;
  if (context.title_pair[0].empty()) return {context.pair[0], context.pair[1]};
  std::pair<std::string, std::string> chosen{context.title_pair[0], context.title_pair[1]};
  for (std::string* id : {&chosen.first, &chosen.second}) {
    const auto top = entities.find(*id);
    for (auto named = context.named.rbegin(); top && named != context.named.rend(); ++named) {
      const auto body = entities.find(*named);
      if (!body || entities[*body].top != *top || !acts_for_itself(entities[*body])) continue;
      *id = *named;
      break;
    }
  }
  return chosen;
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
    const auto [one, other] = pair();
    if (one.empty()) return std::nullopt;
    Reference reference = make(MentionType::organization, RefClass::pair, begin, end, one, "");
    reference.mention.entities.push_back(other);
    for (const std::string& id : reference.mention.entities) {
      if (!reference.mention.name.empty()) reference.mention.name += "; ";
      if (const auto known = entities.find(id)) reference.mention.name += entities[*known].name;
    }
    return reference;
  }
  if (!owner) {
    // دول المنظمة, أعضاء المنظمة: right behind; but in أعضاء في المنظمة they are not named as a group.
    const bool idafa = arabic && group.needs == StateGroup::Needs::owner;
    auto behind =
        idafa ? bodies_.party_at(end, BodyFinder::Before::nothing, 1) : bodies_.owner_after(end, false, 1);
    if (behind && behind->known != kNoEntity && behind->type == MentionType::organization &&
        (group.needs != StateGroup::Needs::owner || entities[behind->known].kind == "organization")) {
      end = behind->end;
      owner = behind;
    }
  }
  EntityIndex of = owner ? owner->known : kNoEntity;
  if (of == kNoEntity && group.needs == StateGroup::Needs::owner) return std::nullopt;
  if (of == kNoEntity && !group.organization.empty())
    of = entities.find(group.organization).value_or(kNoEntity);
  if (of == kNoEntity) of = scene_.focus.organization(0.3).value_or(kNoEntity);
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
  // معاون وزير الخارجية holds another office than وزير الخارجية.
  if (office.scope == Office::Scope::owned && at > 0) {
    const Scene::Found before = scene_.longest(at - 1, PhraseUse::office);
    if (before && before.match->end == at) return std::nullopt;
  }
  const Token& first = scene_.token(at);
  if ((first.kind == TokenKind::latin || first.kind == TokenKind::cyrillic) && !first.capitalized)
    return std::nullopt;
  std::uint32_t end = found.match->end;
  const std::uint32_t begin = owner ? scene_.token(token).begin : begin_of(scene_.text, *found.match);
  if (!owner) {
    const bool arabic = first.kind == TokenKind::arabic;
    const bool idafa = arabic && !office.phrase.starts_with("ال");
    const bool in = arabic && end < scene_.size() && scene_.has(end, kLinksOwner) &&
                    !scene_.folded(end).starts_with("ال");  // الأمين العام في مؤتمر القمة
    if (auto behind = in ? std::nullopt : bodies_.owner_after(end, idafa, 1)) {
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
    auto of = scene_.focus.organization(1.0);
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
  const std::string name = office.scope == Office::Scope::bare
                               ? holder + " " + office.english
                               : office.english + " of " +
                                     (owner->type != MentionType::organization ? "" : "the ") +
                                     (owner->known != kNoEntity ? entities[owner->known].name : owner->name);
  return make(MentionType::person, RefClass::office, begin, end, id + "#" + office.english,
              name + " (office)");
}

}  // namespace mithaq::reader
