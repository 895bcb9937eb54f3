#include "engines/procedure/book.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/zone.hpp"

namespace mithaq::procedure {

namespace {

using acts::Capacity;
using acts::Refusal;

constexpr std::string_view kStates[] = {
    "draft",     "proposed", "objected_in_meeting", "under_silence", "on_hold", "broken", "adopted",
    "announced", "issued",   "withdrawn",           "superseded"};
constexpr std::string_view kBreaks[] = {"in_meeting", "objection", "amendment", "hold"};
constexpr std::string_view kSteps[] = {"done", "now", "next", "not"};

// Who does what.
enum class Who { anybody, delegations, chair, secretariat, owner, program };

Who who_does(Kind kind) {
  switch (kind) {
    case Kind::opened:
      return Who::anybody;
    case Kind::objected_in_meeting:
    case Kind::objected:
    case Kind::objection_withdrawn:
    case Kind::hold_placed:
    case Kind::hold_extended:
    case Kind::hold_released:
    case Kind::statement_made:
      return Who::delegations;
    case Kind::proposed:
    case Kind::silence_opened:
    case Kind::extended:
    case Kind::adopted_in_meeting:
    case Kind::confirmed:
    case Kind::announced:
    case Kind::superseded:
      return Who::chair;
    case Kind::series_started:
    case Kind::statements_closed:
    case Kind::issued:
    case Kind::corrected:
      return Who::secretariat;
    case Kind::revised:
    case Kind::withdrawn:
      return Who::owner;
    case Kind::expired:
    case Kind::hold_expired:
      return Who::program;
  }
  return Who::program;
}

Refusal refused(std::string_view rule, std::string reason, bool forbidden = false) {
  return {.rule = std::string(rule), .reason = std::move(reason), .forbidden = forbidden};
}

bool contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool any_words(const acts::Words& words) {
  return std::any_of(words.begin(), words.end(), [](const auto& each) { return !each.second.empty(); });
}

// The state in which an objection, an amendment or a hold can still be received.
bool clock_runs(const Case& item) {
  return item.state == State::under_silence || item.state == State::on_hold;
}

bool stands_in_meeting(const Case& item, const Objection& each) {
  return each.kind == BreakKind::in_meeting && each.round == item.round &&
         each.suggestion == item.suggestions && !each.withdrawn_at;
}

// Every delegation that broke silence on the present text has taken its objection back.
bool all_withdrawn(const Case& item) {
  return std::none_of(item.objections.begin(), item.objections.end(), [&](const Objection& each) {
    return (each.kind == BreakKind::objection || each.kind == BreakKind::amendment) &&
           each.round == item.round && !each.late && !each.withdrawn_at;
  });
}

const Objection* own_objection(const Case& item, std::string_view delegation) {
  for (const Objection& each : item.objections) {
    if (each.delegation != delegation || each.round != item.round || each.withdrawn_at) continue;
    if (each.kind == BreakKind::objection || each.kind == BreakKind::amendment ||
        stands_in_meeting(item, each))
      return &each;
  }
  return nullptr;
}

// Whether a silence period has at least as many days from Monday to Friday as it must: the same time of the
// day, so many working days later. Ours: public holidays are not known here; the Chair sees to them.
bool has_working_days(const Zone& zone, Instant begins, Instant ends, int days) {
  const LocalTime first = zone.local(begins), last = zone.local(ends);
  auto day = std::chrono::sys_days(first.day);
  for (int left = days; left > 0;) {
    day += std::chrono::days(1);
    const auto weekday = std::chrono::weekday(day);
    if (weekday != std::chrono::Saturday && weekday != std::chrono::Sunday) --left;
  }
  const auto reached = std::chrono::sys_days(last.day);
  return reached > day || (reached == day && last.since_midnight >= first.since_midnight);
}

}  // namespace

std::string_view name_of(State state) {
  return kStates[static_cast<std::size_t>(state)];
}

std::string_view name_of(BreakKind kind) {
  return kBreaks[static_cast<std::size_t>(kind)];
}

std::string_view name_of(StepState state) {
  return kSteps[static_cast<std::size_t>(state)];
}

Instant add_months(Instant at, int months) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  auto later = std::chrono::year_month_day(day) + std::chrono::months(months);
  if (!later.ok()) later = later.year() / later.month() / std::chrono::last;
  return Instant(std::chrono::sys_days(later)) + (at - day);
}

bool Case::is_entitled(std::string_view delegation) const {
  return std::binary_search(entitled.begin(), entitled.end(), delegation);
}

