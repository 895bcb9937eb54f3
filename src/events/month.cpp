#include "events/month.hpp"

#include <fmt/format.h>

#include <charconv>

namespace mithaq::events {

std::string to_text(Month month) {
  return fmt::format("{:04}-{:02}", year_of(month), month_of_year(month));
}

std::optional<Month> month_named(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  int year = 0, month = 0;
  const char* begin = text.data();
  const auto year_end = std::from_chars(begin, begin + 4, year);
  const auto month_end = std::from_chars(begin + 5, begin + 7, month);
  if (year_end.ptr != begin + 4 || month_end.ptr != begin + 7) return std::nullopt;
  if (year < 1800 || year > 2200 || month < 1 || month > 12) return std::nullopt;
  return month_of(year, month);
}

}  // namespace mithaq::events
