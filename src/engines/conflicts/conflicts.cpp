#include "engines/conflicts/conflicts.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/error.hpp"

namespace mithaq::conflicts {

namespace {

constexpr std::string_view kStateNames[] = {"peace", "escalation", "war", "de_escalation"};
constexpr int kYear = 12;  // months

// Adds an act to the part that it belongs to. A conflict has few parts, and the same one comes often.
void add_to(std::vector<Part>& parts, std::uint32_t of, const Act& act, std::size_t events,
            std::unordered_map<std::uint64_t, std::size_t>& places, std::uint64_t key) {
  if (of == kNone) return;
  const auto [place, added] = places.try_emplace(key, parts.size());
  if (added) parts.push_back({.of = of, .first = act.month, .last = act.month});
  Part& part = parts[place->second];
  part.deaths += act.deaths;
  part.events += events;
  part.first = std::min(part.first, act.month);
  part.last = std::max(part.last, act.month);
}

void order(std::vector<Part>& parts) {
  std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) {
    if (a.deaths != b.deaths) return a.deaths > b.deaths;
    if (a.events != b.events) return a.events > b.events;
    return a.of < b.of;
  });
}

// A conflict while its acts are added, month by month.
struct Gathering {
  Conflict conflict{};
  double deadliest = -1;
  double latitude = 0, longitude_east = 0, longitude_north = 0, weight = 0;
};

void add_act(Gathering& to, const Acts& acts, const Act& act, Month end) {
  Conflict& conflict = to.conflict;
  const std::size_t events = acts.event_level && act.counts ? 1 : 0;
  if (conflict.by_month.empty()) {
    conflict.first = act.month;
    conflict.first_event = act.event;
  }
  conflict.last = act.month;
  conflict.last_event = act.event;
  conflict.deaths += act.deaths;
  conflict.deaths_by_kind[static_cast<std::size_t>(act.violence)] += act.deaths;
  conflict.events += events;
  if (act.month > end - kYear) {
    conflict.deaths_12 += act.deaths;
  } else if (act.month > end - 2 * kYear) {
    conflict.deaths_before += act.deaths;
  }
  if (conflict.by_month.empty() || conflict.by_month.back().month != act.month)
    conflict.by_month.push_back({.month = act.month});
  conflict.by_month.back().deaths += act.deaths;
  const int year = events::year_of(act.month);
  if (conflict.years.empty() || conflict.years.back().year != year) conflict.years.push_back({.year = year});
  conflict.years.back().deaths += act.deaths;
  conflict.years.back().events += events;
  if (act.deaths > to.deadliest) {
    to.deadliest = act.deaths;
    conflict.deadliest_event = act.event;
  }
  if (std::isnan(act.latitude) || std::isnan(act.longitude)) return;
  // An event without deaths has a place too. Longitudes are averaged on the circle: 179 and -179 meet at 180.
  constexpr double kDegree = 0.017453292519943295;
  const double weight = act.deaths + 0.5;
  to.latitude += weight * act.latitude;
  to.longitude_east += weight * std::sin(act.longitude * kDegree);
  to.longitude_north += weight * std::cos(act.longitude * kDegree);
  to.weight += weight;
}

Conflict finish(Gathering&& gathered, const Rules& rules) {
  Conflict conflict = std::move(gathered.conflict);
  for (YearOfConflict& year : conflict.years) year.active = year.deaths >= rules.deaths_min;
  conflict.state = state_of(conflict.deaths_12, conflict.deaths_before, rules.deaths_min);
  const auto most = std::max_element(conflict.deaths_by_kind.begin(), conflict.deaths_by_kind.end());
  if (*most > 0) conflict.violence = static_cast<Violence>(most - conflict.deaths_by_kind.begin());
  conflict.latitude = conflict.longitude = NAN;
  if (gathered.weight > 0) {
    constexpr double kRadian = 57.29577951308232;
    conflict.latitude = static_cast<float>(gathered.latitude / gathered.weight);
    conflict.longitude =
        static_cast<float>(std::atan2(gathered.longitude_east, gathered.longitude_north) * kRadian);
  }
  order(conflict.countries);
  order(conflict.parties);
  order(conflict.dyads);
  return conflict;
}

}  // namespace

