#include "engines/forecast/warnings.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "base/error.hpp"
#include "engines/forecast/scores.hpp"
#include "engines/forecast/window_chance.hpp"

namespace mithaq::forecast {
namespace {

constexpr std::array<std::string_view, kConditions> kConditionNames{"at_least_25", "at_least_100",
                                                                    "at_least_1000", "onset", "doubling"};
constexpr std::array<std::string_view, 5> kOutcomeNames{"pending", "hit", "false_alarm", "miss", "quiet"};
constexpr double kDoublingDeaths = 25;
// Deaths of an event of several months are split among them: less than half a death is none.
constexpr float kAnyDeath = 0.5F;
constexpr std::size_t kBins = 10;

std::array<Condition, kConditions> all_conditions() {
  return {Condition::at_least_25, Condition::at_least_100, Condition::at_least_1000, Condition::onset,
          Condition::doubling};
}

using Past = std::array<float, kPastMonths>;

Past past_of(const Panel& panel, UnitIndex unit, Month origin) {
  Past past;
  for (int month = 0; month < kPastMonths; ++month) {
    past[static_cast<std::size_t>(month)] =
        panel.value(events::Violence::state_based, unit, origin - kPastMonths + 1 + month);
  }
  return past;
}

bool all_known(std::span<const float> past) {
  return past.size() >= kPastMonths &&
         std::none_of(past.begin(), past.end(), [](float deaths) { return std::isnan(deaths); });
}

// A condition asked of a unit at an origin: its months in numbers, of the forecast and of the benchmark.
struct Asked {
  std::size_t place = 0;  // of the unit in the forecast's units
  UnitIndex unit = 0;
  Months forecast{}, benchmark{};
};

std::vector<Asked> asked_of(const Panel& panel, Month origin, int horizon, std::span<const UnitIndex> units,
                            const Draws& forecast, const Draws& benchmark, Condition condition, int window) {
  std::vector<Asked> all;
  std::vector<double> ours(static_cast<std::size_t>(window)), theirs(static_cast<std::size_t>(window));
  for (std::size_t place = 0; place < units.size(); ++place) {
    const Past past = past_of(panel, units[place], origin);
    if (!applies(condition, past)) continue;
    const double deaths = deaths_that_fulfil(condition, past);
    for (int lead = 1; lead <= window; ++lead) {
      const std::size_t cell = cell_of(place, lead, horizon), at = static_cast<std::size_t>(lead - 1);
      ours[at] = probability_at_least(forecast[cell], deaths);
      theirs[at] = probability_at_least(benchmark[cell], deaths);
    }
    all.push_back({place, units[place], months_of(ours), months_of(theirs)});
  }
  return all;
}

Warning warning_of(const Asked& asked, Condition condition, Month origin, int window,
                   const WindowChance& chance, const WindowChance& benchmark, const Costs& costs) {
  Warning warning{.unit = asked.unit, .condition = condition, .from = origin + 1, .to = origin + window};
  warning.probability = chance.probability(asked.forecast);
  warning.benchmark = benchmark.probability(asked.benchmark);
  warning.given = warning.probability >= costs.threshold();
  return warning;
}

bool happened(Outcome outcome) {
  return outcome == Outcome::hit || outcome == Outcome::miss;
}

// The past windows of a forecast, with one condition asked in each.
struct Asking {
  std::vector<std::vector<Asked>> asked{};        // [past window]
  std::vector<std::vector<PassedWindow>> ours{};  // [past window], of those whose months have passed
  std::vector<std::vector<PassedWindow>> theirs{};
};

Asking ask_past(const Panel& panel, const Forecast& forecast, Condition condition, int window) {
  Asking asking;
  for (const PastWindow& past : forecast.past) {
    asking.asked.emplace_back();
    asking.ours.emplace_back();
    asking.theirs.emplace_back();
    if (past.horizon < window) continue;
    asking.asked.back() =
        asked_of(panel, past.origin, past.horizon, past.units, past.draws, past.benchmark, condition, window);
    for (const Asked& each : asking.asked.back()) {
      const Warning warning{
          .unit = each.unit, .condition = condition, .from = past.origin + 1, .to = past.origin + window};
      const Outcome outcome = judge(panel, past.origin, warning, forecast.origin).outcome;
      if (outcome == Outcome::pending) continue;
      asking.ours.back().push_back({each.forecast, happened(outcome)});
      asking.theirs.back().push_back({each.benchmark, happened(outcome)});
    }
  }
  return asking;
}

// Learnt from all windows but one.
WindowChance chance_without(const std::vector<std::vector<PassedWindow>>& windows, std::size_t left_out) {
  std::vector<PassedWindow> all;
  for (std::size_t each = 0; each < windows.size(); ++each) {
    if (each != left_out) all.insert(all.end(), windows[each].begin(), windows[each].end());
  }
  return fit_window_chance(all);
}

void check(const Forecast& forecast, int window, const Costs& costs) {
  if (window < 1 || window > forecast.horizon) {
    throw Error(ErrorKind::invalid_input, "a window of 1 to " + std::to_string(forecast.horizon) +
                                              " months can be warned of, not of " + std::to_string(window));
  }
  if (!(costs.false_alarm > 0) || !std::isfinite(costs.false_alarm)) {
    throw Error(ErrorKind::invalid_input, "the cost of a false alarm is a number above 0");
  }
}

double cost_of(std::size_t false_alarms, std::size_t misses, const Costs& costs) {
  return costs.false_alarm * static_cast<double>(false_alarms) + static_cast<double>(misses);
}

// The threshold that costs least; of several the nearest to the one in use.
void find_cheapest(std::span<const double> probabilities, std::span<const std::uint8_t> events,
                   const Costs& costs, TrackRecord& record) {
  std::vector<std::size_t> order(probabilities.size());
  for (std::size_t each = 0; each < order.size(); ++each) order[each] = each;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return probabilities[a] != probabilities[b] ? probabilities[a] > probabilities[b] : a < b;
  });
  // From silence down: each further probability is warned of too. Any threshold between two probabilities
  // does the same, so the one in use stands for its own gap.
  const double in_use = costs.threshold();
  double above = std::nextafter(1.0, 2.0);
  std::size_t false_alarms = 0, misses = record.hits + record.misses;
  record.cheapest_cost = std::numeric_limits<double>::infinity();
  const auto offer = [&](double lowest, double highest) {
    const double cost = cost_of(false_alarms, misses, costs);
    const double threshold = std::clamp(in_use, lowest, highest);
    const bool nearer = std::abs(threshold - in_use) < std::abs(record.cheapest_threshold - in_use);
    if (cost < record.cheapest_cost || (cost == record.cheapest_cost && nearer)) {
      record.cheapest_cost = cost;
      record.cheapest_threshold = threshold;
    }
  };
  for (std::size_t each = 0; each < order.size();) {
    const double probability = probabilities[order[each]];
    offer(std::nextafter(probability, 2.0), above);
    for (; each < order.size() && probabilities[order[each]] == probability; ++each) {
      events[order[each]] != 0 ? --misses : ++false_alarms;
    }
    above = probability;
  }
  offer(0, above);
}

}  // namespace

