#include "engines/exchanges/book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <set>

#include "base/error.hpp"

namespace mithaq::exchanges {

namespace {

constexpr int kFirstYear = 1990;  // of the first Vienna Document
constexpr int kUnitsMax = 100'000;
constexpr int kHoursMax = 14 * 24;

using acts::Refusal;

Refusal refusal(std::string rule, std::string reason, bool forbidden = false) {
  return {.rule = std::move(rule), .reason = std::move(reason), .forbidden = forbidden};
}

std::optional<Refusal> needs_delegation(const acts::Stamp& stamp) {
  if (stamp.actor.delegation.empty())
    return refusal("acts/no_delegation", "this is done for a State: say for which");
  return std::nullopt;
}

// The midnight that begins a day.
Instant begin_of(std::chrono::sys_days day, const Zone& zone) {
  return zone.instants_of({.day = day}).later;
}

}  // namespace

std::string subject_of(std::string_view exchange, int year) {
  return fmt::format("{}-{}", exchange, year);
}

bool Visit::counts() const {
  if (!replied_at || state == VisitState::refused) return false;
  // "An inspection will not be counted if, due to force majeure, it cannot be carried out."
  return !(called_off && called_off->reason == CallOffReason::force_majeure);
}

// --- Exchanges: may it be done ---

std::optional<Book::Named> Book::named(std::string_view subject) const {
  const auto dash = subject.rfind('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view digits = subject.substr(dash + 1);
  Named out{.exchange = rules_->exchange(subject.substr(0, dash))};
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), out.year);
  if (out.exchange == nullptr || failed != std::errc() || end != digits.data() + digits.size() ||
      digits.size() != 4 || out.year < kFirstYear)
    return std::nullopt;
  return out;
}

std::optional<Refusal> Book::takes_part(const acts::Stamp& stamp, const Holds& holds) const {
  if (auto no = needs_delegation(stamp)) return no;
  const auto name = named(stamp.subject);
  if (!name)
    return refusal("exchanges/unknown",
                   fmt::format("there is no exchange \"{}\": it is written aemi-2026", stamp.subject));
  // What is about a year far ahead cannot have been put together yet.
  if (name->year > year_of(stamp.at, rules_->zone(name->exchange->zone)) + 1)
    return refusal("exchanges/not_begun", "the exchange of that year has not begun");
  const std::string& state = stamp.actor.delegation;
  if (!holds(state, name->exchange->obliged) && !holds(state, name->exchange->voluntary))
    return refusal("exchanges/" + name->exchange->id,
                   "only States that take part in an exchange send to it, and this one does not", true);
  return std::nullopt;
}

std::optional<Refusal> Book::fits(const acts::Stamp& stamp, const Paper& paper) const {
  const auto name = named(stamp.subject);
  if (!paper.units) {
    if (!paper.stationed.empty())
      return refusal("exchanges/units",
                     "units abroad are a part of all units: say how many there are in all");
    return std::nullopt;
  }
  if (name && !name->exchange->counts_units)
    return refusal("exchanges/units", "no units are reported in this exchange");
  if (*paper.units < 0 || *paper.units > kUnitsMax)
    return refusal("exchanges/units", fmt::format("the number of units is between 0 and {}", kUnitsMax));
  std::int64_t abroad = 0;
  std::set<std::string_view> hosts;
  for (const Stationed& each : paper.stationed) {
    if (each.units < 1 || each.units > kUnitsMax || each.host.empty() ||
        each.host == stamp.actor.delegation || !hosts.insert(each.host).second)
      return refusal("exchanges/units",
                     "units abroad are said once for each other State on whose territory they are");
    abroad += each.units;
  }
  if (abroad > *paper.units)
    return refusal("exchanges/units", "there are more units abroad than there are in all");
  return std::nullopt;
}

std::optional<Refusal> Book::judge(const CalendarOpened& fact) const {
  int year = 0;
  const std::string& text = fact.stamp.subject;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (text.size() != 4 || failed != std::errc() || end != text.data() + text.size() || year < kFirstYear)
    return refusal("exchanges/calendar", "the calendar of exchanges is opened for a year, such as 2026");
  if (opened_.contains(year))
    return refusal("exchanges/calendar", fmt::format("the calendar of {} is open already", year));
  if (fact.stamp.actor.capacity == acts::Capacity::delegation)
    return refusal("exchanges/calendar", "the secretariat or the chair opens the calendar of a year", true);
  return std::nullopt;
}

std::optional<Refusal> Book::judge(const Sent& fact, const Holds& holds) const {
  if (auto no = takes_part(fact.stamp, holds)) return no;
  const Sending* before = sending(fact.stamp.subject, fact.stamp.actor.delegation);
  if (before != nullptr && !before->versions.empty())
    return refusal(
        "exchanges/one_original",
        fmt::format("it was sent already: send a correction of version {}", before->versions.back().number));
  return fits(fact.stamp, fact.paper);
}

