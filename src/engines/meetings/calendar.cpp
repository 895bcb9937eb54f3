#include "engines/meetings/calendar.hpp"

#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "base/table.hpp"
#include "base/zone.hpp"

namespace mithaq::meetings {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::string_view kRecurrences[] = {"weekly", "monthly", "once"};
constexpr std::string_view kWeekdays[] = {"sunday",   "monday", "tuesday", "wednesday",
                                          "thursday", "friday", "saturday"};
constexpr int kDaysMax = 60;  // of one meeting

[[noreturn]] void refuse(const Table& table, std::size_t row, const std::string& reason) {
  throw Error(ErrorKind::invalid_input,
              table.name() + ":" + std::to_string(table.line_of(row)) + ": " + reason);
}

std::optional<int> number_of(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

int number_in(const Table& table, std::size_t row, std::string_view column, int least, int most) {
  const auto value = number_of(table.cell(row, column));
  if (!value || *value < least || *value > most) {
    refuse(
        table, row,
        std::string(column) + " is a number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return *value;
}

acts::Words words_of(const Table& table, std::size_t row, const std::string& before) {
  acts::Words out;
  for (const char* language : {"ar", "en", "ru"}) {
    const std::string_view text = table.cell(row, before + language);
    if (text.empty()) refuse(table, row, "it has no words in " + std::string(language));
    out[language] = text;
  }
  return out;
}

acts::Deadline moment(Day day, std::chrono::milliseconds since_midnight, const std::string& zone) {
  acts::Deadline out{.local = format_local_time({.day = day, .since_midnight = since_midnight}),
                     .zone = zone};
  const auto place = Zone::named(zone);
  expect(place.has_value(), "a body's zone was looked up when it was read");
  const Zone::Reading reading = place->instants_of({.day = day, .since_midnight = since_midnight});
  out.at = reading.earlier;
  // A time that is twice is the first of the two; one that never is begins when clocks have gone forward.
  if (reading.existence == Zone::Existence::twice) out.offset = format_offset(place->offset_minutes(out.at));
  if (reading.existence == Zone::Existence::never) out.local = format_local_time(place->local(out.at));
  return out;
}

}  // namespace

std::span<const std::string_view> names_of(Recurrence) {
  return kRecurrences;
}

Day easter(std::chrono::year year) {
  // The "anonymous Gregorian algorithm" (Nature, 20 April 1876; Meeus, Astronomical Algorithms, chapter 8).
  const int y = static_cast<int>(year);
  const int a = y % 19, b = y / 100, c = y % 100;
  const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
  return year / month / day;
}

Day Calendar::YearDay::in(std::chrono::year year) const {
  if (from_easter) return Day(sys_days(easter(year)) + std::chrono::days(days));
  return year / month / day;
}

Calendar::YearDay Calendar::year_day_of(std::string_view text, const std::string& where) {
  YearDay out;
  constexpr std::string_view kEaster = "easter";
  if (text.starts_with(kEaster)) {
    text.remove_prefix(kEaster.size());
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto offset = text.empty() ? std::optional(0) : number_of(text);
    if (!offset || *offset < -60 || *offset > 60)
      throw Error(ErrorKind::invalid_input, where + ": it is at most 60 days from Easter");
    out.from_easter = true;
    out.days = *offset;
    return out;
  }
  const auto day = parse_day("2001-" + std::string(text));  // 29 February is no day of every year
  if (!day)
    throw Error(ErrorKind::invalid_input, where + ": \"" + std::string(text) + "\" is no day of a year");
  out.month = static_cast<unsigned>(day->month());
  out.day = static_cast<unsigned>(day->day());
  return out;
}

Calendar Calendar::load(const std::filesystem::path& data, const Bodies& bodies) {
  Calendar out;
  for (const Body& body : bodies.all()) out.zones_[body.id] = body.zone;
  const Table rules = Table::read(data / "meetings" / "calendar.tsv");
  for (std::size_t row = 0; row < rules.row_count(); ++row) {
    const auto text = [&](std::string_view column) { return std::string(rules.cell(row, column)); };
    MeetingRule rule{.id = text("id"),
                     .body = text("body"),
                     .days = number_in(rules, row, "days", 1, kDaysMax),
                     .lasts = std::chrono::minutes(number_in(rules, row, "minutes", 1, 24 * 60)),
                     .place = text("place"),
                     .title = words_of(rules, row, ""),
                     .says = words_of(rules, row, "says_"),
                     .source = text("source")};
    if (rule.id.empty() || out.find(rule.id) != nullptr) refuse(rules, row, "a rule has an id of its own");
    if (bodies.find(rule.body) == nullptr) refuse(rules, row, "there is no body \"" + rule.body + "\"");
    const auto kind = std::find(std::begin(kRecurrences), std::end(kRecurrences), text("kind"));
    if (kind == std::end(kRecurrences)) refuse(rules, row, "there is no kind \"" + text("kind") + "\"");
    rule.kind = static_cast<Recurrence>(kind - std::begin(kRecurrences));
    const auto begins = parse_local_time("2001-01-01T" + text("begins"));
    if (!begins) refuse(rules, row, "\"" + text("begins") + "\" is no time of a day");
    rule.begins = std::chrono::duration_cast<std::chrono::minutes>(begins->since_midnight);
    if (rule.kind == Recurrence::once) {
      const auto date = parse_day(text("day"));
      if (!date) refuse(rules, row, "\"" + text("day") + "\" is no day");
      rule.date = *date;
    } else {
      const auto weekday = std::find(std::begin(kWeekdays), std::end(kWeekdays), text("day"));
      if (weekday == std::end(kWeekdays)) refuse(rules, row, "\"" + text("day") + "\" is no day of the week");
      rule.weekday = std::chrono::weekday(static_cast<unsigned>(weekday - std::begin(kWeekdays)));
    }
    if (rule.kind == Recurrence::monthly) {
      rule.week = static_cast<unsigned>(number_in(rules, row, "week", 1, 5));
      for (const std::string_view each : split_values(rules.cell(row, "months"))) {
        const auto month = number_of(each);
        if (!month || *month < 1 || *month > 12)
          refuse(rules, row, "\"" + std::string(each) + "\" is no month");
        rule.months.push_back(static_cast<unsigned>(*month));
      }
      if (rule.months.empty()) refuse(rules, row, "a monthly rule names its months");
    }
    for (auto [column, day] : {std::pair("from", &rule.from), std::pair("to", &rule.to)}) {
      const auto given = parse_day(text(column));
      if (!text(column).empty() && !given) refuse(rules, row, "\"" + text(column) + "\" is no day");
      if (given) *day = *given;
    }
    out.rules_.push_back(std::move(rule));
  }
  const Table recesses = Table::read(data / "meetings" / "recesses.tsv");
  for (std::size_t row = 0; row < recesses.row_count(); ++row) {
    const std::string where = recesses.name() + ":" + std::to_string(recesses.line_of(row));
    Recess recess{.body = std::string(recesses.cell(row, "body")),
                  .from = year_day_of(recesses.cell(row, "from"), where),
                  .to = year_day_of(recesses.cell(row, "to"), where)};
    if (bodies.find(recess.body) == nullptr)
      refuse(recesses, row, "there is no body \"" + recess.body + "\"");
    out.recesses_.push_back(std::move(recess));
  }
  return out;
}

const MeetingRule* Calendar::find(std::string_view id) const {
  const auto found =
      std::find_if(rules_.begin(), rules_.end(), [&](const auto& rule) { return rule.id == id; });
  return found == rules_.end() ? nullptr : &*found;
}

bool Calendar::in_recess(std::string_view body, Day day) const {
  return std::any_of(recesses_.begin(), recesses_.end(), [&](const Recess& recess) {
    if (recess.body != body) return false;
    const Day from = recess.from.in(day.year()), to = recess.to.in(day.year());
    // One that goes over the end of the year is two pieces of this one.
    return from <= to ? from <= day && day <= to : from <= day || day <= to;
  });
}

std::vector<Proposal> Calendar::propose(std::string_view body, std::chrono::year year) const {
  std::vector<Proposal> out;
  for (const MeetingRule& rule : rules_) {
    if (!body.empty() && rule.body != body) continue;
    std::vector<Day> on;
    if (rule.kind == Recurrence::weekly) {
      sys_days day = sys_days(year / 1 / 1);
      day += rule.weekday - std::chrono::weekday(day);
      for (; Day(day).year() == year; day += days(7)) {
        if (!in_recess(rule.body, Day(day))) on.emplace_back(day);
      }
    } else if (rule.kind == Recurrence::monthly) {
      for (const unsigned month : rule.months) {
        const auto nth = rule.week == 5 ? sys_days(year / month / rule.weekday[std::chrono::last])
                                        : sys_days(year / month / rule.weekday[rule.week]);
        on.emplace_back(nth);
      }
      std::sort(on.begin(), on.end());
    } else if (rule.date.year() == year) {
      on.push_back(rule.date);
    }
    int number = 0;
    for (const Day day : on) {
      if ((rule.from.ok() && day < rule.from) || (rule.to.ok() && rule.to <= day)) continue;
      const std::string& zone = zones_.at(rule.body);
      const Day last(sys_days(day) + days(rule.days - 1));
      // Minutes behind midnight may go into the next day.
      const auto end = rule.begins + rule.lasts;
      const Day end_day(sys_days(last) + days(end / std::chrono::minutes(24 * 60)));
      out.push_back({.rule = rule.id,
                     .body = rule.body,
                     .number = ++number,
                     .begins = moment(day, rule.begins, zone),
                     .ends = moment(end_day, end % std::chrono::minutes(24 * 60), zone),
                     .place = rule.place,
                     .title = rule.title});
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Proposal& a, const Proposal& b) { return a.begins.at < b.begins.at; });
  return out;
}

}  // namespace mithaq::meetings
