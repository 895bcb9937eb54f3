// The structural indicators that were imported: population, GDP per head, and other root causes that papers
// name.
//
// They stand in a table beside the record, each with who says so, and are joined to a panel as they were
// known in each month. What an import brings is an entry "indicators.imported". An indicator has a handling
// like a document.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/formats/world_bank.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

struct IndicatorInfo {
  std::string id{};      // "SP.POP.TOTL"
  std::string name{};    // "Population, total"
  std::string source{};  // "World Bank, World Development Indicators (2024-06-28)"
  std::size_t values = 0, states = 0;
  int first_year = 0, last_year = 0;
  std::string imported_at{}, imported_by{}, sha256{};
  document::Handling handling{};
  std::optional<record::Seq> entry{};
};

// Those that the asker may see, by id.
std::vector<IndicatorInfo> indicators(Workspace& workspace);

struct NewIndicators {
  std::vector<events::IndicatorTable> tables{};
  std::string sha256{};
  document::Handling handling{};
  std::string by{};
};
// Keeps them all, or none, and appends their entry.
//   replace  those that are there are replaced; else Error{conflict}
//   throws   Error{invalid_input} if one has no source
std::vector<IndicatorInfo> keep_indicators(Workspace& workspace, NewIndicators indicators, bool replace);
//   throws  Error{not_found}
void remove_indicator(Workspace& workspace, const std::string& id, const std::string& by);

// Adds the indicators that the asker may see to a panel.
//   lag_months  a year's value is known so long after its end: 7, from July of the next year
void join_indicators(Workspace& workspace, events::Panel& panel, int lag_months = 7);

}  // namespace mithaq::service
