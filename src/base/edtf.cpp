#include "base/edtf.hpp"

#include <algorithm>
#include <array>

namespace mithaq {

namespace {

bool is_ascii_digit(char c) {
  return c >= '0' && c <= '9';
}

void append_padded(std::string& out, int value, int width) {
  std::string digits = std::to_string(value);
  out.append(static_cast<std::size_t>(std::max(0, width - static_cast<int>(digits.size()))), '0');
  out += digits;
}

// Two digits or "XX" (-1); nothing else.
std::optional<int> parse_pair(std::string_view text) {
  if (text.size() != 2) return std::nullopt;
  if (text == "XX") return -1;
  if (!is_ascii_digit(text[0]) || !is_ascii_digit(text[1])) return std::nullopt;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

std::optional<EdtfPoint> parse_point(std::string_view text) {
  EdtfPoint point;
  if (text.empty()) {
    point.kind = EdtfPoint::Kind::unknown;
    return point;
  }
  if (text == "..") {
    point.kind = EdtfPoint::Kind::open;
    return point;
  }
  switch (text.back()) {
    case '~':
      point.approximate = true;
      break;
    case '?':
      point.uncertain = true;
      break;
    case '%':
      point.approximate = point.uncertain = true;
      break;
    default:
      break;
  }
  if (point.approximate || point.uncertain) text.remove_suffix(1);

  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.size() < 4) return std::nullopt;
  for (const char c : text.substr(0, 4)) {
    point.year *= 10;
    if (c == 'X') {
      ++point.unspecified_digits;
    } else if (!is_ascii_digit(c) || point.unspecified_digits > 0) {
      return std::nullopt;  // unspecified digits end the year: "1X99" says nothing we use
    } else {
      point.year += c - '0';
    }
  }
  if (negative) {
    if (point.year == 0) return std::nullopt;  // there is no year -0
    point.year = -point.year;
  }
  text.remove_prefix(4);
  if (text.empty()) return point;

  if (text[0] != '-' || text.size() < 3) return std::nullopt;
  const auto month = parse_pair(text.substr(1, 2));
  if (!month) return std::nullopt;
  const bool season = *month >= 21 && *month <= 41;
  if (*month != -1 && !season && (*month < 1 || *month > 12)) return std::nullopt;
  point.month = *month;
  text.remove_prefix(3);
  if (text.empty()) return point;

  if (season || text[0] != '-' || text.size() != 3) return std::nullopt;
  const auto day = parse_pair(text.substr(1, 2));
  if (!day || *day == 0) return std::nullopt;
  // In a year we do not know, 29 February may have been.
  const int year = point.unspecified_digits > 0 ? 2000 : point.year;
  if (*day != -1 && *day > (point.month == -1 ? 31 : days_in_month(year, point.month))) return std::nullopt;
  point.day = *day;
  return point;
}

// First and last month of a season or another part of a year; northern meteorological seasons, the last of
// which (24, winter) we take as December of the year before to February, as 32 for the south takes June.
struct Months {
  int first;
  int last;
};
Months months_of_part(int part) {
  static constexpr std::array<Months, 21> kParts{{
      {3, 5},  {6, 8},   {9, 11}, {12, 14},  // 21-24 spring to winter; winter runs into the next year
      {3, 5},  {6, 8},   {9, 11}, {12, 14},  // 25-28 northern hemisphere
      {9, 11}, {12, 14}, {3, 5},  {6, 8},    // 29-32 southern hemisphere
      {1, 3},  {4, 6},   {7, 9},  {10, 12},  // 33-36 quarters
      {1, 4},  {5, 8},   {9, 12},            // 37-39 quadrimesters
      {1, 6},  {7, 12},                      // 40-41 semesters
  }};
  return kParts[static_cast<std::size_t>(part - 21)];
}

std::int64_t first_day(const EdtfPoint& point) {
  if (point.unspecified_digits == 4) return DayRange::kNoStart;
  int year = point.year;
  if (year < 0 && point.unspecified_digits > 0) {
    int span = 1;
    for (int i = 0; i < point.unspecified_digits; ++i) span *= 10;
    year -= span - 1;
  }
  if (point.month > 12) return day_number({year, months_of_part(point.month).first, 1});
  const int month = std::max(point.month, 1);
  return day_number({year, month, std::max(point.day, 1)});
}

std::int64_t last_day(const EdtfPoint& point) {
  if (point.unspecified_digits == 4) return DayRange::kNoEnd;
  int year = point.year;
  if (year >= 0) {
    int span = 1;
    for (int i = 0; i < point.unspecified_digits; ++i) span *= 10;
    year += span - 1;
  }
  int month = point.month <= 0 ? 12 : point.month;
  if (month > 12) month = months_of_part(month).last;
  if (month > 12) {
    month -= 12;
    ++year;
  }
  int day = days_in_month(year, month);
  if (point.day > 0) day = std::min(point.day, day);
  return day_number({year, month, day});
}

void append_point(std::string& out, const EdtfPoint& point) {
  if (point.kind == EdtfPoint::Kind::unknown) return;
  if (point.kind == EdtfPoint::Kind::open) {
    out += "..";
    return;
  }
  if (point.year < 0) out += '-';
  const std::size_t year_at = out.size();
  append_padded(out, std::abs(point.year), 4);
  for (int i = 0; i < point.unspecified_digits; ++i) out[year_at + 3 - static_cast<std::size_t>(i)] = 'X';
  for (const int part : {point.month, point.day}) {
    if (part == 0) break;
    out += '-';
    if (part == -1) {
      out += "XX";
    } else {
      append_padded(out, part, 2);
    }
  }
  if (point.approximate && point.uncertain) {
    out += '%';
  } else if (point.approximate) {
    out += '~';
  } else if (point.uncertain) {
    out += '?';
  }
}

}  // namespace

bool is_leap_year(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(int year, int month) {
  static constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  return month == 2 && is_leap_year(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

bool is_calendar_day(CalendarDay day) {
  return day.day >= 1 && day.day <= days_in_month(day.year, day.month);
}

std::int64_t day_number(CalendarDay day) {
  // The year is counted from March, so that the leap day is its last.
  const std::int64_t year = day.month <= 2 ? day.year - 1 : day.year;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t month = day.month > 2 ? day.month - 3 : day.month + 9;
  const std::int64_t day_of_year = (153 * month + 2) / 5 + day.day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

CalendarDay calendar_day(std::int64_t number) {
  number += 719468;
  const std::int64_t era = (number >= 0 ? number : number - 146096) / 146097;
  const std::int64_t day_of_era = number - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month = (5 * day_of_year + 2) / 153;
  CalendarDay day;
  day.day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1);
  day.month = static_cast<int>(month < 10 ? month + 3 : month - 9);
  day.year = static_cast<int>(year_of_era + era * 400 + (day.month <= 2 ? 1 : 0));
  return day;
}

std::optional<Edtf> Edtf::parse(std::string_view text) {
  Edtf value;
  const std::size_t slash = text.find('/');
  value.interval_ = slash != std::string_view::npos;
  const auto start = parse_point(text.substr(0, slash));
  if (!start) return std::nullopt;
  value.start_ = *start;
  if (!value.interval_) return start->kind == EdtfPoint::Kind::date ? std::optional(value) : std::nullopt;
  const auto end = parse_point(text.substr(slash + 1));
  if (!end) return std::nullopt;
  value.end_ = *end;
  // An interval must say something, and must not run backwards.
  const bool start_said = start->kind == EdtfPoint::Kind::date, end_said = end->kind == EdtfPoint::Kind::date;
  if (!start_said && !end_said) return std::nullopt;
  if (start_said && end_said && last_day(*end) < first_day(*start)) return std::nullopt;
  return value;
}

Edtf Edtf::of_day(CalendarDay day) {
  Edtf value;
  value.start_.year = day.year;
  value.start_.month = day.month;
  value.start_.day = day.day;
  return value;
}

Edtf Edtf::of_month(int year, int month) {
  return of_day({year, month, 0});
}
Edtf Edtf::of_year(int year) {
  return of_day({year, 0, 0});
}

std::optional<Edtf> Edtf::between(const Edtf& first, const Edtf& last) {
  Edtf value;
  value.start_ = first.start_;
  value.end_ = last.end();
  value.interval_ = true;
  return parse(value.text());
}

DayRange Edtf::days() const {
  DayRange range;
  if (start_.kind == EdtfPoint::Kind::date) range.earliest = first_day(start_);
  if (end().kind == EdtfPoint::Kind::date) range.latest = last_day(end());
  return range;
}

bool Edtf::contains(const Edtf& other) const {
  const DayRange ours = days(), theirs = other.days();
  return ours.earliest <= theirs.earliest && theirs.latest <= ours.latest;
}

bool Edtf::before(const Edtf& other) const {
  return days().latest < other.days().earliest;
}

bool Edtf::overlaps(const Edtf& other) const {
  const DayRange ours = days(), theirs = other.days();
  return ours.earliest <= theirs.latest && theirs.earliest <= ours.latest;
}

std::string Edtf::text() const {
  std::string out;
  append_point(out, start_);
  if (interval_) {
    out += '/';
    append_point(out, end_);
  }
  return out;
}

}  // namespace mithaq
