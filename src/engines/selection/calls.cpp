#include "engines/selection/calls.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"

namespace mithaq::selection {

namespace {

constexpr int kPlacesMax = 10'000;
constexpr std::size_t kCriteriaMax = 30;
constexpr std::size_t kNominationsMax = 20'000;

acts::Refusal refusal(std::string rule, std::string reason, bool forbidden = false) {
  return {.rule = std::move(rule), .reason = std::move(reason), .forbidden = forbidden};
}

bool is_in(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// What is left of an act's fold after the person behind it was erased.
constexpr int kNobody = 0;

std::optional<acts::Refusal> judge_opening(const Call* there, const acts::Stamp& stamp, const Opened& call) {
  if (there != nullptr) return refusal("call/opened_already", "the call " + stamp.subject + " is there");
  if (call.title.empty()) return refusal("call/title", "a call has a title");
  if (call.closes <= stamp.at) return refusal("call/deadline", "the deadline of a call is still to come");
  if (call.opens >= call.closes) return refusal("call/deadline", "a call opens before it closes");
  if (call.places < 0 || call.places > kPlacesMax || call.per_state < 0)
    return refusal("call/places", "a call has from 1 to 10000 places");
  if (call.places == 0 && !call.roster_until.ok())
    return refusal("call/places", "a call has places, or a roster with its last day");
  if (call.eligible_statuses.empty() && call.eligible_states.empty())
    return refusal("call/eligible", "a call says which statuses or States may nominate");
  if (call.criteria.empty() || call.criteria.size() > kCriteriaMax)
    return refusal("call/criteria", "a call states its criteria, from 1 to 30");
  std::set<std::string> ids;
  for (const Criterion& each : call.criteria) {
    if (each.id.empty() || each.text.empty() || !ids.insert(each.id).second)
      return refusal("call/criteria", "each criterion has an id of its own and a text");
  }
  if (call.starts.ok() && call.ends.ok() && call.ends < call.starts)
    return refusal("call/days", "what a call is for does not end before it begins");
  return std::nullopt;
}

// A text under every criterion, and under no other.
std::optional<acts::Refusal> judge_remarks(const Opened& call, const std::vector<Remark>& remarks, bool all) {
  std::set<std::string> said;
  for (const Remark& each : remarks) {
    const bool known =
        std::any_of(call.criteria.begin(), call.criteria.end(),
                    [&](const Criterion& criterion) { return criterion.id == each.criterion; });
    if (!known) return refusal("call/criteria", "the call has no criterion \"" + each.criterion + "\"");
    if (each.text.empty() || !said.insert(each.criterion).second)
      return refusal("call/reasons", "each criterion has one reason, and it is not empty");
  }
  if (!all) return std::nullopt;
  for (const Criterion& each : call.criteria) {
    if (!said.contains(each.id))
      return refusal("call/reasons",
                     "a reason is stated under every criterion; \"" + each.id + "\" has none");
  }
  return std::nullopt;
}

// The nomination a fact is about, if it has one.
template <typename T>
std::int64_t number_of(const T& fact) {
  if constexpr (requires { fact.nomination; }) {
    return fact.nomination;
  } else {
    return kNobody;
  }
}

bool holds_place(State state) {
  return state == State::selected || state == State::accepted || state == State::deployed ||
         state == State::returned;
}

}  // namespace

int Call::taken() const {
  return static_cast<int>(std::count_if(nominations.begin(), nominations.end(),
                                        [](const auto& each) { return holds_place(each.second.state); }));
}

const Nomination* Call::next_reserve() const {
  const Nomination* next = nullptr;
  for (const auto& [unused, each] : nominations) {
    if (each.state == State::reserve && (next == nullptr || each.reserve_order < next->reserve_order))
      next = &each;
  }
  return next;
}

bool eligible(const Opened& call, std::string_view state, const Holds& holds) {
  return is_in(call.eligible_states, state) ||
         std::any_of(call.eligible_statuses.begin(), call.eligible_statuses.end(),
                     [&](const std::string& status) { return holds(state, status); });
}

const Call* Calls::find(std::string_view id) const {
  const auto found = calls_.find(id);
  return found == calls_.end() ? nullptr : &found->second;
}

namespace {

// Judges the acts about a call that is there.
struct Judge {
  const Call& call;
  const acts::Stamp& stamp;
  const Holds& holds;
  const Nomination* nomination = nullptr;  // if the fact names one

