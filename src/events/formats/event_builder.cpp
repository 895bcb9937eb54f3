#include "events/formats/event_builder.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "base/error.hpp"

namespace mithaq::events {
namespace {

constexpr std::int32_t kCellsMax = 259'200;

std::uint8_t precision(std::string_view text, std::int32_t max) {
  const auto value = whole_number(text);
  return value && *value >= 1 && *value <= max ? static_cast<std::uint8_t>(*value) : 0;
}

}  // namespace

StringPool::StringPool(std::vector<std::string>& strings) : strings_(strings) {
  if (strings_.empty()) strings_.emplace_back();
  slots_.assign(1024, 0);
  while (slots_.size() < strings_.size() * 2) slots_.resize(slots_.size() * 2);
  grow();
}

void StringPool::grow() {
  std::fill(slots_.begin(), slots_.end(), 0);
  for (StringIndex index = 1; index < strings_.size(); ++index) {
    std::size_t slot = std::hash<std::string_view>{}(strings_[index]) & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = index;
  }
}

StringIndex StringPool::of(std::string_view text) {
  if (text.empty()) return 0;
  std::size_t slot = std::hash<std::string_view>{}(text) & (slots_.size() - 1);
  for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1))
    if (strings_[slots_[slot]] == text) return slots_[slot];
  const auto index = static_cast<StringIndex>(strings_.size());
  strings_.emplace_back(text);
  slots_[slot] = index;
  if (strings_.size() * 2 > slots_.size()) {
    slots_.resize(slots_.size() * 2);
    grow();
  }
  return index;
}

EventBuilder::EventBuilder(EventTable& table, const ReadOptions& options, ReadReport& report)
    : table_(table),
      options_(options),
      report_(report),
      pool_(table.strings),
      first_row_(table.events.size()) {}

void EventBuilder::add(const EventRow& row, const std::function<std::size_t()>& line) {
  const auto violence = whole_number(row.violence);
  if (!violence || *violence < 1 || *violence > static_cast<std::int32_t>(kViolences)) {
    report_.rows += 1;
    report_.leave_out("the type of violence is not 1, 2 or 3", line);
    return;
  }
  add(row, line, static_cast<Violence>(*violence - 1));
}

void EventBuilder::add(const EventRow& row, const std::function<std::size_t()>& line, Violence violence) {
  report_.rows += 1;
  Event event;
  event.violence = violence;
  if (const char* refusal = fill(row, event)) {
    report_.leave_out(refusal, line);
    return;
  }
  report_.saw(month_of(event.end));
  table_.events.push_back(event);
}

