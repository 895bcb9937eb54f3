#include "engines/conflicts/share.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace mithaq::conflicts {

namespace {

constexpr std::string_view kCountedNames[] = {"conflict", "country"};
constexpr std::string_view kWhereNames[] = {"most", "any", "part"};

double counted_as(Where where, double deaths, double deaths_members) {
  if (deaths <= 0) return 0;
  switch (where) {
    case Where::any:
      return deaths_members > 0 ? 1 : 0;
    case Where::part:
      return deaths_members / deaths;
    default:
      return 2 * deaths_members > deaths ? 1 : 0;
  }
}

void count_members(ShareYear& row, const Acts& acts, const Membership& membership, Month from, Month to) {
  const std::size_t months = acts.months();
  for (std::size_t country = 0; country < acts.countries.size(); ++country) {
    const auto at = [&](Month month) {
      return membership.months[country * months + static_cast<std::size_t>(month - acts.first)];
    };
    if (at(to) != Belonging::no) ++row.members;
    for (Month month = from; month <= to; ++month) {
      if (at(month) != Belonging::uncertain) continue;
      ++row.members_uncertain;
      break;
    }
  }
}

}  // namespace

std::string_view name_of(Counted counted) {
  return kCountedNames[static_cast<std::size_t>(counted)];
}

std::string_view name_of(Where where) {
  return kWhereNames[static_cast<std::size_t>(where)];
}

std::optional<Counted> counted_named(std::string_view name) {
  for (const Counted each : {Counted::conflict, Counted::country}) {
    if (name_of(each) == name) return each;
  }
  return std::nullopt;
}

std::optional<Where> where_named(std::string_view name) {
  for (const Where each : {Where::most, Where::any, Where::part}) {
    if (name_of(each) == name) return each;
  }
  return std::nullopt;
}

std::optional<double> ShareYear::share_conflicts() const {
  return conflicts_world > 0 ? std::optional(conflicts / conflicts_world) : std::nullopt;
}

std::optional<double> ShareYear::share_deaths() const {
  return deaths_world > 0 ? std::optional(deaths / deaths_world) : std::nullopt;
}

std::vector<ShareYear> share(const Acts& acts, const Membership& membership, const ShareRules& rules,
                             std::optional<int> first_year, std::optional<int> last_year) {
  check(rules.rules);
  expect(membership.months.size() == acts.countries.size() * acts.months(),
         "one cell of membership for each country and month");
  expect(std::is_sorted(acts.acts.begin(), acts.acts.end(),
                        [](const Act& a, const Act& b) { return a.month < b.month; }),
         "acts by month");
  if (first_year && last_year && *last_year < *first_year)
    throw Error(ErrorKind::invalid_input, "the time asked for ends before it begins");
  std::vector<ShareYear> out;
  if (acts.months() == 0) return out;
  const int first = std::max(first_year.value_or(events::year_of(acts.first)), events::year_of(acts.first));
  const int last = std::min(last_year.value_or(events::year_of(acts.last)), events::year_of(acts.last));

  const std::size_t things =
      rules.counted == Counted::conflict ? acts.conflicts.size() : acts.countries.size();
  std::vector<std::uint32_t> place(things, kNone);  // in the year's `which`
  auto act = acts.acts.begin();
  for (int year = first; year <= last; ++year) {
    const Month from = std::max(events::month_of(year, 1), acts.first);
    const Month to = std::min(events::month_of(year, 12), acts.last);
    ShareYear row{.year = year, .months = static_cast<std::size_t>(to - from + 1)};
    count_members(row, acts, membership, from, to);
    for (std::size_t kind = 0; kind < kViolences; ++kind) {
      if (!rules.rules.kinds[kind] || acts.unknown[kind].empty()) continue;
      for (Month month = from; month <= to; ++month)
        row.unknown_months += acts.unknown[kind][static_cast<std::size_t>(month - acts.first)];
    }
    while (act != acts.acts.end() && act->month < from) ++act;
    for (; act != acts.acts.end() && act->month <= to; ++act) {
      if (!rules.rules.looks_at(act->violence)) continue;
      const bool in_country = act->country != kNone && !acts.countries[act->country].id.empty();
      const bool member =
          in_country && membership.months[act->country * acts.months() +
                                          static_cast<std::size_t>(act->month - acts.first)] != Belonging::no;
      row.deaths_world += act->deaths;
      if (member) row.deaths += act->deaths;
      if (!in_country) row.deaths_elsewhere += act->deaths;
      const std::uint32_t of = rules.counted == Counted::conflict ? act->conflict : act->country;
      if (of == kNone) continue;
      if (place[of] == kNone) {
        place[of] = static_cast<std::uint32_t>(row.which.size());
        row.which.push_back({.of = of});
      }
      row.which[place[of]].deaths += act->deaths;
      if (member) row.which[place[of]].deaths_members += act->deaths;
    }
    for (const InShare& each : row.which) place[each.of] = kNone;
    std::erase_if(row.which, [&](const InShare& each) { return each.deaths < rules.rules.deaths_min; });
    std::sort(row.which.begin(), row.which.end(), [](const InShare& a, const InShare& b) {
      return a.deaths != b.deaths ? a.deaths > b.deaths : a.of < b.of;
    });
    for (InShare& each : row.which) {
      each.counted = counted_as(rules.where, each.deaths, each.deaths_members);
      row.conflicts += each.counted;
    }
    row.conflicts_world = static_cast<double>(row.which.size());
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace mithaq::conflicts
