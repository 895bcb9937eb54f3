#include "engines/missions/missions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/error.hpp"
#include "base/table.hpp"

namespace mithaq::missions {

namespace {

using acts::Refusal;

constexpr int kPeopleMax = 10'000;

Refusal refusal(std::string rule, std::string reason, bool forbidden = false) {
  return {.rule = std::move(rule), .reason = std::move(reason), .forbidden = forbidden};
}

[[noreturn]] void refuse(const Table& table, std::size_t row, const std::string& reason) {
  throw Error(ErrorKind::invalid_input,
              table.name() + ":" + std::to_string(table.line_of(row)) + ": " + reason);
}

// Who runs missions: the secretariat, or the chair of the organization.
std::optional<Refusal> runs_missions(const acts::Stamp& stamp) {
  if (stamp.actor.capacity == acts::Capacity::delegation)
    return refusal("missions/secretariat", "the secretariat or the chair leads missions", true);
  return std::nullopt;
}

std::optional<Refusal> counted(Kind kind, const Numbers& numbers) {
  for (const int each : {numbers.long_term, numbers.short_term, numbers.staff}) {
    if (each < 0 || each > kPeopleMax)
      return refusal("missions/numbers", fmt::format("a number of people is between 0 and {}", kPeopleMax));
  }
  if (kind == Kind::election ? numbers.staff != 0 : numbers.long_term != 0 || numbers.short_term != 0)
    return refusal("missions/numbers",
                   "an election mission has long- and short-term observers, a field operation has staff");
  return std::nullopt;
}

int left_of(int asked, int pledged) {
  return std::max(0, asked - pledged);
}

}  // namespace

// --- The rules ---

Rules Rules::load(const std::filesystem::path& folder) {
  const Table table = Table::read(folder / "rules.tsv");
  Rules out;
  constexpr std::array<std::string_view, 4> kMeasures = {"seconding", "share", "long_before", "short_before"};
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    Rule rule{.id = std::string(table.cell(row, "id")),
              .quote = std::string(table.cell(row, "quote")),
              .source = std::string(table.cell(row, "source"))};
    if (rule.id.empty() || out.find(rule.id) != nullptr) refuse(table, row, "a rule has an id of its own");
    const auto kinds = names_of(Kind{});
    const auto kind = std::find(kinds.begin(), kinds.end(), table.cell(row, "kind"));
    if (kind == kinds.end()) refuse(table, row, "the kind is election or field");
    rule.kind = static_cast<Kind>(kind - kinds.begin());
    const auto measure = std::find(kMeasures.begin(), kMeasures.end(), table.cell(row, "measure"));
    if (measure == kMeasures.end())
      refuse(table, row, "there is no measure \"" + std::string(table.cell(row, "measure")) + "\"");
    rule.measure = static_cast<Measure>(measure - kMeasures.begin());
    if (out.find(rule.kind, rule.measure) != nullptr)
      refuse(table, row, "the kind has a rule of this measure already");
    for (const std::string_view each : split_values(table.cell(row, "statuses")))
      rule.statuses.emplace_back(each);
    if (rule.measure == Measure::seconding) {
      if (rule.statuses.empty()) refuse(table, row, "nobody may second anybody");
    } else {
      const std::string_view number = table.cell(row, "number");
      const auto [end, failed] = std::from_chars(number.data(), number.data() + number.size(), rule.number);
      if (failed != std::errc() || end != number.data() + number.size() || rule.number < 1)
        refuse(table, row, "the number is at least 1");
    }
    for (const char* language : {"ar", "en", "ru"}) rule.says[language] = table.cell(row, language);
    out.all_.push_back(std::move(rule));
  }
  return out;
}

const Rule* Rules::find(Kind kind, Measure measure) const {
  const auto found = std::find_if(all_.begin(), all_.end(), [&](const Rule& each) {
    return each.kind == kind && each.measure == measure;
  });
  return found == all_.end() ? nullptr : &*found;
}

const Rule* Rules::find(std::string_view id) const {
  const auto found = std::find_if(all_.begin(), all_.end(), [&](const Rule& each) { return each.id == id; });
  return found == all_.end() ? nullptr : &*found;
}

