// Where a decision is on its way, rule by rule, and what comes next.
#include <algorithm>

#include "engines/procedure/book.hpp"

namespace mithaq::procedure {

namespace {

bool clock_runs(const Case& item) {
  return item.state == State::under_silence || item.state == State::on_hold;
}

bool waits_for_issue(const Case& item) {
  return item.state == State::adopted || item.state == State::announced;
}

bool had_hold(const Case& item) {
  return std::any_of(item.objections.begin(), item.objections.end(), [&](const Objection& each) {
    return each.kind == BreakKind::hold && each.round == item.round;
  });
}

bool before_silence(const Case& item) {
  return item.state == State::draft || item.state == State::proposed ||
         item.state == State::objected_in_meeting;
}

Step step_of(const Rule& rule, const Case& item, const Parameters& rules) {
  const auto step = [&](StepState state, std::optional<Instant> at = std::nullopt) {
    return Step{.rule = &rule, .state = state, .at = at};
  };
  const auto reached = [&](const std::optional<Instant>& at, bool next) {
    return at ? step(StepState::done, at) : step(next ? StepState::next : StepState::not_taken);
  };
  switch (rule.stage) {
    case Stage::general:
      return step(StepState::done, item.opened_at);
    case Stage::proposal:
      return reached(item.proposed_at, item.state == State::draft);
    case Stage::room:
      if (item.state == State::objected_in_meeting) return step(StepState::now);
      return step(item.state == State::proposed ? StepState::next : StepState::not_taken);
    case Stage::interim:
    case Stage::silence:
      if (clock_runs(item)) return step(StepState::now, item.silence_at);
      return reached(item.silence_at,
                     item.state == State::proposed || (!rules.starts_in_meeting && before_silence(item)));
    case Stage::breaking:
      if (item.state == State::broken) return step(StepState::now, item.broken_at);
      return step(clock_runs(item) ? StepState::next : StepState::not_taken);
    case Stage::hold:
      if (item.state == State::on_hold) return step(StepState::now);
      if (item.state == State::under_silence) return step(StepState::next);
      return step(had_hold(item) ? StepState::done : StepState::not_taken);
    case Stage::adoption:
      return reached(item.adopted_at,
                     clock_runs(item) || (rules.adopts_in_meeting && item.state == State::proposed));
    case Stage::letter:
      return reached(item.confirmed_at, waits_for_issue(item) && !item.adopted_in_meeting);
    case Stage::announcement:
      return reached(item.announced_at,
                     (waits_for_issue(item) || item.state == State::issued) && !item.adopted_in_meeting);
    case Stage::statements:
      if (waits_for_issue(item) && !item.statements_closed) return step(StepState::now);
      return step(item.statements.empty() ? StepState::not_taken : StepState::done);
    case Stage::issue:
      return reached(item.issued_at, waits_for_issue(item));
  }
  return step(StepState::not_taken);
}

}  // namespace

std::vector<Step> Book::steps(const Case& item) const {
  std::vector<Step> out;
  const RuleSet& set = rules_of(item);
  for (const Rule& each : set.rules) out.push_back(step_of(each, item, set.parameters));
  return out;
}

std::vector<Next> Book::next(const Case& item) const {
  std::vector<Next> out;
  const RuleSet& set = rules_of(item);
  const Parameters& rules = set.parameters;
  const auto at_stage = [&](Stage stage) -> std::string {
    for (const Rule& each : set.rules) {
      if (each.stage == stage) return each.id;
    }
    return "procedure/order";
  };
  const auto say = [&](std::string says, std::string rule, std::optional<Instant> at = std::nullopt) {
    out.push_back({.says = std::move(says), .rule = std::move(rule), .at = at});
  };
  const auto by = [&](std::string_view parameter) {
    return std::string(set.rule_for(parameter, "procedure/order"));
  };
  const auto objection_breaks = [&] {
    say(rules.amendment_breaks ? "an objection or an amendment received before then breaks silence"
                               : "an objection received before then breaks silence",
        at_stage(Stage::breaking), item.closes_at());
  };
  switch (item.state) {
    case State::draft:
      if (rules.starts_in_meeting) {
        say("the Chair suggests the silence procedure in a meeting and states the exact time of expiry",
            by("starts_in_meeting"));
      } else if (rules.silence) {
        say("the Chair circulates the text under silence", by("silence"));
      }
      if (rules.adopts_in_meeting)
        say("the meeting adopts the text if nobody objects", by("adopts_in_meeting"));
      break;
    case State::proposed:
      if (rules.silence)
        say("if nobody objects in the meeting, the text comes under silence", by("silence"),
            item.suggested_expiry);
      if (rules.adopts_in_meeting)
        say("the meeting adopts the text if nobody objects", by("adopts_in_meeting"));
      break;
    case State::objected_in_meeting:
      say("the objection is withdrawn, the text is revised, or it is suggested again in another meeting",
          by("room_objection_stops"));
      break;
    case State::under_silence:
      say("if silence is kept, the decision is adopted", at_stage(Stage::adoption), item.expires_at);
      objection_breaks();
      if (rules.hold_months > 0)
        say("a member may ask for more time by a hold", by("hold_months"), item.expires_at);
      break;
    case State::on_hold:
      say("the matter is pending: if nobody objects until the last hold ends, the decision is adopted",
          by("hold_months"), item.closes_at());
      objection_breaks();
      break;
    case State::broken:
      say("the decision is not adopted: the text is revised, or every objection is withdrawn",
          at_stage(Stage::breaking));
      break;
    case State::adopted:
    case State::announced:
    case State::issued:
      if (item.state != State::issued && rules.letter && !item.confirmed_at && !item.adopted_in_meeting)
        say("the adoption is confirmed by letter", by("letter"));
      if (rules.announcement && !item.announced_at && !item.adopted_in_meeting)
        say("the Chair announces the adoption in the next meeting", by("announcement"));
      if (item.state == State::issued) break;
      if (rules.statements && !item.statements_closed)
        say("interpretative statements and reservations can be made until the meeting closes or the decision "
            "is issued",
            by("statements"));
      say("the secretariat issues the decision with its number and attachments", at_stage(Stage::issue));
      break;
    case State::withdrawn:
    case State::superseded:
      break;
  }
  return out;
}

}  // namespace mithaq::procedure