std::string_view name_of(Condition condition) {
  return kConditionNames[static_cast<std::size_t>(condition)];
}

std::optional<Condition> condition_named(std::string_view name) {
  for (const Condition condition : all_conditions()) {
    if (name_of(condition) == name) return condition;
  }
  return std::nullopt;
}

std::string_view name_of(Outcome outcome) {
  return kOutcomeNames[static_cast<std::size_t>(outcome)];
}

bool applies(Condition condition, std::span<const float> past) {
  switch (condition) {
    case Condition::at_least_25:
    case Condition::at_least_100:
    case Condition::at_least_1000:
      return true;
    case Condition::onset:
      return all_known(past) &&
             std::all_of(past.begin(), past.end(), [](float deaths) { return deaths < kAnyDeath; });
    case Condition::doubling:
      return all_known(past);
  }
  return false;
}

double deaths_that_fulfil(Condition condition, std::span<const float> past) {
  switch (condition) {
    case Condition::at_least_25:
      return 25;
    case Condition::at_least_100:
      return 100;
    case Condition::at_least_1000:
      return 1000;
    case Condition::onset:
      return kAnyDeath;
    case Condition::doubling: {
      double sum = 0;
      for (const float deaths : past) sum += deaths;
      return std::max(kDoublingDeaths, 2 * sum / static_cast<double>(past.size()));
    }
  }
  throw Error(ErrorKind::bug, "no such condition");
}

bool fulfilled(Condition condition, std::span<const float> past, double deaths) {
  return applies(condition, past) && deaths >= deaths_that_fulfil(condition, past);
}

std::vector<Warning> warnings_of(const Panel& panel, const Forecast& forecast, int window,
                                 const Costs& costs) {
  check(forecast, window, costs);
  std::vector<Warning> warnings;
  for (const Condition condition : all_conditions()) {
    const Asking past = ask_past(panel, forecast, condition, window);
    const WindowChance chance = chance_without(past.ours, past.ours.size());
    const WindowChance benchmark = chance_without(past.theirs, past.theirs.size());
    for (const Asked& each : asked_of(panel, forecast.origin, forecast.horizon, forecast.units,
                                      forecast.draws, forecast.benchmark, condition, window)) {
      warnings.push_back(warning_of(each, condition, forecast.origin, window, chance, benchmark, costs));
    }
  }
  // Given ones are those above a threshold, so the order by probability puts them first.
  std::stable_sort(warnings.begin(), warnings.end(),
                   [](const Warning& a, const Warning& b) { return a.probability > b.probability; });
  return warnings;
}

