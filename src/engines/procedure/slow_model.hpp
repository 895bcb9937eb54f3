// For tests: the rules of decisions, computed anew from the list of what happened, each time something is
// asked.
//
// Written from the text of the rules and not from the engine: nothing is kept from one question to the next,
// each question looks through the whole list. Slow, and plain enough to be read beside the rules.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/zone.hpp"
#include "engines/procedure/book.hpp"
#include "engines/procedure/fact.hpp"
#include "engines/procedure/rules.hpp"

namespace mithaq::procedure::slow {

using List = std::vector<Fact>;  // accepted facts of all consultations, in their order

// The facts of one consultation.
inline List of(const List& all, const std::string& id) {
  List out;
  for (const Fact& each : all) {
    if (each.stamp.subject == id) out.push_back(each);
  }
  return out;
}

inline bool one_of(Kind kind, std::initializer_list<Kind> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// Where the last fact of a kind stands, at `from` or behind; -1 if nowhere.
inline int last(const List& list, Kind kind, int from = 0) {
  for (int at = static_cast<int>(list.size()) - 1; at >= from; --at) {
    if (list[static_cast<std::size_t>(at)].kind == kind) return at;
  }
  return -1;
}
inline const Fact& at(const List& list, int place) {
  return list[static_cast<std::size_t>(place)];
}

// Where the present text was brought in.
inline int text_begins(const List& list) {
  return std::max(0, last(list, Kind::revised));
}
// Where the present suggestion, and the present silence period, were opened; -1 if there is none for the
// present text.
inline int suggestion(const List& list) {
  return last(list, Kind::proposed, text_begins(list));
}
inline int silence(const List& list) {
  return last(list, Kind::silence_opened, text_begins(list));
}

// When silence expires: as stated last, on opening, in the meeting or on extension.
inline Instant expiry(const List& list) {
  const int from = silence(list);
  Instant out{};
  const int suggested = suggestion(list);
  if (suggested >= 0 && at(list, suggested).deadline) out = at(list, suggested).deadline->at;
  for (int place = from; place < static_cast<int>(list.size()); ++place) {
    const Fact& each = at(list, place);
    if (one_of(each.kind, {Kind::silence_opened, Kind::extended}) && each.deadline) out = each.deadline->at;
  }
  return out;
}

struct Hold {
  std::string delegation{};
  Instant until{};
  int extensions = 0;
  bool stands = true;
};

// Every hold on the present text and what became of it.
inline std::vector<Hold> holds(const List& list, const Parameters& rules) {
  std::vector<Hold> out;
  bool broken = false;
  for (int place = text_begins(list); place < static_cast<int>(list.size()); ++place) {
    const Fact& each = at(list, place);
    const auto own = [&](const std::string& delegation) -> Hold* {
      for (Hold& hold : out) {
        if (hold.delegation == delegation && hold.stands) return &hold;
      }
      return nullptr;
    };
    const std::string& who = each.stamp.actor.delegation;
    if (each.kind == Kind::hold_placed)
      out.push_back({.delegation = who, .until = add_months(each.stamp.at, rules.hold_months)});
    if (each.kind == Kind::hold_extended) {
      if (Hold* hold = own(who)) {
        hold->until = add_months(hold->until, rules.hold_extension_months);
        ++hold->extensions;
      }
    }
    if (each.kind == Kind::hold_released) {
      if (Hold* hold = own(who)) {
        hold->until = each.stamp.at;
        hold->stands = false;
      }
    }
    if (each.kind == Kind::hold_expired) {
      if (Hold* hold = own(each.holder)) hold->stands = false;
    }
    // Whoever objects while a hold can still be lifted ends the matter, and every hold with it.
    if (each.kind == Kind::objected && !broken) {
      Instant closes = expiry(List(list.begin(), list.begin() + place));
      for (const Hold& hold : out) closes = std::max(closes, hold.until);
      if (each.stamp.at < closes) {
        broken = true;
        for (Hold& hold : out) {
          if (!hold.stands) continue;
          hold.stands = false;
          hold.until = each.stamp.at;
        }
      }
    }
    if (each.kind == Kind::silence_opened) broken = false;
  }
  return out;
}

// From which instant on an objection comes too late.
inline Instant closing(const List& list, const Parameters& rules) {
  Instant out = expiry(list);
  for (const Hold& hold : holds(list, rules)) out = std::max(out, hold.until);
  return out;
}

// Where silence was broken since it was opened last; -1 if it was not.
inline int breaking(const List& list, const Parameters& rules) {
  const int from = silence(list);
  if (from < 0) return -1;
  for (int place = from; place < static_cast<int>(list.size()); ++place) {
    if (at(list, place).kind != Kind::objected) continue;
    const List before(list.begin(), list.begin() + place);
    if (at(list, place).stamp.at < closing(before, rules)) return place;
  }
  return -1;
}

// Whether an objection that stands in the list was received too late.
inline bool was_late(const List& list, int place, const Parameters& rules) {
  const List before(list.begin(), list.begin() + place);
  if (breaking(before, rules) >= 0) return false;  // it joins those that broke it
  return at(list, place).stamp.at >= closing(before, rules);
}

// The delegations whose objection in the present meeting stands.
inline std::vector<std::string> objectors_in_meeting(const List& list) {
  std::vector<std::string> out;
  const int from = suggestion(list);
  for (int place = std::max(from, 0); from >= 0 && place < static_cast<int>(list.size()); ++place) {
    const Fact& each = at(list, place);
    if (each.kind == Kind::objected_in_meeting) out.push_back(each.stamp.actor.delegation);
    if (each.kind == Kind::objection_withdrawn) std::erase(out, each.stamp.actor.delegation);
  }
  return out;
}

// The delegations whose written objection to the present text stands, late or not.
inline std::vector<std::string> objectors_in_writing(const List& list, const Parameters& rules,
                                                     bool with_late) {
  std::vector<std::string> out;
  for (int place = text_begins(list); place < static_cast<int>(list.size()); ++place) {
    const Fact& each = at(list, place);
    if (each.kind == Kind::objected && (with_late || !was_late(list, place, rules)))
      out.push_back(each.stamp.actor.delegation);
    if (each.kind == Kind::objection_withdrawn) std::erase(out, each.stamp.actor.delegation);
  }
  return out;
}

// When it was adopted, if it was.
inline std::optional<Instant> adopted(const List& list, const Parameters& rules) {
  if (const int place = last(list, Kind::adopted_in_meeting); place >= 0) return at(list, place).stamp.at;
  const int from = silence(list);
  if (from < 0 || breaking(list, rules) >= 0) return std::nullopt;
  if (last(list, Kind::expired, from) >= 0) return expiry(list);
  // A matter that was pending beyond the period is adopted when its last hold ends.
  bool stands = false, any = false;
  for (const Hold& hold : holds(list, rules)) {
    stands = stands || hold.stands;
    any = true;
  }
  if (any && !stands && closing(list, rules) > expiry(list)) return closing(list, rules);
  return std::nullopt;
}

inline State state(const List& list, const Parameters& rules) {
  if (last(list, Kind::withdrawn) >= 0) return State::withdrawn;
  if (last(list, Kind::superseded) >= 0) return State::superseded;
  if (last(list, Kind::issued) >= 0) return State::issued;
  if (adopted(list, rules)) return last(list, Kind::announced) >= 0 ? State::announced : State::adopted;
  const int suggested = suggestion(list), under = silence(list);
  if (under >= 0 && under > suggested) {
    if (breaking(list, rules) >= 0) return State::broken;
    for (const Hold& hold : holds(list, rules)) {
      if (hold.stands) return State::on_hold;
    }
    return State::under_silence;
  }
  if (suggested < 0) return State::draft;
  return objectors_in_meeting(list).empty() ? State::proposed : State::objected_in_meeting;
}

inline bool has(const std::vector<std::string>& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// How many full days from Monday to Friday lie between two instants, each from the time of the day of the
// first.
inline int working_days(const std::string& zone, Instant begins, Instant ends) {
  const Zone clock = *Zone::named(zone);
  const LocalTime first = clock.local(begins), last = clock.local(ends);
  int out = 0;
  for (auto day = std::chrono::sys_days(first.day) + std::chrono::days(1);; day += std::chrono::days(1)) {
    const bool reached =
        day < std::chrono::sys_days(last.day) ||
        (day == std::chrono::sys_days(last.day) && last.since_midnight >= first.since_midnight);
    if (!reached) return out;
    // 1 January 1970 was a Thursday.
    const int weekday = static_cast<int>((day.time_since_epoch().count() + 4) % 7);  // 0 is Sunday
    if (weekday != 0 && weekday != 6) ++out;
  }
}

enum class Verdict { accepted, refused, forbidden };

// May this be entered behind what has happened so far?
//   all   of all consultations
inline Verdict verdict(const List& all, const Fact& wanted, const RuleSet& set) {
  const List list = of(all, wanted.stamp.subject);
  const Parameters& rules = set.parameters;
  const acts::Actor& actor = wanted.stamp.actor;
  const Instant now = wanted.stamp.at;
  const auto verdict = [](bool good) { return good ? Verdict::accepted : Verdict::refused; };
  if (list.empty() || now < list.back().stamp.at) return Verdict::refused;
  const Fact& opening = list.front();
  using acts::Capacity;
  const bool staff = actor.capacity == Capacity::secretariat, chair = actor.capacity == Capacity::chair,
             delegation = actor.capacity == Capacity::delegation,
             program = actor.capacity == Capacity::system;

  // Who.
  if (one_of(wanted.kind,
             {Kind::objected_in_meeting, Kind::objected, Kind::objection_withdrawn, Kind::hold_placed,
              Kind::hold_extended, Kind::hold_released, Kind::statement_made})) {
    const bool paper =
        staff && !actor.delegation.empty() &&
        (rules.in_writing || one_of(wanted.kind, {Kind::objected_in_meeting, Kind::statement_made}));
    if (!delegation && !paper) return Verdict::forbidden;
    if (!has(opening.entitled, actor.delegation)) return Verdict::forbidden;
  } else if (one_of(wanted.kind, {Kind::proposed, Kind::silence_opened, Kind::extended,
                                  Kind::adopted_in_meeting, Kind::confirmed, Kind::announced})) {
    if (!chair && !staff) return Verdict::forbidden;
  } else if (one_of(wanted.kind, {Kind::issued, Kind::corrected})) {
    if (!staff) return Verdict::forbidden;
  } else if (wanted.kind == Kind::statements_closed) {
    if (!staff && !program) return Verdict::forbidden;
  } else if (one_of(wanted.kind, {Kind::expired, Kind::hold_expired})) {
    if (!program) return Verdict::forbidden;
  } else if (one_of(wanted.kind, {Kind::revised, Kind::withdrawn})) {
    const bool proposer = delegation && opening.stamp.actor.capacity == Capacity::delegation &&
                          opening.stamp.actor.delegation == actor.delegation;
    if (!chair && !staff && !proposer) return Verdict::forbidden;
  }

  // When.
  const State is = state(list, rules);
  const bool quiet_again = is == State::broken &&
                           objectors_in_writing(list, rules, false).empty();  // every objection was withdrawn
  const bool before = is == State::draft || is == State::proposed || is == State::objected_in_meeting;
  const bool running = is == State::under_silence || is == State::on_hold;
  const bool decided = is == State::adopted || is == State::announced;
  const bool over = running && now >= closing(list, rules);
  const bool by_meeting = last(list, Kind::adopted_in_meeting) >= 0;
  const std::string meeting = suggestion(list) >= 0 ? at(list, suggestion(list)).meeting : "";
  const std::string& who = actor.delegation;
  switch (wanted.kind) {
    case Kind::proposed:
      if (wanted.meeting.empty() || (wanted.deadline && wanted.deadline->at <= now)) return Verdict::refused;
      // Who objected in a meeting objected to whatever is suggested there.
      return verdict(is == State::draft || quiet_again || is == State::proposed ||
                     (is == State::objected_in_meeting && wanted.meeting != meeting));
    case Kind::objected_in_meeting:
      return verdict((is == State::proposed || is == State::objected_in_meeting) &&
                     wanted.meeting == meeting && !has(objectors_in_meeting(list), who) &&
                     !has(objectors_in_writing(list, rules, true), who));
    case Kind::silence_opened: {
      if (!rules.silence) return Verdict::refused;
      if (rules.starts_in_meeting && is != State::proposed && is != State::objected_in_meeting)
        return Verdict::refused;
      if (rules.starts_in_meeting && !wanted.meeting.empty() && wanted.meeting != meeting)
        return Verdict::refused;
      if (rules.room_objection_stops && is == State::objected_in_meeting) return Verdict::refused;
      if (!before && !quiet_again) return Verdict::refused;
      std::optional<Instant> stated;
      if (suggestion(list) > silence(list) && at(list, suggestion(list)).deadline)
        stated = at(list, suggestion(list)).deadline->at;
      const std::optional<Instant> ends = wanted.deadline ? std::optional(wanted.deadline->at) : stated;
      if (!ends || (stated && *stated != *ends) || *ends <= now) return Verdict::refused;
      if (wanted.urgent && rules.urgent_shorter) return Verdict::accepted;
      if (rules.min_working_days > 0)
        return verdict(working_days(opening.zone, now, *ends) >= rules.min_working_days);
      return verdict(*ends - now >= std::chrono::hours(rules.min_hours));
    }
    case Kind::extended:
      return verdict(rules.extendable && is == State::under_silence && now < expiry(list) &&
                     wanted.deadline && wanted.deadline->at > expiry(list));
    case Kind::objected: {
      const int broke = is == State::broken ? breaking(list, rules) : -1;
      const bool joins = broke >= 0 && (now < expiry(list) || now == at(list, broke).stamp.at);
      if (!running && !joins && !(decided && !by_meeting)) return Verdict::refused;
      if (wanted.objection == ObjectionKind::amendment && (!rules.amendment_breaks || wanted.text.empty()))
        return Verdict::refused;
      return verdict(!has(objectors_in_writing(list, rules, true), who) &&
                     !has(objectors_in_meeting(list), who));
    }
    case Kind::objection_withdrawn:
      return verdict(
          (is == State::proposed || is == State::objected_in_meeting || is == State::broken || decided) &&
          (has(objectors_in_writing(list, rules, true), who) || has(objectors_in_meeting(list), who)));
    case Kind::hold_placed: {
      if (rules.hold_months == 0 || !running || over || now >= expiry(list)) return Verdict::refused;
      for (const Hold& hold : holds(list, rules)) {
        if (hold.delegation == who) return Verdict::refused;
      }
      return Verdict::accepted;
    }
    case Kind::hold_extended:
    case Kind::hold_released:
      for (const Hold& hold : holds(list, rules)) {
        if (hold.delegation == who && hold.stands && is == State::on_hold && now < hold.until)
          return verdict(wanted.kind == Kind::hold_released || hold.extensions < rules.hold_extensions);
      }
      return Verdict::refused;
    case Kind::hold_expired:
      for (const Hold& hold : holds(list, rules)) {
        if (hold.delegation == wanted.holder && hold.stands && is == State::on_hold)
          return verdict(now >= hold.until);
      }
      return Verdict::refused;
    case Kind::expired:
      return verdict(is == State::under_silence && now >= expiry(list));
    case Kind::adopted_in_meeting: {
      if (!rules.adopts_in_meeting || !before || (wanted.meeting.empty() && meeting.empty()))
        return Verdict::refused;
      for (const std::string& each : objectors_in_meeting(list)) {
        if (!rules.presence || has(wanted.present, each)) return Verdict::refused;
      }
      std::size_t there = 0;
      for (const std::string& each : opening.entitled) there += has(wanted.present, each) ? 1u : 0u;
      return verdict(rules.quorum_in == 0 ||
                     there * static_cast<std::size_t>(rules.quorum_in) >=
                         opening.entitled.size() * static_cast<std::size_t>(rules.quorum_of));
    }
    case Kind::confirmed:
      return verdict(rules.letter && decided && last(list, Kind::confirmed) < 0 && !wanted.letter.empty());
    case Kind::announced:
      return verdict(rules.announcement && !by_meeting && (is == State::adopted || is == State::issued) &&
                     last(list, Kind::announced) < 0 && !wanted.meeting.empty());
    case Kind::statement_made: {
      if (!rules.statements || !decided || last(list, Kind::statements_closed) >= 0 || wanted.words.empty())
        return Verdict::refused;
      for (std::size_t each = 0; each < wanted.with.size(); ++each) {
        if (!has(opening.entitled, wanted.with[each]) || wanted.with[each] == who) return Verdict::refused;
        for (std::size_t other = 0; other < each; ++other) {
          if (wanted.with[other] == wanted.with[each]) return Verdict::refused;
        }
      }
      for (const Fact& each : list) {
        if (each.kind == Kind::statement_made && each.stamp.actor.delegation == who &&
            each.statement == wanted.statement)
          return Verdict::refused;
      }
      return Verdict::accepted;
    }
    case Kind::statements_closed:
      return verdict(decided && last(list, Kind::statements_closed) < 0);
    case Kind::issued: {
      if (!decided) return Verdict::refused;
      const bool announced = last(list, Kind::announced) >= 0, letter = last(list, Kind::confirmed) >= 0;
      return verdict(by_meeting || ((!rules.embargo || announced) &&
                                    (rules.issue_after != IssueAfter::announcement || announced) &&
                                    (rules.issue_after != IssueAfter::letter || letter)));
    }
    case Kind::revised:
      return verdict((before || is == State::broken) && !wanted.words.empty());
    case Kind::corrected:
      return verdict(is == State::issued && !wanted.words.empty());
    case Kind::withdrawn:
      return verdict(before || is == State::broken || (running && !over));
    default:
      return Verdict::refused;
  }
}

// The number of a consultation: how many decisions of its series got theirs before. The lists hold one
// series.
inline int number(const List& all, const std::string& id, const Parameters& rules) {
  int given = 0;
  std::map<std::string, bool> has_number;
  for (std::size_t place = 0; place < all.size(); ++place) {
    const std::string& subject = all[place].stamp.subject;
    if (has_number[subject]) continue;
    const List now = of(List(all.begin(), all.begin() + static_cast<int>(place) + 1), subject);
    const bool in_meeting = last(now, Kind::adopted_in_meeting) >= 0;
    const bool gets =
        last(now, Kind::issued) >= 0 || (rules.number_at == NumberAt::adoption && adopted(now, rules)) ||
        (rules.number_at == NumberAt::announcement && (in_meeting || last(now, Kind::announced) >= 0));
    if (!gets) continue;
    has_number[subject] = true;
    ++given;
    if (subject == id) return given;
  }
  return 0;
}

}  // namespace mithaq::procedure::slow
