// A small vintage for tests: a dozen countries over some years, some at war, some now and then, some at
// peace.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "base/table.hpp"
#include "engines/forecast/random.hpp"
#include "service/forecast_library.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {

// Mali has at least 25 deaths in every month and Ghana never any, so that what follows is known beforehand;
// Benin has none before `onset` and 40 in each month from then on.
inline NewVintage made_vintage(const std::string& id, events::Month first, events::Month last,
                               events::Month onset = std::numeric_limits<events::Month>::max()) {
  const std::vector<std::string> countries = {"MLI", "SOM", "NGA", "KEN", "NER", "TCD",
                                              "GHA", "SEN", "TGO", "BEN", "DZA", "MAR"};
  const Table table = Table::read(test::data() / "conflict" / "countries.tsv");
  NewVintage out;
  out.info = {.id = id, .name = "Made for tests", .source = "a test", .licence = "none"};
  out.info.sha256 = "ab";
  out.info.imported_by = "tester";
  out.info.world = false;
  out.months.first = first;
  out.months.last = last;
  for (std::size_t country = 0; country < countries.size(); ++country) {
    std::int32_t number = 0;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      if (table.cell(row, "id") != countries[country]) continue;
      const std::string_view text = table.cell(row, "views");
      std::from_chars(text.data(), text.data() + text.size(), number);
    }
    for (events::Month month = first; month <= last; ++month) {
      forecast::Random random(country, static_cast<std::uint64_t>(month));
      double deaths = 0;
      if (country < 3) deaths = 40 + std::floor(random.uniform() * 200);
      if (country >= 3 && country < 6 && random.uniform() < 0.3) deaths = std::floor(random.uniform() * 30);
      if (countries[country] == "BEN" && month >= onset) deaths = 40;
      out.months.rows.push_back(
          {.unit = number,
           .month = month,
           .deaths = {static_cast<float>(deaths), std::numeric_limits<float>::quiet_NaN(),
                      std::numeric_limits<float>::quiet_NaN()}});
    }
  }
  std::sort(out.months.rows.begin(), out.months.rows.end(), [](const auto& a, const auto& b) {
    return std::pair(a.unit, a.month) < std::pair(b.unit, b.month);
  });
  return out;
}

// Quick enough for tests; the engine is the real one.
inline ForecastSettings quick_settings() {
  return {.horizon = 12, .draws = 200, .windows = 2};
}

}  // namespace mithaq::service
