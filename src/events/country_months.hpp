// From events to deaths by place and month, by rules that are said.
//
// Which month an event of several months counts in, and how sure its place and date must be, changes the
// figures greatly: two events of Ethiopia (2021 and 2022) have 113,368 and 121,848 deaths and span months.
// So every such choice is an option with the default that UCDP's own yearly tables use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "events/event.hpp"
#include "events/panel.hpp"

namespace mithaq::events {

// A State and the months in which it is forecast. Two rows may share a Gleditsch-Ward number if their months
// do not meet.
struct Country {
  std::string id{};         // of data/states.tsv
  std::int32_t number = 0;  // VIEWS country id
  std::int32_t gwcode = 0;  // Gleditsch & Ward (1999), the number that UCDP GED gives as country_id
  Month from = 0, to = std::numeric_limits<Month>::max();  // both included
  std::string region{};                                    // sub-region of UN M49: "202"
};

// What becomes of an event that began in one month and ended in a later one.
//   date_end    all its deaths are in the month of its last day (UCDP's yearly tables)
//   even_split  an equal part in each month it touches (what VIEWS calls the new actuals); parts of a death
//   ceil_split  the part rounded up in each month, if there is at least one death for each; else as
//               date_end (UCDP's candidate tables). Makes totals larger.
enum class MultiMonth : std::uint8_t { date_end, even_split, ceil_split };

enum class Estimate : std::uint8_t { best, low, high };

struct PanelRules {
  MultiMonth multi_month = MultiMonth::date_end;
  Estimate estimate = Estimate::best;
  // Events less exact than this are left out; what the source does not say is taken as exact enough.
  int where_prec_max = 7;  // 1 exact place … 7
  int date_prec_max = 5;   // 1 exact day … 5
  int clarity_max = 2;     // 1 clear, 2 less clear
  // The months of the panel; nothing: those that the table covers. Months outside the table's are NaN.
  std::optional<Month> first{}, last{};
};

// True if place, date and report of an event are as sure as the rules ask.
bool exact_enough(const Event& event, const PanelRules& rules);
// What an event adds: the same deaths in each of these months, both included.
struct MonthPart {
  Month first = 0, last = 0;
  double deaths = 0;
};
MonthPart month_part(const Event& event, const PanelRules& rules);

// What was left out on the way, in events and their deaths (by the estimate of the rules).
struct LeftOut {
  std::size_t events = 0;
  double deaths = 0;
};
struct Aggregated {
  std::size_t events = 0;  // those that count
  double deaths = 0;
  LeftOut imprecise{};       // where_prec, date_prec or clarity
  LeftOut no_unit{};         // no such country, or no place on the grid
  LeftOut outside_months{};  // before or after the panel, or while the country does not exist
  std::map<std::string, std::size_t> unknown_countries{};  // name or number as the source has it: events
};

// Deaths by country and month. A country is found by its Gleditsch-Ward number, else by its id.
//   countries  the units, in this order
//   returns    zero where the table covers the month, the country exists and no event tells of deaths; NaN
//              elsewhere. Neighbours and indicators are empty lists.
//   throws     Error{invalid_input} if the rules name no month
Panel country_panel(const EventTable& table, std::span<const Country> countries, const PanelRules& rules = {},
                    Aggregated* aggregated = nullptr);

// The same by cell of PRIO-GRID: cells with at least one event, and `more`, sorted by gid. A cell exists
// always; its region is the id or number of the country of its first event. Neighbours are the up to eight
// cells around it that are in the panel.
Panel grid_panel(const EventTable& table, const PanelRules& rules = {},
                 std::span<const std::int32_t> more = {}, Aggregated* aggregated = nullptr);

// A cell as a unit: "grid:137213", with the point in its middle.
Unit grid_unit(std::int32_t cell);

// Fills Panel::neighbours of a grid: gid ± 1, ± 719, ± 720, ± 721, around the globe at the 180th meridian.
void join_grid_neighbours(Panel& panel);

}  // namespace mithaq::events