std::optional<Refusal> Book::judge(const NilReported& fact, const Holds& holds) const {
  if (auto no = takes_part(fact.stamp, holds)) return no;
  // "Participating States which have no military forces to be reported will so inform all other participating
  // States."
  if (!named(fact.stamp.subject)->exchange->nil_allowed)
    return refusal("exchanges/nil", "this exchange knows no nil report");
  const Sending* before = sending(fact.stamp.subject, fact.stamp.actor.delegation);
  if (before != nullptr && !before->versions.empty())
    return refusal(
        "exchanges/one_original",
        fmt::format("it was sent already: send a correction of version {}", before->versions.back().number));
  return std::nullopt;
}

std::optional<Refusal> Book::judge(const Corrected& fact, const Holds& holds) const {
  if (auto no = takes_part(fact.stamp, holds)) return no;
  const Sending* before = sending(fact.stamp.subject, fact.stamp.actor.delegation);
  if (before == nullptr || before->versions.empty())
    return refusal("exchanges/nothing_sent", "nothing was sent that could be corrected");
  // Two corrections of one version would leave two papers that both claim to stand: the chain is a line.
  const int last = before->versions.back().number;
  if (fact.corrects < 1 || fact.corrects > last)
    return refusal("exchanges/chain",
                   fmt::format("there is no version {}: the last one is version {}", fact.corrects, last));
  if (fact.corrects != last)
    return refusal("exchanges/chain",
                   fmt::format("version {} was corrected already: correct version {}", fact.corrects, last));
  return fits(fact.stamp, fact.paper);
}

std::optional<Refusal> Book::judge(const OccasionTold& fact, const Holds& holds) const {
  if (auto no = takes_part(fact.stamp, holds)) return no;
  const auto name = named(fact.stamp.subject);
  if (name->exchange->due.occasion.empty())
    return refusal("exchanges/occasion", "the last day of this exchange is a day of the calendar");
  if (!fact.day.ok() || begin_of(fact.day, rules_->zone(name->exchange->zone)) > fact.stamp.at)
    return refusal("exchanges/occasion", "that day has not come: it is told when it has happened");
  const int year = static_cast<int>(fact.day.year());
  if (year < name->year - 1 || year > name->year)
    return refusal("exchanges/occasion", "that day belongs to the exchange of another year");
  const Sending* before = sending(fact.stamp.subject, fact.stamp.actor.delegation);
  if (before != nullptr && before->occasion)
    return refusal("exchanges/occasion",
                   fmt::format("it was told already, for {}", format_day(*before->occasion)));
  return std::nullopt;
}

std::optional<Refusal> Book::judge(const DelayAnnounced& fact, const Holds& holds) const {
  if (auto no = takes_part(fact.stamp, holds)) return no;
  const Sending* before = sending(fact.stamp.subject, fact.stamp.actor.delegation);
  if (before != nullptr && !before->versions.empty())
    return refusal("exchanges/delay", "it was sent already");
  if (fact.reason.empty()) return refusal("exchanges/delay", "say why it will be late");
  const Zone& zone = rules_->zone(named(fact.stamp.subject)->exchange->zone);
  if (fact.expected &&
      begin_of(std::chrono::sys_days(*fact.expected) + std::chrono::days(1), zone) <= fact.stamp.at)
    return refusal("exchanges/delay", "the day on which it is expected has passed");
  return std::nullopt;
}

std::optional<Refusal> Book::judge(const ClarificationAsked& fact, const Holds& holds) const {
  if (auto no = takes_part(fact.stamp, holds)) return no;
  const auto name = named(fact.stamp.subject);
  if (!holds(fact.stamp.actor.delegation, name->exchange->seen_by))
    return refusal("exchanges/" + name->exchange->id,
                   "only States that receive the papers of an exchange ask about them", true);
  if (fact.state == fact.stamp.actor.delegation)
    return refusal("exchanges/clarification", "no State asks itself: send a correction");
  const Sending* sent = sending(fact.stamp.subject, fact.state);
  if (sent == nullptr || sent->versions.empty())
    return refusal("exchanges/clarification", "that State has sent nothing to this exchange");
  if (fact.question.empty()) return refusal("exchanges/clarification", "say what is asked");
  return std::nullopt;
}

