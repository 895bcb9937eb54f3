#include "engines/conflicts/acts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/error.hpp"

namespace mithaq::conflicts {

namespace {

constexpr int kQuietMonthsMax = 1200;

constexpr std::string_view kViolenceNames[] = {"state_based", "non_state", "one_sided"};

// Gives every id, and every name that has none, one index.
class Countries {
 public:
  explicit Countries(std::vector<CountryName>& names) : names_(names) {}

  CountryIndex with_id(std::string_view id) {
    const auto [at, added] = by_id_.try_emplace(std::string(id), static_cast<CountryIndex>(names_.size()));
    if (added) names_.push_back({.id = std::string(id)});
    return at->second;
  }
  CountryIndex with_name(std::string_view name) {
    const auto [at, added] =
        by_name_.try_emplace(std::string(name), static_cast<CountryIndex>(names_.size()));
    if (added) names_.push_back({.name = std::string(name)});
    return at->second;
  }

 private:
  std::vector<CountryName>& names_;
  std::unordered_map<std::string, CountryIndex> by_id_{}, by_name_{};
};

// Turns names of a table's pool into indices of those that are used.
class Names {
 public:
  explicit Names(std::vector<std::string>& names) : names_(names) {}
  std::uint32_t index(const events::EventTable& table, events::StringIndex string) {
    expect(string < table.strings.size(), "names of events are in the table's pool");
    if (table.strings[string].empty()) return kNone;
    const auto [at, added] = used_.try_emplace(string, static_cast<std::uint32_t>(names_.size()));
    if (added) names_.push_back(table.strings[string]);
    return at->second;
  }

 private:
  std::vector<std::string>& names_;
  std::unordered_map<events::StringIndex, std::uint32_t> used_{};
};

// Dyads by the source's name of them, else by the two sides.
class Dyads {
 public:
  explicit Dyads(std::vector<std::string>& names) : names_(names), named_(names) {}
  DyadIndex index(const events::EventTable& table, const events::Event& event) {
    if (const DyadIndex named = named_.index(table, event.dyad); named != kNone) return named;
    if (event.side_a == 0 || event.side_b == 0) return kNone;
    const auto [at, added] =
        by_sides_.try_emplace({event.side_a, event.side_b}, static_cast<DyadIndex>(names_.size()));
    if (added) names_.push_back(fmt::format("{} - {}", table.text(event.side_a), table.text(event.side_b)));
    return at->second;
  }

 private:
  std::vector<std::string>& names_;
  Names named_;
  std::map<std::pair<events::StringIndex, events::StringIndex>, DyadIndex> by_sides_{};
};

// Gives every conflict that the source tells apart one index.
class Conflicts {
 public:
  explicit Conflicts(std::vector<ConflictName>& names) : names_(names) {}
  ConflictIndex index(const events::EventTable& table, const events::Event& event) {
    // By number, by name, or by the two parties.
    expect(event.conflict < table.strings.size() && event.side_a < table.strings.size() &&
               event.side_b < table.strings.size(),
           "names of events are in the table's pool");
    const bool numbered = event.conflict_number != 0, named = !table.text(event.conflict).empty();
    const Key key{event.violence, event.conflict_number, numbered ? 0 : event.conflict,
                  numbered || named ? 0 : event.side_a, numbered || named ? 0 : event.side_b};
    const auto [at, added] = known_.try_emplace(key, static_cast<ConflictIndex>(names_.size()));
    if (!added) return at->second;
    std::string name(table.text(event.conflict));
    if (name.empty() && event.side_a + event.side_b != 0)
      name = fmt::format("{} - {}", table.text(event.side_a), table.text(event.side_b));
    const std::string_view kind = name_of(event.violence);
    names_.push_back(
        {.id = numbered ? fmt::format("ucdp:{}", event.conflict_number) : fmt::format("{}:{}", kind, name),
         .name = name});
    return at->second;
  }

