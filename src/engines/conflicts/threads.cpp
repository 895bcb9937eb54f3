#include "engines/conflicts/threads.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <unordered_map>

#include "base/error.hpp"
#include "base/random.hpp"

namespace mithaq::conflicts {

namespace {

constexpr std::size_t kBlock = 12;  // months that stay together when years are shuffled
constexpr std::size_t kConditionCountriesMin = 10;

struct Window {
  Month from = 0, to = 0;
  bool holds(Month month) const { return month >= from && month <= to; }
  std::size_t months() const { return to < from ? 0 : static_cast<std::size_t>(to - from + 1); }
};

Window window_of(const Acts& acts, std::optional<Month> from, std::optional<Month> to) {
  if (from && to && *to < *from)
    throw Error(ErrorKind::invalid_input, "the time asked for ends before it begins");
  return {std::max(from.value_or(acts.first), acts.first), std::min(to.value_or(acts.last), acts.last)};
}

// An actor while its acts are added. Months come in order.
struct ActorGathering {
  std::map<ConflictIndex, Role> roles{};
  std::map<CountryIndex, Part> countries{};
  std::map<ConflictIndex, double> deadliest{};
  std::map<int, std::set<ConflictIndex>> years{};
};

void add_act(ActorGathering& to, const Act& act) {
  const std::size_t events = act.counts ? 1 : 0;
  const auto [role, added] = to.roles.try_emplace(act.conflict);
  if (added) role->second = {.conflict = act.conflict, .first = act.month, .first_event = act.event};
  role->second.deaths += act.deaths;
  role->second.events += events;
  role->second.last = act.month;
  role->second.last_event = act.event;
  const auto [deadliest, first] = to.deadliest.try_emplace(act.conflict, act.deaths);
  if (first || act.deaths > deadliest->second) {
    deadliest->second = act.deaths;
    role->second.deadliest_event = act.event;
  }
  to.years[events::year_of(act.month)].insert(act.conflict);
  if (act.country == kNone) return;
  const auto [country, new_country] = to.countries.try_emplace(act.country);
  if (new_country) country->second = {.of = act.country, .first = act.month};
  country->second.deaths += act.deaths;
  country->second.events += events;
  country->second.last = act.month;
}

// The series less its mean and scaled to length 1, so that the sum of products of two is their correlation;
// all zeros if it does not move.
void standardize(std::vector<double>& series) {
  const double mean = std::accumulate(series.begin(), series.end(), 0.0) /
                      static_cast<double>(std::max<std::size_t>(1, series.size()));
  double square = 0;
  for (double& each : series) {
    each -= mean;
    square += each * each;
  }
  const double length = std::sqrt(square);
  for (double& each : series) each = length > 0 ? each / length : 0;
}

double product(std::span<const double> a, std::span<const double> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

// log(1 + deaths) of each month less its mean over the twelve months before; from the thirteenth month on.
std::vector<double> what_is_new(std::span<const double> deaths) {
  std::vector<double> out;
  if (deaths.size() <= kBlock) return out;
  std::vector<double> level(deaths.size());
  std::transform(deaths.begin(), deaths.end(), level.begin(), [](double each) { return std::log1p(each); });
  out.reserve(deaths.size() - kBlock);
  for (std::size_t at = kBlock; at < level.size(); ++at) {
    double sum = 0;  // anew for each month: a running sum would not come back to zero exactly
    for (std::size_t back = 1; back <= kBlock; ++back) sum += level[at - back];
    out.push_back(level[at] - sum / static_cast<double>(kBlock));
  }
  return out;
}

// The series as a circle, turned and with its blocks of twelve shuffled.
void shuffle_blocks(std::span<const double> series, Random& random, std::vector<std::size_t>& order,
                    std::vector<double>& out) {
  const std::size_t count = series.size(), blocks = (count + kBlock - 1) / kBlock;
  const std::size_t turn = random.below(static_cast<std::uint32_t>(count));
  order.resize(blocks);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t left = blocks; left > 1; --left)
    std::swap(order[left - 1], order[random.below(static_cast<std::uint32_t>(left))]);
  out.clear();
  for (const std::size_t block : order) {
    for (std::size_t at = block * kBlock; at < std::min((block + 1) * kBlock, count); ++at)
      out.push_back(series[(at + turn) % count]);
  }
}

// Deaths of each country that is asked for by month of the window, and of each conflict there.
struct ByCountry {
  std::unordered_map<CountryIndex, std::vector<double>> months{};
  std::unordered_map<CountryIndex, std::map<ConflictIndex, double>> conflicts{};
};

ByCountry by_country(const Acts& acts, const Rules& rules, const Window& window,
                     const std::vector<Border>& borders) {
  ByCountry out;
  for (const auto& [a, b] : borders) {
    for (const CountryIndex each : {a, b}) out.months[each].assign(window.months(), 0);
  }
  for (const Act& act : acts.acts) {
    if (!window.holds(act.month) || !rules.looks_at(act.violence)) continue;
    const auto series = out.months.find(act.country);
    if (series == out.months.end()) continue;
    series->second[static_cast<std::size_t>(act.month - window.from)] += act.deaths;
    out.conflicts[act.country][act.conflict] += act.deaths;
  }
  return out;
}

void test(Neighbours& pair, std::span<const double> a, std::span<const double> b,
          const NeighbourRules& rules) {
  std::vector<double> new_a = what_is_new(a), new_b = what_is_new(b);
  if (new_a.size() < 2 * kBlock) return;
  standardize(new_a);
  standardize(new_b);
  pair.correlation = product(new_a, new_b);
  Random random(rules.seed, static_cast<std::uint64_t>(pair.border.first) << 32 | pair.border.second);
  std::vector<std::size_t> order;
  std::vector<double> shuffled;
  std::size_t at_least = 0;
  for (std::size_t draw = 0; draw < rules.draws; ++draw) {
    shuffle_blocks(new_a, random, order, shuffled);
    if (product(shuffled, new_b) >= pair.correlation) ++at_least;
  }
  pair.p = static_cast<double>(1 + at_least) / static_cast<double>(1 + rules.draws);
}

}  // namespace

std::vector<SharedActor> shared_actors(const Acts& acts, const ActorRules& rules) {
  check(rules.rules);
  const Window window = window_of(acts, rules.from, rules.to);
  std::unordered_map<ActorIndex, ActorGathering> actors;
  for (const Act& act : acts.acts) {
    if (!window.holds(act.month) || !rules.rules.looks_at(act.violence)) continue;
    if (act.side_a != kNone) add_act(actors[act.side_a], act);
    if (act.side_b != kNone && act.side_b != act.side_a) add_act(actors[act.side_b], act);
  }
  std::vector<SharedActor> out;
  for (auto& [actor, gathered] : actors) {
    SharedActor shared{.actor = actor, .government = acts.actors[actor].starts_with("Government of ")};
    std::set<ConflictIndex> counted;
    for (const auto& [conflict, role] : gathered.roles) {
      if (role.deaths < rules.deaths_min) continue;
      shared.roles.push_back(role);
      shared.deaths += role.deaths;
      counted.insert(conflict);
    }
    for (const auto& [country, part] : gathered.countries) {
      if (part.deaths >= rules.deaths_min) shared.countries.push_back(part);
    }
    if (shared.roles.empty() || (shared.roles.size() < 2 && shared.countries.size() < 2)) continue;
    for (const auto& [year, conflicts] : gathered.years) {
      const auto of_them = std::count_if(conflicts.begin(), conflicts.end(),
                                         [&](ConflictIndex each) { return counted.contains(each); });
      if (of_them >= 2) ++shared.years_together;
    }
    std::sort(shared.roles.begin(), shared.roles.end(), [](const Role& a, const Role& b) {
      return a.deaths != b.deaths ? a.deaths > b.deaths : a.conflict < b.conflict;
    });
    std::sort(shared.countries.begin(), shared.countries.end(), [](const Part& a, const Part& b) {
      return a.deaths != b.deaths ? a.deaths > b.deaths : a.of < b.of;
    });
    out.push_back(std::move(shared));
  }
  std::sort(out.begin(), out.end(), [&](const SharedActor& a, const SharedActor& b) {
    if (a.roles.size() != b.roles.size()) return a.roles.size() > b.roles.size();
    if (a.deaths != b.deaths) return a.deaths > b.deaths;
    return acts.actors[a.actor] < acts.actors[b.actor];
  });
  return out;
}

std::vector<Neighbours> shared_neighbours(const Acts& acts, const std::vector<Border>& borders,
                                          const NeighbourRules& rules) {
  check(rules.rules);
  if (rules.draws < 99 || rules.draws > 99999)
    throw Error(ErrorKind::invalid_input, "years are shuffled 99 to 99999 times");
  const Window window = window_of(acts, rules.from, rules.to);
  for (const auto& [a, b] : borders)
    expect(a < b && b < acts.countries.size(), "a border lies between two countries, the lower first");
  const ByCountry deaths = by_country(acts, rules.rules, window, borders);
  std::vector<Neighbours> out;
  std::vector<std::size_t> tested;
  for (const Border& border : borders) {
    Neighbours pair{.border = border, .months = window.months()};
    const std::vector<double>& a = deaths.months.at(border.first);
    const std::vector<double>& b = deaths.months.at(border.second);
    for (std::size_t month = 0; month < pair.months; ++month) {
      const bool in_a = a[month] > 0, in_b = b[month] > 0;
      ++(in_a ? (in_b ? pair.both : pair.only_a) : (in_b ? pair.only_b : pair.neither));
    }
    const auto conflicts_a = deaths.conflicts.find(border.first);
    const auto conflicts_b = deaths.conflicts.find(border.second);
    if (conflicts_a != deaths.conflicts.end() && conflicts_b != deaths.conflicts.end()) {
      for (const auto& [conflict, in_a] : conflicts_a->second) {
        const auto in_b = conflicts_b->second.find(conflict);
        if (in_b == conflicts_b->second.end() || in_a < rules.deaths_min || in_b->second < rules.deaths_min)
          continue;
        pair.conflicts.push_back({.conflict = conflict, .deaths_a = in_a, .deaths_b = in_b->second});
      }
    }
    std::sort(pair.conflicts.begin(), pair.conflicts.end(), [](const AcrossBorder& x, const AcrossBorder& y) {
      const double lesser_x = std::min(x.deaths_a, x.deaths_b), lesser_y = std::min(y.deaths_a, y.deaths_b);
      return lesser_x != lesser_y ? lesser_x > lesser_y : x.conflict < y.conflict;
    });
    const bool enough =
        pair.both + pair.only_a >= rules.months_min && pair.both + pair.only_b >= rules.months_min;
    if (!enough && pair.conflicts.empty()) continue;
    if (enough) {
      test(pair, a, b, rules);
      tested.push_back(out.size());
    }
    out.push_back(std::move(pair));
  }
  std::vector<double> p;
  for (const std::size_t each : tested) p.push_back(out[each].p);
  const std::vector<double> q = false_discovery_rates(p);
  for (std::size_t each = 0; each < tested.size(); ++each) out[tested[each]].q = q[each];
  std::sort(out.begin(), out.end(), [](const Neighbours& x, const Neighbours& y) {
    if (x.p != y.p) return x.p < y.p;
    if (x.correlation != y.correlation) return x.correlation > y.correlation;
    return x.border < y.border;
  });
  return out;
}

std::vector<SharedCondition> shared_conditions(const Acts& acts, const std::vector<Condition>& conditions,
                                               const ConditionRules& rules) {
  check(rules.rules);
  const Window window = window_of(acts, rules.from, rules.to);
  std::vector<double> deaths(acts.countries.size(), 0);
  std::map<CountryIndex, std::map<ConflictIndex, double>> conflicts;
  for (const Act& act : acts.acts) {
    if (!window.holds(act.month) || !rules.rules.looks_at(act.violence) || act.country == kNone) continue;
    deaths[act.country] += act.deaths;
    conflicts[act.country][act.conflict] += act.deaths;
  }
  std::vector<SharedCondition> out;
  for (std::size_t condition = 0; condition < conditions.size(); ++condition) {
    const std::vector<double>& values = conditions[condition].values;
    expect(values.size() == acts.countries.size(), "one value of a condition for each country");
    for (const bool low_end : {true, false}) {
      const Worse worse = conditions[condition].worse;
      if (worse == (low_end ? Worse::high : Worse::low)) continue;
      std::vector<CountryCondition> known;
      for (CountryIndex country = 0; country < values.size(); ++country) {
        if (std::isfinite(values[country]))
          known.push_back({.country = country, .value = values[country], .deaths = deaths[country]});
      }
      if (known.size() < kConditionCountriesMin) continue;
      std::sort(known.begin(), known.end(), [&](const CountryCondition& a, const CountryCondition& b) {
        if (a.value != b.value) return low_end ? a.value < b.value : a.value > b.value;
        return a.country < b.country;
      });
      for (std::size_t each = 0; each < known.size(); ++each)
        known[each].rank =
            each > 0 && known[each].value == known[each - 1].value ? known[each - 1].rank : each + 1;
      SharedCondition shared{.condition = condition, .low_end = low_end, .countries = known.size()};
      // A fifth, rounded up; those with the same value as its last one are in it too.
      shared.threshold = known[(known.size() + 4) / 5 - 1].value;
      std::map<ConflictIndex, double> in_them;
      for (const CountryCondition& each : known) {
        const bool in_fifth = low_end ? each.value <= shared.threshold : each.value >= shared.threshold;
        const bool in_conflict = each.deaths >= rules.rules.deaths_min;
        shared.in_fifth += in_fifth;
        shared.in_conflict += in_conflict;
        if (!in_fifth || !in_conflict) continue;
        ++shared.in_conflict_fifth;
        shared.which.push_back(each);
        for (const auto& [conflict, of] : conflicts[each.country]) in_them[conflict] += of;
      }
      for (const auto& [conflict, of] : in_them) {
        if (of >= rules.rules.deaths_min) shared.conflicts.push_back(conflict);
      }
      shared.p = hypergeometric_tail(shared.countries, shared.in_fifth, shared.in_conflict,
                                     shared.in_conflict_fifth);
      out.push_back(std::move(shared));
    }
  }
  std::vector<double> p;
  for (const SharedCondition& each : out) p.push_back(each.p);
  const std::vector<double> q = false_discovery_rates(p);
  for (std::size_t each = 0; each < out.size(); ++each) out[each].q = q[each];
  std::stable_sort(out.begin(), out.end(),
                   [](const SharedCondition& a, const SharedCondition& b) { return a.p < b.p; });
  return out;
}

double hypergeometric_tail(std::size_t all, std::size_t marked, std::size_t drawn, std::size_t drawn_marked) {
  expect(marked <= all && drawn <= all, "no more are drawn or marked than there are");
  std::vector<double> log_factorial(all + 1, 0);  // std::lgamma writes a global
  for (std::size_t n = 1; n <= all; ++n)
    log_factorial[n] = log_factorial[n - 1] + std::log(static_cast<double>(n));
  const auto log_choose = [&](std::size_t n, std::size_t k) {
    return log_factorial[n] - log_factorial[k] - log_factorial[n - k];
  };
  const std::size_t least = drawn + marked > all ? drawn + marked - all : 0;
  if (drawn_marked <= least) return 1;
  double sum = 0;
  for (std::size_t k = drawn_marked; k <= std::min(drawn, marked); ++k)
    sum += std::exp(log_choose(marked, k) + log_choose(all - marked, drawn - k) - log_choose(all, drawn));
  return std::min(sum, 1.0);
}

std::vector<double> false_discovery_rates(const std::vector<double>& p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  std::vector<double> q(p.size(), 1);
  double least = 1;
  for (std::size_t rank = p.size(); rank-- > 0;) {
    least = std::min(least, p[order[rank]] * static_cast<double>(p.size()) / static_cast<double>(rank + 1));
    q[order[rank]] = least;
  }
  return q;
}

}  // namespace mithaq::conflicts
