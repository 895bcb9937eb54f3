// Dates as documents say them: EDTF, the Extended Date/Time Format of ISO 8601-2:2019.
//
// "since 1993", "early 1990s" and "5-6 May 2018" are values, never rounded to a first of the month. A value
// is compared as the days it may cover, in the proleptic Gregorian calendar (ISO 8601).
//
// Read: years, year-months, days; unspecified digits ("199X", "2004-XX", "XXXX-03-15", level 1 and 2);
// seasons, quarters, halves of a year (21-41); marks ~ (approximate), ? (uncertain), % (both) after the whole
// value; intervals with open ("..") and unknown (empty) ends. Not read: times of day, sets, years beyond four
// digits. The choices EDTF leaves to its users, e.g. "early 1990s" = 1990~/1993~, are in docs/dates.md.
// Source: Library of Congress, Extended Date/Time Format Specification, 4 February 2019.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace mithaq {

// A day of the proleptic Gregorian calendar. Year 0 is 1 BC.
struct CalendarDay {
  int year = 0;
  int month = 1;  // 1 to 12
  int day = 1;    // 1 to 31
  friend bool operator==(const CalendarDay&, const CalendarDay&) = default;
};

bool is_leap_year(int year);
// 28 to 31; 0 if there is no such month.
int days_in_month(int year, int month);
bool is_calendar_day(CalendarDay day);

// Days since 1970-01-01, negative before.
//   example  day_number({2018, 11, 29}) == 17864
//   source   Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil)
std::int64_t day_number(CalendarDay day);
CalendarDay calendar_day(std::int64_t day_number);

// The days that a value may cover, both ends included.
struct DayRange {
  static constexpr std::int64_t kNoStart = std::numeric_limits<std::int64_t>::min();
  static constexpr std::int64_t kNoEnd = std::numeric_limits<std::int64_t>::max();
  std::int64_t earliest = kNoStart;
  std::int64_t latest = kNoEnd;
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

// One end of an interval, or a whole simple value.
struct EdtfPoint {
  enum class Kind { date, open, unknown };
  Kind kind = Kind::date;
  int year = 0;                // with its unspecified digits at 0; 0 if all are
  int unspecified_digits = 0;  // of the year, from its end: "199X" has 1, "XXXX" 4
  int month = 0;               // 1 to 12, or a season 21 to 41; 0 if unsaid, -1 if "XX"
  int day = 0;                 // 1 to 31; 0 if unsaid, -1 if "XX"
  bool approximate = false;    // ~ or %
  bool uncertain = false;      // ? or %
  friend bool operator==(const EdtfPoint&, const EdtfPoint&) = default;
};

class Edtf {
 public:
  //   returns  nothing if the text is not of the forms above, names a day that does not exist (2015-02-29),
  //   or is
  //            an interval that ends before it starts
  static std::optional<Edtf> parse(std::string_view text);

  static Edtf of_day(CalendarDay day);
  static Edtf of_month(int year, int month);
  static Edtf of_year(int year);
  // Nothing if the second ends before the first starts.
  static std::optional<Edtf> between(const Edtf& first, const Edtf& last);

  bool is_interval() const { return interval_; }
  const EdtfPoint& start() const { return start_; }
  // The same as start() if it is not an interval.
  const EdtfPoint& end() const { return interval_ ? end_ : start_; }

  // The days it may cover. A value whose year is unspecified ("XXXX-03-15") may be any time.
  //   example  "2018-05" gives 2018-05-01 to 2018-05-31; "2014/.." has no end
  DayRange days() const;
  // Every day of the other may be one of ours.
  //   example  "2018" contains "2018-11-29"
  bool contains(const Edtf& other) const;
  // All our days are before all of the other.
  bool before(const Edtf& other) const;
  bool overlaps(const Edtf& other) const;

  // The value as EDTF; parse(text()) gives the same value.
  std::string text() const;
  friend bool operator==(const Edtf&, const Edtf&) = default;

 private:
  EdtfPoint start_;
  EdtfPoint end_;
  bool interval_ = false;
};

}  // namespace mithaq