std::optional<Instant> Case::closes_at() const {
  std::optional<Instant> out = expires_at;
  if (!out) return out;
  for (const Objection& each : objections) {
    if (each.kind == BreakKind::hold && each.round == round)
      out = std::max(*out, each.withdrawn_at ? *each.withdrawn_at : *each.until);
  }
  return out;
}

const Objection* Case::hold_of(std::string_view delegation) const {
  for (const Objection& each : objections) {
    if (each.kind == BreakKind::hold && each.round == round && each.delegation == delegation &&
        !each.withdrawn_at)
      return &each;
  }
  return nullptr;
}

bool Case::holds_stand() const {
  return std::any_of(objections.begin(), objections.end(), [&](const Objection& each) {
    return each.kind == BreakKind::hold && each.round == round && !each.withdrawn_at;
  });
}

std::vector<Break> Case::breaks() const {
  std::vector<Break> out;
  for (const Objection& each : objections) {
    const bool hold = each.kind == BreakKind::hold;
    // Two at the same instant are one break with both named.
    const bool joins =
        !out.empty() && out.back().at == each.at && out.back().late == each.late &&
        (out.back().by.front()->kind == BreakKind::hold) == hold &&
        (out.back().by.front()->kind == BreakKind::in_meeting) == (each.kind == BreakKind::in_meeting);
    if (!joins) out.push_back({.at = each.at, .late = each.late});
    out.back().by.push_back(&each);
  }
  return out;
}

std::string Case::symbol() const {
  if (number.empty() || versions.empty() || !versions.back().mark.starts_with("Corr.")) return number;
  return number + "/" + versions.back().mark;
}

const RuleSet& Book::rules_of(const Case& item) const {
  const RuleSet* found = rules_.find(item.rule_set);
  expect(found != nullptr, "a consultation has a rule set that is there");
  return *found;
}

const Case* Book::find(std::string_view id) const {
  const auto found = cases_.find(id);
  return found == cases_.end() ? nullptr : &found->second;
}

std::optional<Refusal> Book::refusal_of_opening(const Fact& fact) const {
  const RuleSet* set = rules_.find(fact.rule_set);
  if (set == nullptr)
    return refused("procedure/fields", "there is no such rule set; name one of those in data/procedure");
  const Parameters& rules = set->parameters;
  if (fact.stamp.subject.empty() || find(fact.stamp.subject) != nullptr)
    return refused("procedure/once", "a consultation has an id of its own");
  if (!any_words(fact.title)) return refused("procedure/fields", "the consultation needs a title");
  if (!any_words(fact.words))
    return refused("procedure/fields", "the consultation needs the text of the draft");
  if (!Zone::named(fact.zone)) return refused("procedure/deadline", "there is no such time zone");
  if (fact.entitled.empty() || !std::is_sorted(fact.entitled.begin(), fact.entitled.end()) ||
      std::adjacent_find(fact.entitled.begin(), fact.entitled.end()) != fact.entitled.end())
    return refused(set->rule_for("entitled", "procedure/entitled"),
                   "nobody is entitled to take part in this decision");
  // Consensus minus one: the State concerned is named, and its consent is not needed.
  const std::string_view minus = set->rule_for("minus", "procedure/excluded");
  if (fact.excluded.size() > static_cast<std::size_t>(rules.minus))
    return refused(minus, "the rules leave out no State, or not so many");
  if (rules.minus > 0 && fact.excluded.empty())
    return refused(minus, "name the State concerned, whose consent is not needed");
  for (const std::string& each : fact.excluded) {
    if (contains(fact.entitled, each))
      return refused(minus, "the State concerned is not among those whose consent is needed");
  }
  if (rules.numbered_by == NumberedBy::session && fact.session.empty())
    return refused(set->rule_for("numbered_by", "procedure/numbers"),
                   "name the session: its decisions are numbered by it");
  const acts::Actor& actor = fact.stamp.actor;
  const std::string& proposer = actor.capacity == Capacity::delegation ? actor.delegation : fact.proposed_by;
  if (actor.capacity == Capacity::system)
    return refused("procedure/capacity", "the program opens no consultation", true);
  if ((actor.capacity == Capacity::delegation || !proposer.empty()) && !contains(fact.entitled, proposer))
    return refused(set->rule_for("entitled", "procedure/entitled"),
                   "only a State that takes part in the decision can propose it", true);
  return std::nullopt;
}

