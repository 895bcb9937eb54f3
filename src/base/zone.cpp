#include "base/zone.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <stdexcept>

#include "base/error.hpp"

namespace mithaq {

struct Zone::Parts {
  std::string name{};
  const date::time_zone* zone = nullptr;  // of the library's table, which stands as long as the program
};

namespace {

// Milliseconds that local time is ahead of UTC at an instant.
std::chrono::milliseconds offset_at(const date::time_zone& zone, Instant at) {
  return zone.get_info(std::chrono::floor<std::chrono::seconds>(at)).offset;
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
Zone::Zone(const Zone& other) : parts_(std::make_unique<Parts>(*other.parts_)) {}
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
  try {
    return Zone(std::make_unique<Parts>(
        Parts{.name = std::string(name), .zone = date::locate_zone(std::string(name))}));
  } catch (const std::runtime_error&) {
    return std::nullopt;  // the database has no such zone
  }
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
  const auto second = std::chrono::floor<std::chrono::seconds>(shown.time_since_epoch());
  const auto rest = shown.time_since_epoch() - second;
  const date::local_info info = parts_->zone->get_info(date::local_seconds(second));
  // Behind the change there are as many milliseconds as behind the second.
  const auto at = [&](const date::sys_info& reading) { return Instant(second - reading.offset + rest); };
  switch (info.result) {
    case date::local_info::ambiguous:
      return {.existence = Existence::twice, .earlier = at(info.first), .later = at(info.second)};
    case date::local_info::nonexistent:
      return {.existence = Existence::never, .earlier = info.first.end, .later = info.first.end};
    default:
      return {.existence = Existence::once, .earlier = at(info.first), .later = at(info.first)};
  }
}

std::string format_offset(int minutes) {
  return fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                     std::abs(minutes) % 60);
}

}  // namespace mithaq
