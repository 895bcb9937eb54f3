// Local time and instants: what a clock on the wall in Vienna or Jeddah shows.
//
// A deadline is said in local time with its zone and kept as an instant. Where clocks go forward, an hour of
// local time is never; where they go back, one is twice: both are told, nobody guesses.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"

namespace mithaq {

// What a wall clock shows.
struct LocalTime {
  std::chrono::year_month_day day{};
  std::chrono::milliseconds since_midnight{};
  friend bool operator==(const LocalTime&, const LocalTime&) = default;
};

// "2026-03-29T02:30" or "2026-03-29T02:30:00", with or without a fraction.
std::optional<LocalTime> parse_local_time(std::string_view text);
// "2026-03-29T02:30:00"; with the milliseconds if there are any.
std::string format_local_time(const LocalTime& time);

// A zone of the IANA time zone database, as the system keeps it: packages bring it up to date when a State
// changes its clocks (docs/decisions/time-zones.md).
class Zone {
 public:
  //   name     "Europe/Vienna", "Asia/Riyadh", "UTC"; nothing else, no abbreviation and no offset
  //   returns  nothing if there is no such zone
  static std::optional<Zone> named(std::string_view name);
  ~Zone();
  Zone(const Zone&);
  Zone& operator=(const Zone&);
  Zone(Zone&&) noexcept;
  Zone& operator=(Zone&&) noexcept;

  const std::string& name() const;
  LocalTime local(Instant at) const;
  // Minutes that local time is ahead of UTC.
  int offset_minutes(Instant at) const;

  enum class Existence { once, twice, never };
  struct Reading {
    Existence existence = Existence::once;
    Instant earlier{};  // the first of two; of a time that never is, the instant at which clocks go forward
    Instant later{};    // the second of two; else the same
  };
  Reading instants_of(const LocalTime& time) const;

 private:
  struct Parts;
  explicit Zone(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// "+02:00"
std::string format_offset(int minutes);

}  // namespace mithaq