  using Verdict = std::optional<acts::Refusal>;

  // A State acts for its own nominees alone; whoever acts for the organization may act for all.
  Verdict of_own() const {
    if (stamp.actor.delegation.empty() || stamp.actor.delegation == nomination->delegation)
      return std::nullopt;
    return refusal("call/own_nominations", "a State acts for its own nominees alone", true);
  }
  Verdict in_state(std::initializer_list<State> allowed, const char* otherwise) const {
    if (std::find(allowed.begin(), allowed.end(), nomination->state) != allowed.end()) return std::nullopt;
    return refusal("call/state", otherwise);
  }

  Verdict operator()(const Opened& fact) const { return judge_opening(&call, stamp, fact); }
  Verdict operator()(const Extended& fact) const {
    if (fact.closes <= call.closes || fact.closes <= stamp.at)
      return refusal("call/deadline", "a deadline is only moved to a later instant");
    if (fact.reason.empty()) return refusal("call/reason", "it is said why");
    return std::nullopt;
  }
  Verdict operator()(const Cancelled& fact) const {
    if (fact.reason.empty()) return refusal("call/reason", "it is said why");
    return std::nullopt;
  }
  Verdict operator()(const Nominated& fact) const {
    const std::string& state = stamp.actor.delegation;
    if (state.empty()) return refusal("call/nominator", "a State nominates", true);
    // Who may not nominate at all is told so, early or late.
    if (!eligible(call.said, state, holds))
      return refusal("call/eligible", "the call is open to States of other statuses", true);
    if (stamp.at < call.said.opens)
      return refusal("call/deadline", "the call takes nominations from " + format_instant(call.said.opens));
    if (stamp.at >= call.closes)
      return refusal("call/deadline",
                     "the nomination came after the deadline of " + format_instant(call.closes));
    const auto own = std::count_if(call.nominations.begin(), call.nominations.end(), [&](const auto& each) {
      return each.second.delegation == state && each.second.state != State::withdrawn;
    });
    if (call.said.per_state > 0 && own >= call.said.per_state)
      return refusal("call/per_state", "the call takes " + std::to_string(call.said.per_state) +
                                           " of each State; withdraw one to nominate another");
    if (call.nominations.size() >= kNominationsMax)
      return refusal("call/places", "the call has too many nominations");
    if (fact.nomination <= call.last_number)
      return refusal("call/number", "a nomination has a number that was not given before");
    if (fact.preference < 0) return refusal("call/preference", "a preference is 1, 2, 3 …");
    return judge_remarks(call.said, fact.statements, false);
  }
  Verdict operator()(const PersonNamed& fact) const {
    if (auto not_own = of_own()) return not_own;
    if (fact.name.empty()) return refusal("call/person", "a nomination names a person");
    return in_state({State::nominated, State::selected, State::reserve, State::accepted},
                    "the nomination is closed; another person is another nomination");
  }
  Verdict operator()(const Withdrawn&) const {
    if (auto not_own = of_own()) return not_own;
    return in_state({State::nominated, State::selected, State::reserve, State::accepted},
                    "only a nomination that stands is withdrawn");
  }
  Verdict operator()(const Decided& fact) const {
    if (stamp.at < call.closes)
      return refusal("call/before_deadline",
                     "nobody is chosen before the deadline has passed, " + format_instant(call.closes));
    if (auto wrong = in_state({State::nominated, State::reserve, State::not_selected, State::selected},
                              "only a nomination that stands and is not accepted is decided on"))
      return wrong;
    if (auto wrong = judge_remarks(call.said, fact.reasons, true)) return wrong;
    const int others = call.taken() - (holds_place(nomination->state) ? 1 : 0);
    if (fact.outcome == Outcome::selected && call.said.places > 0 && others >= call.said.places)
      return refusal("call/places", "all places are taken; a reserve follows when one is free");
    if ((fact.outcome == Outcome::reserve) != (fact.reserve_order > 0))
      return refusal("call/reserve", "a reserve, and only a reserve, has an order from 1");
    if (fact.outcome == Outcome::reserve) {
      for (const auto& [number, each] : call.nominations)
        if (number != fact.nomination && each.state == State::reserve &&
            each.reserve_order == fact.reserve_order)
          return refusal("call/reserve", "two reserves do not have one order");
    }
    return std::nullopt;
  }
  Verdict operator()(const Accepted&) const {
    if (auto not_own = of_own()) return not_own;
    return in_state({State::selected}, "only who was selected accepts");
  }
  Verdict operator()(const Declined&) const {
    if (auto not_own = of_own()) return not_own;
    return in_state({State::selected, State::accepted, State::reserve},
                    "only who was selected or is a reserve declines");
  }
  Verdict operator()(const Deployed& fact) const {
    // From a roster somebody goes more than once; else once.
    if (call.said.roster_until.ok()) {
      if (auto wrong =
              in_state({State::accepted, State::returned}, "only who accepted, or is back, is deployed"))
        return wrong;
      if (fact.from.ok() && fact.from > call.said.roster_until)
        return refusal("call/roster", "the roster ended before that day");
    } else if (auto wrong = in_state({State::accepted}, "only who accepted is deployed")) {
      return wrong;
    }
    if (!fact.from.ok() || !fact.to.ok() || fact.to < fact.from)
      return refusal("call/days", "a deployment has a first and a last day, in this order");
    if (fact.place.empty() || fact.duty.empty())
      return refusal("call/deployment", "a deployment has a place and a duty");
    if (!nomination->deployments.empty() && fact.from <= nomination->deployments.back().returned)
      return refusal("call/days", "two deployments of one person do not overlap");
    return std::nullopt;
  }
  Verdict operator()(const Returned& fact) const {
    if (auto wrong = in_state({State::deployed}, "only who is deployed returns")) return wrong;
    const Deployed& deployed = nomination->deployments.back().said;
    if (!fact.day.ok() || fact.day < deployed.from)
      return refusal("call/days", "nobody returns before they were deployed");
    return std::nullopt;
  }
  Verdict operator()(const Reported& fact) const {
    if (fact.text.empty()) return refusal("call/report", "a report has a text");
    if (nomination == nullptr) {
      if (!stamp.actor.delegation.empty())
        return refusal("call/own_nominations", "a State acts for its own nominees alone", true);
      return std::nullopt;
    }
    if (auto not_own = of_own()) return not_own;
    return in_state({State::deployed, State::returned}, "who was deployed reports");
  }
};

}  // namespace

std::optional<acts::Refusal> Calls::judge(const acts::Stamp& stamp, const Fact& fact,
                                          const Holds& holds) const {
  const Call* call = find(stamp.subject);
  if (const auto* opened = std::get_if<Opened>(&fact)) return judge_opening(call, stamp, *opened);
  if (call == nullptr) return refusal("call/unknown", "there is no call " + stamp.subject);
  if (call->cancelled) return refusal("call/cancelled", "the call was cancelled");
  Judge judge{.call = *call, .stamp = stamp, .holds = holds};
  const std::int64_t number = std::visit([](const auto& each) { return number_of(each); }, fact);
  const bool names_one = !std::holds_alternative<Nominated>(fact) &&
                         std::visit(
                             [](const auto& each) {
                               return requires {
                                 each.nomination;
                               };
                             },
                             fact) &&
                         !(std::holds_alternative<Reported>(fact) && number == kNobody);
  if (names_one) {
    const auto found = call->nominations.find(number);
    if (found == call->nominations.end())
      return refusal("call/unknown", "the call has no nomination " + std::to_string(number));
    judge.nomination = &found->second;
  }
  return std::visit(judge, fact);
}

bool Calls::enter(std::uint64_t entry, const acts::Stamp& stamp, const Fact& fact) {
  if (const auto* opened = std::get_if<Opened>(&fact)) {
    calls_[stamp.subject] = {
        .id = stamp.subject, .said = *opened, .at = stamp.at, .entry = entry, .closes = opened->closes};
    return true;
  }
  const auto found = calls_.find(stamp.subject);
  if (found == calls_.end()) return false;
  Call& call = found->second;
  if (const auto* nominated = std::get_if<Nominated>(&fact)) {
    call.nominations[nominated->nomination] = {.number = nominated->nomination,
                                               .delegation = stamp.actor.delegation,
                                               .said = *nominated,
                                               .at = stamp.at,
                                               .entry = entry};
    call.last_number = std::max(call.last_number, nominated->nomination);
    return true;
  }
  if (const auto* extended = std::get_if<Extended>(&fact)) {
    call.closes = extended->closes;
    return true;
  }
  if (const auto* cancelled = std::get_if<Cancelled>(&fact)) {
    call.cancelled = true;
    call.cancelled_for = cancelled->reason;
    return true;
  }
  const std::int64_t number = std::visit([](const auto& each) { return number_of(each); }, fact);
  if (const auto* reported = std::get_if<Reported>(&fact)) {
    if (number != kNobody && !call.nominations.contains(number)) return false;
    call.reports.push_back({.said = *reported, .at = stamp.at, .actor = stamp.actor, .entry = entry});
    return true;
  }
  const auto which = call.nominations.find(number);
  if (which == call.nominations.end()) return false;
  Nomination& nomination = which->second;
  if (const auto* person = std::get_if<PersonNamed>(&fact)) {
    nomination.person = *person;
    nomination.person_entry = entry;
  } else if (const auto* withdrawn = std::get_if<Withdrawn>(&fact)) {
    nomination.state = State::withdrawn;
    nomination.why_left = withdrawn->reason;
  } else if (const auto* decided = std::get_if<Decided>(&fact)) {
    nomination.state = decided->outcome == Outcome::selected  ? State::selected
                       : decided->outcome == Outcome::reserve ? State::reserve
                                                              : State::not_selected;
    nomination.reserve_order = decided->reserve_order;
    nomination.reasons = decided->reasons;
    nomination.decided_at = stamp.at;
  } else if (std::holds_alternative<Accepted>(fact)) {
    nomination.state = State::accepted;
  } else if (const auto* declined = std::get_if<Declined>(&fact)) {
    nomination.state = State::declined;
    nomination.why_left = declined->reason;
  } else if (const auto* deployed = std::get_if<Deployed>(&fact)) {
    nomination.state = State::deployed;
    nomination.deployments.push_back({.said = *deployed});
  } else if (const auto* returned = std::get_if<Returned>(&fact)) {
    if (nomination.deployments.empty()) return false;
    nomination.state = State::returned;
    nomination.deployments.back().returned = returned->day;
    nomination.deployments.back().reason = returned->reason;
  }
  return true;
}

std::vector<RosterLine> Calls::roster(Kind kind, std::chrono::sys_days day) const {
  std::vector<RosterLine> lines;
  for (const auto& [unused, call] : calls_) {
    if (call.said.kind != kind || call.cancelled || !call.said.roster_until.ok() ||
        day > std::chrono::sys_days(call.said.roster_until))
      continue;
    for (const auto& [number, nomination] : call.nominations) {
      if (nomination.state != State::accepted && nomination.state != State::deployed &&
          nomination.state != State::returned)
        continue;
      RosterLine line{.call = &call, .nomination = &nomination};
      for (const Deployment& each : nomination.deployments) {
        const std::chrono::sys_days to(each.returned.ok() ? each.returned : each.said.to);
        line.deployed = line.deployed || (day >= std::chrono::sys_days(each.said.from) && day <= to);
      }
      lines.push_back(line);
    }
  }
  return lines;
}

}  // namespace mithaq::selection