std::optional<Refusal> Book::refusal_of(const Fact& fact) const {
  const acts::Actor& actor = fact.stamp.actor;
  if (fact.kind == Kind::opened) return refusal_of_opening(fact);
  if (fact.kind == Kind::series_started) {
    if (actor.capacity != Capacity::secretariat)
      return refused("procedure/capacity", "the secretariat keeps the numbers", true);
    if (fact.series.empty() || fact.number < 1)
      return refused("procedure/fields", "name the series and the number with which it goes on");
    const std::string key = fact.session.empty() ? fact.series : fact.series + "\n" + fact.session;
    if (next_number_.contains(key))
      return refused("procedure/numbers",
                     "the series has begun; its numbers follow one another without a gap");
    return std::nullopt;
  }

  const Case* const found = find(fact.stamp.subject);
  if (found == nullptr) return refused("procedure/order", "there is no such consultation");
  const Case& item = *found;
  const RuleSet& set = rules_of(item);
  const Parameters& rules = set.parameters;
  const Instant at = fact.stamp.at;
  if (at < item.last_at)
    return refused("procedure/instant",
                   "the consultation has gone on since; act again with the present time");

  const std::string_view entitled_rule = set.rule_for("entitled", "procedure/entitled");
  switch (who_does(fact.kind)) {
    case Who::delegations: {
      // An act of a State, also if the secretariat enters a paper that it sent.
      const bool on_paper =
          actor.capacity == Capacity::secretariat && !actor.delegation.empty() &&
          (rules.in_writing || fact.kind == Kind::objected_in_meeting || fact.kind == Kind::statement_made);
      if (actor.capacity != Capacity::delegation && !on_paper)
        return refused("procedure/capacity", "only a delegation can do this, for its own State", true);
      if (contains(item.excluded, actor.delegation))
        return refused(set.rule_for("minus", "procedure/excluded"),
                       "the consent of the State concerned is not needed for this decision", true);
      if (!item.is_entitled(actor.delegation))
        return refused(
            entitled_rule,
            "only a State that was entitled when the item opened can do this; others may attend and speak, "
            "never block",
            true);
      break;
    }
    case Who::chair:
      if (actor.capacity != Capacity::chair && actor.capacity != Capacity::secretariat)
        return refused("procedure/capacity",
                       "only the Chair can do this, or the secretariat on the Chair's behalf", true);
      break;
    case Who::secretariat:
      if (actor.capacity != Capacity::secretariat &&
          !(actor.capacity == Capacity::system && fact.kind == Kind::statements_closed))
        return refused("procedure/capacity", "only the secretariat can do this", true);
      break;
    case Who::owner:
      if (actor.capacity == Capacity::system ||
          (actor.capacity == Capacity::delegation &&
           (item.proposed_by.empty() || actor.delegation != item.proposed_by)))
        return refused("procedure/capacity", "only who proposed the text can do this, or the Chair", true);
      break;
    case Who::program:
      if (actor.capacity != Capacity::system)
        return refused("procedure/capacity", "time alone brings this; nobody can ask for it", true);
      break;
    case Who::anybody:
      break;
  }

  const auto out_of_order = [&](std::string reason) { return refused("procedure/order", std::move(reason)); };
  // The clock has run out, although nobody has written so yet: what depends on it running comes too late.
  const bool time_passed = clock_runs(item) && at >= *item.closes_at();
  switch (fact.kind) {
    case Kind::proposed: {
      if (fact.meeting.empty()) return refused("procedure/fields", "say in which meeting it is suggested");
      // The Chair may state another time while nobody objects; an objection stands for the whole meeting.
      const bool again = item.state == State::proposed ||
                         (item.state == State::objected_in_meeting && fact.meeting != item.meeting);
      if (item.state != State::draft && !again && !(item.state == State::broken && all_withdrawn(item)))
        return out_of_order(
            item.state == State::broken
                ? "silence was broken: the text is revised first, or every objection is withdrawn"
                : "the text cannot be suggested at this step");
      if (fact.expires() && *fact.expires() <= at)
        return refused("procedure/deadline", "the time of expiry is not in the future");
      return std::nullopt;
    }
    case Kind::objected_in_meeting:
      if (item.state != State::proposed && item.state != State::objected_in_meeting)
        return out_of_order(
            "in a meeting one objects while the text is suggested there; afterwards in writing");
      if (!fact.meeting.empty() && fact.meeting != item.meeting)
        return out_of_order("the text was suggested in another meeting");
      if (own_objection(item, actor.delegation) != nullptr)
        return refused("procedure/once", "the delegation has objected already; its objection stands");
      return std::nullopt;

    case Kind::silence_opened: {
      if (!rules.silence)
        return refused(set.rule_for("silence", set.rule_for("adopts_in_meeting", "procedure/order")),
                       "these rules know no silence procedure");
      // Annex 1(A), 1: "Such a suggestion shall be made at a meeting".
      if (rules.starts_in_meeting) {
        const std::string_view rule = set.rule_for("starts_in_meeting", "procedure/order");
        if (item.state == State::draft || item.state == State::broken)
          return refused(rule, "the silence procedure is suggested in a meeting first");
        if (!fact.meeting.empty() &&
            (item.state == State::proposed || item.state == State::objected_in_meeting) &&
            fact.meeting != item.meeting)
          return refused(rule, "the silence procedure was suggested in another meeting");
      }
      // "If no objection is expressed by a representative at that meeting"
      if (item.state == State::objected_in_meeting && rules.room_objection_stops)
        return refused(set.rule_for("room_objection_stops", "procedure/order"),
                       "a representative objected in the meeting: the text does not come under silence");
      const bool ready = item.state == State::draft || item.state == State::proposed ||
                         item.state == State::objected_in_meeting ||
                         (item.state == State::broken && all_withdrawn(item));
      if (!ready)
        return out_of_order(
            item.state == State::broken
                ? "silence was broken: the text is revised first, or every objection is withdrawn"
                : "the text cannot be put under silence at this step");
      const std::string_view exact = set.rule_for("starts_in_meeting", "procedure/deadline");
      const std::optional<Instant> expires = fact.expires() ? fact.expires() : item.suggested_expiry;
      if (!expires) return refused(exact, "state the exact time at which silence expires");
      if (item.suggested_expiry && *expires != *item.suggested_expiry)
        return refused(exact, "another time of expiry was stated in the meeting");
      if (*expires <= at) return refused(exact, "the time of expiry is not in the future");
      if (fact.urgent && rules.urgent_shorter) return std::nullopt;
      if (*expires - at < std::chrono::hours(rules.min_hours))
        return refused(set.rule_for("min_hours", "procedure/deadline"),
                       "the silence period is shorter than the rule allows");
      if (rules.min_working_days > 0) {
        const auto zone =
            Zone::named(fact.deadline && !fact.deadline->zone.empty() ? fact.deadline->zone : item.zone);
        if (!zone || !has_working_days(*zone, at, *expires, rules.min_working_days))
          return refused(set.rule_for("min_working_days", "procedure/deadline"),
                         "the silence period has fewer working days than the rule asks for");
      }
      return std::nullopt;
    }
    case Kind::extended: {
      if (!rules.extendable)
        return refused(set.rule_for("extendable", set.rule_for("silence", "procedure/order")),
                       "these rules know no extension: the time of expiry was stated, and it stands");
      if (item.state != State::under_silence || time_passed)
        return out_of_order("only a silence period that still runs can be extended");
      if (!fact.expires())
        return refused("procedure/deadline", "state the exact time at which silence expires");
      if (*fact.expires() <= *item.expires_at)
        return refused(set.rule_for("extendable", "procedure/deadline"),
                       "an extension ends later than the period that it extends");
      return std::nullopt;
    }
    case Kind::objected: {
      const bool amendment = fact.objection == ObjectionKind::amendment;
      // Received after expiry it is written down as late; once the decision has its form, it is too late for
      // that.
      const bool late_welcome =
          (item.state == State::adopted || item.state == State::announced) && !item.adopted_in_meeting;
      // Silence is broken once; who objects as well before it would have expired is named too.
      const bool joins = item.state == State::broken && (at < *item.expires_at || at == item.broken_at);
      if (!clock_runs(item) && !late_welcome && !joins)
        return out_of_order(item.state == State::proposed || item.state == State::objected_in_meeting
                                ? "the text is not under silence; object in the meeting"
                                : "the text is not under silence");
      if (amendment && !rules.amendment_breaks)
        return refused(
            set.rule_for("amendment_breaks", "procedure/order"),
            "an amendment breaks no silence under these rules; object, or ask the Chair for another text");
      if (amendment && fact.text.empty()) return refused("procedure/fields", "an amendment has a text");
      if (own_objection(item, actor.delegation) != nullptr)
        return refused("procedure/once", "the delegation has objected already; its objection stands");
      return std::nullopt;
    }
    case Kind::objection_withdrawn:
      if (own_objection(item, actor.delegation) == nullptr)
        return out_of_order("there is no objection of this delegation to withdraw");
      if (item.state != State::objected_in_meeting && item.state != State::proposed &&
          item.state != State::broken && item.state != State::adopted && item.state != State::announced)
        return out_of_order("an objection cannot be withdrawn at this step");
      return std::nullopt;

    case Kind::hold_placed:
      if (rules.hold_months == 0)
        return refused(set.rule_for("hold_months", "procedure/hold"),
                       "these rules know no hold; object, or stay silent");
      if (!clock_runs(item) || time_passed || at >= *item.expires_at)
        return refused(set.rule_for("hold_months", "procedure/hold"),
                       "a hold is placed while the period runs");
      for (const Objection& each : item.objections) {
        if (each.kind == BreakKind::hold && each.round == item.round && each.delegation == actor.delegation)
          return refused("procedure/once", "the delegation had its hold on this text");
      }
      return std::nullopt;
    case Kind::hold_extended:
    case Kind::hold_released: {
      const Objection* hold = item.state == State::on_hold ? item.hold_of(actor.delegation) : nullptr;
      if (hold == nullptr || at >= *hold->until)
        return refused(set.rule_for("hold_months", "procedure/hold"),
                       "the delegation has no hold that stands");
      if (fact.kind == Kind::hold_extended && hold->extensions >= rules.hold_extensions)
        return refused(set.rule_for("hold_extensions", "procedure/hold"),
                       "the hold cannot be extended again");
      return std::nullopt;
    }
    case Kind::hold_expired: {
      const Objection* hold = item.state == State::on_hold ? item.hold_of(fact.holder) : nullptr;
      if (hold == nullptr || at < *hold->until) return out_of_order("the hold has not run out");
      return std::nullopt;
    }
    case Kind::expired:
      if (item.state != State::under_silence || at < *item.expires_at)
        return out_of_order("silence has not expired");
      return std::nullopt;

    case Kind::adopted_in_meeting: {
      const std::string_view rule = set.rule_for("adopts_in_meeting", "procedure/order");
      if (!rules.adopts_in_meeting) return refused(rule, "these rules adopt nothing in a meeting");
      if (item.state != State::draft && item.state != State::proposed &&
          item.state != State::objected_in_meeting)
        return out_of_order("the text cannot be adopted in a meeting at this step");
      const std::string& meeting = fact.meeting.empty() ? item.meeting : fact.meeting;
      if (meeting.empty()) return refused("procedure/fields", "say in which meeting it is adopted");
      for (const Objection& each : item.objections) {
        if (stands_in_meeting(item, each) && (!rules.presence || contains(fact.present, each.delegation)))
          return refused(rule, "a delegation objects: there is no consensus");
      }
      if (rules.quorum_in > 0) {
        std::set<std::string_view> there;
        for (const std::string& each : fact.present) {
          if (item.is_entitled(each)) there.insert(each);
        }
        if (there.size() * static_cast<std::size_t>(rules.quorum_in) <
            item.entitled.size() * static_cast<std::size_t>(rules.quorum_of))
          return refused(set.rule_for("quorum", "procedure/order"), "the meeting has no quorum");
      }
      return std::nullopt;
    }
    case Kind::confirmed:
      if (!rules.letter) return out_of_order("these rules ask for no letter");
      if ((item.state != State::adopted && item.state != State::announced) || item.confirmed_at)
        return out_of_order("a letter confirms a decision that was adopted, once");
      if (fact.letter.empty()) return refused("procedure/fields", "say which letter it is");
      return std::nullopt;
    case Kind::announced:
      if (!rules.announcement || item.adopted_in_meeting)
        return out_of_order("no rule asks for an announcement of this");
      if ((item.state != State::adopted && item.state != State::issued) || item.announced_at)
        return refused(set.rule_for("announcement", "procedure/order"),
                       "an adoption is announced once it is one, once");
      if (fact.meeting.empty()) return refused("procedure/fields", "say in which meeting it is announced");
      return std::nullopt;

    case Kind::statement_made: {
      const std::string_view rule = set.rule_for("statements", "procedure/statements");
      if (!rules.statements) return refused(rule, "these rules attach no statements to a decision");
      if ((item.state != State::adopted && item.state != State::announced) || item.statements_closed)
        return refused(rule, item.statements_closed || item.state == State::issued
                                 ? "the time for statements on this decision has ended"
                                 : "a statement is attached to a decision that was adopted");
      if (!any_words(fact.words)) return refused("procedure/fields", "a statement has a text");
      std::set<std::string_view> joint{actor.delegation};
      for (const std::string& each : fact.with) {
        if (!joint.insert(each).second) return refused("procedure/once", "a State joins a statement once");
        if (!item.is_entitled(each))
          return refused(entitled_rule,
                         "only States that take part in the decision can join a statement on it");
      }
      for (const Statement& each : item.statements) {
        if (each.by.front() == actor.delegation && each.kind == fact.statement)
          return refused("procedure/once", "the delegation has made its statement");
      }
      return std::nullopt;
    }
    case Kind::statements_closed:
      if ((item.state != State::adopted && item.state != State::announced) || item.statements_closed)
        return out_of_order("there are no statements to close");
      return std::nullopt;

    case Kind::issued: {
      if (item.state != State::adopted && item.state != State::announced)
        return out_of_order("only a decision that was adopted is issued, once");
      if (item.adopted_in_meeting) return std::nullopt;
      // Annex 1(A), 4: "The text of the decision shall not be issued until the next meeting."
      if (rules.embargo && !item.announced_at)
        return refused(set.rule_for("embargo", "procedure/order"),
                       "the text is not issued before the meeting in which the adoption is announced");
      if (rules.issue_after == IssueAfter::announcement && !item.announced_at)
        return refused(set.rule_for("issue_after", "procedure/order"),
                       "the decision is issued after its announcement");
      if (rules.issue_after == IssueAfter::letter && !item.confirmed_at)
        return refused(set.rule_for("letter", "procedure/order"),
                       "the decision is issued after the letter that confirms it");
      return std::nullopt;
    }
    case Kind::revised:
      if (clock_runs(item))
        return refused("procedure/text_fixed",
                       "the text is under silence; withdraw it, or let the period end");
      if (item.state != State::draft && item.state != State::proposed &&
          item.state != State::objected_in_meeting && item.state != State::broken)
        return out_of_order("only a text that is not adopted can be revised; a decision is corrected");
      if (!any_words(fact.words)) return refused("procedure/fields", "a revision has a text");
      return std::nullopt;
    case Kind::corrected:
      if (item.state != State::issued)
        return out_of_order("only a decision that was issued can be corrected");
      if (!any_words(fact.words)) return refused("procedure/fields", "a correction has a text");
      return std::nullopt;
    case Kind::withdrawn:
    case Kind::superseded:
      if ((item.state != State::draft && item.state != State::proposed &&
           item.state != State::objected_in_meeting && item.state != State::broken && !clock_runs(item)) ||
          time_passed)
        return out_of_order("a text can be withdrawn until it is adopted");
      if (fact.kind == Kind::superseded && (fact.by_id == item.id || find(fact.by_id) == nullptr))
        return refused("procedure/fields", "name the consultation that takes its place");
      return std::nullopt;

    case Kind::opened:
    case Kind::series_started:
      break;
  }
  return std::nullopt;
}

