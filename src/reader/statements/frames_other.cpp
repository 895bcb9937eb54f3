// Memberships, papers, missions, meetings, numbers, mandates, and evidence that a thing was done.
#include <algorithm>

#include "reader/statements/scene.hpp"

namespace mithaq::reader {

namespace {

using document::MentionType;
using document::Party;
using document::PartyRole;
using document::RefClass;
using document::Statement;
using document::StatementType;

bool is_mention(const Scene& scene, std::uint32_t at, MentionType type) {
  return scene.unit(at).kind == Unit::Kind::mention && scene.mention(at).type == type;
}

bool is_organization_list(const PartyList& list) {
  return !list.states_only;
}

std::string value_of(const document::Mention& mention) {
  return mention.value.empty() ? mention.name : mention.value;
}

Party party_of(const Scene& scene, std::uint32_t at, PartyRole role) {
  const document::Mention& mention = scene.mention(at);
  return {.role = role,
          .entity = mention.entities.empty() ? std::string{} : mention.entities.front(),
          .name = mention.name,
          .mention = scene.unit(at).mention};
}

// The first mention of a type in [from, from + reach).
std::optional<std::uint32_t> next_of(const Scene& scene, std::uint32_t from, std::uint32_t reach,
                                     MentionType type) {
  for (std::uint32_t at = from; at < std::min(scene.sentence.end, from + reach); ++at) {
    if (is_mention(scene, at, type)) return at;
  }
  return std::nullopt;
}

// انضمت اليابان كشريك في 1992، تبعتها الجمهورية الكورية (1994); "Mongolia joined the OSCE in 2012"
bool membership_frame(Scene& scene, std::uint32_t cue) {
  const Unit& verb = scene.unit(cue);
  // Who joins: in Arabic behind the verb, else before it.
  const PartyList* joining = scene.arabic ? list_after(scene, cue + 1, 3) : list_before(scene, cue, 3);
  if (joining == nullptr && scene.arabic) joining = list_before(scene, cue, 2);
  if (joining == nullptr || (joining->oblique && scene.arabic)) return false;
  const PartyList* body = nullptr;
  bool status_word = verb.end_token - verb.first_token > 1;
  for (std::uint32_t at = cue + 1; at < std::min(scene.sentence.end, cue + 24); ++at) {
    if (scene.unit(at).is(Signal::clause_break)) break;
    status_word = status_word || scene.unit(at).is(Signal::membership_noun);
    if (body != nullptr || !is_party(scene, at)) continue;
    const PartyList* list = list_after(scene, at, 0);
    if (list != nullptr && list != joining && is_organization_list(*list)) body = list;
  }
  std::vector<Party> organization;
  if (body != nullptr) {
    organization.push_back(body->parties.front());
  } else if (status_word && !scene.flow->main.name.empty()) {
    organization.push_back(scene.flow->main);
    organization.back().found_by = document::FoundBy::context;
  }
  const std::string_view word = scene.folded(cue);
  if (word.ends_with("اصبحت") || word.ends_with("اصبح")) {
    if (!status_word) return false;  // became what?
  }
  if (organization.empty() || !joining->states_only) return false;
  organization.front().role = PartyRole::counterpart;
  const auto add = [&](std::uint32_t first, std::uint32_t end, std::vector<Party> members,
                       const std::string& time) {
    for (Party& party : members) party.role = PartyRole::subject;
    members.push_back(organization.front());
    Statement& statement =
        emit(scene, StatementType::membership, first, end, cue, std::move(members), "joined");
    statement.time = time;
    statement.places.clear();
    statement.place_names.clear();
  };
  // States with a year of their own in brackets, one statement each.
  std::uint32_t dated = 0;
  for (std::uint32_t at = joining->first; at + 3 < scene.sentence.end; ++at) {
    if (!is_mention(scene, at, MentionType::state) || !scene.unit(at + 1).is_mark('(')) continue;
    const bool date = is_mention(scene, at + 2, MentionType::date);
    const bool year = scene.unit(at + 2).kind == Unit::Kind::number;
    if (!(date || year) || !scene.unit(at + 3).is_mark(')')) continue;
    const std::string time = date ? value_of(scene.mention(at + 2)) : std::string(scene.folded(at + 2));
    add(at, at + 4, {party_of(scene, at, PartyRole::subject)}, time);
    ++dated;
  }
  std::string time;
  if (const auto date = next_of(scene, joining->end, 12, MentionType::date))
    time = value_of(scene.mention(*date));
  std::vector<Party> undated;
  for (std::uint32_t at = joining->first; at < joining->end; ++at) {
    if (is_mention(scene, at, MentionType::state) &&
        !(at + 1 < scene.sentence.end && scene.unit(at + 1).is_mark('(') && dated > 0)) {
      undated.push_back(party_of(scene, at, PartyRole::subject));
    }
  }
  if (!undated.empty()) {
    add(std::min(cue, joining->first), std::max(joining->end, clause_end(scene, joining->end)),
        std::move(undated), time);
  }
  return true;
}

// "X is a member of Y", X عضو في Y
bool member_frame(Scene& scene, std::uint32_t cue) {
  const PartyList* member = list_before(scene, cue, 3);
  const PartyList* body = list_after(scene, cue + 1, 1);
  if (member == nullptr || body == nullptr || !is_organization_list(*body)) return false;
  if (member->oblique || member->parties.size() > 16) return false;
  bool says_is = scene.arabic;
  for (std::uint32_t at = member->end; at < cue; ++at) says_is = says_is || scene.unit(at).is(Signal::copula);
  if (!says_is) return false;
  std::vector<Party> parties;
  add_parties(parties, member->parties, PartyRole::subject);
  add_parties(parties, body->parties, PartyRole::counterpart);
  emit(scene, StatementType::membership, member->first, body->end, cue, parties, "member of");
  return true;
}

// اتخذت الجمعية العامة القرار 54/117; "the agreement entered into force on"
bool instrument_frame(Scene& scene, std::uint32_t cue) {
  auto paper = next_of(scene, cue + 1, 12, MentionType::document);
  if (!paper) {
    const std::uint32_t from = cue > scene.sentence.first + 6 ? cue - 6 : scene.sentence.first;
    for (std::uint32_t at = cue; at-- > from && !paper;) {
      if (is_mention(scene, at, MentionType::document)) paper = at;
    }
  }
  if (!paper) return false;
  const auto date = next_of(scene, std::min(cue, *paper), 16, MentionType::date);
  const PartyList* body = scene.arabic ? list_after(scene, cue + 1, 1) : list_before(scene, cue, 3);
  if (!scene.arabic && body == nullptr) {
    // "adopted by the Council"
    for (std::uint32_t at = cue + 1; at < std::min(scene.sentence.end, cue + 3); ++at) {
      if (scene.unit(at).is(Signal::by)) body = list_after(scene, at + 1, 1);
    }
  }
  if (!date && body == nullptr) return false;
  std::vector<Party> parties;
  if (body != nullptr && !body->oblique) add_parties(parties, body->parties, PartyRole::actor);
  const std::uint32_t first = std::min(cue, *paper);
  std::uint32_t end = std::max(cue, *paper) + 1;
  if (date) end = std::max(end, *date + 1);
  Statement& statement =
      emit(scene, StatementType::instrument, first, end, cue, parties, "adopted, signed or in force");
  statement.instrument = scene.mention(*paper).name;
  statement.time = date ? value_of(scene.mention(*date)) : std::string{};
  return true;
}

// A body set up by a paper: its mandate.
bool mandate_frame(Scene& scene, std::uint32_t cue) {
  const std::uint32_t from = cue > scene.sentence.first + 8 ? cue - 8 : scene.sentence.first;
  const auto paper = next_of(scene, from, 24, MentionType::document);
  if (!paper) return false;
  const PartyList* set_up = nullptr;
  const PartyList* creator = nullptr;
  if (scene.unit(cue).is(Signal::established_by)) {
    set_up = list_before(scene, cue, 3);
  } else {
    const PartyList* first = list_after(scene, cue + 1, 2);
    if (first == nullptr) return false;
    const PartyList* second = list_after(scene, first->end, 10);
    set_up = second != nullptr && second != first && second->first > *paper ? second : nullptr;
    creator = first;
  }
  if (set_up == nullptr || !is_organization_list(*set_up)) return false;
  std::vector<Party> parties;
  add_parties(parties, set_up->parties, PartyRole::subject);
  if (creator != nullptr) add_parties(parties, creator->parties, PartyRole::actor);
  const std::uint32_t first = std::min({cue, set_up->first, *paper});
  const std::uint32_t end = std::max({cue + 1, set_up->end, *paper + 1});
  Statement& statement = emit(scene, StatementType::mandate, first, end, cue, parties, "set up by");
  statement.instrument = scene.mention(*paper).name;
  return true;
}

bool has_place(const Scene& scene, std::uint32_t first, std::uint32_t end) {
  for (std::uint32_t at = first + 1; at < end; ++at) {
    if (is_mention(scene, at, MentionType::place)) return true;
    if (is_mention(scene, at, MentionType::state) && scene.unit(at - 1).is(Signal::preposition)) return true;
  }
  return false;
}

// A mission or office in a place: "deployed 1,200 observers in Kosovo", أوفدت بعثة إلى جورجيا
bool deployment_frame(Scene& scene, std::uint32_t cue) {
  const PartyList* body = list_after(scene, cue + 1, 3);
  if (body == nullptr || body->states_only) body = list_before(scene, cue, 3);
  if (body == nullptr || body->states_only) return false;
  const std::uint32_t first = std::min(cue, body->first);
  const std::uint32_t end = std::max(body->end, clause_end(scene, cue + 1));
  if (!has_place(scene, first, std::min(end, first + 30))) return false;
  std::vector<Party> parties;
  add_parties(parties, body->parties, PartyRole::actor);
  emit(scene, StatementType::deployment, first, end, cue, parties, "deployed");
  return true;
}

// A meeting with its date or place: عقدت X المؤتمر في Y بتاريخ Z
bool meeting_frame(Scene& scene, std::uint32_t cue) {
  const bool verb = scene.unit(cue).is(Signal::meeting_verb);
  if (!verb) return false;
  std::uint32_t first = cue;
  const std::uint32_t end = std::max(clause_end(scene, cue + 1), std::min(scene.sentence.end, cue + 2));
  bool meeting = false;
  for (std::uint32_t at = cue + 1; at < std::min(end, cue + 16) && !meeting; ++at)
    meeting = scene.unit(at).is(Signal::meeting_noun);
  const std::uint32_t from = cue > scene.sentence.first + 10 ? cue - 10 : scene.sentence.first;
  for (std::uint32_t at = cue; !meeting && at-- > from;) {
    if (scene.unit(at).is(Signal::meeting_noun)) {
      meeting = true;
      first = at;
    }
  }
  if (!meeting) return false;
  const std::uint32_t stop = std::min(end, first + 40);
  const bool dated = next_of(scene, first, stop - first, MentionType::date).has_value();
  if (!dated && !has_place(scene, first, stop)) return false;
  const PartyList* host = scene.arabic ? list_after(scene, cue + 1, 1) : list_before(scene, cue, 2);
  if (!scene.arabic) {
    for (std::uint32_t at = cue + 1; at < std::min(scene.sentence.end, cue + 10); ++at) {
      if (scene.unit(at).is(Signal::by)) host = list_after(scene, at + 1, 1);
    }
  }
  std::vector<Party> parties;
  if (host != nullptr && !host->oblique) {
    add_parties(parties, host->parties, PartyRole::actor);
    first = std::min(first, host->first);
  }
  emit(scene, StatementType::meeting, first, stop, cue, parties, "meeting held");
  return true;
}

// A number that somebody gives: the amount, and who says it.
void figure_frame(Scene& scene, std::uint32_t at) {
  const document::Mention& amount = scene.mention(at);
  if (amount.value.empty()) return;
  std::vector<Party> parties;
  std::uint32_t first = at;
  const std::uint32_t from = at > scene.sentence.first + 30 ? at - 30 : scene.sentence.first;
  bool claimed = false;
  for (std::uint32_t each = at; each-- > from;) {
    const Unit& unit = scene.unit(each);
    if (unit.kind != Unit::Kind::word) continue;
    if (!unit.is(Signal::said) && !(unit.is(Signal::claim_verb) && at - each <= 4)) continue;
    claimed = true;
    first = each;
    const PartyList* who = scene.arabic ? list_after(scene, each + 1, 1) : list_before(scene, each, 2);
    if (who != nullptr && !who->oblique && who->end <= at) {
      add_parties(parties, who->parties, PartyRole::actor);
      first = std::min(first, who->first);
    }
    if (unit.is(Signal::claim_verb)) break;
  }
  if (!claimed) return;
  Statement& statement =
      emit(scene, StatementType::figure, first, std::max(at + 1, std::min(clause_end(scene, at), at + 12)),
           at, parties, "a number");
  statement.value = amount.value;
  statement.unit = amount.unit;
}

// A paper carried out: "the resolution has been implemented"
bool implementation_frame(Scene& scene, std::uint32_t cue) {
  const auto status = scene.triggers.forms[scene.unit(cue).form].status;
  if (!status) return false;
  const bool done = *status == document::CommitmentStatus::done ||
                    *status == document::CommitmentStatus::partly_done ||
                    *status == document::CommitmentStatus::in_progress;
  if (!done || negated_at(scene, cue)) return false;
  const std::uint32_t from = cue > scene.sentence.first + 12 ? cue - 12 : scene.sentence.first;
  const auto paper = next_of(scene, from, 24, MentionType::document);
  if (!paper) return false;
  std::vector<Party> parties;
  if (!scene.flow->instrument.owner.name.empty()) {
    parties.push_back(scene.flow->instrument.owner);
    parties.back().found_by = document::FoundBy::context;
  }
  const std::uint32_t first = std::min(cue, *paper);
  Statement& statement = emit(scene, StatementType::implementation, first,
                              std::max(*paper + 1, clause_end(scene, cue + 1)), cue, parties, "carried out");
  statement.instrument = scene.mention(*paper).name;
  statement.status = *status;
  return true;
}

// The number of people killed: "23 civilians were killed", "killing 12 people", أسفر عن مقتل 12 شخصا.
void count_the_killed(const Scene& scene, Statement& statement) {
  constexpr std::uint32_t kReach = 4;
  for (std::uint32_t cue = scene.sentence.first; cue < scene.sentence.end; ++cue) {
    const Unit& unit = scene.unit(cue);
    if (unit.kind != Unit::Kind::word || !unit.is(Signal::casualty)) continue;
    const auto take = [&](std::uint32_t at) {
      if (is_mention(scene, at, MentionType::amount) && !scene.mention(at).value.empty()) {
        statement.value = scene.mention(at).value;
      } else if (scene.unit(at).kind == Unit::Kind::number) {
        statement.value = std::string(scene.folded(at));
      } else {
        return false;
      }
      statement.unit = "killed";
      return true;
    };
    for (std::uint32_t at = cue + 1; at < std::min(scene.sentence.end, cue + kReach); ++at) {
      if (scene.unit(at).is_comma() || is_and(scene, at)) break;
      if (take(at)) return;
    }
    const std::uint32_t from = cue > scene.sentence.first + kReach ? cue - kReach : scene.sentence.first;
    for (std::uint32_t at = cue; at-- > from;) {
      if (scene.unit(at).is_comma()) break;
      if (take(at)) return;
    }
    return;
  }
}

// Violence with its day and its place: "On 14 August, gunmen attacked the village of X, killing three
// people". Without either it is a remark, not an incident.
bool incident_frame(Scene& scene, std::uint32_t cue) {
  if (negated_at(scene, cue)) return false;
  std::vector<Party> parties;
  std::uint32_t first = cue;
  // Who did it: behind "by", or the subject of an active verb.
  for (std::uint32_t at = cue + 1; at < std::min(scene.sentence.end, cue + 8); ++at) {
    if (scene.unit(at).kind != Unit::Kind::word || !scene.unit(at).is(Signal::by)) continue;
    if (const PartyList* by = list_after(scene, at + 1, 2))
      add_parties(parties, by->parties, PartyRole::actor);
    break;
  }
  const std::string_view word = scene.text.folded_of(scene.text.tokens[scene.unit(cue).end_token - 1]);
  const bool active = !scene.arabic && word.ends_with("ed") && cue > scene.sentence.first &&
                      !scene.unit(cue - 1).is(Signal::copula);
  if (parties.empty() && active) {
    const PartyList* subject = list_before(scene, cue, 2);
    if (subject != nullptr && !subject->oblique) {
      add_parties(parties, subject->parties, PartyRole::actor);
      first = subject->first;
    }
  }
  Statement& statement =
      emit(scene, StatementType::incident, first, clause_end(scene, cue + 1), cue, parties, "dated violence");
  if (statement.time.empty() || statement.places.empty()) {
    scene.out->pop_back();
    return false;
  }
  // Its kind: shelling, ambush.
  statement.topic =
      scene.text.text.substr(scene.unit(cue).begin, scene.unit(cue).end - scene.unit(cue).begin);
  count_the_killed(scene, statement);
  return true;
}

}  // namespace

void find_other_statements(Scene& scene) {
  if (scene.heading) return;
  bool meeting = false, deployed = false, incident = false;
  for (std::uint32_t at = scene.sentence.first; at < scene.sentence.end; ++at) {
    const Unit& unit = scene.unit(at);
    if (unit.kind == Unit::Kind::mention && scene.mention(at).type == MentionType::amount)
      figure_frame(scene, at);
    if (unit.kind != Unit::Kind::word || !unit.cues.any() || unit.quoted) continue;
    if (unit.is(Signal::membership_verb)) membership_frame(scene, at);
    if (unit.is(Signal::membership_noun)) member_frame(scene, at);
    if (unit.is(Signal::signing)) instrument_frame(scene, at);
    if (unit.is(Signal::established_by) || unit.is(Signal::act_verb)) {
      const std::string_view word = scene.folded(at);
      const bool founds = word.find("انشا") != std::string_view::npos ||
                          word.find("انشئ") != std::string_view::npos || word.starts_with("establish");
      if (founds || unit.is(Signal::established_by)) mandate_frame(scene, at);
    }
    if (!deployed && unit.is(Signal::deployment_verb)) deployed = deployment_frame(scene, at);
    if (!meeting && unit.is(Signal::meeting_verb)) meeting = meeting_frame(scene, at);
    if (unit.is(Signal::status)) implementation_frame(scene, at);
    if (!incident && (unit.is(Signal::incident) || unit.is(Signal::casualty))) {
      incident = incident_frame(scene, at);
    }
  }
}

}  // namespace mithaq::reader
