#include "base/zone.hpp"

#include <fmt/format.h>
#include <unicode/calendar.h>
#include <unicode/timezone.h>

#include <algorithm>

#include "base/error.hpp"

namespace mithaq {

struct Zone::Parts {
  std::string name{};
  std::unique_ptr<icu::TimeZone> zone{};
};

namespace {

// Milliseconds that local time is ahead of UTC at an instant.
std::chrono::milliseconds offset_at(const icu::TimeZone& zone, Instant at) {
  std::int32_t raw = 0, summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone.getOffset(static_cast<UDate>(at.time_since_epoch().count()), false, raw, summer, status);
  expect(U_SUCCESS(status), "a zone has an offset at every instant");
  return std::chrono::milliseconds(raw + summer);
}

// What the wall clock would show at UTC.
Instant as_if_utc(const LocalTime& time) {
  return Instant(std::chrono::sys_days(time.day)) + time.since_midnight;
}

}  // namespace

std::optional<LocalTime> parse_local_time(std::string_view text) {
  std::string whole(text);
  if (whole.size() == 16) whole += ":00";
  const auto at = parse_instant(whole + "Z");
  if (!at) return std::nullopt;
  const auto day = std::chrono::floor<std::chrono::days>(*at);
  return LocalTime{.day = std::chrono::year_month_day(day), .since_midnight = *at - day};
}

std::string format_local_time(const LocalTime& time) {
  std::string text = format_instant(as_if_utc(time));
  text.pop_back();
  if (text.ends_with(".000")) text.resize(text.size() - 4);
  return text;
}

Zone::Zone(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Zone::~Zone() = default;
Zone::Zone(const Zone& other)
    : parts_(std::make_unique<Parts>(Parts{
          .name = other.parts_->name, .zone = std::unique_ptr<icu::TimeZone>(other.parts_->zone->clone())})) {
}
Zone& Zone::operator=(const Zone& other) {
  if (this != &other) *this = Zone(other);
  return *this;
}
Zone::Zone(Zone&&) noexcept = default;
Zone& Zone::operator=(Zone&&) noexcept = default;

std::optional<Zone> Zone::named(std::string_view name) {
  // "GMT+3" and "CET" would be understood too, and would mean something else to somebody.
  if (name != "UTC" && name.find('/') == std::string_view::npos) return std::nullopt;
  if (name.size() > 64) return std::nullopt;
  std::unique_ptr<icu::TimeZone> zone(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(std::string(name))));
  if (!zone || *zone == icu::TimeZone::getUnknown()) return std::nullopt;
  return Zone(std::make_unique<Parts>(Parts{.name = std::string(name), .zone = std::move(zone)}));
}

const std::string& Zone::name() const {
  return parts_->name;
}

LocalTime Zone::local(Instant at) const {
  const Instant shown = at + offset_at(*parts_->zone, at);
  const auto day = std::chrono::floor<std::chrono::days>(shown);
  return {.day = std::chrono::year_month_day(day), .since_midnight = shown - day};
}

int Zone::offset_minutes(Instant at) const {
  return static_cast<int>(std::chrono::floor<std::chrono::minutes>(offset_at(*parts_->zone, at)).count());
}

Zone::Reading Zone::instants_of(const LocalTime& time) const {
  const Instant shown = as_if_utc(time);
  // Offsets a day before and a day after; no zone changes twice within two days.
  const auto before = offset_at(*parts_->zone, shown - std::chrono::hours(24));
  const auto after = offset_at(*parts_->zone, shown + std::chrono::hours(24));
  const Instant first = shown - before, second = shown - after;
  const bool first_holds = offset_at(*parts_->zone, first) == before;
  const bool second_holds = offset_at(*parts_->zone, second) == after;
  if (before == after) return {.existence = Existence::once, .earlier = first, .later = first};
  if (first_holds && second_holds)
    return {
        .existence = Existence::twice, .earlier = std::min(first, second), .later = std::max(first, second)};
  if (first_holds) return {.existence = Existence::once, .earlier = first, .later = first};
  if (second_holds) return {.existence = Existence::once, .earlier = second, .later = second};
  // Never: the clocks go forward at the instant where one offset ends and the other begins.
  Instant low = shown - std::chrono::hours(24), high = shown + std::chrono::hours(24);
  while (high - low > std::chrono::milliseconds(1)) {
    const Instant middle = low + (high - low) / 2;
    (offset_at(*parts_->zone, middle) == before ? low : high) = middle;
  }
  return {.existence = Existence::never, .earlier = high, .later = high};
}

std::string format_offset(int minutes) {
  return fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                     std::abs(minutes) % 60);
}

}  // namespace mithaq