Numbers most_of_one_state(const Rules& rules, Kind kind, const Numbers& asked) {
  const Rule* share = rules.find(kind, Measure::share);
  if (share == nullptr) return asked;
  // "No more than ten per cent of the observers of a mission come from one participating State."
  // Ours: of each kind of observers, and at least one where any are asked for.
  const auto part = [&](int number) { return number == 0 ? 0 : std::max(1, number / share->number); };
  return {
      .long_term = part(asked.long_term), .short_term = part(asked.short_term), .staff = part(asked.staff)};
}

// --- What became of them ---

Numbers Mission::pledged() const {
  Numbers out;
  for (const auto& [state, pledge] : pledges) {
    out.long_term += pledge.numbers.long_term;
    out.short_term += pledge.numbers.short_term;
    out.staff += pledge.numbers.staff;
  }
  return out;
}

Numbers Mission::still_asked() const {
  const Numbers have = pledged();
  return {.long_term = left_of(asked.long_term, have.long_term),
          .short_term = left_of(asked.short_term, have.short_term),
          .staff = left_of(asked.staff, have.staff)};
}

const Mission* Book::find(std::string_view id) const {
  const auto found = missions_.find(id);
  return found == missions_.end() ? nullptr : &found->second;
}

Mission& Book::at(std::string_view id) {
  const auto found = missions_.find(id);
  if (found == missions_.end())
    throw Error(ErrorKind::corrupt,
                "the record has an act of a mission \"" + std::string(id) + "\" that was never opened");
  return found->second;
}

std::string Book::next_id(Instant at) const {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(at)};
  const std::string series = fmt::format("MISSION-{}-", static_cast<int>(day.year()));
  const auto same = std::count_if(missions_.begin(), missions_.end(),
                                  [&](const auto& each) { return each.first.starts_with(series); });
  return fmt::format("{}{:03}", series, same + 1);
}

std::optional<Refusal> Book::open_one(const acts::Stamp& stamp, const Mission** out) const {
  *out = find(stamp.subject);
  if (*out == nullptr) throw Error(ErrorKind::not_found, "there is no mission \"" + stamp.subject + "\"");
  if ((*out)->closed) return refusal("missions/closed", "the mission is closed");
  return std::nullopt;
}

std::optional<Refusal> Book::judge(const acts::Stamp& stamp, const Opened& fact) const {
  if (auto no = runs_missions(stamp)) return no;
  if (fact.title.empty()) return refusal("missions/title", "a mission has a title");
  if (fact.country.empty()) return refusal("missions/country", "say in which country the mission is");
  const std::set<std::string_view> organizations(fact.organizations.begin(), fact.organizations.end());
  if (organizations.empty() || organizations.size() != fact.organizations.size())
    return refusal("missions/organizations", "say of which organization the mission is, each once");
  if (!fact.from.ok() || !fact.to.ok() || fact.to < fact.from)
    return refusal("missions/days", "a mission has a first day and a last day that is not before it");
  if (auto no = counted(fact.kind, fact.asked)) return no;
  if (fact.kind == Kind::field)
    return fact.election_day.ok()
               ? std::optional(refusal("missions/days", "a field operation has no election day"))
               : std::nullopt;
  if (!fact.election_day.ok() || fact.election_day < fact.from || fact.election_day > fact.to)
    return refusal("missions/days", "the election day is one of the days of the mission");
  // Observers have to be there before what they observe.
  const int days =
      static_cast<int>((std::chrono::sys_days(fact.election_day) - std::chrono::sys_days(fact.from)).count());
  for (const auto& [number, measure] : {std::pair(fact.asked.long_term, Measure::long_before),
                                        std::pair(fact.asked.short_term, Measure::short_before)}) {
    const Rule* rule = rules_->find(fact.kind, measure);
    if (number > 0 && rule != nullptr && days < rule->number)
      return refusal(rule->id,
                     fmt::format("such observers come at least {} days before the election day, and the "
                                 "mission begins {} days before it",
                                 rule->number, days));
  }
  return std::nullopt;
}

std::optional<Refusal> Book::judge(const acts::Stamp& stamp, const Changed& fact) const {
  if (auto no = runs_missions(stamp)) return no;
  const Mission* mission = nullptr;
  if (auto no = open_one(stamp, &mission)) return no;
  if (auto no = counted(mission->said.kind, fact.asked)) return no;
  if (fact.to.ok() && (fact.to < mission->said.from ||
                       (mission->said.election_day.ok() && fact.to < mission->said.election_day)))
    return refusal("missions/days", "a mission does not end before it begins, nor before its election day");
  return std::nullopt;
}

