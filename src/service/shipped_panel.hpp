// Deaths by country and month as they come with the program, so that it forecasts without any download.
//
// The tables are data/conflict/{countries,coverage,deaths,neighbours}.tsv: facts of UCDP GED, CC BY 4.0, with
// the vintages said in the tables' heads. Their format is a section of docs/data-files.md.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "events/country_months.hpp"
#include "events/panel.hpp"

namespace mithaq::service {

// The vintage of what comes with the program, and whom to cite for it.
inline constexpr std::string_view kShippedVintage = "ucdp-2024";
inline constexpr std::string_view kShippedName = "UCDP GED by country and month, 1990 to 2023";
inline constexpr std::string_view kShippedSource =
    "UCDP GED 23.1 and 24.1, Uppsala Conflict Data Program (Sundberg & Melander 2013; Davies et al. 2024), "
    "summed "
    "up by VIEWS (Hegre et al. 2025)";
inline constexpr std::string_view kShippedLicence = "CC BY 4.0";

// The States that panels count in, by id.
//   data    the project's folder data/
//   throws  Error{not_found, invalid_input} naming file and line; of shipped_panel and join_neighbours too
std::vector<events::Country> panel_countries(const std::filesystem::path& data);

// The whole table: units as panel_countries gives them, with regions and neighbours, no indicators.
events::Panel shipped_panel(const std::filesystem::path& data);

// Fills Panel::neighbours of a panel whose units have ids of data/states.tsv.
void join_neighbours(const std::filesystem::path& data, events::Panel& panel);

}  // namespace mithaq::service