 private:
  using Key =
      std::tuple<Violence, std::int32_t, events::StringIndex, events::StringIndex, events::StringIndex>;
  std::vector<ConflictName>& names_;
  std::map<Key, ConflictIndex> known_{};
};

}  // namespace

std::string_view name_of(Violence violence) {
  return kViolenceNames[static_cast<std::size_t>(violence)];
}

std::optional<Violence> violence_named(std::string_view name) {
  for (std::size_t each = 0; each < kViolences; ++each) {
    if (kViolenceNames[each] == name) return static_cast<Violence>(each);
  }
  return std::nullopt;
}

void check(const Rules& rules) {
  if (std::none_of(rules.kinds.begin(), rules.kinds.end(), [](bool kind) { return kind; }))
    throw Error(ErrorKind::invalid_input, "name a kind of violence: state_based, non_state or one_sided");
  if (!(rules.deaths_min >= 1 && rules.deaths_min <= 1e9))
    throw Error(ErrorKind::invalid_input, "the least number of deaths a year is 1 or more");
  if (rules.quiet_months < 1 || rules.quiet_months > kQuietMonthsMax)
    throw Error(ErrorKind::invalid_input, "an episode ends after 1 to 1200 quiet months");
}

Acts acts_of(const events::EventTable& table, std::span<const events::Country> countries,
             const events::PanelRules& rules, events::LeftOut* left_out) {
  Acts out{.vintage = table.vintage,
           .source = table.source,
           .licence = table.licence,
           .event_level = true,
           .first = std::max(rules.first.value_or(table.first), table.first),
           .last = std::min(rules.last.value_or(table.last), table.last)};
  for (auto& each : out.unknown) each.assign(out.months(), 0);
  Countries known(out.countries);
  std::unordered_map<std::int32_t, CountryIndex> by_number;
  for (const events::Country& country : countries) {
    const CountryIndex index = known.with_id(country.id);
    if (country.gwcode != 0) by_number.try_emplace(country.gwcode, index);
  }
  Names actors(out.actors);
  Dyads dyads(out.dyads);
  Conflicts conflicts(out.conflicts);
  const auto leave_out = [&](double deaths) {
    if (left_out == nullptr) return;
    left_out->events += 1;
    left_out->deaths += deaths;
  };
  for (const events::Event& event : table.events) {
    const events::MonthPart part = events::month_part(event, rules);
    const Month first = std::max(part.first, out.first), last = std::min(part.last, out.last);
    if (!events::exact_enough(event, rules) || last < first) {
      leave_out(part.deaths * (part.last - part.first + 1));
      continue;
    }
    if (static_cast<std::size_t>(last - first) + 1 > kActsMax - out.acts.size())
      throw Error(ErrorKind::invalid_input, fmt::format("there are more than {} parts of events", kActsMax));
    expect(event.state < table.strings.size() && event.country_name < table.strings.size(),
           "names of events are in the table's pool");
    Act act{.event = event.id,
            .deaths = part.deaths,
            .conflict = conflicts.index(table, event),
            .dyad = dyads.index(table, event),
            .side_a = actors.index(table, event.side_a),
            .side_b = event.violence == Violence::one_sided ? kNone : actors.index(table, event.side_b),
            .latitude = event.latitude,
            .longitude = event.longitude,
            .violence = event.violence};
    if (const std::string_view state = table.text(event.state); !state.empty()) {
      act.country = known.with_id(state);
    } else if (const auto number = by_number.find(event.country); number != by_number.end()) {
      act.country = number->second;
    } else if (const std::string_view name = table.text(event.country_name); !name.empty()) {
      act.country = known.with_name(name);
    }
    for (act.month = first; act.month <= last; ++act.month) {
      act.counts = act.month == first;
      out.acts.push_back(act);
    }
  }
  std::stable_sort(out.acts.begin(), out.acts.end(),
                   [](const Act& a, const Act& b) { return a.month < b.month; });
  return out;
}

Acts acts_of(const events::Panel& panel, const Rules& rules) {
  check(rules);
  Acts out{.vintage = panel.vintage, .first = panel.first, .last = panel.last};
  const std::size_t months = out.months();
  for (auto& each : out.unknown) each.assign(months, 0);
  Countries known(out.countries);  // two units may be one country in months that do not meet
  for (events::UnitIndex unit = 0; unit < panel.units.size(); ++unit) {
    const events::Unit& of = panel.units[unit];
    if (of.id.starts_with("grid:")) continue;
    const CountryIndex country = known.with_id(of.id);
    Month last_violent = 0;
    bool in_episode = false;
    for (Month month = panel.first; month <= panel.last; ++month) {
      if (month < of.from || month > of.to) continue;
      for (std::size_t kind = 0; kind < kViolences; ++kind) {
        const auto violence = static_cast<Violence>(kind);
        const float deaths = panel.value(violence, unit, month);
        if (std::isnan(deaths)) {
          ++out.unknown[kind][static_cast<std::size_t>(month - panel.first)];
          continue;
        }
        if (!(deaths > 0) || !rules.looks_at(violence)) continue;
        if (!in_episode || month - last_violent > rules.quiet_months) {
          out.conflicts.push_back({.id = of.id + "/" + events::to_text(month)});
          in_episode = true;
        }
        last_violent = month;
        out.acts.push_back({.deaths = deaths,
                            .month = month,
                            .conflict = static_cast<ConflictIndex>(out.conflicts.size() - 1),
                            .country = country,
                            .latitude = of.latitude == 0 && of.longitude == 0 ? NAN : of.latitude,
                            .longitude = of.latitude == 0 && of.longitude == 0 ? NAN : of.longitude,
                            .violence = violence});
      }
    }
  }
  std::stable_sort(out.acts.begin(), out.acts.end(),
                   [](const Act& a, const Act& b) { return a.month < b.month; });
  return out;
}

}  // namespace mithaq::conflicts
