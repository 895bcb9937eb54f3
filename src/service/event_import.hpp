// Files of events, of deaths by month and of indicators come in: `mithaq events import`.
//
// All files of one import become one vintage, or indicators; nothing is kept of an import that fails. Layouts
// are told by their columns (events/formats/layout.hpp). docs/events.md is its page.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "events/formats/layout.hpp"
#include "service/event_library.hpp"
#include "service/indicator_library.hpp"

namespace mithaq::service {

struct ImportRequest {
  std::vector<std::filesystem::path> files{};
  // Each may be left empty: what the files' names and layouts say is taken then.
  std::string vintage{};  // "ged-23.1"
  std::string name{}, source{}, licence{};
  std::optional<events::Layout> layout{};  // that all files must have
  std::optional<bool> world{};             // see VintageInfo::world; else 50 countries or more are the world
  document::Handling handling{};
  std::string by{};
  bool replace = false;   // a vintage or indicator that is there already
  bool take_bad = false;  // rows that cannot be are left out, however many they are
  // Called now and then; false stops, and nothing is imported.
  std::function<bool(const std::string& file, double part)> progress{};
};

struct ImportReport {
  struct File {
    std::string name{};
    std::string sha256{};
    events::ReadReport read{};
  };
  std::vector<File> files{};
  std::optional<VintageInfo> vintage{};
  std::vector<IndicatorInfo> indicators{};
  // What becomes of the events with the usual rules.
  events::Aggregated aggregated{};
};

//   throws  Error{invalid_input} naming the file and what is wrong with it, Error{not_found}, Error{conflict}
//   if the
//           vintage is there; Error{unavailable} if it was stopped
ImportReport import_events(Workspace& workspace, const ImportRequest& request);

// How States are written in files of events: data/states.tsv and data/conflict.
events::StateNames state_names(const std::filesystem::path& data);
std::vector<events::AcledRule> acled_rules(const std::filesystem::path& data);

}  // namespace mithaq::service