std::string Book::counter_of(const Case& item) const {
  switch (rules_of(item).parameters.numbered_by) {
    case NumberedBy::session:
      return item.series + "\n" + item.session;
    case NumberedBy::year: {
      const auto zone = Zone::named(item.zone);
      const auto day =
          zone ? zone->local(*item.adopted_at).day
               : std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(*item.adopted_at));
      return item.series + "\n" + std::to_string(static_cast<int>(day.year()));
    }
    case NumberedBy::all:
      break;
  }
  return item.series;
}

void Book::give_number(Case& item) {
  if (!item.number.empty()) return;
  const std::string counter = counter_of(item);
  // The numbers of a series follow one another: the next one is taken here and nowhere else.
  int& next = next_number_.emplace(counter, 1).first->second;
  const std::size_t bar = counter.find('\n');
  const std::string behind = bar == std::string::npos ? "" : counter.substr(bar + 1);
  const std::pair<std::string_view, std::string> parts[] = {
      {"{n}", std::to_string(next)}, {"{series}", item.series}, {"{year}", behind}, {"{session}", behind}};
  item.number = rules_of(item).parameters.number;
  for (const auto& [name, value] : parts) {
    if (const std::size_t place = item.number.find(name); place != std::string::npos)
      item.number.replace(place, name.size(), value);
  }
  ++next;
}

