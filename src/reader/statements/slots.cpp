// The slots that every statement has: theme, place, time, mood, paper, confidence.
#include <algorithm>

#include "reader/statements/scene.hpp"

namespace mithaq::reader {

namespace {

using document::Confidence;
using document::FoundBy;
using document::Mention;
using document::MentionType;
using document::Modality;
using document::Party;
using document::Statement;

constexpr std::uint32_t kMoodReach = 12;  // units before a cue in which a mood word still governs it

void add_place(Statement& statement, const Mention& mention) {
  const std::string entity = mention.entities.empty() ? std::string{} : mention.entities.front();
  if (std::find(statement.place_names.begin(), statement.place_names.end(), mention.name) !=
      statement.place_names.end()) {
    return;
  }
  statement.places.push_back(entity);
  statement.place_names.push_back(mention.name);
}

// A State or place behind "in".
bool is_place_at(const Scene& scene, std::uint32_t at) {
  const Unit& unit = scene.unit(at);
  if (unit.kind != Unit::Kind::mention) return false;
  const Mention& mention = scene.mention(at);
  if (mention.type == MentionType::place) return true;
  if (mention.type != MentionType::state || mention.ref == document::RefClass::group) return false;
  if (at == scene.sentence.first) return false;
  const Unit& before = scene.unit(at - 1);
  return before.kind == Unit::Kind::word && before.is(Signal::preposition);
}

void fill_places(const Scene& scene, std::uint32_t first, std::uint32_t end, Statement& statement) {
  bool chain = false;
  for (std::uint32_t at = first; at < end && statement.places.size() < 16; ++at) {
    const Unit& unit = scene.unit(at);
    const bool state = unit.kind == Unit::Kind::mention && scene.mention(at).type == MentionType::state;
    if (is_place_at(scene, at) ||
        (chain && state && (unit.conjunction || scene.unit(at - 1).is_comma() || is_and(scene, at - 1)))) {
      add_place(statement, scene.mention(at));
      chain = true;
    } else if (!unit.is_comma() && !is_and(scene, at)) {
      chain = false;
    }
  }
}

// A party of the statement is no place of it.
void drop_parties_from_places(Statement& statement) {
  for (std::size_t each = 0; each < statement.place_names.size();) {
    const bool party = std::any_of(statement.parties.begin(), statement.parties.end(),
                                   [&](const Party& has) { return has.name == statement.place_names[each]; });
    if (party) {
      statement.places.erase(statement.places.begin() + static_cast<std::ptrdiff_t>(each));
      statement.place_names.erase(statement.place_names.begin() + static_cast<std::ptrdiff_t>(each));
    } else {
      ++each;
    }
  }
}

void fill_time(const Scene& scene, std::uint32_t first, std::uint32_t end, Statement& statement) {
  for (std::uint32_t at = first; at < end; ++at) {
    const Unit& unit = scene.unit(at);
    if (unit.kind != Unit::Kind::mention || scene.mention(at).type != MentionType::date) continue;
    statement.time = scene.mention(at).value.empty() ? scene.mention(at).name : scene.mention(at).value;
    return;
  }
}

void fill_themes(const Scene& scene, std::uint32_t first, std::uint32_t end, Statement& statement) {
  const std::size_t first_token = scene.unit(first).first_token;
  const std::size_t end_token = scene.unit(end - 1).end_token;
  for (std::size_t token = first_token; token < end_token && statement.themes.size() < 4; ++token) {
    const TokenTrie::Match match = scene.themes.phrases.longest(scene.text, token);
    if (match.payload == TokenTrie::kNoPayload || match.end_token > end_token) continue;
    for (std::uint32_t theme : scene.themes.lists[match.payload]) {
      const std::string& id = scene.themes.ids[theme];
      if (std::find(statement.themes.begin(), statement.themes.end(), id) == statement.themes.end()) {
        statement.themes.push_back(id);
      }
    }
    token = match.end_token - 1;
  }
}

}  // namespace

Modality modality_at(const Scene& scene, std::uint32_t cue) {
  const Unit& self = scene.unit(cue);
  if (self.cues.any() && (self.is(Signal::future) || scene.triggers.forms[self.form].future))
    return Modality::planned;
  const std::uint32_t from =
      cue > scene.sentence.first + kMoodReach ? cue - kMoodReach : scene.sentence.first;
  bool past = false;
  for (std::uint32_t at = cue; at-- > from;) {
    const Unit& unit = scene.unit(at);
    if (unit.kind != Unit::Kind::word || !unit.cues.any()) {
      if (unit.kind == Unit::Kind::mark && !unit.is_comma()) break;
      continue;
    }
    if (unit.is(Signal::need)) return Modality::called_for;
    if (unit.is(Signal::recommendation)) return Modality::recommended;
    if (unit.is(Signal::proposal) || unit.is(Signal::possibility)) return Modality::proposed;
    if (unit.is(Signal::future)) return Modality::planned;
    if (unit.is(Signal::past)) past = past || cue - at <= 4;
    if (unit.is(Signal::clause_break)) break;
  }
  return past ? Modality::past : Modality::asserted;
}

bool negated_at(const Scene& scene, std::uint32_t cue) {
  const std::uint32_t from = cue > scene.sentence.first + 3 ? cue - 3 : scene.sentence.first;
  for (std::uint32_t at = cue; at-- > from;) {
    const Unit& unit = scene.unit(at);
    if (unit.kind == Unit::Kind::word && unit.is(Signal::negation)) return true;
    if (unit.kind == Unit::Kind::mark || unit.kind == Unit::Kind::mention) return false;
  }
  return false;
}

namespace {

// "requests", "calls upon", "also requests": a finite verb, not "to request" or "the request".
bool is_third_person(std::string_view last, std::string_view first) {
  return (first.size() > 3 && first.ends_with("s") && first != "this") || last.ends_with("s");
}

}  // namespace

std::uint32_t clause_end(const Scene& scene, std::uint32_t from) {
  const std::uint32_t end = scene.sentence.end;
  std::uint32_t at = from;
  for (; at < end; ++at) {
    const Unit& unit = scene.unit(at);
    if (unit.kind == Unit::Kind::mark && (unit.mark == '.' || unit.mark == ';' || unit.mark == U'؛')) break;
    // وتضطلع المفوضية: a verb and its subject begin another clause, with or without a comma.
    if (scene.arabic && at > from && at + 1 < end && unit.kind == Unit::Kind::word && unit.conjunction &&
        (unit.is(Signal::act_verb) || unit.is(Signal::cooperation_verb) || unit.is(Signal::lead_verb)) &&
        is_party(scene, at + 1)) {
      break;
    }
    // ", and commends the coordination among": what is praised is no part of what was asked.
    if (!scene.arabic && unit.is_comma() && at > from && at + 2 < end && is_and(scene, at + 1)) {
      const Unit& verb = scene.unit(at + 2);
      if (verb.kind == Unit::Kind::word &&
          (verb.is(Signal::request) || verb.is(Signal::decision) || verb.is(Signal::operative_other)) &&
          is_third_person(scene.text.folded_of(scene.text.tokens[verb.end_token - 1]),
                          scene.folded(at + 2))) {
        break;
      }
    }
    if (at < from + 6 || at + 1 >= end) continue;
    const Unit& next = scene.unit(at + 1);
    // In a resolution "and also requests", "and calls upon" begin another act.
    if (!scene.arabic && !scene.flow->issuer.name.empty() &&
        (is_and(scene, at) || (unit.kind == Unit::Kind::word && unit.is(Signal::and_also))) &&
        next.kind == Unit::Kind::word && (next.is(Signal::request) || next.is(Signal::decision)) &&
        is_third_person(scene.text.folded_of(scene.text.tokens[next.end_token - 1]), scene.folded(at + 1))) {
      break;
    }
    if (unit.is_comma() && scene.arabic && next.kind == Unit::Kind::word && !next.cues.any() &&
        scene.folded(at + 1).starts_with("و") &&
        (scene.folded(at + 1).ends_with("وا") || looks_like_arabic_verb(scene.folded(at + 1)))) {
      break;
    }
    if (unit.is_comma() && next.kind == Unit::Kind::word &&
        (next.is(Signal::relative) || next.is(Signal::clause_break) || next.is(Signal::said) ||
         next.is(Signal::request) || next.is(Signal::decision) || next.is(Signal::operative_other) ||
         (next.conjunction &&
          (next.is(Signal::act_verb) || next.is(Signal::cooperation_verb) || next.is(Signal::modal))))) {
      break;
    }
  }
  return std::max(at, std::min(from + 1, end));
}

Statement& emit(Scene& scene, document::StatementType type, std::uint32_t first, std::uint32_t end,
                std::uint32_t cue, std::vector<Party> parties, std::string_view rule) {
  Statement statement;
  statement.type = type;
  end = std::max(end, first + 1);
  statement.evidence.paragraph = scene.paragraph;
  statement.evidence.range = {scene.unit(first).begin, scene.unit(end - 1).end};
  // A name keeps the particles before it; evidence starts with whole words.
  statement.parties = std::move(parties);
  statement.rule = rule;
  statement.modality = modality_at(scene, cue);
  statement.negated = negated_at(scene, cue);
  fill_themes(scene, first, end, statement);
  if (statement.themes.empty()) fill_themes(scene, scene.sentence.first, scene.sentence.end, statement);
  fill_places(scene, first, end, statement);
  if (statement.places.empty()) {
    statement.places = scene.flow->places;
    statement.place_names = scene.flow->place_names;
  }
  drop_parties_from_places(statement);
  fill_time(scene, first, end, statement);
  if (statement.time.empty()) fill_time(scene, scene.sentence.first, scene.sentence.end, statement);
  if (statement.time.empty()) statement.time = scene.flow->time;
  const auto range = statement.evidence.range;
  statement.topic = std::string(document::slice(scene.text.text, range)).substr(0, 400);
  while (!statement.topic.empty() && (static_cast<unsigned char>(statement.topic.back()) & 0xC0) == 0x80 &&
         statement.topic.size() == 400) {
    statement.topic.pop_back();  // never cut inside a letter
  }
  if (statement.topic.size() == 399 || statement.topic.size() == 400) {
    const unsigned char last = static_cast<unsigned char>(statement.topic.back());
    if (last >= 0xC0) statement.topic.pop_back();
  }
  statement.confidence = Confidence::a;
  for (const Party& party : statement.parties) {
    if (party.found_by == FoundBy::context) statement.confidence = Confidence::c;
    if (party.found_by == FoundBy::anaphora && statement.confidence == Confidence::a) {
      statement.confidence = Confidence::b;
    }
  }
  scene.out->push_back(std::move(statement));
  return scene.out->back();
}

}  // namespace mithaq::reader