State state_of(double now, double before, double deaths_min) {
  if (now < deaths_min) return before < deaths_min ? State::peace : State::de_escalation;
  if (before < deaths_min || now >= 2 * before) return State::escalation;
  return 2 * now <= before ? State::de_escalation : State::war;
}

std::string_view name_of(State state) {
  return kStateNames[static_cast<std::size_t>(state)];
}

std::size_t Conflict::years_active() const {
  return static_cast<std::size_t>(
      std::count_if(years.begin(), years.end(), [](const YearOfConflict& year) { return year.active; }));
}

std::vector<Conflict> conflicts(const Acts& acts, const Rules& rules, const Asked& asked) {
  check(rules);
  const Month from = std::max(asked.from.value_or(acts.first), acts.first);
  const Month to = std::min(asked.to.value_or(acts.last), acts.last);
  if (asked.from && asked.to && *asked.to < *asked.from)
    throw Error(ErrorKind::invalid_input, "the time asked for ends before it begins");

  std::vector<bool> wanted_countries(acts.countries.size(), asked.countries.empty());
  for (const CountryIndex country : asked.countries) {
    if (country < wanted_countries.size()) wanted_countries[country] = true;
  }
  std::vector<std::uint32_t> place(acts.conflicts.size(), kNone);  // [ConflictIndex]: in `gathered`
  expect(asked.members == nullptr || asked.members->months.size() == acts.countries.size() * acts.months(),
         "one cell of membership for each country and month");
  const bool anywhere = asked.countries.empty() && asked.members == nullptr;
  std::vector<bool> wanted(acts.conflicts.size(), anywhere);
  const auto wants = [&](const Act& act) {
    if (act.country == kNone || !wanted_countries[act.country]) return false;
    const std::size_t month = static_cast<std::size_t>(act.month - acts.first);
    return asked.members == nullptr ||
           asked.members->months[act.country * acts.months() + month] != Belonging::no;
  };
  std::vector<Gathering> gathered;
  std::unordered_map<std::uint64_t, std::size_t> countries, parties, dyads;
  for (const Act& act : acts.acts) {
    if (act.month < from || act.month > to || !rules.looks_at(act.violence)) continue;
    if (place[act.conflict] == kNone) {
      place[act.conflict] = static_cast<std::uint32_t>(gathered.size());
      gathered.emplace_back();
      gathered.back().conflict.index = act.conflict;
    }
    if (!anywhere && wants(act)) wanted[act.conflict] = true;
    Gathering& to_conflict = gathered[place[act.conflict]];
    add_act(to_conflict, acts, act, to);
    Conflict& conflict = to_conflict.conflict;
    const std::size_t events = acts.event_level && act.counts ? 1 : 0;
    const std::uint64_t key = static_cast<std::uint64_t>(act.conflict) << 32;
    add_to(conflict.countries, act.country, act, events, countries, key | act.country);
    add_to(conflict.parties, act.side_a, act, events, parties, key | act.side_a);
    if (act.side_b != act.side_a)
      add_to(conflict.parties, act.side_b, act, events, parties, key | act.side_b);
    add_to(conflict.dyads, act.dyad, act, events, dyads, key | act.dyad);
  }

  std::vector<Conflict> out;
  for (Gathering& each : gathered) {
    if (!wanted[each.conflict.index]) continue;
    Conflict conflict = finish(std::move(each), rules);
    if (asked.active_only && conflict.years_active() == 0) continue;
    out.push_back(std::move(conflict));
  }
  std::sort(out.begin(), out.end(), [&](const Conflict& a, const Conflict& b) {
    if (a.deaths_12 != b.deaths_12) return a.deaths_12 > b.deaths_12;
    if (a.deaths != b.deaths) return a.deaths > b.deaths;
    return acts.conflicts[a.index].id < acts.conflicts[b.index].id;
  });
  return out;
}

}  // namespace mithaq::conflicts