void Book::enter(const Fact& fact) {
  const acts::Actor& actor = fact.stamp.actor;
  if (fact.kind == Kind::series_started) {
    next_number_.emplace(fact.session.empty() ? fact.series : fact.series + "\n" + fact.session, fact.number);
    return;
  }
  if (fact.kind == Kind::opened) {
    const RuleSet* set = rules_.find(fact.rule_set);
    if (set == nullptr)
      throw Error(ErrorKind::corrupt,
                  "the consultation " + fact.stamp.subject + " follows rules that are not in data/procedure");
    Case item{.id = fact.stamp.subject,
              .rule_set = fact.rule_set,
              .body = fact.body,
              .application = fact.application,
              .title = fact.title,
              .proposed_by = actor.capacity == Capacity::delegation ? actor.delegation : fact.proposed_by,
              .zone = fact.zone,
              .series = fact.series.empty() ? set->parameters.series : fact.series,
              .session = fact.session,
              .handling = fact.handling,
              .entitled = fact.entitled,
              .excluded = fact.excluded,
              .opened_at = fact.stamp.at,
              .last_at = fact.stamp.at};
    std::sort(item.entitled.begin(), item.entitled.end());
    item.versions.push_back({.at = fact.stamp.at, .words = fact.words});
    item.history.push_back({.kind = fact.kind, .stamp = fact.stamp});
    cases_.insert_or_assign(item.id, std::move(item));
    return;
  }

  const auto found = cases_.find(fact.stamp.subject);
  if (found == cases_.end())
    throw Error(ErrorKind::corrupt,
                "an act is about the consultation " + fact.stamp.subject + ", which was never opened");
  Case& item = found->second;
  const Parameters& rules = rules_of(item).parameters;
  const Instant at = fact.stamp.at;
  item.last_at = std::max(item.last_at, at);
  item.history.push_back({.kind = fact.kind, .stamp = fact.stamp, .text = fact.text});

  const auto object = [&](BreakKind kind) -> Objection& {
    return item.objections.emplace_back(Objection{.delegation = actor.delegation,
                                                  .by = actor.by,
                                                  .kind = kind,
                                                  .at = at,
                                                  .text = fact.text,
                                                  .round = item.round});
  };
  const auto hold = [&](std::string_view delegation) -> Objection* {
    return const_cast<Objection*>(item.hold_of(delegation));
  };
  const auto adopt = [&](Instant when) {
    item.state = State::adopted;
    item.adopted_at = when;
    if (rules.number_at == NumberAt::adoption) give_number(item);
  };
  // The last hold has ended: the period goes on, or it has passed meanwhile and nobody objected.
  const auto after_hold = [&] {
    if (item.holds_stand()) return;
    item.state = State::under_silence;
    if (const Instant closes = *item.closes_at(); closes > *item.expires_at) adopt(closes);
  };

  switch (fact.kind) {
    case Kind::proposed:
      item.state = State::proposed;
      item.proposed_at = at;
      ++item.suggestions;
      item.meeting = fact.meeting;
      item.suggested_expiry = fact.expires();
      item.suggested_zone = fact.deadline ? fact.deadline->zone : "";
      item.broken_at.reset();
      break;
    case Kind::objected_in_meeting:
      object(BreakKind::in_meeting).suggestion = item.suggestions;
      item.state = State::objected_in_meeting;
      break;
    case Kind::silence_opened:
      item.state = State::under_silence;
      item.silence_at = at;
      item.expires_at = fact.expires() ? fact.expires() : item.suggested_expiry;
      item.expires_zone = fact.deadline ? fact.deadline->zone : item.suggested_zone;
      if (item.expires_zone.empty()) item.expires_zone = item.zone;
      item.suggested_expiry.reset();
      item.broken_at.reset();
      break;
    case Kind::extended:
      item.expires_at = fact.expires();
      if (fact.deadline && !fact.deadline->zone.empty()) item.expires_zone = fact.deadline->zone;
      break;
    case Kind::objected: {
      const auto closes = item.closes_at();
      Objection& made =
          object(fact.objection == ObjectionKind::amendment ? BreakKind::amendment : BreakKind::objection);
      if (item.state == State::broken) break;
      // Annex 1(A), 3: "before the expiration of the silence period": at that very instant it is late.
      made.late = !clock_runs(item) || !closes || at >= *closes;
      if (made.late) break;
      item.state = State::broken;
      item.broken_at = at;
      for (Objection& each : item.objections) {
        if (each.kind == BreakKind::hold && each.round == item.round && !each.withdrawn_at)
          each.withdrawn_at = at;
      }
      break;
    }
    case Kind::objection_withdrawn: {
      if (const Objection* own = own_objection(item, actor.delegation))
        const_cast<Objection*>(own)->withdrawn_at = at;
      const bool stands = std::any_of(item.objections.begin(), item.objections.end(),
                                      [&](const Objection& each) { return stands_in_meeting(item, each); });
      if (item.state == State::objected_in_meeting && !stands) item.state = State::proposed;
      break;
    }
    case Kind::hold_placed:
      object(BreakKind::hold).until = add_months(at, rules.hold_months);
      item.state = State::on_hold;
      break;
    case Kind::hold_extended:
      if (Objection* own = hold(actor.delegation)) {
        own->until = add_months(*own->until, rules.hold_extension_months);
        ++own->extensions;
      }
      break;
    case Kind::hold_released:
      if (Objection* own = hold(actor.delegation)) own->withdrawn_at = at;
      after_hold();
      break;
    case Kind::hold_expired:
      // It stood until its end, however late that is written down.
      if (Objection* own = hold(fact.holder)) own->withdrawn_at = *own->until;
      after_hold();
      break;
    case Kind::expired:
      // The decision is adopted when the period ends, however late that is written down.
      adopt(*item.closes_at());
      break;
    case Kind::adopted_in_meeting:
      item.adopted_in_meeting = true;
      if (!fact.meeting.empty()) item.meeting = fact.meeting;
      adopt(at);
      // It is known in the meeting at once; no later announcement gives the number.
      if (rules.number_at == NumberAt::announcement) give_number(item);
      break;
    case Kind::confirmed:
      item.confirmed_at = at;
      break;
    case Kind::announced:
      item.announced_at = at;
      item.announced_in = fact.meeting;
      item.journal = fact.journal;
      if (item.state == State::adopted) item.state = State::announced;
      if (rules.number_at == NumberAt::announcement) give_number(item);
      break;
    case Kind::statement_made: {
      Statement made{.kind = fact.statement,
                     .by = {actor.delegation},
                     .words = fact.words,
                     .at = at,
                     .attachment = static_cast<int>(item.statements.size()) + 1};
      made.by.insert(made.by.end(), fact.with.begin(), fact.with.end());
      item.statements.push_back(std::move(made));
      break;
    }
    case Kind::statements_closed:
      item.statements_closed = true;
      break;
    case Kind::issued:
      item.state = State::issued;
      item.issued_at = at;
      item.statements_closed = true;
      give_number(item);
      break;
    case Kind::revised:
      ++item.round;
      item.versions.push_back(
          {.mark = "Rev." + std::to_string(item.round), .at = at, .words = fact.words, .note = fact.text});
      item.state = State::draft;
      item.meeting.clear();
      item.suggested_expiry.reset();
      item.expires_at.reset();
      item.proposed_at.reset();
      item.silence_at.reset();
      item.broken_at.reset();
      break;
    case Kind::corrected: {
      const auto before = std::count_if(item.versions.begin(), item.versions.end(),
                                        [](const Version& each) { return each.mark.starts_with("Corr."); });
      item.versions.push_back(
          {.mark = "Corr." + std::to_string(before + 1), .at = at, .words = fact.words, .note = fact.text});
      break;
    }
    case Kind::withdrawn:
      item.state = State::withdrawn;
      break;
    case Kind::superseded:
      item.state = State::superseded;
      item.superseded_by = fact.by_id;
      break;
    case Kind::opened:
    case Kind::series_started:
      break;
  }
  if (clock_runs(item)) {
    running_.insert(item.id);
  } else {
    running_.erase(item.id);
  }
}

