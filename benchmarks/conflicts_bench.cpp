// How long the map of conflicts takes on as many events as UCDP GED has: 300 thousand of 1989 to 2023, 1,500
// conflicts, 120 countries. The events are made up; the work does not hang on what they say.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "base/random.hpp"
#include "engines/conflicts/conflicts.hpp"
#include "engines/conflicts/share.hpp"
#include "engines/conflicts/threads.hpp"

namespace {

using namespace mithaq;

events::EventTable made_events(std::size_t count) {
  Random random(1);
  events::EventTable table{.vintage = "made"};
  table.first = events::month_of(1989, 1);
  table.last = events::month_of(2023, 12);
  const events::Day begin = *events::day_of(1989, 1, 1), end = *events::day_of(2023, 12, 31);
  const auto pool = [&](const char* name, std::uint32_t size) {
    const auto first = static_cast<events::StringIndex>(table.strings.size());
    for (std::uint32_t each = 0; each < size; ++each)
      table.strings.push_back(fmt::format("{} {}", name, each));
    return first;
  };
  const auto states = pool("state", 120), names = pool("conflict", 1500), sides = pool("side", 2000);
  // Few conflicts have most of the events.
  const auto skewed = [&](std::uint32_t size) {
    const double at = random.uniform();
    return static_cast<std::uint32_t>(at * at * at * size);
  };
  for (std::size_t each = 0; each < count; ++each) {
    const std::uint32_t conflict = skewed(1500);
    events::Event event;
    event.id = static_cast<events::EventId>(each) + 1;
    event.start = event.end =
        begin + static_cast<events::Day>(random.below(static_cast<std::uint32_t>(end - begin + 1)));
    event.best = static_cast<std::int32_t>(skewed(60));
    event.conflict = names + conflict;
    event.conflict_number = static_cast<std::int32_t>(conflict) + 1;
    event.state = states + (conflict + random.below(3)) % 120;
    event.side_a = sides + conflict % 700;
    event.side_b = sides + 700 + (conflict + random.below(4)) % 1300;
    event.violence = static_cast<events::Violence>(conflict % 3);
    table.events.push_back(event);
  }
  return table;
}

template <typename Work>
auto timed(const char* what, const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  auto out = work();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  fmt::print("{:<44}{:8.3f} s\n", what, seconds.count());
  return out;
}

}  // namespace

int main(int count, char** words) {
  const std::size_t events = count > 1 ? std::strtoull(words[1], nullptr, 10) : 300'000;
  const events::EventTable table = made_events(events);
  fmt::print("{} events\n", table.events.size());
  const conflicts::Rules rules{.kinds = {true, true, true}};
  const conflicts::Acts acts = timed("grouped into conflicts", [&] { return conflicts::acts_of(table, {}); });
  const auto map = timed("their course and state", [&] { return conflicts::conflicts(acts, rules); });
  conflicts::Membership members;
  members.months.assign(acts.countries.size() * acts.months(), conflicts::Belonging::no);
  for (std::size_t cell = 0; cell < members.months.size() / 3; ++cell)
    members.months[cell] = conflicts::Belonging::yes;
  const auto years =
      timed("shares by year", [&] { return conflicts::share(acts, members, {.rules = rules}); });
  const auto actors =
      timed("shared parties", [&] { return conflicts::shared_actors(acts, {.rules = rules}); });
  std::vector<conflicts::Border> borders;
  for (conflicts::CountryIndex each = 0; each + 1 < acts.countries.size(); ++each) {
    for (conflicts::CountryIndex other : {each + 1, each + 2}) {
      if (other < acts.countries.size()) borders.emplace_back(each, other);
    }
  }
  const auto pairs = timed("neighbours, 1999 shuffles of each border",
                           [&] { return conflicts::shared_neighbours(acts, borders, {.rules = rules}); });
  // The answers are looked at, so that what was timed is what is right.
  double deaths = 0, by_year = 0, by_conflict = 0;
  for (const events::Event& event : table.events) deaths += event.best;
  for (const auto& year : years) by_year += year.deaths_world;
  for (const auto& conflict : conflicts::conflicts(acts, rules, {.active_only = false}))
    by_conflict += conflict.deaths;
  fmt::print("{} conflicts, {} years, {} shared parties, {} borders; deaths {:.0f}\n", map.size(),
             years.size(), actors.size(), pairs.size(), deaths);
  if (deaths != by_year || deaths != by_conflict) {
    fmt::print("the sums differ: {} {}\n", by_year, by_conflict);
    return 1;
  }
}
