// Calendar months as whole numbers, so that a time without gaps is an index.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mithaq::events {

// January 1980 is 1, February 1980 is 2: (year - 1980) * 12 + month, as VIEWS counts them (Hegre et al.
// 2019).
//   example  December 2023 is 528
using Month = std::int32_t;

constexpr Month month_of(int year, int month_of_year) {
  return (year - 1980) * 12 + month_of_year;
}
constexpr int year_of(Month month) {
  const int before = month - 1;
  return 1980 + (before >= 0 ? before / 12 : -((11 - before) / 12));
}
// 1 to 12
constexpr int month_of_year(Month month) {
  return month - (year_of(month) - 1980) * 12;
}

// "2023-12", the EDTF value of a month.
std::string to_text(Month month);
// The inverse; nothing if the text is not a month of the years 1800 to 2200.
std::optional<Month> month_named(std::string_view text);

}  // namespace mithaq::events
