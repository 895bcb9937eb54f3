// Incidents that documents of the record tell of, as a series by country and month beside the sources'
// deaths.
//
// A statement of the type incident counts in the month in which it was known: that of its own time, or of its
// document's date if that is later, so that no past forecast learns what was written afterwards. What the
// asker may not see, what a person rejected, and what says no month or no State does not count.
#pragma once

#include <string_view>

#include "events/panel.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

inline constexpr std::string_view kReportedIncidents = "record.incidents";  // how many statements
inline constexpr std::string_view kReportedDeaths = "record.deaths";        // the killed that they name

// Adds the two series as indicators, if there is any incident in the panel's months: zero from the first
// month with one on, unknown before.
//   returns  how many statements count
std::size_t join_field_reports(Workspace& workspace, events::Panel& panel);

}  // namespace mithaq::service