std::optional<Refusal> Book::judge(const ClarificationAnswered& fact, const Holds& holds) const {
  if (auto no = takes_part(fact.stamp, holds)) return no;
  const Round* at = round(fact.stamp.subject);
  if (at == nullptr || fact.number < 1 || fact.number > static_cast<int>(at->clarifications.size()))
    return refusal("exchanges/clarification", fmt::format("there is no question {}", fact.number));
  const Clarification& asked = at->clarifications[static_cast<std::size_t>(fact.number - 1)];
  if (asked.of != fact.stamp.actor.delegation)
    return refusal("exchanges/clarification", "the State that was asked answers", true);
  if (asked.answered_at)
    return refusal("exchanges/clarification", fmt::format("question {} was answered", fact.number));
  if (fact.answer.empty()) return refusal("exchanges/clarification", "say what the answer is");
  return std::nullopt;
}

std::optional<Refusal> Book::judge(const Reminded& fact) const {
  if (fact.stamp.actor.capacity != acts::Capacity::system)
    return refusal("acts/system_only", "only the program itself records this", true);
  if (!named(fact.stamp.subject) || rules_->reminder(fact.reminder) == nullptr)
    return refusal("exchanges/unknown", "there is no such reminder");
  // Two processes that find the same date due at once record it once.
  const Round* at = round(fact.stamp.subject);
  const bool told =
      at != nullptr && std::any_of(at->reminded.begin(), at->reminded.end(), [&](const Reminded& past) {
        return past.reminder == fact.reminder &&
               (named(fact.stamp.subject)->exchange->due.day ||
                std::find_first_of(past.states.begin(), past.states.end(), fact.states.begin(),
                                   fact.states.end()) != past.states.end());
      });
  if (told) return refusal("exchanges/reminded", "those who have not sent were told already");
  return std::nullopt;
}

// --- Exchanges: it was done ---

Round& Book::round_at(std::string_view subject) {
  const auto found = rounds_.find(subject);
  if (found != rounds_.end()) return found->second;
  const auto name = named(subject);
  if (!name)
    throw Error(ErrorKind::corrupt, "the record has an exchange \"" + std::string(subject) +
                                        "\" that data/exchanges does not know");
  return rounds_
      .emplace(subject,
               Round{.subject = std::string(subject), .exchange = name->exchange, .year = name->year})
      .first->second;
}

namespace {

void add_version(Sending& to, VersionKind kind, const acts::Stamp& stamp, const Paper& paper,
                 std::uint64_t entry) {
  const int number = static_cast<int>(to.versions.size()) + 1;
  to.versions.push_back({.number = number,
                         .corrects = number - 1,
                         .kind = kind,
                         .at = stamp.at,
                         .by = stamp.actor.by,
                         .paper = paper,
                         .entry = entry});
}

}  // namespace

void Book::enter(const Sent& fact, std::uint64_t entry) {
  add_version(round_at(fact.stamp.subject).sendings[fact.stamp.actor.delegation], VersionKind::original,
              fact.stamp, fact.paper, entry);
}

void Book::enter(const NilReported& fact, std::uint64_t entry) {
  Round& round = round_at(fact.stamp.subject);
  Paper paper{.note = fact.note};
  if (round.exchange->counts_units) paper.units = 0;
  add_version(round.sendings[fact.stamp.actor.delegation], VersionKind::nil, fact.stamp, paper, entry);
}

void Book::enter(const Corrected& fact, std::uint64_t entry) {
  add_version(round_at(fact.stamp.subject).sendings[fact.stamp.actor.delegation], VersionKind::correction,
              fact.stamp, fact.paper, entry);
}

void Book::enter(const OccasionTold& fact, std::uint64_t) {
  round_at(fact.stamp.subject).sendings[fact.stamp.actor.delegation].occasion = fact.day;
}

void Book::enter(const DelayAnnounced& fact, std::uint64_t) {
  round_at(fact.stamp.subject).sendings[fact.stamp.actor.delegation].delay =
      Delay{.at = fact.stamp.at, .reason = fact.reason, .expected = fact.expected};
}

void Book::enter(const ClarificationAsked& fact, std::uint64_t) {
  Round& round = round_at(fact.stamp.subject);
  round.clarifications.push_back({.number = static_cast<int>(round.clarifications.size()) + 1,
                                  .asked_by = fact.stamp.actor.delegation,
                                  .of = fact.state,
                                  .asked_at = fact.stamp.at,
                                  .question = fact.question});
}

void Book::enter(const ClarificationAnswered& fact, std::uint64_t) {
  Round& round = round_at(fact.stamp.subject);
  if (fact.number < 1 || fact.number > static_cast<int>(round.clarifications.size()))
    throw Error(ErrorKind::corrupt, "the record has an answer to a question that nobody asked");
  Clarification& asked = round.clarifications[static_cast<std::size_t>(fact.number - 1)];
  asked.answered_at = fact.stamp.at;
  asked.answer = fact.answer;
}

