// The vintages of event data that this organization works with: what came with the program, and what was
// imported.
//
// What is imported is kept in tables beside the record, packed (events/packed.hpp), and goes along with
// backups. Each import is an entry of the record: "events.imported" with the vintage, its source, licence and
// sums. Two vintages never meet in one panel. A vintage has a handling like a document: who may not see it
// finds it in no list.
//   example  const events::Panel panel = country_panel_of(workspace);  // the newest of the world
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "document/handling.hpp"
#include "events/country_months.hpp"
#include "events/event.hpp"
#include "events/month_table.hpp"
#include "events/panel.hpp"
#include "record/entry.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

struct VintageInfo {
  std::string id{};                     // "ged-23.1"
  std::string name{};                   // "UCDP GED 23.1"
  std::string source{};                 // whom to cite, in words
  std::string licence{};                // "CC BY 4.0"
  std::string kind{};                   // "events", "country_months" or "grid_months"
  events::Month first = 1, newest = 0;  // the months that it covers
  std::size_t rows = 0;
  std::size_t countries = 0;  // in which it has a death or an event
  // Of the whole world: where it says nothing there was nothing. Else only of the countries that it names.
  bool world = true;
  std::string imported_at{};  // "2026-11-22T17:30:00Z"; empty for the shipped one
  std::string imported_by{};
  std::string sha256{};  // of its files, in hex; empty for the shipped one
  document::Handling handling{};
  bool shipped = false;
  std::optional<record::Seq> entry{};  // that says that it was imported
};

// Those that the asker may see: the shipped one first, it is always there; then the imported ones, newest
// import first.
std::vector<VintageInfo> vintages(Workspace& workspace);
// One of them.
//   vintage  its id; empty: the default, which is the newest imported of the whole world with at least 24
//            months, else the shipped one
//   throws   Error{not_found} naming those that are there
VintageInfo vintage_of(Workspace& workspace, const std::string& vintage);

// The events of a vintage.
//   throws  Error{not_found} if there is none or it is no table of events; Error{corrupt}
events::EventTable events_of(Workspace& workspace, const std::string& vintage);

// What joins a panel of countries beside deaths.
struct JoinOptions {
  bool indicators = true;     // those that the asker may see (indicator_library.hpp)
  bool field_reports = true;  // incidents of the record's documents (field_reports.hpp)
  int lag_months = 7;         // a year's value is known so long after its end: 7, from July of the next year
};

// Deaths by country and month, with regions and borders; for a vintage that is not of the world, the
// countries that it does not name are unknown throughout.
//   vintage     as for vintage_of
//   rules       of events; tables of months are as they came
//   aggregated  if given: what counted and what was left out
//   throws      Error{not_found}; Error{corrupt}
events::Panel country_panel_of(Workspace& workspace, const std::string& vintage = {},
                               const events::PanelRules& rules = {}, events::Aggregated* aggregated = nullptr,
                               const JoinOptions& join = {});

// Deaths by cell of PRIO-GRID and month, with the cells around each.
//   throws  Error{not_found} if there is no such vintage, or it has no places: a table of country-months
events::Panel grid_panel_of(Workspace& workspace, const std::string& vintage,
                            const events::PanelRules& rules = {}, events::Aggregated* aggregated = nullptr);

// The distinct handlings of vintages and indicators, seen or not: what a decision is asked about once for
// each (as record::View::handlings).
std::vector<document::Handling> handlings_of_vintages(Workspace& workspace);

// The distinct handlings of the record's documents and of these, each once.
std::vector<document::Handling> all_handlings(Workspace& workspace);

// What an import hands over.
struct NewVintage {
  VintageInfo info{};  // id, name, source, licence, world, sha256, handling, imported_by
  events::EventTable table{};
  events::MonthTable months{};  // instead of events, if it has rows
};
// In how many countries it has an event or a death.
std::size_t countries_named_by(const NewVintage& vintage);
// Keeps a vintage, all of it or nothing, and appends its entry.
//   replace  a vintage of that id is replaced; else Error{conflict}
//   returns  the vintage as it now is
//   throws   Error{invalid_input} if there is nothing in it or the id is not of letters, digits, "." and "-"
VintageInfo keep_vintage(Workspace& workspace, NewVintage vintage, bool replace);
// Removes an imported vintage and appends "events.removed".
//   throws  Error{not_found}; Error{forbidden} for the shipped one
void remove_vintage(Workspace& workspace, const std::string& vintage, const std::string& by);

}  // namespace mithaq::service
