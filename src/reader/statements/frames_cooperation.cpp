// Who works with whom: co-operation, joint acts, support, participation.
#include <algorithm>

#include "reader/statements/scene.hpp"

namespace mithaq::reader {

namespace {

using document::Party;
using document::PartyRole;
using document::StatementType;

constexpr std::uint32_t kNounReach = 9;   // units between a noun and its "between" or "with"
constexpr std::uint32_t kVerbReach = 12;  // units between a verb's subject and its "with"

bool is_group(const Scene& scene, const PartyList& list) {
  if (list.parties.size() != 1) return false;
  const Unit& unit = scene.unit(list.first);
  if (unit.kind == Unit::Kind::described) return !unit.both;
  return scene.mention(list.first).ref == document::RefClass::group;
}

// "the other Member States", الدول الأعضاء الأخرى
bool says_other(const Scene& scene, const PartyList& list) {
  if (list.end < scene.sentence.end && scene.unit(list.end).kind == Unit::Kind::word &&
      scene.folded(list.end) == "الاخري") {
    return true;
  }
  return list.first > scene.sentence.first && scene.unit(list.first - 1).kind == Unit::Kind::word &&
         scene.folded(list.first - 1) == "other";
}

// The end of a run of words in which a frame may still find its other half.
bool stops_frame(const Scene& scene, std::uint32_t at) {
  const Unit& unit = scene.unit(at);
  if (unit.kind == Unit::Kind::mark)
    return !unit.is_comma() && unit.mark != '(' && unit.mark != ')' && unit.mark != '-' && unit.mark != '"';
  return unit.kind == Unit::Kind::word &&
         (unit.is(Signal::clause_break) || unit.is(Signal::modal) || unit.is(Signal::said));
}

// Parties after "between": "between X and Y", بين X وبين Y.
std::vector<Party> between_parties(const Scene& scene, std::uint32_t at, std::uint32_t& end, bool& group) {
  std::vector<Party> parties;
  group = false;
  const PartyList* list = list_behind(scene, at + 1, 2);
  if (list == nullptr) return parties;
  // بين المسؤولين والقطاع الخاص: one side has no name.
  if (scene.unit(list->first).conjunction && list->first > at + 1) return parties;
  parties = list->parties;
  group = is_group(scene, *list) && parties.front().name.ends_with("s");
  end = list->end;
  // بين X وبين Y; "between X on the one hand and Y"
  for (std::uint32_t next = end; next < std::min(scene.sentence.end, end + 2); ++next) {
    const Unit& unit = scene.unit(next);
    if (unit.kind == Unit::Kind::word && unit.conjunction && unit.is(Signal::between)) {
      if (const PartyList* more = list_after(scene, next + 1, 1)) {
        add_parties(parties, more->parties, PartyRole::counterpart);
        end = more->end;
      }
    }
  }
  return parties;
}

void remember_subject(Scene& scene, const std::vector<Party>& parties) {
  scene.flow->subject.clear();
  for (const Party& party : parties) {
    if (party.role == PartyRole::actor) scene.flow->subject.push_back(party);
  }
}

// A statement of co-operation, if two sides are there.
void cooperate(Scene& scene, std::uint32_t first, std::uint32_t end, std::uint32_t cue,
               const std::vector<Party>& actors, const std::vector<Party>& others, std::string_view rule,
               bool group = false) {
  std::vector<Party> parties;
  add_parties(parties, actors, PartyRole::actor);
  add_parties(parties, others, PartyRole::counterpart);
  // "UNECE co-operates with the Organization": in a paper on two organizations nobody is joined to its own
  // family by a short form, so that it means the other one.
  const std::vector<Party>& title = scene.flow->title_pair;
  if (!scene.arabic && title.size() == 2 && parties.size() == 2 &&
      parties[1].found_by == document::FoundBy::anaphora && same_family(parties[0], parties[1])) {
    const Party& other = same_family(parties[0], title[0]) ? title[1] : title[0];
    if (!same_family(parties[0], other)) {
      parties[1].entity = other.entity;
      parties[1].name = other.name;
    }
  }
  if (parties.size() < 2 && !group) return;
  emit(scene, StatementType::cooperation, first, end, cue, parties, rule);
  remember_subject(scene, parties);
  if (parties.size() >= 2) {
    scene.flow->pair = parties;
    scene.flow->pair_here = true;
  }
}

// The two that a dual pronoun means: named together before it in the sentence, the two sides of an agreement,
// those who co-operated in this paragraph.
std::vector<Party> two_before(const Scene& scene, std::uint32_t at) {
  for (auto list = scene.lists.rbegin(); list != scene.lists.rend(); ++list) {
    if (list->end <= at && list->parties.size() == 2) return list->parties;
  }
  const Flow& flow = *scene.flow;
  std::vector<Party> two;
  if (flow.pair_here && flow.pair.size() == 2) {
    two = flow.pair;
  } else if (flow.two_sides.size() == 2 && flow.title_pair.empty()) {
    two = flow.two_sides;
  }
  for (Party& party : two) {
    party.found_by = document::FoundBy::anaphora;
    party.mention.reset();
  }
  return two;
}

// "the support provided by X to Y": who gives and who gets.
bool support_noun_frame(Scene& scene, std::uint32_t cue) {
  const PartyList* giver = list_behind(scene, cue + 1, 1);
  if (giver == nullptr || giver->end + 1 >= scene.sentence.end || !scene.unit(giver->end).is(Signal::to))
    return false;
  const PartyList* receiver = list_behind(scene, giver->end + 1, 1);
  if (receiver == nullptr || (giver->states_only && receiver->states_only)) return false;
  if (same_family(giver->parties.front(), receiver->parties.front())) return false;
  cooperate(scene, cue, receiver->end, cue, giver->parties, receiver->parties, "supports");
  return true;
}

// "in close consultation with": how something is done, told beside an obligation and no part of its content.
bool is_manner(const Scene& scene, std::uint32_t cue) {
  if (scene.arabic || scene.unit(cue).is(Signal::relation_noun)) return false;
  const std::uint32_t from = cue > scene.sentence.first + 2 ? cue - 2 : scene.sentence.first;
  for (std::uint32_t at = cue + 1; at-- > from;) {
    if (scene.unit(at).kind != Unit::Kind::word) return false;
    if (scene.folded(at) == "in") return true;
  }
  return false;
}

// Whom the pronoun of معها means: the body named last in the sentence, else the one that the actor worked
// with in this paragraph.
std::vector<Party> one_before(const Scene& scene, std::uint32_t at, const std::vector<Party>& actors) {
  const auto other = [&](const Party& party) {
    return std::none_of(actors.begin(), actors.end(),
                        [&](const Party& actor) { return same_family(actor, party); });
  };
  std::vector<Party> one;
  for (auto list = scene.lists.rbegin(); list != scene.lists.rend() && one.empty(); ++list) {
    if (list->end > at || list->states_only || list->parties.size() != 1) continue;
    if (other(list->parties.front())) one = list->parties;
  }
  if (one.empty() && scene.flow->pair_here) {
    for (const Party& party : scene.flow->pair) {
      if (other(party)) one.push_back(party);
    }
  }
  if (one.size() != 1) return {};
  one.front().found_by = document::FoundBy::anaphora;
  one.front().mention.reset();
  return one;
}

// The two or more that the sentence speaks of, for a further verb of theirs.
const PartyList* several_acting(const Scene& scene, std::uint32_t cue) {
  for (const PartyList& list : scene.lists) {
    if (list.end >= cue) return nullptr;
    if (!list.oblique && list.parties.size() >= 2 && !list.states_only) return &list;
  }
  return nullptr;
}

// "co-operation between X and Y", "X's co-operation with Y", "in co-operation with Y"
void noun_frame(Scene& scene, std::uint32_t cue) {
  const Unit& noun = scene.unit(cue);
  if (!scene.arabic && noun.end_token - noun.first_token > 1 && noun.is(Signal::relation_noun)) {
    const std::string_view last = scene.text.folded_of(scene.text.tokens[noun.end_token - 1]);
    if ((last == "by" || last == "of") && support_noun_frame(scene, cue)) return;
  }
  const bool weak = !noun.is(Signal::cooperation_noun);
  const bool joint = weak && !noun.is(Signal::relation_noun);  // بعثة مشتركة بين X وY
  const std::uint32_t reach = joint ? 1 : weak ? 4 : kNounReach;
  std::vector<Party> owner;
  std::uint32_t first = cue;
  std::uint32_t words = 0;
  for (std::uint32_t at = cue + 1; at < scene.sentence.end && words <= reach; ++at) {
    const Unit& unit = scene.unit(at);
    if (stops_frame(scene, at)) return;
    if (unit.kind == Unit::Kind::word && unit.is(Signal::between)) {
      std::uint32_t end = at + 1;
      bool group = false;
      const std::vector<Party> parties = between_parties(scene, at, end, group);
      if (parties.empty()) {
        // تعزيز التعاون بينهما: the two named right before.
        const std::vector<Party> two =
            scene.folded(at) == "بينهما" ? two_before(scene, cue) : std::vector<Party>{};
        if (two.size() == 2) cooperate(scene, cue, at + 1, cue, {two[0]}, {two[1]}, "cooperation between");
        return;
      }
      if (parties.size() < 2 && (!group || weak)) {
        // بين X و<unnamed>: the other side has no name.
        return;
      }
      std::vector<Party> actors(parties.begin(), parties.begin() + 1),
          others(parties.begin() + 1, parties.end());
      cooperate(scene, first, end, cue, actors, others, weak ? "relation between" : "cooperation between",
                group);
      return;
    }
    const bool with = unit.kind == Unit::Kind::word && unit.is(Signal::with);
    // على اتصال بفريق
    const bool contact = weak && !joint && at <= cue + 3 && is_party(scene, at) && unit.preposition == 'b';
    if (with || contact) {
      if (with && with_pronoun(scene, at)) return;
      const PartyList* list = contact ? list_after(scene, at, 0) : list_with(scene, at);
      if (list == nullptr || joint) return;
      std::vector<Party> actors = owner;
      bool carried = false;
      // "other Member States": the rest of the same group.
      if (actors.empty() && is_group(scene, *list) && says_other(scene, *list)) {
        const PartyList* before = list_before(scene, cue, 12);
        if (before != nullptr && same_party(before->parties.front(), list->parties.front())) {
          cooperate(scene, before->first, list->end, cue, list->parties, {}, "cooperation with", true);
          return;
        }
      }
      if (actors.empty()) actors = find_actor(scene, cue, first, list->end, list->parties, carried);
      if (actors.empty() && is_group(scene, *list)) return;
      if (actors.empty()) return;
      if (weak && carried) return;
      std::uint32_t begin = first;
      if (const PartyList* before = list_before(scene, cue, 6);
          before != nullptr && !actors.empty() && same_party(before->parties.front(), actors.front())) {
        begin = before->first;
      }
      std::vector<Party> others = list->parties;
      std::uint32_t end = list->end;
      // "in cooperation with X and with the assistance of Y"
      for (std::uint32_t next = end; !scene.arabic && next < std::min(scene.sentence.end, end + 5); ++next) {
        const Unit& unit_there = scene.unit(next);
        if (unit_there.is_comma() || is_and(scene, next)) continue;
        if (unit_there.kind != Unit::Kind::word) break;
        const bool help = unit_there.is(Signal::directly_with) || unit_there.is(Signal::relation_noun);
        if (!help && (unit_there.is(Signal::and_also) || unit_there.is(Signal::each_of))) continue;
        const PartyList* helper = help ? list_behind(scene, next + 1, 1) : nullptr;
        if (helper != nullptr && (!helper->states_only || helper->governs)) {
          add_parties(others, helper->parties, PartyRole::counterpart);
          end = helper->end;
        }
        break;
      }
      cooperate(scene, begin, end, cue, actors, others,
                is_manner(scene, cue) ? "in cooperation with"
                : weak                ? "relation with"
                                      : "cooperation with");
      return;
    }
    if (unit.kind == Unit::Kind::word &&
        (unit.is(Signal::cooperation_noun) || unit.is(Signal::cooperation_verb))) {
      // "co-operation and co-ordination between": the last noun speaks for all.
      if (at <= cue + 3 && (unit.conjunction || is_and(scene, at - 1) || scene.unit(at - 1).is_comma()))
        return;
      if (!unit.conjunction) return;
    }
    if (is_party(scene, at)) {
      const PartyList* list = list_after(scene, at, 0);
      if (list == nullptr) return;
      // تعاون المنظمة مع Y; "co-operation of X with Y"
      const bool belongs = at <= cue + 2;
      if (!belongs) ++words;
      if (belongs) owner = list->parties;
      at = list->end - 1;
      continue;
    }
    if (unit.kind != Unit::Kind::mark) ++words;
  }
}

// "The co-operation also covers": both sides are those who co-operated last.
void carried_frame(Scene& scene, std::uint32_t cue) {
  if (scene.flow->pair.size() < 2) return;
  // أدت هذه الخطوات إلى تحسين التعاون: of those who co-operated in this paragraph.
  const bool bettered = scene.arabic && scene.flow->pair_here && cue > scene.sentence.first + 1 &&
                        cue <= scene.sentence.first + 7 && scene.unit(cue - 1).kind == Unit::Kind::word &&
                        scene.unit(cue - 1).is(Signal::action_noun);
  if (cue > scene.sentence.first + 3 && !bettered) return;
  const Unit& noun = scene.unit(cue);
  if (noun.preposition != 0 || noun.pronoun || noun.end_token - noun.first_token != 1) return;
  const std::string_view folded = scene.folded(cue);
  const auto joint_work = [&] {
    // ومن الأنشطة المشتركة الأخرى: the joint activities of those two.
    if (folded != "المشتركه" || cue == scene.sentence.first) return false;
    const std::string_view before = scene.folded(cue - 1);
    for (const std::string_view work : {"الانشطه", "المشاريع", "البرامج", "الجهود", "المبادرات", "الاعمال"}) {
      if (before.ends_with(work)) return true;
    }
    return false;
  };
  bool definite = joint_work() || folded == "التعاون" || folded == "الشراكه" || folded == "التنسيق" ||
                  folded == "التفاعل";
  if (!scene.arabic && cue > scene.sentence.first) {
    const std::string_view before = scene.folded(cue - 1);
    definite = before == "the" || before == "this" || before == "such" || before == "their";
  }
  if (!definite) return;
  for (std::uint32_t at = scene.sentence.first; at < cue; ++at) {
    const Unit& unit = scene.unit(at);
    if (bettered && unit.kind == Unit::Kind::word && !unit.is(Signal::modal) && !unit.is(Signal::said))
      continue;
    if (at == scene.sentence.first && joint_work()) continue;  // ومن
    if (unit.kind != Unit::Kind::word || unit.is(Signal::preposition) || unit.is(Signal::action_noun) ||
        unit.is(Signal::said) || unit.is(Signal::and_also)) {
      return;
    }
  }
  if (scene.arabic && cue == scene.sentence.first) return;
  for (std::uint32_t at = cue + 1; at < std::min(scene.sentence.end, cue + 30); ++at) {
    if (!scene.unit(at).is(Signal::between) && !scene.unit(at).is(Signal::with)) continue;
    // والصلة بين النقل والتعليم, far behind, is another matter.
    if (!scene.arabic || at <= cue + kNounReach || list_behind(scene, at + 1, 2) != nullptr) return;
  }
  std::vector<Party> parties = scene.flow->pair;
  for (Party& party : parties) {
    party.found_by = document::FoundBy::context;
    party.mention.reset();
  }
  emit(scene, StatementType::cooperation, scene.sentence.first, clause_end(scene, cue + 1), cue, parties,
       "the same cooperation");
}

// Support and like phrases whose other side stands right behind: بدعم من X, "supported by X".
void directly_frame(Scene& scene, std::uint32_t cue) {
  const PartyList* list = list_after(scene, cue + 1, 1);
  if (list == nullptr) return;
  if (list->states_only && !list->governs && !is_group(scene, *list) && list->parties.size() == 1 &&
      !scene.arabic) {
    return;
  }
  bool carried = false;
  const std::vector<Party> actors = find_actor(scene, cue, cue, list->end, list->parties, carried);
  if (actors.empty()) return;
  cooperate(scene, cue, list->end, cue, actors, list->parties, "with party behind");
}

// "X and Y co-operate in", "X co-operates with Y", تتعاون X مع Y
void verb_frame(Scene& scene, std::uint32_t cue) {
  const Unit& verb = scene.unit(cue);
  // A verb that has its "with" in itself: تعمل مع Y
  const std::string_view last = scene.text.folded_of(scene.text.tokens[verb.end_token - 1]);
  const bool with_inside = verb.end_token - verb.first_token > 1 && (last == "مع" || last == "with");
  const PartyList* subject = nullptr;
  std::uint32_t from = cue + 1;
  if (scene.arabic && !with_inside) {
    subject = list_after(scene, cue + 1, 3);
    // المكاتب الميدانية للمفوضية: the owner speaks for its offices.
    const bool owner = subject != nullptr && subject->first > cue + 1 &&
                       scene.unit(subject->first).preposition == 'l' &&
                       !scene.unit(subject->first - 1).cues.any();
    if (subject != nullptr && subject->oblique && !owner) subject = nullptr;
    if (subject == nullptr) {
      // اشترك في إنجازها على الصعيد القطري X وY
      const PartyList* far = list_after(scene, cue + 1, 8);
      if (far != nullptr && far->parties.size() >= 2 && !far->oblique && !far->states_only) subject = far;
    }
    const bool pronoun = cue + 1 < scene.sentence.end && with_pronoun(scene, cue + 1);
    if (subject != nullptr && !pronoun) from = subject->end;
  }
  const PartyList* other = nullptr;
  if (with_inside) {
    other = list_after(scene, cue + 1, 3);
  } else {
    std::uint32_t words = 0;
    for (std::uint32_t at = from; at < scene.sentence.end && words < kVerbReach; ++at) {
      if (stops_frame(scene, at)) break;
      const Unit& unit = scene.unit(at);
      if (unit.kind == Unit::Kind::word && unit.is(Signal::with)) {
        if (!with_pronoun(scene, at)) {
          other = list_with(scene, at);
          break;
        }
        // تتعاون معها X
        if (subject == nullptr) subject = list_after(scene, at + 1, 2);
        if (subject == nullptr || subject->oblique) return;
        const std::vector<Party> meant = one_before(scene, cue, subject->parties);
        cooperate(scene, cue, std::max(subject->end, at + 1), cue, subject->parties, meant,
                  "cooperates with");
        return;
      }
      if (unit.kind == Unit::Kind::word && at > from + 3 && unit.conjunction && unit.is(Signal::act_verb))
        break;
      if (is_party(scene, at)) {
        // يتعاون الموظفون الميدانيون في X مع Y: the body acts through its staff.
        const PartyList* owner = scene.arabic ? list_after(scene, at, 0) : nullptr;
        // تتشاور مكاتب X في الجبل والسهل مع Y: where it is.
        if (owner != nullptr && subject != nullptr && owner->states_only && at > from &&
            scene.unit(at - 1).is(Signal::preposition)) {
          at = owner->end - 1;
          continue;
        }
        if (subject != nullptr) owner = nullptr;
        if (owner == nullptr || owner->states_only || owner->paired || owner->end >= scene.sentence.end ||
            !scene.unit(owner->end).is(Signal::with)) {
          break;
        }
        subject = owner;
        at = owner->end - 1;
        continue;
      }
      ++words;
    }
  }
  if (subject == nullptr && !scene.arabic) {
    // The subject stands before: "the UN and the OSCE co-operated".
    const PartyList* before = list_before(scene, cue, 4);
    if (before != nullptr && !before->oblique) subject = before;
  }
  if (!scene.arabic && subject == nullptr && other == nullptr && last == "together" &&
      scene.folded(cue).starts_with("br")) {
    // "brought together representatives of X, Y and Z"
    const PartyList* gathered = list_after(scene, cue + 1, 1);
    if (gathered == nullptr || gathered->parties.size() < 2 || gathered->states_only) return;
    return cooperate(scene, cue, gathered->end, cue, gathered->parties, {}, "they cooperate");
  }
  // "It will continue to co-operate with X"
  if (!scene.arabic && subject == nullptr && other == nullptr && cue > scene.sentence.first &&
      is_and(scene, cue - 1)) {
    subject = several_acting(scene, cue);  // "X and Y have offices there and co-ordinate daily"
  }
  PartyList meant;
  for (std::uint32_t back = 1; !scene.arabic && subject == nullptr && back <= 5; ++back) {
    if (cue < scene.sentence.first + back || scene.unit(cue - back).kind != Unit::Kind::word) break;
    meant = pronoun_list(scene, cue - back);
    if (!meant.parties.empty()) subject = &meant;
  }
  if (other != nullptr) {
    bool carried = false;
    const std::vector<Party> actors = subject != nullptr
                                          ? subject->parties
                                          : find_actor(scene, cue, cue, other->end, other->parties, carried);
    if (actors.empty()) return;
    const std::uint32_t first = subject != nullptr ? std::min(cue, subject->first) : cue;
    cooperate(scene, first, other->end, cue, actors, other->parties, "cooperates with");
    return;
  }
  if (scene.arabic && subject == nullptr) {
    const PartyList* before = list_before(scene, cue, 3);
    if (before != nullptr && !before->oblique && before->parties.size() >= 2) subject = before;
  }
  if (subject == nullptr && scene.arabic && scene.flow->pair.size() == 2) {
    // وقد اشتركا في: the dual means the two spoken of last.
    const std::string_view folded = scene.folded(cue);
    if (verb.end_token - verb.first_token == 1 && (folded.ends_with("ا") || folded.ends_with("ان"))) {
      std::vector<Party> parties = scene.flow->pair;
      for (Party& party : parties) party.found_by = document::FoundBy::anaphora;
      cooperate(scene, cue, clause_end(scene, cue + 1), cue, parties, {}, "they cooperate");
    }
    return;
  }
  if (subject == nullptr) return;
  if (subject->parties.size() < 2 && !is_group(scene, *subject)) return;
  cooperate(scene, std::min(cue, subject->first), std::max({cue + 1, subject->end, clause_end(scene, cue)}),
            cue, subject->parties, {}, "they cooperate", is_group(scene, *subject));
}

// قدمت X المساعدة إلى Y, عينت X ممثلا لدى Y: what one body gives another, and whom it sends there.
bool give_frame(Scene& scene, std::uint32_t cue) {
  constexpr std::uint32_t kThingReach = 5, kReceiverReach = 6;
  const PartyList* giver = list_after(scene, cue + 1, 2);
  if (giver == nullptr || giver->oblique || giver->of || giver->states_only) return false;
  std::uint32_t thing = giver->end;
  const std::uint32_t near = std::min(scene.sentence.end, giver->end + kThingReach);
  while (thing < near && !scene.unit(thing).is(Signal::given_noun)) {
    if (stops_frame(scene, thing) || is_party(scene, thing)) return false;
    ++thing;
  }
  if (thing >= near) return false;
  const PartyList* receiver = list_after(scene, thing + 1, kReceiverReach);
  if (receiver == nullptr || receiver->states_only || receiver->first == scene.sentence.first) return false;
  const Unit& before = scene.unit(receiver->first - 1);
  const bool at_it = before.kind == Unit::Kind::word && scene.folded(receiver->first - 1) == "لدي";
  if (!receiver->addressed && !at_it) return false;
  for (std::uint32_t at = thing; at < receiver->first; ++at) {
    if (stops_frame(scene, at)) return false;
  }
  if (same_family(giver->parties.front(), receiver->parties.front())) return false;
  cooperate(scene, cue, clause_end(scene, receiver->end), cue, giver->parties, receiver->parties, "gives to");
  return true;
}

// بوسع X مساعدة Y: help as a noun between the two.
bool help_frame(Scene& scene, std::uint32_t cue) {
  if (scene.unit(cue).preposition != 0) return false;
  const PartyList* helper = list_before(scene, cue, 0);
  const PartyList* helped = list_after(scene, cue + 1, 0);
  if (helper == nullptr || helped == nullptr || helper->states_only || helped->states_only) return false;
  if (helped->oblique || same_family(helper->parties.front(), helped->parties.front())) return false;
  cooperate(scene, helper->first, clause_end(scene, helped->end), cue, helper->parties, helped->parties,
            "supports");
  return true;
}

// يضم X وY وZ, يشارك فيها ممثلون عن X وY: those whom a body or a meeting brings together.
bool together_frame(Scene& scene, std::uint32_t cue) {
  const PartyList* members = list_after(scene, cue + 1, 2);
  if (members == nullptr || members->states_only || members->of) return false;
  if (members->end - members->first < 2) return false;  // تضم المنظمتان: the two have members
  if (members->oblique && members->first == cue + 1) return false;
  if (std::count_if(members->parties.begin(), members->parties.end(),
                    [](const Party& party) { return !party.entity.empty(); }) < 2) {
    return false;
  }
  cooperate(scene, cue, members->end, cue, members->parties, {}, "brought together");
  return true;
}

// المشاركة في X من جانب Y وZ; نظمت من قبل X وY: an act by two.
bool by_two_frame(Scene& scene, std::uint32_t by) {
  constexpr std::uint32_t kActReach = 10;
  const PartyList* actors = list_after(scene, by + 1, 1);
  if (actors == nullptr || actors->states_only || actors->parties.size() < 2) return false;
  const std::uint32_t from = by > scene.sentence.first + kActReach ? by - kActReach : scene.sentence.first;
  for (std::uint32_t at = by; at-- > from;) {
    if (stops_frame(scene, at)) return false;
    const Unit& unit = scene.unit(at);
    if (unit.kind != Unit::Kind::word) continue;
    if (!unit.is(Signal::participation_noun) && !unit.is(Signal::act_verb) &&
        !unit.is(Signal::joint_adjective))
      continue;
    cooperate(scene, at, actors->end, at, actors->parties, {}, "joint act");
    return true;
  }
  return false;
}

bool has_organization(const PartyList& list) {
  return !list.states_only;
}

// Two bodies are the subject of one act: نظم X وY, "X and Y organized"; or one acts with the other.
void joint_act_frame(Scene& scene, std::uint32_t cue) {
  const PartyList* subject = nullptr;
  if (scene.arabic) {
    subject = list_after(scene, cue + 1, 2);
    if (subject != nullptr && (subject->oblique || subject->of)) subject = nullptr;
    for (std::uint32_t at = cue + 1; subject != nullptr && at < subject->first; ++at) {
      const Unit& between = scene.unit(at);
      // The verb has something else behind it: شارك في رئاسته X.
      if (between.kind != Unit::Kind::word || between.is(Signal::preposition) ||
          between.is(Signal::chair_noun)) {
        subject = nullptr;
      }
    }
    if (subject == nullptr) {
      subject = list_before(scene, cue, 1);
      if (subject != nullptr &&
          (subject->oblique || subject->of || subject->first > scene.sentence.first + 2))
        subject = nullptr;
    }
  } else {
    subject = list_before(scene, cue, 3);
    if (subject != nullptr && (subject->oblique || subject->first > scene.sentence.first + 12))
      subject = nullptr;
    // "X and Y exchanged letters and jointly organized": a further act of the same two.
    const bool joint = cue > scene.sentence.first && scene.unit(cue - 1).kind == Unit::Kind::word &&
                       scene.unit(cue - 1).is(Signal::jointly);
    // "was developed by X and Y"
    for (std::uint32_t at = cue + 1; at < std::min(scene.sentence.end, cue + 3); ++at) {
      if (scene.unit(at).kind != Unit::Kind::word) break;
      if (!scene.unit(at).is(Signal::by)) continue;
      const PartyList* agents = list_behind(scene, at + 1, 1);
      if (agents == nullptr || agents->parties.size() < 2 || agents->states_only) break;
      return cooperate(scene, cue, agents->end, cue, agents->parties, {}, "joint act");
    }
    if (subject == nullptr && joint) {
      const PartyList* several = several_acting(scene, cue);
      if (several != nullptr)
        return cooperate(scene, cue, clause_end(scene, cue + 1), cue, several->parties, {}, "joint act");
    }
  }
  if (subject == nullptr || scene.unit(subject->first).these) return;  // each of them, not all together
  const std::uint32_t behind = std::max(subject->end, cue + 1);
  if (subject->parties.size() >= 2 && has_organization(*subject)) {
    cooperate(scene, std::min(cue, subject->first), clause_end(scene, behind), cue, subject->parties, {},
              "joint act");
    return;
  }
  // "Together with Y, X organized"
  const std::uint32_t start = scene.sentence.first;
  if (!scene.arabic && subject->first > start + 1 && scene.unit(start).kind == Unit::Kind::word &&
      scene.unit(start).is(Signal::with)) {
    const PartyList* other = list_behind(scene, start + 1, 1);
    if (other != nullptr && other->end < subject->first && scene.unit(other->end).is_comma() &&
        subject->first <= other->end + 3) {
      return cooperate(scene, start, clause_end(scene, behind), cue, subject->parties, other->parties,
                       "acts with");
    }
  }
  // تعمل X مع Y على
  for (std::uint32_t at = behind; at < std::min(scene.sentence.end, behind + 6); ++at) {
    const Unit& unit = scene.unit(at);
    if (stops_frame(scene, at) || is_party(scene, at)) return;
    if (unit.kind == Unit::Kind::word &&
        (unit.is(Signal::cooperation_noun) || unit.is(Signal::relation_noun)))
      return;
    if (unit.kind == Unit::Kind::word && unit.is(Signal::with)) {
      const PartyList* other = list_after(scene, at + 1, 1);
      if (other == nullptr || other->states_only) return;
      cooperate(scene, std::min(cue, subject->first), other->end, cue, subject->parties, other->parties,
                "acts with");
      return;
    }
  }
}

// One body supports another: دعمت X Y في, "X supported Y".
void support_frame(Scene& scene, std::uint32_t cue) {
  const Unit& verb = scene.unit(cue);
  const PartyList* subject = nullptr;
  const PartyList* object = nullptr;
  if (scene.arabic) {
    subject = list_after(scene, cue + 1, 2);
    if (subject == nullptr) return;
    object = list_after(scene, subject->end, 5);
    if (subject->oblique) {
      object = subject;
      subject = list_before(scene, cue, 3);
    }
  } else {
    subject = list_before(scene, cue, 3);
    object = list_after(scene, cue + 1, 3);
    // "provided logistical support and training to X"
    for (std::uint32_t at = cue + 2; object == nullptr && at < std::min(scene.sentence.end, cue + 9); ++at) {
      if (stops_frame(scene, at) || is_party(scene, at)) break;
      if (scene.unit(at).kind == Unit::Kind::word && scene.unit(at).is(Signal::to)) {
        object = list_after(scene, at + 1, 0);
        break;
      }
    }
  }
  if (subject == nullptr || object == nullptr || subject == object) return;
  // "the readiness of X to assist Y": X acts, whatever the noun is.
  if (!scene.arabic && subject->oblique && !subject->paired && subject->end + 1 == cue &&
      scene.unit(cue - 1).is(Signal::to) && !object->states_only && !object->oblique) {
    return cooperate(scene, subject->first, object->end, cue, subject->parties, object->parties, "supports");
  }
  if ((subject->states_only && !subject->governs) || object->states_only ||
      (subject->oblique && !verb.pronoun))
    return;
  if (same_family(subject->parties.front(), object->parties.front())) return;
  for (std::uint32_t at = std::max(cue, subject->end); at < object->first; ++at) {
    if (stops_frame(scene, at)) return;
  }
  cooperate(scene, std::min(cue, subject->first), object->end, cue, subject->parties, object->parties,
            "supports");
}

// One body takes part in what another one does: شاركت X في ... لـ Y.
void participation_frame(Scene& scene, std::uint32_t cue) {
  const bool noun = scene.unit(cue).is(Signal::participation_noun);
  const PartyList* subject = nullptr;
  if (scene.arabic || noun) {
    subject = list_after(scene, cue + 1, noun ? 3 : 2);
    if (subject != nullptr && !noun && subject->oblique) subject = nullptr;
  }
  if (subject == nullptr && !noun && !(scene.arabic && scene.unit(cue).conjunction)) {
    subject = list_before(scene, cue, scene.arabic ? 0 : 3);
  }
  // وشاركت في: a further verb of the subject named before.
  if (subject == nullptr && !noun && scene.arabic && scene.unit(cue).conjunction &&
      cue > scene.sentence.first) {
    for (const PartyList& list : scene.lists) {
      if (list.end > cue) break;
      if (list.oblique || list.of || list.states_only) continue;
      subject = &list;
      break;
    }
  }
  if (subject == nullptr) return;
  const std::uint32_t from = std::max(subject->end, cue + 1);
  if (subject->states_only && !is_group(scene, *subject)) return;
  bool inside = false;
  for (std::uint32_t at = from; at < std::min(scene.sentence.end, from + 22); ++at) {
    const Unit& unit = scene.unit(at);
    if (stops_frame(scene, at)) return;
    if (unit.kind == Unit::Kind::word && (unit.is(Signal::preposition) || unit.is(Signal::to))) inside = true;
    if (unit.kind == Unit::Kind::word && unit.is(Signal::chair_noun)) return;
    if (!is_party(scene, at)) continue;
    const PartyList* object = list_after(scene, at, 0);
    if (object == nullptr || !inside) return;
    if (object->states_only || same_family(subject->parties.front(), object->parties.front()) ||
        scene.unit(object->first).kind == Unit::Kind::described) {
      at = object->end - 1;
      continue;
    }
    const std::uint32_t first = subject->end + 3 < cue ? cue : std::min(cue, subject->first);
    cooperate(scene, first, object->end, cue, subject->parties, object->parties, "participates");
    return;
  }
}

}  // namespace

void find_cooperation(Scene& scene) {
  if (scene.heading) return;
  // Without a party only what goes on between those who co-operated in this paragraph is said.
  if (scene.lists.empty() && !scene.flow->pair_here) return;
  for (std::uint32_t at = scene.sentence.first; at < scene.sentence.end; ++at) {
    const Unit& unit = scene.unit(at);
    if (unit.kind != Unit::Kind::word || !unit.cues.any() || unit.quoted) continue;
    if (unit.is(Signal::negation)) continue;
    const std::size_t before = scene.out->size();
    if (unit.is(Signal::cooperation_noun) || unit.is(Signal::relation_noun) ||
        unit.is(Signal::joint_adjective)) {
      noun_frame(scene, at);
      if (scene.out->size() == before &&
          (unit.is(Signal::cooperation_noun) || (scene.arabic && unit.is(Signal::joint_adjective)))) {
        carried_frame(scene, at);
      }
    }
    if (unit.is(Signal::cooperation_verb)) verb_frame(scene, at);
    if (unit.is(Signal::directly_with)) directly_frame(scene, at);
    if (scene.arabic && unit.is(Signal::by) && by_two_frame(scene, at)) continue;
    if (unit.is(Signal::brings_together) && together_frame(scene, at)) continue;
    if (scene.out->size() == before && unit.is(Signal::give_verb) && give_frame(scene, at)) continue;
    if (scene.out->size() == before && unit.is(Signal::help_noun) && help_frame(scene, at)) continue;
    // "X and Y jointly run": whatever they do together.
    const bool jointly = !scene.arabic && unit.is(Signal::jointly);
    if (scene.out->size() == before && (unit.is(Signal::act_verb) || jointly)) joint_act_frame(scene, at);
    if (scene.out->size() == before &&
        (unit.is(Signal::participation_verb) || unit.is(Signal::participation_noun))) {
      participation_frame(scene, at);
    }
    if (scene.out->size() == before && unit.is(Signal::support_verb)) support_frame(scene, at);
  }
}

}  // namespace mithaq::reader