void Book::enter(const Reminded& fact, std::uint64_t) {
  round_at(fact.stamp.subject).reminded.push_back(fact);
}

// --- Exchanges: how it stands ---

const Round* Book::round(std::string_view subject) const {
  const auto found = rounds_.find(subject);
  return found == rounds_.end() ? nullptr : &found->second;
}

std::vector<const Round*> Book::rounds() const {
  std::vector<const Round*> out;
  for (const auto& [subject, round] : rounds_) out.push_back(&round);
  return out;
}

const Sending* Book::sending(std::string_view subject, std::string_view state) const {
  const Round* at = round(subject);
  if (at == nullptr) return nullptr;
  const auto found = at->sendings.find(state);
  return found == at->sendings.end() ? nullptr : &found->second;
}

std::optional<Instant> Book::deadline_for(std::string_view subject, std::string_view state) const {
  const auto name = named(subject);
  if (!name) return std::nullopt;
  const Sending* sent = sending(subject, state);
  return deadline(*rules_, *name->exchange, name->year, sent == nullptr ? std::nullopt : sent->occasion);
}

SendingState Book::state_of(std::string_view subject, std::string_view state, Instant now) const {
  const auto until = deadline_for(subject, state);
  const Sending* sent = sending(subject, state);
  if (sent != nullptr && !sent->versions.empty())
    return until && sent->versions.front().at >= *until ? SendingState::late : SendingState::on_time;
  if (!until) return SendingState::open;
  if (sent != nullptr && sent->delay) {
    // A delay that was announced holds until the day that was promised has passed.
    const Zone& zone = rules_->zone(named(subject)->exchange->zone);
    const auto& expected = sent->delay->expected;
    if (!expected || now < begin_of(std::chrono::sys_days(*expected) + std::chrono::days(1), zone))
      return SendingState::announced;
  }
  return now < *until ? SendingState::awaited : SendingState::missing;
}

// --- Visits: may it be done ---

const Visit* Book::visit(std::string_view id) const {
  const auto found = visit_ids_.find(id);
  return found == visit_ids_.end() ? nullptr : &visits_[found->second];
}

Visit& Book::visit_at(std::string_view id) {
  const auto found = visit_ids_.find(id);
  if (found == visit_ids_.end())
    throw Error(ErrorKind::corrupt,
                "the record has an act of a visit \"" + std::string(id) + "\" that nobody asked for");
  return visits_[found->second];
}

std::string Book::next_visit(Instant enters, const VisitKind& kind) const {
  const int year = year_of(enters, rules_->zone(kind.zone));
  const auto same = std::count_if(visits_.begin(), visits_.end(), [&](const Visit& each) {
    return each.id.starts_with(fmt::format("VISIT-{}-", year));
  });
  return fmt::format("VISIT-{}-{:04}", year, same + 1);
}

std::optional<Reported> Book::reported_for(std::string_view state, int year, int* from_year) const {
  // The newest report that is about the year or, until there is one, about an earlier year.
  // Ours: what was reported last stands until the State reports again.
  const Round* best = nullptr;
  int best_year = 0;
  for (const auto& [subject, round] : rounds_) {
    const int about = round.year + round.exchange->about;
    if (!round.exchange->counts_units || about > year || (best != nullptr && about <= best_year)) continue;
    const auto sent = round.sendings.find(state);
    if (sent == round.sendings.end()) continue;
    const auto& versions = sent->second.versions;
    if (std::none_of(versions.begin(), versions.end(),
                     [](const Version& each) { return each.paper.units.has_value(); }))
      continue;
    best = &round;
    best_year = about;
  }
  if (from_year != nullptr) *from_year = best_year;
  if (best == nullptr) return std::nullopt;
  // A correction that says nothing of units leaves them as they were.
  const auto& versions = best->sendings.find(state)->second.versions;
  const auto last = std::find_if(versions.rbegin(), versions.rend(),
                                 [](const Version& each) { return each.paper.units.has_value(); });
  Reported out{.units = *last->paper.units};
  for (const Stationed& each : last->paper.stationed) out.stationed[each.host] = each.units;
  return out;
}

Tally Book::tally(const VisitKind& kind, std::string_view state, int year) const {
  Tally out{.kind = &kind, .state = std::string(state), .year = year};
  out.reported = reported_for(state, year, &out.reported_year);
  out.quota = quota_of(*rules_, kind.id, out.reported);
  out.same_state = same_state_limit(*rules_, kind.id, out.quota);
  for (const Visit& each : visits_) {
    if (each.kind != &kind || each.asked.receiving != state || each.year != year || !each.counts()) continue;
    ++out.used.all;
    ++out.used.by_state[each.asking()];
    if (!each.asked.unit.empty()) {
      ++out.used.by_unit[each.asked.unit];
      ++out.used.by_unit_and_state[{each.asked.unit, each.asking()}];
    }
    if (each.host() != state) ++out.used.by_host[each.host()];
  }
  return out;
}

