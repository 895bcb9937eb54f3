// Indicators by country and year: population, GDP per head, and other structural causes.
//
// Read are the files that the World Bank hands out ("Country Name","Country Code","Indicator Name","Indicator
// Code", "1960", …, below a few lines about the file) and a plain long layout:
// country,year,indicator,value,source.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/formats/layout.hpp"
#include "events/panel.hpp"

namespace mithaq::events {

struct IndicatorValue {
  std::uint32_t state = 0;  // in IndicatorTable::states
  std::int32_t year = 0;
  double value = 0;  // finite
};
// One indicator of many countries and years.
struct IndicatorTable {
  std::string id{};                      // "SP.POP.TOTL"
  std::string name{};                    // "Population, total"
  std::string source{};                  // who says so; never empty
  std::vector<std::string> states{};     // ids of data/states.tsv
  std::vector<IndicatorValue> values{};  // sorted by state and year, none twice
};

// True for a file in the World Bank's layout, whatever stands above its head.
bool is_world_bank(std::string_view begin);

// The indicators of a file. Rows of what is no State (World, Arab World) are left out and listed.
//   options.source  who says so, if the file does not: an indicator without a source is refused
//   throws          Error{invalid_input} as of read_ged, and if no source is named
ReadReport read_indicators(std::string_view text, const ReadOptions& options,
                           std::vector<IndicatorTable>& into);

// The values as they were known in each month of a panel: those of a year from `lag_months` after its end on
// (7: from July of the next year), until a newer one is known, for at most `age_max_years`.
Indicator joined(const IndicatorTable& table, const Panel& panel, int lag_months = 7, int age_max_years = 10);

}  // namespace mithaq::events
