// Tables by month: of countries, of cells, and the outcomes of the VIEWS Prediction Challenge.
#pragma once

#include <string_view>

#include "events/formats/layout.hpp"
#include "events/month_table.hpp"

namespace mithaq::events {

// Adds the rows behind those that `into` has, then sorts all; the same unit and month twice is kept once.
//   columns  month_id, or year and month; then country_id, or gid; then deaths: ged_sb, ged_ns, ged_os (or
//   sb, ns, os,
//            outcome), or long: violence and deaths
//   countries  VIEWS ids, sorted; rows of others are left out and listed
//   throws   Error{invalid_input} as of read_ged; also if two rows of one unit and month say different
//   numbers
ReadReport read_months(std::string_view text, const ReadOptions& options,
                       std::span<const std::int32_t> countries, MonthTable& into);

}  // namespace mithaq::events