std::vector<Stay> Book::stays(const VisitKind& kind, std::string_view except) const {
  std::vector<Stay> out;
  for (const Visit& each : visits_) {
    if (each.kind != &kind || each.id == except) continue;
    if (each.carried_out)
      out.push_back({.host = each.host(), .from = each.carried_out->entered, .to = each.carried_out->left});
    else if (each.state == VisitState::accepted)
      out.push_back({.host = each.host(),
                     .from = each.asked.enters,
                     .to = each.asked.enters + stay_of(*rules_, each.asked)});
  }
  return out;
}

std::vector<Exhausted> Book::free_of(const VisitRequested& asked) const {
  const VisitKind* kind = rules_->visit(asked.kind);
  if (kind == nullptr || !kind->by_quota) return {};
  const Tally counted = tally(*kind, asked.receiving, year_of(asked.enters, rules_->zone(kind->zone)));
  return exhausted(*rules_, asked, counted.reported, counted.used, stays(*kind, asked.stamp.subject));
}

namespace {

std::optional<Refusal> forbidden_by(const std::vector<Exhausted>& reached) {
  for (const Exhausted& each : reached) {
    if (each.forbids)
      return refusal(each.rule->id, fmt::format("the unit was visited as often as it may be: {} of {}",
                                                each.used, each.limit));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> Book::judge(const VisitRequested& fact, const Holds& holds) const {
  if (auto no = needs_delegation(fact.stamp)) return no;
  const std::string& asking = fact.stamp.actor.delegation;
  const VisitKind* kind = rules_->visit(fact.kind);
  if (kind == nullptr)
    return refusal("exchanges/unknown", fmt::format("there is no kind of visit \"{}\"", fact.kind));
  if (!holds(asking, kind->asked_by))
    return refusal("exchanges/" + kind->id, "only the States that its rules name ask for such a visit", true);
  if (fact.receiving.empty() || fact.receiving == asking)
    return refusal("exchanges/visit", "say which other State is to be visited");
  if (!holds(fact.receiving, kind->received_by))
    return refusal("exchanges/" + kind->id, "that State does not receive such visits");
  if (kind->names_unit && fact.unit.empty())
    return refusal("exchanges/" + kind->id, "such a visit is to a formation or unit: name it");
  if (fact.hours < 0 || fact.hours > kHoursMax)
    return refusal("exchanges/visit", fmt::format("a visit stays between 1 and {} hours", kHoursMax));
  if (fact.enters <= fact.stamp.at)
    return refusal("exchanges/visit", "the estimated entry is later than the request");
  // A year's number is of four digits, in ids and in quotas.
  if (fact.enters > fact.stamp.at + std::chrono::days(2 * 366))
    return refusal("exchanges/visit", "the estimated entry is more than two years ahead");
  if (std::find(fact.with.begin(), fact.with.end(), fact.receiving) != fact.with.end())
    return refusal("exchanges/visit", "the State that is visited is not of the team");
  const auto notice = fact.enters - fact.stamp.at;
  // "The request will be submitted at least 36 hours, but not more than five days, prior to the estimated
  // entry"
  if (const QuotaRule* rule = rules_->rule(kind->id, Measure::notice_min);
      rule != nullptr && notice < std::chrono::hours(rule->number))
    return refusal(rule->id,
                   fmt::format("a visit is asked for at least {} hours before the entry", rule->number));
  if (const QuotaRule* rule = rules_->rule(kind->id, Measure::notice_max);
      rule != nullptr && notice > std::chrono::hours(rule->number))
    return refusal(rule->id,
                   fmt::format("a visit is asked for at most {} hours before the entry", rule->number));
  if (const QuotaRule* rule = rules_->rule(kind->id, Measure::stay);
      rule != nullptr && fact.hours > rule->number)
    return refusal(rule->id, fmt::format("such a visit stays at most {} hours", rule->number));
  // That a State is not obliged is for that State to say; that a unit may not be visited again is not.
  return forbidden_by(free_of(fact));
}

std::optional<Refusal> Book::of_visit(const acts::Stamp& stamp, const Visit** out) const {
  if (auto no = needs_delegation(stamp)) return no;
  *out = visit(stamp.subject);
  if (*out == nullptr) throw Error(ErrorKind::not_found, "there is no visit \"" + stamp.subject + "\"");
  return std::nullopt;
}

std::optional<Refusal> Book::judge(const VisitAccepted& fact) const {
  const Visit* at = nullptr;
  if (auto no = of_visit(fact.stamp, &at)) return no;
  if (fact.stamp.actor.delegation != at->asked.receiving)
    return refusal("exchanges/visit_answer", "the State that is to be visited answers", true);
  if (at->state != VisitState::requested)
    return refusal("exchanges/visit_answer", "the request was answered already or called off");
  return forbidden_by(free_of(at->asked));
}

std::optional<Refusal> Book::judge(const VisitRefused& fact) const {
  const Visit* at = nullptr;
  if (auto no = of_visit(fact.stamp, &at)) return no;
  if (fact.stamp.actor.delegation != at->asked.receiving)
    return refusal("exchanges/visit_answer", "the State that is to be visited answers", true);
  if (at->state != VisitState::requested)
    return refusal("exchanges/visit_answer", "the request was answered already or called off");
  if (fact.reason == RefusalReason::force_majeure || fact.reason == RefusalReason::other) {
    if (fact.text.empty()) return refusal("exchanges/visit_answer", "say why the visit is refused");
    return std::nullopt;
  }
  // A refusal that names a rule must be true: the numbers are known to both sides.
  const auto reached = free_of(at->asked);
  if (std::any_of(reached.begin(), reached.end(),
                  [&](const Exhausted& each) { return each.reason == fact.reason; }))
    return std::nullopt;
  constexpr std::array<Measure, 5> kMeasureOf = {Measure::total_per_units, Measure::same_state_part,
                                                 Measure::unit, Measure::at_once, Measure::stationed_share};
  const Tally counted = tally(*at->kind, at->asked.receiving, at->year);
  const QuotaRule* rule = rules_->rule(at->kind->id, kMeasureOf[static_cast<std::size_t>(fact.reason)]);
  if (fact.reason == RefusalReason::quota && counted.quota)
    return refusal(counted.quota->rule->id, fmt::format("the quota is not used up: {} of {}",
                                                        counted.used.all, counted.quota->number));
  if (fact.reason == RefusalReason::same_state && counted.same_state) {
    const auto used = counted.used.by_state.find(at->asking());
    return refusal(
        counted.same_state->rule->id,
        fmt::format("the part of the quota for that State is not used up: {} of {}",
                    used == counted.used.by_state.end() ? 0 : used->second, counted.same_state->number));
  }
  return refusal(rule == nullptr ? "exchanges/" + at->kind->id : rule->id,
                 "that reason does not hold: the numbers of the record do not bear it out");
}

std::optional<Refusal> Book::judge(const VisitCalledOff& fact) const {
  const Visit* at = nullptr;
  if (auto no = of_visit(fact.stamp, &at)) return no;
  const std::string& by = fact.stamp.actor.delegation;
  if (by != at->asking() && by != at->asked.receiving)
    return refusal("exchanges/visit_called_off", "one of the two States calls a visit off", true);
  if (at->state != VisitState::requested && at->state != VisitState::accepted)
    return refusal("exchanges/visit_called_off", "the visit is over, or was refused or called off already");
  if (fact.reason == CallOffReason::withdrawn && by != at->asking())
    return refusal("exchanges/visit_called_off",
                   "the State that asked withdraws a request; the other refuses it, or names force majeure");
  if (fact.reason == CallOffReason::force_majeure && fact.text.empty())
    return refusal("exchanges/visit_called_off", "say what the force majeure is");
  return std::nullopt;
}

std::optional<Refusal> Book::judge(const VisitCarriedOut& fact) const {
  const Visit* at = nullptr;
  if (auto no = of_visit(fact.stamp, &at)) return no;
  const std::string& by = fact.stamp.actor.delegation;
  if (by != at->asking() && by != at->asked.receiving)
    return refusal("exchanges/visit_carried_out", "one of the two States says that a visit took place", true);
  if (at->state != VisitState::accepted)
    return refusal("exchanges/visit_carried_out", "only a visit that was accepted is carried out, once");
  if (fact.entered < *at->replied_at || fact.left <= fact.entered || fact.left > fact.stamp.at)
    return refusal("exchanges/visit_carried_out",
                   "the team enters after the answer, leaves after it entered, and has left by now");
  return std::nullopt;
}

std::optional<Refusal> Book::judge(const VisitReportSent& fact) const {
  const Visit* at = nullptr;
  if (auto no = of_visit(fact.stamp, &at)) return no;
  if (fact.stamp.actor.delegation != at->asking())
    return refusal("exchanges/visit_report", "the State that made the visit reports on it", true);
  if (at->state != VisitState::carried_out)
    return refusal("exchanges/visit_report", "a visit is reported on when it has taken place");
  if (at->report) return refusal("exchanges/visit_report", "the report was sent already");
  return fits(fact.stamp, fact.paper);
}

std::optional<Refusal> Book::judge(const VisitOverdue& fact) const {
  if (fact.stamp.actor.capacity != acts::Capacity::system)
    return refusal("acts/system_only", "only the program itself records this", true);
  const Visit* at = visit(fact.stamp.subject);
  if (at == nullptr) return refusal("exchanges/unknown", "there is no such visit");
  if (fact.what == OverdueWhat::reply ? at->reply_overdue_told : at->report_overdue_told)
    return refusal("exchanges/reminded", "it was told already that the time is over");
  return std::nullopt;
}

// --- Visits: it was done ---

void Book::enter(const VisitRequested& fact, std::uint64_t) {
  const VisitKind* kind = rules_->visit(fact.kind);
  if (kind == nullptr)
    throw Error(ErrorKind::corrupt,
                "the record has a visit \"" + fact.kind + "\" that data/exchanges does not know");
  Visit visit{.id = fact.stamp.subject,
              .kind = kind,
              .asked = fact,
              .year = year_of(fact.enters, rules_->zone(kind->zone))};
  if (const QuotaRule* reply = rules_->rule(kind->id, Measure::reply))
    visit.reply_due = fact.stamp.at + std::chrono::hours(reply->number);
  visit_ids_.emplace(visit.id, visits_.size());
  visits_.push_back(std::move(visit));
}

void Book::enter(const VisitAccepted& fact, std::uint64_t) {
  Visit& at = visit_at(fact.stamp.subject);
  at.state = VisitState::accepted;
  at.replied_at = fact.stamp.at;
}

void Book::enter(const VisitRefused& fact, std::uint64_t) {
  Visit& at = visit_at(fact.stamp.subject);
  at.state = VisitState::refused;
  at.replied_at = fact.stamp.at;
  at.refused = fact;
}

void Book::enter(const VisitCalledOff& fact, std::uint64_t) {
  Visit& at = visit_at(fact.stamp.subject);
  at.state = VisitState::called_off;
  at.called_off = fact;
}

void Book::enter(const VisitCarriedOut& fact, std::uint64_t) {
  Visit& at = visit_at(fact.stamp.subject);
  at.state = VisitState::carried_out;
  at.carried_out = fact;
  if (const QuotaRule* report = rules_->rule(at.kind->id, Measure::report))
    at.report_due = fact.left + std::chrono::days(report->number);
}

void Book::enter(const VisitReportSent& fact, std::uint64_t) {
  visit_at(fact.stamp.subject).report = fact;
}

void Book::enter(const VisitOverdue& fact, std::uint64_t) {
  Visit& at = visit_at(fact.stamp.subject);
  (fact.what == OverdueWhat::reply ? at.reply_overdue_told : at.report_overdue_told) = true;
}

// --- What time alone brings ---

namespace {

// The days of the latest reminder that a State, or anybody if it is empty, was given; the least int if none
// was.
int days_told(const Rules& rules, const Round* round, std::string_view state) {
  int out = std::numeric_limits<int>::min();
  if (round == nullptr) return out;
  for (const Reminded& past : round->reminded) {
    const Reminder* rule = rules.reminder(past.reminder);
    if (rule != nullptr &&
        (state.empty() || std::find(past.states.begin(), past.states.end(), state) != past.states.end()))
      out = std::max(out, rule->days);
  }
  return out;
}

// When a reminder comes: as the day begins that is so many days from the last day.
Instant moment_of(const Reminder& reminder, std::chrono::year_month_day last, const Zone& zone) {
  return begin_of(std::chrono::sys_days(last) + std::chrono::days(reminder.days), zone);
}

}  // namespace

std::vector<Book::Step> Book::steps_left(const Exchange& exchange, int year) const {
  const int done = days_told(*rules_, round(subject_of(exchange.id, year)), "");
  std::vector<Step> out;
  for (const Step& each : steps_) {
    if (each.exchange == &exchange && each.year == year && each.reminder->days > done) out.push_back(each);
  }
  return out;
}

void Book::enter(const CalendarOpened& fact, std::uint64_t) {
  int year = 0;
  std::from_chars(fact.stamp.subject.data(), fact.stamp.subject.data() + fact.stamp.subject.size(), year);
  if (!opened_.emplace(year, fact.stamp.at).second) return;
  for (const Exchange& exchange : rules_->exchanges()) {
    const auto last = last_day(exchange, year, std::nullopt);
    if (exchange.obliged.empty() || !last) continue;
    for (const Reminder& each : rules_->reminders()) {
      if (!each.is_for(exchange.id)) continue;
      const Instant moment = moment_of(each, *last, rules_->zone(exchange.zone));
      // What was to be told before the calendar was opened is not told afterwards.
      if (moment >= fact.stamp.at)
        steps_.push_back({.exchange = &exchange, .year = year, .reminder = &each, .at = moment});
    }
  }
}

std::vector<Reminded> Book::reminders_due(
    Instant now,
    const std::function<std::vector<std::string>(const std::vector<std::string>&)>& holders) const {
  std::vector<Reminded> out;
  for (const auto& [year, opened] : opened_) {
    for (const Exchange& exchange : rules_->exchanges()) {
      if (exchange.obliged.empty()) continue;
      const std::string subject = subject_of(exchange.id, year);
      const Round* at = round(subject);
      if (exchange.due.day) {
        // After an absence the last step that has come is told, not each of them at once.
        const Step* step = nullptr;
        const std::vector<Step> left = steps_left(exchange, year);
        for (const Step& each : left)
          if (each.at <= now) step = &each;
        if (step == nullptr) continue;
        Reminded fact{.reminder = step->reminder->id};
        fact.stamp = {.at = now, .subject = subject};
        for (std::string& state : holders(exchange.obliged)) {
          const Sending* sent = sending(subject, state);
          if (sent == nullptr || sent->versions.empty()) fact.states.push_back(std::move(state));
        }
        out.push_back(std::move(fact));
        continue;
      }
      if (at == nullptr) continue;
      // Each State has a last day of its own.
      std::map<const Reminder*, std::vector<std::string>> told;
      for (const auto& [state, sent] : at->sendings) {
        if (!sent.occasion || !sent.versions.empty()) continue;
        const int done = days_told(*rules_, at, state);
        const Reminder* due = nullptr;
        for (const Reminder& each : rules_->reminders()) {
          if (!each.is_for(exchange.id)) continue;
          const Instant moment =
              moment_of(each, *last_day(exchange, year, sent.occasion), rules_->zone(exchange.zone));
          if (moment >= opened && moment <= now && each.days > done) due = &each;
        }
        if (due != nullptr) told[due].push_back(state);
      }
      for (const Reminder& each : rules_->reminders()) {
        const auto found = told.find(&each);
        if (found == told.end()) continue;
        Reminded fact{.reminder = each.id, .states = found->second};
        fact.stamp = {.at = now, .subject = subject};
        out.push_back(std::move(fact));
      }
    }
  }
  for (Reminded& each : out) each.stamp.actor.capacity = acts::Capacity::system;
  return out;
}

std::vector<VisitOverdue> Book::overdue(Instant now) const {
  std::vector<VisitOverdue> out;
  const auto add = [&](const Visit& at, OverdueWhat what) {
    VisitOverdue fact{.what = what};
    fact.stamp = {.at = now, .actor = {.capacity = acts::Capacity::system}, .subject = at.id};
    out.push_back(std::move(fact));
  };
  for (const Visit& each : visits_) {
    if (each.state == VisitState::requested && each.reply_due && *each.reply_due <= now &&
        !each.reply_overdue_told)
      add(each, OverdueWhat::reply);
    if (each.state == VisitState::carried_out && each.report_due && !each.report && *each.report_due <= now &&
        !each.report_overdue_told)
      add(each, OverdueWhat::report);
  }
  return out;
}

std::optional<Instant> Book::next_due() const {
  std::optional<Instant> next;
  const auto consider = [&](Instant at) {
    if (!next || at < *next) next = at;
  };
  for (const auto& [year, opened] : opened_) {
    for (const Exchange& exchange : rules_->exchanges()) {
      if (exchange.obliged.empty()) continue;
      if (exchange.due.day) {
        for (const Step& each : steps_left(exchange, year)) consider(each.at);
        continue;
      }
      const Round* at = round(subject_of(exchange.id, year));
      if (at == nullptr) continue;
      for (const auto& [state, sent] : at->sendings) {
        if (!sent.occasion || !sent.versions.empty()) continue;
        const int done = days_told(*rules_, at, state);
        for (const Reminder& each : rules_->reminders()) {
          if (!each.is_for(exchange.id)) continue;
          const Instant moment =
              moment_of(each, *last_day(exchange, year, sent.occasion), rules_->zone(exchange.zone));
          if (each.days > done && moment >= opened) consider(moment);
        }
      }
    }
  }
  for (const Visit& each : visits_) {
    if (each.state == VisitState::requested && each.reply_due && !each.reply_overdue_told)
      consider(*each.reply_due);
    if (each.state == VisitState::carried_out && each.report_due && !each.report && !each.report_overdue_told)
      consider(*each.report_due);
  }
  return next;
}

}  // namespace mithaq::exchanges
