#include "acts/deadline.hpp"

#include "base/zone.hpp"

namespace mithaq::acts {

namespace {

Refusal refused(std::string reason) {
  return {.rule = "acts/deadline", .reason = std::move(reason)};
}

}  // namespace

std::optional<Refusal> settle(Deadline& deadline, Instant now) {
  const auto zone = Zone::named(deadline.zone);
  if (!zone)
    return refused("there is no time zone \"" + deadline.zone + "\": give one such as Europe/Vienna");
  const auto local = parse_local_time(deadline.local);
  if (!local)
    return refused("\"" + deadline.local + "\" is no local time: give one such as 2026-03-29T12:00");
  const Zone::Reading reading = zone->instants_of(*local);
  const auto offset_at = [&](Instant at) { return format_offset(zone->offset_minutes(at)); };
  if (reading.existence == Zone::Existence::never) {
    return refused("clocks in " + zone->name() + " go forward and never show " + deadline.local +
                   ": they go to " + format_local_time(zone->local(reading.earlier)));
  }
  deadline.at = reading.earlier;
  if (reading.existence == Zone::Existence::twice) {
    const std::string first = offset_at(reading.earlier), second = offset_at(reading.later);
    if (deadline.offset != first && deadline.offset != second) {
      return refused("clocks in " + zone->name() + " go back and show " + deadline.local + " twice: at " +
                     format_instant(reading.earlier) + " and at " + format_instant(reading.later) +
                     "; say which by the offset " + first + " or " + second);
    }
    if (deadline.offset == second) deadline.at = reading.later;
  } else if (!deadline.offset.empty() && deadline.offset != offset_at(deadline.at)) {
    return refused("the offset in " + zone->name() + " is then " + offset_at(deadline.at) + " and not " +
                   deadline.offset);
  }
  if (deadline.at <= now) return refused("the deadline " + format_instant(deadline.at) + " has passed");
  return std::nullopt;
}

}  // namespace mithaq::acts
