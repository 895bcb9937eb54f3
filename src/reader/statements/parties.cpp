// Who stands in which slot: lists of parties, subjects, and parties carried from before.
#include <algorithm>

#include "reader/statements/scene.hpp"

namespace mithaq::reader {

namespace {

using document::FoundBy;
using document::Mention;
using document::MentionType;
using document::Party;
using document::PartyRole;
using document::RefClass;

FoundBy found_by(const Mention& mention) {
  switch (mention.ref) {
    case RefClass::short_form:
    case RefClass::pair:
      return FoundBy::anaphora;
    default:
      return FoundBy::name;
  }
}

// Adds the party or parties of one unit.
void add_unit(const Scene& scene, std::uint32_t at, PartyList& list) {
  const Unit& unit = scene.unit(at);
  const auto add = [&](Party party) {
    for (const Party& has : list.parties) {
      const bool same = same_party(has, party);
      const bool short_form =
          party.found_by == FoundBy::anaphora && unit.kind == Unit::Kind::mention && unit.conjunction;
      if (!same && !(short_form && same_family(has, party))) continue;
      // "the United Nations and the Organization", "UNHCR and the Organization": nobody is joined to itself
      // or to the body it belongs to, so the short form means the other organization that the document speaks
      // of.
      if (!short_form) return;
      const Flow& flow = *scene.flow;
      const Party& other = same_family(has, flow.main) ? flow.second : flow.main;
      if (other.name.empty() || same_family(other, has)) {
        if (same) return;
        break;
      }
      const auto mention = party.mention;
      party = other;
      party.found_by = FoundBy::anaphora;
      party.mention = mention;
      break;
    }
    list.parties.push_back(std::move(party));
  };
  if (unit.kind == Unit::Kind::described && unit.these) {
    for (Party party : scene.flow->many) {
      party.found_by = FoundBy::anaphora;
      party.mention.reset();
      add(std::move(party));
    }
    list.states_only = false;
    return;
  }
  if (unit.kind == Unit::Kind::described && unit.both) {
    const bool here = scene.flow->pair_here && scene.flow->pair.size() == 2;
    for (Party party : here ? scene.flow->pair : scene.flow->two_sides) {
      party.found_by = FoundBy::anaphora;
      party.mention.reset();
      add(std::move(party));
    }
    list.states_only = false;
    return;
  }
  if (unit.kind == Unit::Kind::described) {
    list.states_only = false;
    std::string name = scene.units.described[unit.described];
    // "all parties in Somalia": where they are tells them apart.
    if (!scene.arabic && name.starts_with("all ") && name.ends_with("parties") &&
        at + 2 < scene.sentence.end && scene.unit(at + 1).kind == Unit::Kind::word &&
        scene.folded(at + 1) == "in" && scene.unit(at + 2).kind == Unit::Kind::mention) {
      const Mention& where = scene.mention(at + 2);
      if (where.type == MentionType::state || where.type == MentionType::place) name += " in " + where.name;
    }
    add({.name = std::move(name)});
    return;
  }
  const Mention& mention = scene.mention(at);
  if (mention.type != MentionType::state) list.states_only = false;
  if (mention.ref == RefClass::pair) {
    // The two spoken of together in this paragraph, unless the title of the document says which two.
    const Flow& flow = *scene.flow;
    const bool here = flow.pair_here && flow.pair.size() == 2;
    if (here && flow.title_pair.empty()) {
      for (Party party : flow.pair) {
        party.found_by = FoundBy::anaphora;
        party.mention = unit.mention;
        add(std::move(party));
      }
      return;
    }
    // The name holds both, parted by "; ".
    std::string_view names = mention.name;
    for (std::size_t each = 0; !names.empty(); ++each) {
      const std::size_t cut = names.find("; ");
      Party party{
          .found_by = FoundBy::anaphora, .name = std::string(names.substr(0, cut)), .mention = unit.mention};
      if (each < mention.entities.size()) party.entity = mention.entities[each];
      add(std::move(party));
      names = cut == std::string_view::npos ? std::string_view{} : names.substr(cut + 2);
    }
    return;
  }
  add({.found_by = found_by(mention),
       .entity = mention.entities.empty() ? std::string{} : mention.entities.front(),
       .name = mention.name,
       .mention = unit.mention});
}

bool is_slash(const Scene& scene, std::uint32_t at) {
  return scene.unit(at).is_mark('/');
}

// Past words such as "both", "the Government of", كل من.
std::uint32_t skip_determiners(const Scene& scene, std::uint32_t at) {
  for (int more = 0; more < 3 && at < scene.sentence.end; ++more) {
    const Unit& unit = scene.unit(at);
    if (unit.kind != Unit::Kind::word || !unit.is(Signal::each_of)) break;
    ++at;
  }
  return at;
}

// Past "in Kosovo" behind a name, if a further organization follows.
std::uint32_t skip_place(const Scene& scene, std::uint32_t at) {
  if (at + 2 >= scene.sentence.end) return at;
  const Unit &preposition = scene.unit(at), &place = scene.unit(at + 1);
  if (preposition.kind != Unit::Kind::word || !preposition.is(Signal::preposition)) return at;
  if (place.kind != Unit::Kind::mention) return at;
  const Mention& mention = scene.mention(at + 1);
  if (mention.type != MentionType::place &&
      (mention.type != MentionType::state || mention.ref == RefClass::group)) {
    return at;
  }
  std::uint32_t next = at + 2;
  while (next < std::min(scene.sentence.end, at + 6) &&
         (scene.unit(next).is_comma() || is_and(scene, next) || scene.unit(next).is(Signal::each_of))) {
    ++next;
  }
  const bool organization = next < scene.sentence.end && scene.unit(next).kind == Unit::Kind::mention &&
                            scene.mention(next).type == MentionType::organization &&
                            (scene.unit(next).conjunction || next > at + 2);
  return organization ? at + 2 : at;
}

// Past "(OSCE)" behind a name.
std::uint32_t skip_brackets(const Scene& scene, std::uint32_t at) {
  if (at >= scene.sentence.end || !scene.unit(at).is_mark('(')) return at;
  for (std::uint32_t inside = at + 1; inside < std::min(scene.sentence.end, at + 8); ++inside) {
    if (scene.unit(inside).is_mark(')')) return inside + 1;
  }
  return at;
}

// The party that continues a list, if one does; else 0.
//   strong  set unless a comma alone joins it
std::uint32_t next_party(const Scene& scene, std::uint32_t at, bool& strong) {
  const std::uint32_t end = scene.sentence.end;
  bool joined = false;
  strong = false;
  for (int more = 0; more < 5 && at < end; ++more) {
    const Unit& unit = scene.unit(at);
    if (is_party(scene, at)) {
      strong = strong || unit.conjunction;
      return joined || unit.conjunction ? at : 0;
    }
    if (unit.is_comma() || is_slash(scene, at)) {
      joined = true;
    } else if (is_and(scene, at)) {
      joined = strong = true;
    } else if (unit.kind == Unit::Kind::word && (unit.is(Signal::and_also) || unit.is(Signal::such_as))) {
      joined = strong = true;
    } else if (unit.kind == Unit::Kind::word && unit.is(Signal::each_of)) {
      joined = joined || unit.conjunction;
      strong = strong || unit.conjunction;
    } else if (joined && unit.kind == Unit::Kind::word && unit.is(Signal::preposition) && more > 0 &&
               scene.unit(at - 1).is(Signal::and_also)) {
      // "as well as in the OIC"
    } else if (unit.kind == Unit::Kind::word && unit.is(Signal::with) && unit.conjunction) {
      joined = strong = true;  // ومع
    } else {
      return 0;
    }
    ++at;
  }
  return 0;
}

// "the Government of", "the authorities of"
bool names_government(const Scene& scene, std::uint32_t at) {
  const Unit& unit = scene.unit(at);
  for (std::uint32_t token = unit.first_token; token < unit.end_token; ++token) {
    const std::string_view folded = scene.text.folded_of(scene.text.tokens[token]);
    if (folded == "government" || folded == "governments" || folded == "authorities") return true;
  }
  return false;
}

// A cue such as "members of", أعضاء في: what follows is no subject.
bool ends_in_preposition(const Scene& scene, std::uint32_t at) {
  const Unit& unit = scene.unit(at);
  if (unit.end_token - unit.first_token < 2) return false;
  const std::string_view last = scene.text.folded_of(scene.text.tokens[unit.end_token - 1]);
  for (const std::string_view word :
       {"في", "مع", "من", "الي", "علي", "عن", "in", "of", "with", "to", "from"}) {
    if (last == word) return true;
  }
  return false;
}

bool ends_in_pronoun(std::string_view folded) {
  return folded.size() > 8 && (folded.ends_with("ها") || folded.ends_with("هما") || folded.ends_with("هم"));
}

}  // namespace

bool looks_like_arabic_verb(std::string_view folded) {
  // A verb with its object: نظمتها، رتبته. A noun with a pronoun has no name behind it.
  if ((folded.ends_with("تها") || folded.ends_with("ته")) && folded.size() > 8 && !folded.starts_with("ال"))
    return true;
  if (folded.starts_with("و") || folded.starts_with("ف")) {
    if (folded.size() > 8) folded.remove_prefix(2);
  }
  if (folded.starts_with("س") && folded.size() > 8) folded.remove_prefix(2);
  if (folded.starts_with("ي") || folded.starts_with("ت") || folded.starts_with("ن")) {
    return !folded.ends_with("ه") && !folded.ends_with("ات") && !folded.ends_with("يه");
  }
  return folded.ends_with("ت") && !folded.ends_with("ات") && !folded.starts_with("ال");
}

bool same_party(const Party& one, const Party& other) {
  if (!one.entity.empty() && !other.entity.empty()) return one.entity == other.entity;
  return one.name == other.name;
}

bool same_family(const Party& one, const Party& other) {
  if (same_party(one, other)) return true;
  const auto belongs = [](const std::string& part, const std::string& whole) {
    return !whole.empty() && part.size() > whole.size() && part.starts_with(whole) &&
           part[whole.size()] == '.';
  };
  return belongs(one.entity, other.entity) || belongs(other.entity, one.entity);
}

void add_parties(std::vector<Party>& to, const std::vector<Party>& from, PartyRole role) {
  for (const Party& party : from) {
    const bool had =
        std::any_of(to.begin(), to.end(), [&](const Party& has) { return same_party(has, party); });
    if (had) continue;
    to.push_back(party);
    to.back().role = role;
  }
}

bool is_party(const Scene& scene, std::uint32_t at) {
  const Unit& unit = scene.unit(at);
  if (unit.kind == Unit::Kind::described && unit.these) return scene.flow->many.size() >= 3;
  if (unit.kind == Unit::Kind::described && unit.both) {
    return scene.flow->two_sides.size() == 2 || (scene.flow->pair_here && scene.flow->pair.size() == 2);
  }
  if (unit.kind == Unit::Kind::described) return true;
  if (unit.kind != Unit::Kind::mention) return false;
  const Mention& mention = scene.mention(at);
  if (mention.name.empty()) return false;
  switch (mention.type) {
    case MentionType::organization:
    case MentionType::state:
      return true;
    case MentionType::person:
      return mention.ref == RefClass::office;
    default:
      return false;
  }
}

bool with_pronoun(const Scene& scene, std::uint32_t with) {
  if (!scene.arabic || scene.unit(with).kind != Unit::Kind::word || !scene.unit(with).is(Signal::with))
    return false;
  const std::string_view folded = scene.folded(with);
  return folded == "معها" || folded == "معه";
}

bool is_and(const Scene& scene, std::uint32_t at) {
  const Unit& unit = scene.unit(at);
  if (unit.kind == Unit::Kind::mark) return unit.mark == '&';
  if (unit.kind != Unit::Kind::word || unit.end_token - unit.first_token != 1) return false;
  const std::string_view folded = scene.folded(at);
  return folded == "and" || folded == "و" || folded == "or" || folded == "او";
}

void find_lists(Scene& scene) {
  scene.lists.clear();
  for (std::uint32_t at = scene.sentence.first; at < scene.sentence.end;) {
    if (!is_party(scene, at)) {
      ++at;
      continue;
    }
    PartyList list;
    list.first = at;
    const Unit& unit = scene.unit(at);
    std::uint32_t before = at;  // the unit before, past determiners
    while (before > scene.sentence.first && scene.unit(before - 1).kind == Unit::Kind::word &&
           scene.unit(before - 1).is(Signal::each_of) && at - before < 3) {
      --before;
      if (!scene.arabic) list.governs = list.governs || names_government(scene, before);
    }
    if (before > scene.sentence.first) {
      const Unit& previous = scene.unit(before - 1);
      const bool word = previous.kind == Unit::Kind::word && !with_pronoun(scene, before - 1);
      list.addressed = word && previous.is(Signal::to);
      list.oblique = word && (previous.is(Signal::preposition) || previous.is(Signal::to) ||
                              previous.is(Signal::with) || previous.is(Signal::between) ||
                              (previous.cues.any() && ends_in_preposition(scene, before - 1)));
      list.paired = word && (previous.is(Signal::with) || previous.is(Signal::between));
      list.said = word && previous.is(Signal::said);
      // A plain noun before an Arabic name makes the name its owner; one with a pronoun cannot have another.
      list.of = word && scene.arabic && before == at &&
                (previous.is(Signal::action_noun) || previous.is(Signal::implementation) ||
                 (!previous.cues.any() && !looks_like_arabic_verb(scene.folded(before - 1)) &&
                  !ends_in_pronoun(scene.folded(before - 1))));
    }
    if (unit.preposition == 'l') list.addressed = true;
    if (unit.preposition != 0 || (at > before && scene.unit(before).preposition != 0)) list.oblique = true;
    // "with the AU, the UN did": a comma joins only if an "and" follows later in the list.
    std::size_t sure_parties = 0;
    std::uint32_t sure_end = 0;
    for (bool strong = true;;) {
      add_unit(scene, at, list);
      list.end = skip_brackets(scene, at + 1);
      const std::uint32_t past_place = skip_place(scene, list.end);
      if (strong) {
        sure_parties = list.parties.size();
        sure_end = list.end;
      }
      const std::uint32_t next = past_place < scene.sentence.end ? next_party(scene, past_place, strong) : 0;
      if (next == 0) break;
      // "In Georgia, the UN and the OSCE": where it is does not act.
      if (!scene.arabic && list.oblique && list.states_only && list.first <= scene.sentence.first + 4 &&
          scene.unit(list.end).is_comma() && scene.unit(next).kind == Unit::Kind::mention &&
          scene.mention(next).type == MentionType::organization) {
        break;
      }
      at = next;
    }
    list.parties.resize(sure_parties);
    list.end = sure_end;
    at = list.end;
    scene.lists.push_back(std::move(list));
  }
}

const PartyList* list_after(const Scene& scene, std::uint32_t at, std::uint32_t reach) {
  const auto found =
      std::lower_bound(scene.lists.begin(), scene.lists.end(), at,
                       [](const PartyList& list, std::uint32_t from) { return list.first < from; });
  if (found == scene.lists.end()) return nullptr;
  if (found->first <= skip_determiners(scene, at) + reach) return &*found;
  return nullptr;
}

const PartyList* list_behind(const Scene& scene, std::uint32_t at, std::uint32_t reach) {
  const PartyList* list = list_after(scene, at, reach);
  if (list == nullptr) return nullptr;
  for (std::uint32_t between = at; between < list->first; ++between) {
    const Unit& unit = scene.unit(between);
    if (unit.kind == Unit::Kind::mark || unit.kind == Unit::Kind::mention) return nullptr;
    if (unit.cues.any() && !unit.is(Signal::each_of) && !unit.is(Signal::that) && !unit.is(Signal::to))
      return nullptr;
  }
  return list;
}

const PartyList* list_with(const Scene& scene, std::uint32_t with) {
  constexpr std::uint32_t kStaffReach = 6;
  if (const PartyList* list = list_behind(scene, with + 1, 2)) return list;
  if (!scene.arabic || with + 1 >= scene.sentence.end || !scene.unit(with + 1).is(Signal::each_of))
    return nullptr;
  const PartyList* list = list_after(scene, with + 1, kStaffReach);
  if (list == nullptr || list->states_only) return nullptr;
  for (std::uint32_t between = with + 1; between < list->first; ++between) {
    const Unit& unit = scene.unit(between);
    if (unit.kind != Unit::Kind::word) return nullptr;
    if (unit.cues.any() && !unit.is(Signal::each_of) && !unit.is(Signal::preposition)) return nullptr;
  }
  return list;
}

PartyList pronoun_list(const Scene& scene, std::uint32_t at) {
  PartyList result;
  result.first = at;
  result.end = at + 1;
  if (scene.arabic || at < scene.sentence.first || at >= scene.sentence.end) return result;
  const Unit& unit = scene.unit(at);
  if (unit.kind != Unit::Kind::word || unit.end_token - unit.first_token != 1) return result;
  const std::string_view word = scene.folded(at);
  const bool one = word == "it";
  if (!one && word != "they" && word != "them") return result;
  const auto fits = [&](const std::vector<Party>& parties) {
    if (parties.empty()) return false;
    // A party without a name is several: "the parties", "donor countries".
    const bool several = parties.size() > 1 || parties.front().entity.empty();
    return several != one;
  };
  auto found = std::partition_point(scene.lists.begin(), scene.lists.end(),
                                    [&](const PartyList& list) { return list.end <= at; });
  for (int seen = 0; found != scene.lists.begin() && seen < 6; ++seen) {
    const PartyList& list = *--found;
    if (list.paired || (list.states_only && list.oblique && !list.governs) || !fits(list.parties)) continue;
    result.parties = list.parties;
    result.states_only = list.states_only;
    for (Party& party : result.parties) party.found_by = FoundBy::anaphora;
    return result;
  }
  if (!fits(scene.flow->subject)) return result;
  result.parties = scene.flow->subject;
  result.states_only = false;
  for (Party& party : result.parties) {
    party.found_by = FoundBy::context;
    party.mention.reset();
  }
  return result;
}

const PartyList* list_before(const Scene& scene, std::uint32_t at, std::uint32_t reach) {
  const auto found = std::partition_point(scene.lists.begin(), scene.lists.end(),
                                          [&](const PartyList& list) { return list.end <= at; });
  if (found == scene.lists.begin()) return nullptr;
  const PartyList& list = *std::prev(found);
  return list.end + reach >= at ? &list : nullptr;
}

std::vector<Party> find_actor(const Scene& scene, std::uint32_t cue, std::uint32_t first, std::uint32_t end,
                              const std::vector<Party>& others, bool& carried) {
  carried = false;
  const auto is_other = [&](const PartyList& list) {
    return std::any_of(list.parties.begin(), list.parties.end(), [&](const Party& party) {
      return std::any_of(others.begin(), others.end(),
                         [&](const Party& has) { return same_party(has, party); });
    });
  };
  // Backwards: the best subject of the sentence, the nearest of equals. At most ten lists are looked at.
  const PartyList* best = nullptr;
  int best_score = 0;
  auto found = std::partition_point(scene.lists.begin(), scene.lists.end(),
                                    [&](const PartyList& list) { return list.end <= cue; });
  for (int seen = 0; found != scene.lists.begin() && seen < 10; ++seen) {
    const PartyList& list = *--found;
    if (is_other(list)) continue;
    int score = 4;
    if (list.oblique) score = 1;
    if (list.paired) score = 0;  // the other side of another co-operation
    if (list.of) score = 3;
    const std::uint32_t before = list.first > scene.sentence.first ? list.first - 1 : list.first;
    const Unit& previous = scene.unit(before);
    const bool by = before != list.first && previous.kind == Unit::Kind::word && previous.is(Signal::by);
    if (by) score = 5;
    if (scene.arabic && before != list.first && previous.kind == Unit::Kind::word && !list.oblique &&
        (previous.is(Signal::act_verb) || looks_like_arabic_verb(scene.folded(before)))) {
      score = 5;
    }
    if (before != list.first && previous.is(Signal::that) && previous.kind == Unit::Kind::word) score = 5;
    if (list.said) score = 2;  // who speaks of it does not do it
    if (scene.arabic && !list.oblique && !list.of && list.end + 2 >= cue) score = 5;
    if (!scene.arabic && list.first <= scene.sentence.first + 1 && !list.oblique) score = 5;
    if (list.states_only && list.oblique && !list.governs) score = 0;  // في طاجيكستان
    if (score > best_score) {
      best = &list;
      best_score = score;
    }
  }
  if (best != nullptr && best_score >= 2) return best->parties;
  // Forwards, when the phrase opens its clause: بالتعاون مع X، عقدت Y.
  const bool fronted = cue <= scene.sentence.first + 4 || (cue > 0 && scene.unit(cue - 1).is_comma());
  if (fronted && best == nullptr) {
    for (const PartyList& list : scene.lists) {
      if (list.first < end || list.oblique || is_other(list)) continue;
      if (list.first > end + 14) break;
      return list.parties;
    }
  }
  if (best != nullptr && best_score > 0) return best->parties;
  carried = true;
  const auto allowed = [&](const std::vector<Party>& parties) {
    return !parties.empty() && std::none_of(parties.begin(), parties.end(), [&](const Party& party) {
      return std::any_of(others.begin(), others.end(),
                         [&](const Party& has) { return same_party(has, party); });
    });
  };
  std::vector<Party> from_before = scene.flow->subject;
  if (!allowed(from_before)) {
    from_before.clear();
    if (!scene.flow->main.name.empty()) from_before.push_back(scene.flow->main);
  }
  if (!allowed(from_before)) return {};
  for (Party& party : from_before) {
    party.found_by = FoundBy::context;
    party.mention.reset();
  }
  (void)first;
  return from_before;
}

}  // namespace mithaq::reader
