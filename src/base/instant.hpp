// An instant to the millisecond, and its one text.
//
// Deadlines of procedures are decided by the millisecond at which a paper was received, so seconds are too
// coarse.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace mithaq {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

// "2026-03-29T00:59:59.999Z"; always three digits behind the second.
std::string format_instant(Instant at);

// The inverse; takes a text without the fraction too.
//   returns  nothing if the text is no such instant ("2026-02-30T…", an offset instead of Z)
//   example  parse_instant("2026-03-29T00:59:59Z")
std::optional<Instant> parse_instant(std::string_view text);

// "2026-03-29"
std::string format_day(std::chrono::year_month_day day);
//   returns  nothing if the calendar has no such day
std::optional<std::chrono::year_month_day> parse_day(std::string_view text);

}  // namespace mithaq
