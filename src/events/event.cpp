#include "events/event.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>

namespace mithaq::events {
namespace {

constexpr EventId kNumbers = 10'000'000'000'000;  // 10^13: what is above is the letters
constexpr std::size_t kLettersMax = 4;
constexpr int kGridColumns = 720, kGridRows = 360;

bool is_letter(char each) {
  return (each >= 'A' && each <= 'Z') || (each >= 'a' && each <= 'z');
}

}  // namespace

std::optional<Day> day_of(int year, int month_of_year, int day_of_month) {
  if (year < 1800 || year > 2200 || month_of_year < 1 || day_of_month < 1) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month_of_year)),
                                         std::chrono::day(static_cast<unsigned>(day_of_month))};
  if (!date.ok()) return std::nullopt;
  return static_cast<Day>(std::chrono::sys_days(date).time_since_epoch().count());
}

Month month_of(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return month_of(static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())));
}

std::string day_text(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::optional<EventId> event_id_named(std::string_view text) {
  EventId letters = 0;  // in base 27, A is 1, so that "A" and "AA" differ
  std::size_t count = 0;
  for (; count < text.size() && is_letter(text[count]); ++count) {
    if (count == kLettersMax) return std::nullopt;
    letters = letters * 27 + ((text[count] & 0x1F));
  }
  text.remove_prefix(count);
  // Tables that went through a spreadsheet write whole numbers as "244657.0".
  if (text.ends_with(".0")) text.remove_suffix(2);
  EventId number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || end.ec != std::errc() || end.ptr != text.data() + text.size()) return std::nullopt;
  if (number < 0 || number >= kNumbers) return std::nullopt;
  return letters * kNumbers + number;
}

std::string to_text_of(EventId id) {
  std::string letters;
  for (EventId rest = id / kNumbers; rest > 0; rest /= 27)
    letters.insert(letters.begin(), static_cast<char>('A' + rest % 27 - 1));
  return letters + std::to_string(id % kNumbers);
}

std::int32_t grid_cell(double latitude, double longitude) {
  if (!(latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180)) return 0;
  const int row = std::min(static_cast<int>(std::floor((latitude + 90) * 2)), kGridRows - 1);
  const int column = std::min(static_cast<int>(std::floor((longitude + 180) * 2)), kGridColumns - 1);
  return row * kGridColumns + column + 1;
}

}  // namespace mithaq::events