Judged judge(const Panel& panel, Month origin, const Warning& warning) {
  return judge(panel, origin, warning, panel.last);
}

Judged judge(const Panel& panel, Month origin, const Warning& warning, Month until) {
  Judged judged{.warning = warning, .origin = origin};
  const Past past = past_of(panel, warning.unit, origin);
  if (!applies(warning.condition, past)) return judged;
  bool all = true;
  for (Month month = warning.from; month <= warning.to; ++month) {
    if (month > until || !panel.known(events::Violence::state_based, warning.unit, month)) {
      all = false;
      if (month > until || month > panel.last) break;
      continue;
    }
    const float deaths = panel.value(events::Violence::state_based, warning.unit, month);
    if (!fulfilled(warning.condition, past, deaths)) continue;
    judged.outcome = warning.given ? Outcome::hit : Outcome::miss;
    if (warning.given) judged.lead_months = month - origin;
    return judged;
  }
  if (all) judged.outcome = warning.given ? Outcome::false_alarm : Outcome::quiet;
  return judged;
}

std::vector<Judged> judged_past(const Panel& panel, const Forecast& forecast, int window,
                                const Costs& costs) {
  check(forecast, window, costs);
  std::vector<Judged> all;
  for (const Condition condition : all_conditions()) {
    const Asking past = ask_past(panel, forecast, condition, window);
    for (std::size_t each = 0; each < past.asked.size(); ++each) {
      const WindowChance chance = chance_without(past.ours, each);
      const WindowChance benchmark = chance_without(past.theirs, each);
      const Month origin = forecast.past[each].origin;
      for (const Asked& asked : past.asked[each]) {
        const Warning warning = warning_of(asked, condition, origin, window, chance, benchmark, costs);
        all.push_back(judge(panel, origin, warning, forecast.origin));
      }
    }
  }
  return all;
}

std::vector<TrackRecord> track_record(const Panel& panel, const Forecast& forecast, int window,
                                      const Costs& costs) {
  const std::vector<Judged> judged = judged_past(panel, forecast, window, costs);
  std::vector<TrackRecord> records;
  for (const Condition condition : all_conditions()) {
    records.push_back(track_record(condition, window, judged, costs));
  }
  return records;
}

TrackRecord track_record(Condition condition, int window, std::span<const Judged> judged,
                         const Costs& costs) {
  TrackRecord record{.condition = condition, .window = window};
  record.reliability.resize(kBins);
  std::vector<double> ours, theirs;
  std::vector<std::uint8_t> events;
  double leads = 0;
  std::size_t with_lead = 0;
  for (const Judged& each : judged) {
    if (each.warning.condition != condition || each.warning.to - each.warning.from + 1 != window ||
        each.outcome == Outcome::pending) {
      continue;
    }
    const bool event = happened(each.outcome);
    record.hits += each.outcome == Outcome::hit ? 1 : 0;
    record.false_alarms += each.outcome == Outcome::false_alarm ? 1 : 0;
    record.misses += each.outcome == Outcome::miss ? 1 : 0;
    record.quiet += each.outcome == Outcome::quiet ? 1 : 0;
    record.origin_first = events.empty() ? each.origin : std::min(record.origin_first, each.origin);
    record.origin_last = events.empty() ? each.origin : std::max(record.origin_last, each.origin);
    ours.push_back(each.warning.probability);
    theirs.push_back(each.warning.benchmark);
    events.push_back(event ? 1 : 0);
    record.brier += brier(each.warning.probability, event);
    record.benchmark_brier += brier(each.warning.benchmark, event);
    if (each.lead_months) leads += *each.lead_months, ++with_lead;
    const auto bin =
        std::min(kBins - 1, static_cast<std::size_t>(std::clamp(each.warning.probability, 0.0, 1.0) *
                                                     static_cast<double>(kBins)));
    ++record.reliability[bin].count;
    record.reliability[bin].probability += each.warning.probability;
    record.reliability[bin].happened += event ? 1 : 0;
  }
  if (events.empty()) return record;
  const auto count = static_cast<double>(events.size());
  record.brier /= count;
  record.benchmark_brier /= count;
  record.average_precision = average_precision(ours, events);
  record.benchmark_average_precision = average_precision(theirs, events);
  if (with_lead > 0) record.lead_months_mean = leads / static_cast<double>(with_lead);
  for (TrackRecord::Bin& bin : record.reliability) {
    if (bin.count == 0) continue;
    bin.probability /= static_cast<double>(bin.count);
    bin.happened /= static_cast<double>(bin.count);
  }
  record.cost = cost_of(record.false_alarms, record.misses, costs);
  record.cost_of_silence = cost_of(0, record.hits + record.misses, costs);
  record.cost_of_always = cost_of(record.false_alarms + record.quiet, 0, costs);
  find_cheapest(ours, events, costs, record);
  return record;
}

}  // namespace mithaq::forecast