std::vector<Fact> Book::due(Instant now) const {
  std::vector<std::pair<Instant, Fact>> found;
  for (const std::string& id : running_) {
    const Case& item = cases_.find(id)->second;
    Fact fact{.stamp = {.at = now, .actor = {.capacity = Capacity::system}, .subject = id}};
    if (item.state == State::under_silence) {
      fact.kind = Kind::expired;
      if (*item.expires_at <= now) found.emplace_back(*item.expires_at, fact);
      continue;
    }
    fact.kind = Kind::hold_expired;
    for (const Objection& each : item.objections) {
      if (each.kind != BreakKind::hold || each.round != item.round || each.withdrawn_at || *each.until > now)
        continue;
      fact.holder = each.delegation;
      found.emplace_back(*each.until, fact);
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Fact> out;
  for (auto& [unused, fact] : found) out.push_back(std::move(fact));
  return out;
}

std::optional<Instant> Book::next_due() const {
  std::optional<Instant> out;
  const auto take = [&](Instant at) { out = out ? std::min(*out, at) : at; };
  for (const std::string& id : running_) {
    const Case& item = cases_.find(id)->second;
    if (item.state == State::under_silence) {
      take(*item.expires_at);
      continue;
    }
    for (const Objection& each : item.objections) {
      if (each.kind == BreakKind::hold && each.round == item.round && !each.withdrawn_at) take(*each.until);
    }
  }
  return out;
}

}  // namespace mithaq::procedure