std::optional<Refusal> Book::judge(const acts::Stamp& stamp, const Joined& fact) const {
  if (auto no = runs_missions(stamp)) return no;
  const Mission* mission = nullptr;
  if (auto no = open_one(stamp, &mission)) return no;
  const auto& all = mission->organizations;
  if (fact.organization.empty() || std::find(all.begin(), all.end(), fact.organization) != all.end())
    return refusal("missions/organizations", "say which other organization joins the mission");
  return std::nullopt;
}

std::optional<Refusal> Book::judge(const acts::Stamp& stamp, const Left& fact) const {
  if (auto no = runs_missions(stamp)) return no;
  const Mission* mission = nullptr;
  if (auto no = open_one(stamp, &mission)) return no;
  const auto& all = mission->organizations;
  if (std::find(all.begin(), all.end(), fact.organization) == all.end())
    return refusal("missions/organizations", "that organization is not of the mission");
  if (all.size() == 1)
    return refusal("missions/organizations", "the last organization does not leave: it closes the mission");
  return std::nullopt;
}

std::optional<Refusal> Book::judge(const acts::Stamp& stamp, const Pledged& fact, const Holds& holds) const {
  const std::string& state = stamp.actor.delegation;
  if (state.empty()) return refusal("acts/no_delegation", "this is done for a State: say for which");
  const Mission* mission = nullptr;
  if (auto no = open_one(stamp, &mission)) return no;
  const Kind kind = mission->said.kind;
  const Rule* seconding = rules_->find(kind, Measure::seconding);
  if (seconding == nullptr || !holds(state, seconding->statuses))
    return refusal(seconding == nullptr ? "missions/seconding" : seconding->id,
                   "only the States that the rule names second people to such a mission", true);
  // Nobody observes an election at home.
  if (kind == Kind::election && state == mission->said.country)
    return refusal("missions/own_election", "no State observes its own election", true);
  if (auto no = counted(kind, fact.numbers)) return no;
  const Numbers most = most_of_one_state(*rules_, kind, mission->asked);
  const auto over = [&](int pledged, int limit) -> std::optional<Refusal> {
    if (pledged <= limit) return std::nullopt;
    const Rule* share = rules_->find(kind, Measure::share);
    return refusal(
        share == nullptr ? "missions/asked" : share->id,
        fmt::format("at most {} of them may come from one State, and {} are offered", limit, pledged));
  };
  if (auto no = over(fact.numbers.long_term, most.long_term)) return no;
  if (auto no = over(fact.numbers.short_term, most.short_term)) return no;
  return over(fact.numbers.staff, most.staff);
}

std::optional<Refusal> Book::judge(const acts::Stamp& stamp, const Closed&) const {
  if (auto no = runs_missions(stamp)) return no;
  const Mission* mission = nullptr;
  return open_one(stamp, &mission);
}

void Book::enter(const acts::Stamp& stamp, const Opened& fact) {
  missions_.emplace(stamp.subject, Mission{.id = stamp.subject,
                                           .said = fact,
                                           .asked = fact.asked,
                                           .to = fact.to,
                                           .organizations = fact.organizations,
                                           .at = stamp.at});
}

void Book::enter(const acts::Stamp& stamp, const Changed& fact) {
  Mission& mission = at(stamp.subject);
  mission.asked = fact.asked;
  if (fact.to.ok()) mission.to = fact.to;
}

void Book::enter(const acts::Stamp& stamp, const Joined& fact) {
  at(stamp.subject).organizations.push_back(fact.organization);
}

void Book::enter(const acts::Stamp& stamp, const Left& fact) {
  auto& all = at(stamp.subject).organizations;
  all.erase(std::remove(all.begin(), all.end(), fact.organization), all.end());
}

void Book::enter(const acts::Stamp& stamp, const Pledged& fact) {
  Mission& mission = at(stamp.subject);
  if (fact.numbers.sum() == 0) {
    mission.pledges.erase(stamp.actor.delegation);
  } else {
    mission.pledges[stamp.actor.delegation] = {.numbers = fact.numbers, .note = fact.note, .at = stamp.at};
  }
}

void Book::enter(const acts::Stamp& stamp, const Closed& fact) {
  Mission& mission = at(stamp.subject);
  mission.closed = fact;
  mission.closed_at = stamp.at;
}

}  // namespace mithaq::missions