// Why the row is left out; nothing if it is an event.
const char* EventBuilder::fill(const EventRow& row, Event& event) {
  const auto id = event_id_named(row.id);
  if (!id) return "the id is no number, or letters and a number";
  event.id = *id;

  std::optional<Day> start, end;
  if (!row.date_end.empty() || !row.date_start.empty()) {
    end = day_named(row.date_end.empty() ? row.date_start : row.date_end);
    start = row.date_start.empty() ? end : day_named(row.date_start);
  } else {
    const auto year = whole_number(row.year), month = whole_number(row.month), day = whole_number(row.day);
    if (year && month && day) start = end = day_of(*year, *month, *day);
  }
  if (!start || !end) return "the date is none";
  if (*start > *end) return "it ends before it begins";
  if (*end > options_.today) return "the date is in the future";
  event.start = *start;
  event.end = *end;

  const auto best = whole_number(row.best);
  if (!best) return "the number of deaths is no whole number";
  const auto low = row.low.empty() ? best : whole_number(row.low);
  const auto high = row.high.empty() ? best : whole_number(row.high);
  if (!low || !high) return "the lower or higher number of deaths is no whole number";
  if (*best < 0 || *low < 0 || *high < 0) return "the number of deaths is negative";
  // One in a hundred of UCDP's own events is so (a best estimate of 0 beside a low one of 3): the best one is
  // the source's word, and the others are moved to it.
  if (*best < *low || *high < *best) report_.widened += 1;
  event.best = *best;
  event.low = std::min(*low, *best);
  event.high = std::max(*high, *best);

  event.latitude = event.longitude = std::numeric_limits<float>::quiet_NaN();
  std::int32_t cell = 0;
  if (!row.latitude.empty() || !row.longitude.empty()) {
    const auto latitude = number(row.latitude), longitude = number(row.longitude);
    cell = latitude && longitude ? grid_cell(*latitude, *longitude) : 0;
    if (cell == 0) return "the place is not on the globe";
    event.latitude = static_cast<float>(*latitude);
    event.longitude = static_cast<float>(*longitude);
  }
  // The source's own cell stands if it has one.
  if (!row.cell.empty()) {
    const auto said = whole_number(row.cell);
    if (!said || *said < 1 || *said > kCellsMax) return "there is no such cell of the grid";
    cell = *said;
  }
  event.cell = cell;

  event.where_prec = precision(row.where_prec, 7);
  event.date_prec = precision(row.date_prec, 5);
  event.clarity = precision(row.clarity, 2);
  event.conflict_number = whole_number(row.conflict_number).value_or(0);
  event.dyad_number = whole_number(row.dyad_number).value_or(0);
  event.conflict = pool_.of(row.conflict);
  event.dyad = pool_.of(row.dyad);
  event.side_a = pool_.of(row.side_a);
  event.side_b = pool_.of(row.side_b);
  event.place = pool_.of(row.place);
  event.source = pool_.of(row.source);
  event.country_name = pool_.of(row.country_name);
  event.country = whole_number(row.country_number).value_or(0);

  std::string_view state;
  if (options_.states != nullptr) {
    const StateNames& states = *options_.states;
    const auto by_number = [](const auto& map, std::int32_t number) -> std::string_view {
      const auto found = map.find(number);
      return number == 0 || found == map.end() ? std::string_view() : std::string_view(found->second);
    };
    state = by_number(states.by_gwcode, event.country);
    if (state.empty()) state = by_number(states.by_m49, whole_number(row.country_m49).value_or(0));
    if (state.empty() && !row.country_name.empty()) state = states.named(row.country_name);
    event.state = pool_.of(state);
  }
  if (state.empty() && options_.states != nullptr) {
    const std::string_view said = !row.country_name.empty() ? row.country_name : row.country_number;
    ++report_.unknown_countries[std::string(said.substr(0, 100))];
  }
  return nullptr;
}

void EventBuilder::finish() {
  // The first of the events with one id stays; the order of the others does too.
  std::vector<Event>& events = table_.events;
  std::vector<std::size_t> order(events.size());
  for (std::size_t row = 0; row < order.size(); ++row) order[row] = row;
  std::sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
    return events[one].id != events[other].id ? events[one].id < events[other].id : one < other;
  });
  std::vector<bool> second(events.size());
  std::size_t seconds = 0;
  for (std::size_t at = 1; at < order.size(); ++at) {
    if (events[order[at]].id != events[order[at - 1]].id) continue;
    second[order[at]] = true;
    ++seconds;
  }
  if (seconds > 0) {
    std::size_t to = 0;
    for (std::size_t row = 0; row < events.size(); ++row)
      if (!second[row]) events[to++] = events[row];
    events.resize(to);
  }
  report_.duplicates = seconds;
  report_.kept = events.size() - first_row_;

  if (events.empty()) return;
  Month first = month_of(events[0].start), last = month_of(events[0].end);
  for (const Event& event : events) {
    first = std::min(first, month_of(event.start));
    last = std::max(last, month_of(event.end));
  }
  Month first_end = last;
  for (const Event& event : events) first_end = std::min(first_end, month_of(event.end));
  table_.first = last - first_end < 12 ? first_end : month_of(year_of(first), 1);
  table_.last = last;
}

}  // namespace mithaq::events
