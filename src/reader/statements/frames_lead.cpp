// Who leads: lead roles, chairs, primary responsibility; the division of labour between organizations.
#include <algorithm>

#include "reader/statements/scene.hpp"

namespace mithaq::reader {

namespace {

using document::MentionType;
using document::Party;
using document::PartyRole;
using document::StatementType;

// The body that is led: the nearest organization before a unit.
std::vector<Party> led_before(const Scene& scene, std::uint32_t at, std::uint32_t reach) {
  const std::uint32_t from = at > scene.sentence.first + reach ? at - reach : scene.sentence.first;
  for (std::uint32_t each = at; each-- > from;) {
    const Unit& unit = scene.unit(each);
    if (unit.kind != Unit::Kind::mention || scene.mention(each).type != MentionType::organization) continue;
    const document::Mention& mention = scene.mention(each);
    return {{.role = PartyRole::counterpart,
             .entity = mention.entities.empty() ? std::string{} : mention.entities.front(),
             .name = mention.name,
             .mention = unit.mention}};
  }
  return {};
}

void lead(Scene& scene, std::uint32_t first, std::uint32_t end, std::uint32_t cue,
          const std::vector<Party>& leaders, const std::vector<Party>& led, std::string_view rule) {
  std::vector<Party> parties;
  add_parties(parties, leaders, PartyRole::actor);
  if (parties.empty()) return;
  add_parties(parties, led, PartyRole::counterpart);
  emit(scene, StatementType::lead, first, end, cue, parties, rule);
}

void role_frame(Scene& scene, std::uint32_t cue, std::string_view rule) {
  // الدور القيادي للأمم المتحدة, "the lead role of X"
  // In English an article may stand between: of the X.
  const std::uint32_t reach = scene.arabic ? 2 : 3;
  const PartyList* owner = list_after(scene, cue + 1, reach - 1);
  if (owner != nullptr && (owner->addressed || owner->oblique) && owner->first <= cue + reach &&
      (scene.unit(owner->first).preposition == 'l' || !scene.arabic)) {
    const std::string_view between = owner->first > cue + 1 ? scene.folded(cue + 1) : std::string_view{};
    if (scene.arabic || between == "of" || between == "by" || between == "for") {
      return lead(scene, cue, clause_end(scene, owner->end), cue, owner->parties, {}, rule);
    }
  }
  // الدور القيادي الذي تضطلع به X, "the lead role that X plays"
  if (cue + 1 < scene.sentence.end && scene.unit(cue + 1).is(Signal::relative)) {
    const PartyList* leader = list_after(scene, cue + 2, scene.arabic ? 3 : 0);
    if (leader != nullptr && !leader->oblique) {
      return lead(scene, cue, clause_end(scene, leader->end), cue, leader->parties, {}, rule);
    }
  }
  // باعتبارها المؤسسة المسؤولة, "as the lead agency": whoever stands right before.
  if (cue > scene.sentence.first) {
    const std::string_view before = scene.folded(cue - 1);
    if (before == "باعتبارها" || before == "بوصفها" || before == "باعتباره" || before == "بوصفه" ||
        before == "as") {
      if (const PartyList* nearest = list_before(scene, cue - 1, 1)) {
        return lead(scene, nearest->first, clause_end(scene, cue + 1), cue, nearest->parties, {}, rule);
      }
    }
  }
  bool carried = false;
  const std::vector<Party> leaders = find_actor(scene, cue, cue, cue + 1, {}, carried);
  if (leaders.empty()) return;
  std::uint32_t first = cue;
  if (const PartyList* before = list_before(scene, cue, 12);
      before != nullptr && same_party(before->parties.front(), leaders.front())) {
    first = before->first;
  }
  lead(scene, first, clause_end(scene, cue + 1), cue, leaders, {}, rule);
}

void led_by_frame(Scene& scene, std::uint32_t cue) {
  const PartyList* leader = list_after(scene, cue + 1, 3);
  if (leader == nullptr) return;
  std::vector<Party> led = led_before(scene, cue, 4);
  // تعمل X وY معا بقيادة X: those who act are not what is led.
  if (const PartyList* acting = list_before(scene, cue, 4);
      acting != nullptr && acting->parties.size() > 1 &&
      std::any_of(acting->parties.begin(), acting->parties.end(),
                  [&](const Party& party) { return same_party(party, leader->parties.front()); })) {
    led.clear();
  }
  const std::uint32_t first = !led.empty() && cue > scene.sentence.first + 4 ? cue - 4 : cue;
  lead(scene, std::max(first, scene.sentence.first), leader->end, cue, leader->parties, led, "led by");
}

void verb_frame(Scene& scene, std::uint32_t cue) {
  const Unit& verb = scene.unit(cue);
  if (scene.arabic) {
    if (!verb.pronoun && cue > scene.sentence.first && scene.unit(cue - 1).is(Signal::relative)) {
      // التي تقود X: without a pronoun X is what is led, and who leads stands before.
      const PartyList* antecedent = list_before(scene, cue - 1, 1);
      if (antecedent == nullptr) return;
      const PartyList* led = list_after(scene, cue + 1, 2);
      return lead(scene, antecedent->first, clause_end(scene, cue + 1), cue, antecedent->parties,
                  led != nullptr && !led->oblique ? led->parties : std::vector<Party>{}, "leads");
    }
    const PartyList* leader = list_after(scene, cue + 1, 3);
    if (leader == nullptr || leader->oblique) return;
    const PartyList* object = list_after(scene, leader->end, 1);
    std::vector<Party> led;
    if (verb.pronoun) {
      led = led_before(scene, cue, 6);
    } else if (object != nullptr && object != leader) {
      led = object->parties;
    }
    return lead(scene, cue, std::max(leader->end, clause_end(scene, leader->end)), cue, leader->parties, led,
                "leads");
  }
  // "to lead to", "the head of": no verb of leading.
  if (cue + 1 < scene.sentence.end && scene.unit(cue + 1).kind == Unit::Kind::word) {
    const std::string_view next = scene.folded(cue + 1);
    if (next == "to" || next == "of" || next == "by") return;
  }
  const PartyList* leader = list_before(scene, cue, 2);
  if ((leader == nullptr || leader->oblique) && scene.unit(cue - (cue > 0 ? 1 : 0)).is_comma()) {
    // "the Mission, as the third pillar of UNMIK, has the lead": what stands between commas does not lead.
    for (const PartyList& list : scene.lists) {
      if (list.first >= cue) break;
      if (list.oblique) continue;
      leader = &list;
      break;
    }
  }
  if (leader == nullptr || leader->oblique) return;
  const PartyList* object = list_after(scene, cue + 1, 1);
  lead(scene, leader->first, clause_end(scene, cue + 1), cue, leader->parties,
       object != nullptr && !object->states_only ? object->parties : std::vector<Party>{}, "leads");
}

// شاركت في رئاسته كل من X وY؛ تشارك X في رئاستها
void shared_chair_frame(Scene& scene, std::uint32_t cue) {
  std::uint32_t verb = cue;
  const std::uint32_t from = cue > scene.sentence.first + 6 ? cue - 6 : scene.sentence.first;
  while (verb > from && !scene.unit(verb).is(Signal::participation_verb) &&
         !scene.unit(verb).is(Signal::act_verb))
    --verb;
  if (!scene.unit(verb).is(Signal::participation_verb) && !scene.unit(verb).is(Signal::act_verb)) return;
  // تتولى X منذ عام 2008 قيادة Y; not تنظم X دورة عن قيادة الفرق
  if (scene.folded(cue) == "قياده" && scene.unit(cue - 1).kind != Unit::Kind::mention &&
      !scene.unit(cue - 1).is_comma()) {
    return;
  }
  const PartyList* leader = list_after(scene, verb + 1, 2);
  if (leader == nullptr || leader->first >= cue) leader = list_after(scene, cue + 1, 2);
  if (leader == nullptr) return;
  std::uint32_t end = std::max(cue + 1, leader->end);
  std::vector<Party> led;
  const std::string_view last = scene.text.folded_of(scene.text.tokens[scene.unit(cue).end_token - 1]);
  const bool pronoun = last.ends_with("ته") || last.ends_with("ها") || last.ends_with("هما");
  if (pronoun) {
    led = led_before(scene, verb, 16);
  } else if (const PartyList* object = list_after(scene, cue + 1, 1); object != nullptr && object != leader) {
    led = object->parties;
    end = object->end;
  }
  std::uint32_t first = verb;
  if (const PartyList* before = list_before(scene, verb, 3)) first = before->first;
  lead(scene, first, end, cue, leader->parties, led, "co-chairs");
}

}  // namespace

void find_lead(Scene& scene) {
  if (scene.heading || scene.lists.empty()) return;
  for (std::uint32_t at = scene.sentence.first; at < scene.sentence.end; ++at) {
    const Unit& unit = scene.unit(at);
    if (unit.kind != Unit::Kind::word || !unit.cues.any() || unit.quoted) continue;
    if (unit.is(Signal::lead_role)) role_frame(scene, at, "lead role");
    if (unit.is(Signal::lead_adjective)) {
      // دور X القيادي
      const PartyList* leader = list_before(scene, at, 0);
      if (leader != nullptr && leader->first > scene.sentence.first) {
        std::string_view before = scene.folded(leader->first - 1);
        if (before.starts_with("ب") || before.starts_with("ل") || before.starts_with("و"))
          before.remove_prefix(2);
        if (before == "دور")
          lead(scene, leader->first - 1, clause_end(scene, at), at, leader->parties, {}, "lead role");
      }
    }
    if (unit.is(Signal::responsibility)) role_frame(scene, at, "primary responsibility");
    if (unit.is(Signal::led_by)) led_by_frame(scene, at);
    // قادة الدول are leaders; only قاده is "led it". Folding makes them one.
    const bool leaders =
        scene.arabic && scene.text.surface_of(scene.text.tokens[unit.first_token]).ends_with("ة");
    if (unit.is(Signal::lead_verb) && !leaders) verb_frame(scene, at);
    if (unit.is(Signal::chair_noun)) shared_chair_frame(scene, at);
  }
}

}  // namespace mithaq::reader
