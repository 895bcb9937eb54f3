// Who must do what: what a body decides and asks, what a paper provides for, what somebody promised or should
// do.
#include <algorithm>

#include "reader/statements/scene.hpp"

namespace mithaq::reader {

namespace {

using document::CommitmentStatus;
using document::FoundBy;
using document::MentionType;
using document::Party;
using document::PartyRole;
using document::RefClass;
using document::Statement;
using document::StatementType;

constexpr std::size_t kItemsMax = 12;  // obligations taken from one list inside a sentence

// The paper that a unit names, or that stands within reach before a cue.
std::optional<std::uint32_t> paper_before(const Scene& scene, std::uint32_t cue, std::uint32_t reach) {
  const std::uint32_t from = cue > scene.sentence.first + reach ? cue - reach : scene.sentence.first;
  for (std::uint32_t at = cue; at-- > from;) {
    if (scene.is_document(at)) return at;
    if (is_party(scene, at)) return std::nullopt;
  }
  return std::nullopt;
}

bool paper_between(const Scene& scene, std::uint32_t first, std::uint32_t end) {
  for (std::uint32_t at = first; at < end; ++at) {
    if (scene.is_document(at)) return true;
  }
  return false;
}

std::vector<Party> owner_of_paper(const Scene& scene) {
  if (!scene.flow->instrument.owner.name.empty()) {
    Party owner = scene.flow->instrument.owner;
    owner.found_by = FoundBy::context;
    return {owner};
  }
  return {};
}

// What became of it, by the words of the sentence; a word further than the clause counts only before the cue.
CommitmentStatus status_at(const Scene& scene, std::uint32_t first, std::uint32_t end) {
  for (std::uint32_t at = first; at < end; ++at) {
    const Unit& unit = scene.unit(at);
    if (unit.kind != Unit::Kind::word || !unit.is(Signal::status)) continue;
    if (const auto status = scene.triggers.forms[unit.form].status) return *status;
  }
  return CommitmentStatus::unstated;
}

Statement& commit(Scene& scene, std::uint32_t first, std::uint32_t end, std::uint32_t cue,
                  const std::vector<Party>& debtors, std::string_view rule, bool by_paper) {
  std::vector<Party> parties;
  add_parties(parties, debtors, PartyRole::actor);
  Statement& statement = emit(scene, StatementType::commitment, first, end, cue, parties, rule);
  const document::Document& document = scene.document;
  if (!scene.flow->own_paper.empty()) {
    // An operative paragraph is its own mandate.
    statement.instrument = scene.flow->own_paper;
    const std::string& number = document.paragraphs[scene.paragraph].number;
    if (!number.empty()) statement.instrument += ", paragraph " + number;
  } else if (by_paper && scene.flow->instrument.known()) {
    statement.instrument = scene.flow->instrument.name;
  }
  return statement;
}

// An obligation that is itself co-operation: "strengthen the partnership between X and Y" binds both.
std::vector<Party> parties_of_cooperation(const Scene& scene, std::uint32_t first, std::uint32_t end) {
  for (std::uint32_t at = first; at < end; ++at) {
    const Unit& unit = scene.unit(at);
    if (unit.kind != Unit::Kind::word || !unit.is(Signal::cooperation_noun)) continue;
    for (std::uint32_t next = at + 1; next < std::min(end, at + 5); ++next) {
      if (scene.unit(next).kind != Unit::Kind::word || !scene.unit(next).is(Signal::between)) continue;
      if (const PartyList* list = list_after(scene, next + 1, 1)) return list->parties;
    }
  }
  return {};
}

bool is_to_or_infinitive(const Scene& scene, std::uint32_t at) {
  if (at >= scene.sentence.end) return false;
  const Unit& unit = scene.unit(at);
  return unit.is(Signal::to) || unit.is(Signal::that) || unit.preposition == 'b' || unit.preposition == 'l';
}

// Whether an obligation follows a debtor: to, that, ب, ل or a masdar within a few units.
bool obligation_follows(const Scene& scene, std::uint32_t at) {
  constexpr std::uint32_t kAside = 40;  // units of "in co-operation with X, Y and Z" between two commas
  if (!scene.arabic && at < scene.sentence.end && scene.unit(at).is_comma()) {
    // "Encourages X, in co-operation with Y, to assist"
    for (std::uint32_t each = at + 1; each + 1 < std::min(scene.sentence.end, at + kAside); ++each) {
      if (scene.unit(each).is_comma() && scene.unit(each + 1).is(Signal::to)) return true;
    }
  }
  for (std::uint32_t each = at; each < std::min(scene.sentence.end, at + 5); ++each) {
    const Unit& unit = scene.unit(each);
    if (is_to_or_infinitive(scene, each) || unit.is(Signal::action_noun) || unit.is(Signal::implementation))
      return true;
    if (unit.kind == Unit::Kind::word && scene.arabic) {
      const std::string_view folded = scene.folded(each);
      if ((folded.starts_with("ب") || folded.starts_with("ل")) && folded.size() > 6) return true;
    }
    if (unit.kind == Unit::Kind::mark && !unit.is_comma() && unit.mark != '"' && unit.mark != ':')
      return false;
    if (unit.is_mark(':')) return true;
  }
  return false;
}

// Whether the party behind an Arabic verb of asking can only be the one that is asked: تدعو الأمين العام إلى
// (a feminine verb before a man), تدعو جميع الدول إلى.
bool is_asked(const Scene& scene, std::uint32_t cue, const PartyList& party) {
  for (std::uint32_t at = cue + 1; at < party.first; ++at) {
    const std::string_view folded = scene.folded(at);
    if (folded == "جميع" || folded == "كافه" || folded == "سائر" || folded == "كل") return true;
  }
  const Unit& unit = scene.unit(party.first);
  if (unit.kind != Unit::Kind::mention || scene.mention(party.first).type != MentionType::person)
    return false;
  std::string_view verb = scene.folded(cue);
  if (verb.starts_with("و") || verb.starts_with("ف")) verb.remove_prefix(2);
  const bool feminine = verb.starts_with("ت") || verb.ends_with("ت");
  return feminine && party.first == cue + 1 && !scene.folded(party.first).ends_with("ه");
}

// "calls upon the parties to", يطلب إلى الأمين العام أن
bool request_frame(Scene& scene, std::uint32_t cue, bool operative) {
  const Unit& verb = scene.unit(cue);
  const PartyList* first = scene.arabic ? list_after(scene, cue + 1, 4) : list_behind(scene, cue + 1, 3);
  if (first == nullptr && !scene.arabic && operative) {
    // "Reiterates the demand in its resolution 876 (1993) that all parties": past the paper to "that".
    for (std::uint32_t at = cue + 1; at < std::min(scene.sentence.end, cue + 8); ++at) {
      if (!scene.unit(at).is(Signal::that)) continue;
      if (paper_between(scene, cue + 1, at)) first = list_behind(scene, at + 1, 2);
      break;
    }
  }
  // "and encourages it to"
  PartyList meant;
  if (first == nullptr && !scene.arabic) {
    meant = pronoun_list(scene, cue + 1);
    if (!meant.parties.empty() && obligation_follows(scene, cue + 2)) first = &meant;
  }
  if (first == nullptr) return false;
  // "requests X to ask Y to": what X is to ask is X's obligation, not one of Y.
  if (!scene.arabic && cue > scene.sentence.first && scene.unit(cue - 1).is(Signal::to) &&
      scene.out->size() > 0 && scene.out->back().type == StatementType::commitment &&
      scene.out->back().evidence.paragraph == scene.paragraph &&
      scene.out->back().evidence.range.end > scene.unit(cue).begin) {
    return false;
  }
  const PartyList* second = nullptr;
  if (scene.arabic) {
    const PartyList* next = list_after(scene, first->end, 3);
    // طلبت الجمعية العامة إلى الأمين العام; حث المجلس الأطراف
    if (!first->addressed && next != nullptr && next != first &&
        (next->addressed || next->first == first->end)) {
      second = next;
    }
    // طلب المجلس، في قراره 1 (2000)، إلى Y أن: past what stands between two commas.
    if (second == nullptr && !first->addressed && first->end < scene.sentence.end &&
        scene.unit(first->end).is_comma()) {
      constexpr std::uint32_t kLongestAside = 14;
      const std::uint32_t reach = std::min(scene.sentence.end, first->end + kLongestAside);
      std::uint32_t comma = first->end + 1;
      while (comma < reach && !scene.unit(comma).is_comma()) ++comma;
      next = comma < reach ? list_after(scene, comma + 1, 2) : nullptr;
      if (next != nullptr && next->addressed) second = next;
    }
  }
  const PartyList* debtor = second != nullptr ? second : first;
  // القرار يطلب إلى X, or the paper behind its verb: طلب القرار في الفقرة 7 إلى X
  const bool by_paper = paper_before(scene, cue, 3).has_value() ||
                        (!(operative && !scene.arabic) && paper_between(scene, cue + 1, debtor->first));
  const bool from = first->first > scene.sentence.first &&
                    scene.unit(first->first - 1).kind == Unit::Kind::word &&
                    scene.folded(first->first - 1) == "من";  // تطلب من X
  if (second == nullptr && scene.arabic && !first->addressed && !from && !operative && !by_paper &&
      !is_asked(scene, cue, *first)) {
    // Who asks and who is asked cannot be told apart, unless somebody who asks stands before.
    const PartyList* before = list_before(scene, cue, 2);
    if (before == nullptr && !verb.pronoun && !scene.unit(cue > 0 ? cue - 1 : 0).is(Signal::that))
      return false;
    if (before == nullptr) return false;
  }
  if (!(operative && !scene.arabic) && !obligation_follows(scene, debtor->end)) return false;
  if (negated_at(scene, cue)) return false;
  std::uint32_t begin = cue;
  if (const auto paper = paper_before(scene, cue, 4)) begin = *paper;
  Statement& statement = commit(scene, begin, clause_end(scene, debtor->end), cue, debtor->parties,
                                "requested to", operative || by_paper);
  statement.modality = by_paper ? document::Modality::asserted : document::Modality::called_for;
  if (by_paper) statement.status = status_at(scene, scene.sentence.first, cue);
  if (!by_paper && !operative) statement.status = CommitmentStatus::proposed;
  return true;
}

// "The capacity of X should be strengthened": the body in whose hands it lies owes it. Not "the mandate of X
// should be extended", which others do, nor "the co-operation between X and Y", which is told as such.
bool to_be_bettered(const Scene& scene, const PartyList& owner, std::uint32_t cue) {
  if (owner.states_only || owner.paired || owner.end != cue || cue + 2 >= scene.sentence.end) return false;
  if (owner.first == scene.sentence.first || !scene.unit(cue + 1).is(Signal::copula) ||
      !scene.unit(cue + 2).is(Signal::action_noun)) {
    return false;
  }
  const std::uint32_t from = cue > scene.sentence.first + 14 ? cue - 14 : scene.sentence.first;
  for (std::uint32_t at = from; at < cue; ++at) {
    const Unit& unit = scene.unit(at);
    if (unit.kind == Unit::Kind::word &&
        (unit.is(Signal::cooperation_noun) || unit.is(Signal::relation_noun) || unit.is(Signal::said))) {
      return false;
    }
  }
  return true;
}

// "X should", "shall"; ينبغي لـ X أن، على X أن
bool modal_frame(Scene& scene, std::uint32_t cue, bool operative) {
  if (negated_at(scene, cue)) return false;
  const PartyList* debtor = nullptr;
  PartyList meant;
  if (scene.arabic) {
    debtor = list_after(scene, cue + 1, 5);
    if (debtor == nullptr) {
      // ينبغي توسيع ملف الوساطة في منظمة: the body in whose hands it lies.
      for (std::uint32_t at = cue + 1; at < std::min(scene.sentence.end, cue + 4); ++at) {
        if (scene.unit(at).is(Signal::copula)) return false;
      }
      debtor = list_after(scene, cue + 1, 7);
      if (debtor != nullptr && !obligation_follows(scene, cue + 1)) debtor = nullptr;
    } else {
      for (std::uint32_t at = cue + 1; at < debtor->first; ++at) {
        if (scene.unit(at).is(Signal::copula)) return false;
      }
    }
    if (debtor == nullptr) {
      const std::string_view last = scene.text.folded_of(scene.text.tokens[scene.unit(cue).end_token - 1]);
      const Unit& self = scene.unit(cue);
      const bool pronoun = self.end_token - self.first_token > 1 && last == "ان";
      (void)pronoun;
      debtor = list_before(scene, cue, 14);
      if (debtor != nullptr && scene.unit(cue).end_token - scene.unit(cue).first_token < 2) debtor = nullptr;
      if (debtor == nullptr) return false;
    }
  } else {
    debtor = list_before(scene, cue, 2);
    if (debtor == nullptr && cue > scene.sentence.first &&
        !(cue + 1 < scene.sentence.end && scene.unit(cue + 1).is(Signal::copula))) {
      // "They must"; not "it should be noted"
      meant = pronoun_list(scene, cue - 1);
      if (!meant.parties.empty()) debtor = &meant;
    }
    const PartyList* owner = debtor != nullptr && debtor->oblique ? debtor : nullptr;
    if (owner != nullptr && to_be_bettered(scene, *owner, cue)) {
      Statement& statement = commit(scene, scene.sentence.first, clause_end(scene, cue + 1), cue,
                                    owner->parties, "must or should", operative);
      statement.modality = document::Modality::recommended;
      if (!operative) statement.status = CommitmentStatus::proposed;
      return true;
    }
    if (debtor == nullptr || debtor->oblique) return false;
    const std::string_view word = scene.folded(cue);
    if (cue + 1 < scene.sentence.end && (scene.unit(cue + 1).is(Signal::negation))) return false;
    // "Decides that the Force shall be composed of" binds who decides.
    if (operative && cue + 1 < scene.sentence.end && scene.unit(cue + 1).is(Signal::copula) &&
        !scene.out->empty() && scene.out->back().rule == "decided" &&
        scene.out->back().evidence.paragraph == scene.paragraph) {
      return false;
    }
    if ((word == "is" || word == "are") && debtor->oblique) return false;
  }
  const std::uint32_t first = std::min(cue, debtor->first);
  Statement& statement = commit(scene, first, clause_end(scene, std::max(cue + 1, debtor->end)), cue,
                                debtor->parties, "must or should", operative);
  statement.modality =
      scene.unit(cue).is(Signal::proposal) ? document::Modality::proposed : document::Modality::called_for;
  // "was recommended to", "is expected to" tell their own mood.
  if (!scene.arabic && scene.unit(cue).is(Signal::recommendation))
    statement.modality = document::Modality::recommended;
  if (!scene.arabic && scene.unit(cue).is(Signal::future)) statement.modality = document::Modality::planned;
  if (!operative) statement.status = CommitmentStatus::proposed;
  return true;
}

// التزام X ب, ضرورة قيام X ب, توصية إلى X ب: the debtor stands right behind the noun.
bool noun_frame(Scene& scene, std::uint32_t cue, std::string_view rule) {
  if (negated_at(scene, cue)) return false;
  const PartyList* debtor = list_after(scene, cue + 1, scene.arabic ? 1 : 2);
  if (debtor == nullptr) {
    // توصية القرار بتوفير: the paper's owner is bound.
    if (!scene.unit(cue).is(Signal::call_noun)) return false;
    for (std::uint32_t at = cue + 1; at < std::min(scene.sentence.end, cue + 3); ++at) {
      if (!scene.is_document(at)) continue;
      const std::vector<Party> owner = owner_of_paper(scene);
      if (owner.empty() || !obligation_follows(scene, at + 1)) return false;
      const std::uint32_t begin =
          cue > scene.sentence.first + 1 && scene.unit(cue - 1).is(Signal::status) ? cue - 1 : cue;
      Statement& statement = commit(scene, begin, clause_end(scene, at + 1), cue, owner, rule, true);
      statement.status = status_at(scene, scene.sentence.first, cue);
      statement.modality = document::Modality::asserted;
      return true;
    }
    return false;
  }
  // "recommended that X establish": the bare verb is what is owed.
  const bool that = !scene.arabic && scene.unit(cue).is(Signal::call_noun) &&
                    scene.text.folded_of(scene.text.tokens[scene.unit(cue).end_token - 1]) == "that";
  if (!that && !obligation_follows(scene, debtor->end)) return false;
  Statement& statement =
      commit(scene, cue, clause_end(scene, debtor->end), cue, debtor->parties, rule, false);
  if (scene.unit(cue).is(Signal::pledge_noun)) {
    statement.status = status_at(scene, scene.sentence.first, cue);
    if (statement.status != CommitmentStatus::reaffirmed) statement.status = CommitmentStatus::asserted;
    statement.modality = document::Modality::asserted;
  } else {
    statement.status = CommitmentStatus::proposed;
    if (statement.modality == document::Modality::asserted ||
        statement.modality == document::Modality::past) {
      statement.modality = scene.unit(cue).is(Signal::recommendation) ? document::Modality::recommended
                                                                      : document::Modality::called_for;
    }
  }
  return true;
}

// قررت الدول الأعضاء; "the Council decided to"; an operative "Decides to" binds the issuer.
bool decision_frame(Scene& scene, std::uint32_t cue, bool operative) {
  if (negated_at(scene, cue)) return false;
  std::vector<Party> deciders;
  std::uint32_t first = cue, from = cue + 1;
  if (scene.arabic) {
    const PartyList* subject = list_after(scene, cue + 1, 1);
    if (subject != nullptr && !subject->oblique) {
      deciders = subject->parties;
      from = subject->end;
    }
  } else if (!operative) {
    const PartyList* subject = list_before(scene, cue, 2);
    if (subject != nullptr && !subject->oblique) {
      deciders = subject->parties;
      first = subject->first;
    }
    if (subject == nullptr && cue > scene.sentence.first) {
      const PartyList meant = pronoun_list(scene, cue - 1);
      deciders = meant.parties;
      if (!deciders.empty()) first = cue - 1;
    }
  }
  if (deciders.empty() && operative) {
    // "Decides that all States shall": the modal speaks, if its subject is a party.
    const std::uint32_t reach = std::min(scene.sentence.end, cue + 14);
    bool decides = scene.arabic;
    for (std::uint32_t at = cue + 1; at < reach; ++at) {
      const Unit& unit = scene.unit(at);
      if (unit.kind != Unit::Kind::word) continue;
      decides = decides || unit.is(Signal::to) || unit.is(Signal::that);
      if (!unit.is(Signal::modal)) continue;
      // "Decides that the Force shall be composed of": nothing that the Force does.
      if (!scene.arabic && at + 1 < reach && scene.unit(at + 1).is(Signal::copula)) break;
      const PartyList* subject = list_before(scene, at, 2);
      if (subject != nullptr && !subject->oblique && subject->first > cue) return false;
    }
    const std::string_view word = scene.text.folded_of(scene.text.tokens[scene.unit(cue).end_token - 1]);
    if (!decides && word != "to") return false;
    if (!scene.flow->issuer.name.empty()) deciders = {scene.flow->issuer};
  }
  if (deciders.empty()) return false;
  // "agreed to", "stands ready to" hold their own "to".
  const bool to =
      !scene.arabic && scene.text.folded_of(scene.text.tokens[scene.unit(cue).end_token - 1]) == "to";
  if (!operative && !to && !obligation_follows(scene, from)) return false;
  for (Party& party : deciders) party.role = PartyRole::actor;
  Statement& statement = commit(scene, first, clause_end(scene, from), cue, deciders, "decided", operative);
  statement.status = CommitmentStatus::decided;
  statement.modality = document::Modality::asserted;
  return true;
}

// X تعهدت / "X undertakes to"
bool pledge_frame(Scene& scene, std::uint32_t cue) {
  if (negated_at(scene, cue)) return false;
  const PartyList* debtor = scene.arabic ? list_after(scene, cue + 1, 2) : list_before(scene, cue, 2);
  if (debtor != nullptr && debtor->oblique && scene.arabic) debtor = nullptr;
  if (debtor == nullptr && scene.arabic) debtor = list_before(scene, cue, 1);
  if (debtor == nullptr) return false;
  const std::uint32_t behind = std::max(cue + 1, debtor->end);
  if (scene.arabic && !obligation_follows(scene, behind)) return false;
  Statement& statement = commit(scene, std::min(cue, debtor->first), clause_end(scene, behind), cue,
                                debtor->parties, "undertakes", false);
  statement.status = status_at(scene, scene.sentence.first, behind) == CommitmentStatus::reaffirmed
                         ? CommitmentStatus::reaffirmed
                         : CommitmentStatus::asserted;
  return true;
}

// The obligations of "the resolution provides for steps such as A, B and C", one by one.
bool list_frame(Scene& scene, std::uint32_t from, CommitmentStatus status) {
  const std::vector<Party> owner = owner_of_paper(scene);
  if (owner.empty()) return false;
  std::vector<std::uint32_t> starts;
  const std::uint32_t end = std::min(scene.sentence.end, from + 90);
  for (std::uint32_t at = from; at < end && starts.size() < kItemsMax; ++at) {
    const Unit& unit = scene.unit(at);
    const bool opens = at == from || unit.conjunction || scene.unit(at - 1).is_comma() ||
                       is_and(scene, at - 1) || scene.unit(at - 1).is(Signal::and_also);
    if (unit.is(Signal::relative) || unit.is(Signal::clause_break)) {
      if (!starts.empty() && scene.unit(at).is(Signal::clause_break)) break;
      continue;
    }
    if (!opens) continue;
    // The first item may be any noun; further ones must name an act or follow a comma.
    const bool act = unit.kind == Unit::Kind::word && unit.is(Signal::action_noun);
    const bool named =
        unit.kind == Unit::Kind::mention && unit.conjunction && scene.mention(at).ref == RefClass::planned;
    const bool noun = unit.kind == Unit::Kind::word && !unit.cues.any() && unit.conjunction &&
                      scene.unit(at - 1).is_comma();
    if (at == from || act || named || noun) starts.push_back(at);
  }
  for (std::size_t each = 0; each < starts.size(); ++each) {
    const std::uint32_t stop = each + 1 < starts.size() ? starts[each + 1] : clause_end(scene, starts[each]);
    Statement& statement = commit(scene, starts[each], stop, starts[each], owner, "provided for", true);
    statement.status = status;
    statement.modality = document::Modality::asserted;
  }
  return !starts.empty();
}

// The paper itself is the subject: it asks, provides, gives a mandate, aims.
bool paper_frame(Scene& scene, std::uint32_t cue) {
  const Unit& verb = scene.unit(cue);
  auto paper = paper_before(scene, cue, 5);
  const bool inside = scene.arabic && !paper &&
                      (cue + 1 < scene.sentence.end && scene.is_document(cue + 1));  // نص القرار على
  if (inside) paper = cue + 1;
  if (!paper) return false;
  if (negated_at(scene, cue)) return false;
  const std::uint32_t from = inside ? cue + 2 : cue + 1;
  const std::uint32_t begin = std::min(*paper, cue);
  if (verb.is(Signal::aims)) {
    // "aims to:" with the obligations in the items that follow
    for (std::uint32_t at = from; at < std::min(scene.sentence.end, from + 3); ++at) {
      if (!scene.unit(at).is_mark(':') || at + 1 < scene.sentence.end) continue;
      scene.flow->obligations_follow = true;
      const auto owner = owner_of_paper(scene);
      scene.flow->obligations_debtor = owner.empty() ? Party{} : owner.front();
      return true;
    }
  }
  // A list of steps: the items are the obligations.
  for (std::uint32_t at = from; at < std::min(scene.sentence.end, from + 14); ++at) {
    if (!scene.unit(at).is(Signal::steps_noun)) continue;
    for (std::uint32_t next = at + 1; next < std::min(scene.sentence.end, at + 16); ++next) {
      if (scene.unit(next).is(Signal::such_as) ||
          (scene.unit(next).is_mark(':') && next + 1 < scene.sentence.end)) {
        return list_frame(scene, next + 1, CommitmentStatus::unstated);
      }
    }
  }
  std::vector<Party> debtors;
  std::uint32_t behind = from;
  const std::uint32_t end = clause_end(scene, from);
  if (verb.is(Signal::request) || verb.is(Signal::role_for)) {
    const PartyList* list = list_after(scene, from, 3);
    if (list == nullptr) return false;
    debtors = list->parties;
    behind = list->end;
  } else {
    debtors = parties_of_cooperation(scene, from, end);
    if (debtors.empty()) {
      if (const PartyList* list = list_after(scene, from, 2);
          list != nullptr && obligation_follows(scene, list->end)) {
        debtors = list->parties;
      }
    }
    if (debtors.empty()) debtors = owner_of_paper(scene);
    if (debtors.empty() || !obligation_follows(scene, from)) return false;
  }
  Statement& statement =
      commit(scene, begin, std::max(end, behind), cue, debtors, "the paper provides", true);
  statement.status = status_at(scene, scene.sentence.first, cue);
  statement.modality = document::Modality::asserted;
  return true;
}

// المهمة الوشيكة لـ X هي
bool task_frame(Scene& scene, std::uint32_t cue) {
  const PartyList* debtor = list_after(scene, cue + 1, 0);
  if (debtor == nullptr || debtor->end >= scene.sentence.end || !scene.unit(debtor->end).is(Signal::copula))
    return false;
  Statement& statement = commit(scene, cue, scene.sentence.end, cue, debtor->parties, "task of", false);
  statement.status = CommitmentStatus::pending;
  statement.modality = document::Modality::planned;
  return true;
}

// تعزيز ... كما هو متوقع في الفقرة 4: what stands before is what the paper wants.
bool obliged_frame(Scene& scene, std::uint32_t cue) {
  bool paper = false;
  for (std::uint32_t at = cue + 1; at < std::min(scene.sentence.end, cue + 4); ++at)
    paper = paper || scene.is_document(at);
  if (!paper) return false;
  const std::vector<Party> owner = owner_of_paper(scene);
  if (owner.empty()) return false;
  const std::uint32_t from = cue > scene.sentence.first + 24 ? cue - 24 : scene.sentence.first;
  for (std::uint32_t at = cue; at-- > from;) {
    const Unit& unit = scene.unit(at);
    if (unit.kind != Unit::Kind::word || !unit.is(Signal::action_noun) || unit.preposition != 0) continue;
    Statement& statement =
        commit(scene, at, std::min(scene.sentence.end, cue + 3), at, owner, "as the paper provides", true);
    statement.status = status_at(scene, scene.sentence.first, cue);
    statement.modality = document::Modality::asserted;
    return true;
  }
  return false;
}

// Who owes what the noun phrase before a unit speaks of: the debtor of an earlier commitment that names it.
std::vector<Party> debtor_of_noun(const Scene& scene, std::uint32_t first, std::uint32_t end) {
  constexpr std::size_t kBack = 64;  // commitments looked through
  for (std::uint32_t at = first; at < end; ++at) {
    const Unit& unit = scene.unit(at);
    if (unit.kind != Unit::Kind::word || unit.cues.any()) continue;
    const std::string_view noun = scene.folded(at);
    if (noun.size() < 5) continue;
    const auto& out = *scene.out;
    const std::size_t from = out.size() > kBack ? out.size() - kBack : 0;
    for (std::size_t each = out.size(); each-- > from;) {
      const Statement& statement = out[each];
      if (statement.type != StatementType::commitment || statement.topic.find(noun) == std::string::npos)
        continue;
      std::vector<Party> debtors;
      for (const Party& party : statement.parties) {
        if (party.role != PartyRole::actor) continue;
        debtors.push_back(party);
        debtors.back().found_by = FoundBy::context;
        debtors.back().mention.reset();
      }
      return debtors;
    }
    return {};  // the head of the phrase is its first noun
  }
  return {};
}

// "X has yet to ratify it"; "the code has not yet been drawn up": still owed.
bool yet_frame(Scene& scene, std::uint32_t cue) {
  const auto status = scene.triggers.forms[scene.unit(cue).form].status;
  if (status != CommitmentStatus::pending) return false;
  const Unit& unit = scene.unit(cue);
  bool yet = false;
  for (std::uint32_t token = unit.first_token; token < unit.end_token; ++token)
    yet = yet || scene.text.folded_of(scene.text.tokens[token]) == "yet";
  if (!yet) return false;
  const std::string_view last = scene.text.folded_of(scene.text.tokens[unit.end_token - 1]);
  const bool passive = last == "be" || last == "been" ||
                       (cue + 1 < scene.sentence.end && scene.unit(cue + 1).is(Signal::copula));
  const PartyList* subject = list_before(scene, cue, 2);
  std::vector<Party> debtors;
  std::uint32_t first = cue;
  if (!passive) {
    if (last != "to" || subject == nullptr || subject->oblique) return false;
    debtors = subject->parties;
    first = subject->first;
  } else {
    while (first > scene.sentence.first && !scene.unit(first - 1).is_comma() &&
           !scene.unit(first - 1).is(Signal::clause_break) && cue - first < 16) {
      --first;
    }
    debtors = debtor_of_noun(scene, first, cue);
    const bool near =
        scene.flow->instrument.known() && scene.flow->instrument.paragraph + 1 >= scene.paragraph;
    if (debtors.empty() && near) debtors = owner_of_paper(scene);
  }
  if (debtors.empty()) return false;
  Statement& statement =
      commit(scene, first, clause_end(scene, cue + 1), cue, debtors, "what became of it", passive);
  statement.status = CommitmentStatus::pending;
  statement.modality = document::Modality::asserted;
  statement.negated = false;
  return true;
}

// Sentences that tell what became of a paper: "a large part of it has been carried out", في تنفيذ القرار
bool status_frame(Scene& scene, std::uint32_t cue) {
  const auto status = scene.triggers.forms[scene.unit(cue).form].status;
  if (!status || !scene.flow->instrument.known()) return false;
  const bool near = scene.flow->instrument.paragraph + 1 >= scene.paragraph;
  if (!near) return false;
  const std::vector<Party> owner = owner_of_paper(scene);
  if (owner.empty()) return false;
  const std::uint32_t end = std::min(scene.sentence.end, cue + 24);
  if (*status == CommitmentStatus::under_discussion || *status == CommitmentStatus::partly_done) {
    bool carried_out = false;
    const PartyList* debtor = list_after(scene, cue + 1, 1);
    for (std::uint32_t at = cue; at < end; ++at) {
      carried_out =
          carried_out ||
          (scene.unit(at).kind == Unit::Kind::word &&
           (scene.unit(at).is(Signal::implementation) || (at > cue && scene.unit(at).is(Signal::status))));
    }
    if (!carried_out) return false;
    Statement& statement =
        commit(scene, cue, clause_end(scene, cue + 1), cue,
               debtor != nullptr && *status == CommitmentStatus::under_discussion ? debtor->parties : owner,
               "what became of it", true);
    statement.status = *status;
    statement.modality = document::Modality::asserted;
    return true;
  }
  if (*status == CommitmentStatus::done) {
    // نتائج ملموسة مثل إنشاء X: the acts done
    for (std::uint32_t at = cue; at < std::min(scene.sentence.end, cue + 5); ++at) {
      if (scene.unit(at).is(Signal::such_as) && at + 1 < scene.sentence.end &&
          scene.unit(at + 1).is(Signal::action_noun)) {
        return list_frame(scene, at + 1, CommitmentStatus::done);
      }
    }
    return false;
  }
  if (*status == CommitmentStatus::pending) {
    // خطوتين وهما: تكوين X وتحضير Y والتي مازالت تنتظر التنفيذ
    const std::uint32_t from = cue > scene.sentence.first + 60 ? cue - 60 : scene.sentence.first;
    for (std::uint32_t at = from; at < cue; ++at) {
      if (!scene.unit(at).is_mark(':') && !scene.unit(at).is(Signal::such_as)) continue;
      if (at + 1 < cue && scene.unit(at + 1).is(Signal::action_noun))
        return list_frame(scene, at + 1, *status);
    }
    return false;
  }
  if (*status == CommitmentStatus::ongoing) {
    // الاستمرار في عقد المؤتمر سنويا
    const std::uint32_t from = cue > scene.sentence.first + 16 ? cue - 16 : scene.sentence.first;
    bool holding = false, continuing = false;
    std::uint32_t begin = cue;
    for (std::uint32_t at = cue + 1; at-- > from;) {
      const Unit& unit = scene.unit(at);
      if (unit.kind != Unit::Kind::word) continue;
      if (unit.is(Signal::action_noun)) {
        holding = true;
        begin = at;
      }
      if (unit.is(Signal::future) || (unit.is(Signal::status) && at != cue)) {
        continuing = true;
        begin = at;
      }
      if (unit.is(Signal::said)) break;
    }
    if (!holding) return false;
    if (!continuing && begin + 1 < cue) {
      // الاستمرار في عقد: two masdars in a row
      continuing = scene.unit(begin).is(Signal::action_noun) && scene.unit(begin + 2).is(Signal::action_noun);
    }
    if (!continuing) return false;
    Statement& statement = commit(scene, begin, clause_end(scene, cue), cue, owner, "goes on", true);
    statement.status = *status;
    return true;
  }
  return false;
}

// One obligation that fills a whole item below "the resolution aims to:".
void item_frame(Scene& scene) {
  std::uint32_t first = scene.sentence.first;
  while (first < scene.sentence.end &&
         (scene.unit(first).kind == Unit::Kind::number || scene.unit(first).kind == Unit::Kind::mark)) {
    ++first;
  }
  if (first >= scene.sentence.end) return;
  std::vector<Party> debtors;
  for (const PartyList& list : scene.lists) add_parties(debtors, list.parties, PartyRole::actor);
  if (debtors.empty() && !scene.flow->obligations_debtor.name.empty())
    debtors.push_back(scene.flow->obligations_debtor);
  if (debtors.empty()) return;
  Statement& statement = commit(scene, first, scene.sentence.end, first, debtors, "item of a list", true);
  statement.modality = document::Modality::asserted;
}

}  // namespace

void find_commitments(Scene& scene) {
  if (scene.heading) return;
  // An operative paragraph starts with its verb, behind its number.
  std::uint32_t start = scene.sentence.first;
  while (start < scene.sentence.end &&
         (scene.unit(start).kind == Unit::Kind::number || scene.unit(start).kind == Unit::Kind::mark)) {
    ++start;
  }
  if (start >= scene.sentence.end) return;
  if (scene.flow->obligations_follow && scene.first_sentence) {
    const auto kind = scene.document.paragraphs[scene.paragraph].kind;
    if (kind == document::ParagraphKind::item || start > scene.sentence.first) return item_frame(scene);
    scene.flow->obligations_follow = false;
  }
  // A preambular paragraph tells why, not what. Outside a resolution only وإذ marks one.
  if (scene.first_sentence && scene.unit(start).is(Signal::preambular) &&
      !scene.unit(start).is(Signal::request)) {
    const std::string_view word = scene.folded(start);
    if (!scene.arabic || !scene.flow->issuer.name.empty() || word == "واذ" || word == "اذ") return;
  }
  // Communiqués number their operative paragraphs and leave the body that speaks unnamed.
  const bool numbered = scene.first_sentence && (start > scene.sentence.first || scene.flow->number_line ||
                                                 !scene.document.paragraphs[scene.paragraph].number.empty());
  const bool operative = !scene.flow->issuer.name.empty() && scene.first_sentence;
  for (std::uint32_t at = start; at < scene.sentence.end; ++at) {
    const Unit& unit = scene.unit(at);
    if (unit.kind != Unit::Kind::word || !unit.cues.any()) continue;
    bool found = false;
    const bool opens =
        (operative || (numbered && at == start)) &&
        (at == start || is_and(scene, at - 1) || unit.conjunction || scene.unit(at - 1).is_comma() ||
         (!scene.arabic && scene.unit(at - 1).kind == Unit::Kind::word &&
          scene.unit(at - 1).is(Signal::and_also)));
    if (!found && (unit.is(Signal::provides) || unit.is(Signal::aims) || unit.is(Signal::mandates) ||
                   unit.is(Signal::role_for))) {
      found = paper_frame(scene, at);
    }
    if (!found && unit.is(Signal::request) && !unit.quoted) found = request_frame(scene, at, opens);
    if (!found && unit.is(Signal::modal)) found = modal_frame(scene, at, opens || operative);
    if (!found && unit.is(Signal::pledge)) found = pledge_frame(scene, at);
    if (!found && unit.is(Signal::decision) && !unit.quoted) found = decision_frame(scene, at, opens);
    if (!found && unit.is(Signal::pledge_noun)) found = noun_frame(scene, at, "commitment of");
    if (!found && unit.is(Signal::necessity)) found = noun_frame(scene, at, "needed of");
    if (!found && unit.is(Signal::call_noun)) found = noun_frame(scene, at, "recommended to");
    if (!found && unit.is(Signal::task_noun)) found = task_frame(scene, at);
    if (!found && unit.is(Signal::obliged)) found = obliged_frame(scene, at);
    if (!found && unit.is(Signal::status) && !scene.arabic) found = yet_frame(scene, at);
    if (!found && unit.is(Signal::status)) found = status_frame(scene, at);
  }
}

}  // namespace mithaq::reader
