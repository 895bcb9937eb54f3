// What the targets of event files share: names of two States, and what holds for whatever was read.
#pragma once

#include "base/fold.hpp"
#include "events/country_months.hpp"
#include "events/formats/event_builder.hpp"
#include "events/packed.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace mithaq::fuzz {

inline const events::StateNames& state_names() {
  static const events::StateNames kNames{
      .by_name = {{fold("Mali"), "MLI"}, {fold("MLI"), "MLI"}, {fold("CAF"), "CAF"}},
      .by_m49 = {{140, "CAF"}},
      .by_gwcode = {{482, "CAF"}}};
  return kNames;
}

inline events::ReadOptions event_options() {
  static const std::vector<events::AcledRule> kRules = {{"Battles", "", "state", "state_based"},
                                                        {"Battles", "", "", "non_state"},
                                                        {"Protests", "", "", "none"}};
  events::ReadOptions out;
  out.today = *events::day_of(2026, 1, 1);
  out.states = &state_names();
  out.acled = kRules;
  return out;
}

// Reads with `read`, and holds what came of it against what the types promise.
template <typename Read>
void read_events(const Read& read) {
  events::EventTable table;
  try {
    const events::ReadReport report = read(table);
    expect(report.kept == table.events.size(), "what is kept is there");
    expect(report.rows >= report.kept, "nothing is kept that was not read");
  } catch (const Error& error) {
    expect(error.kind() == ErrorKind::invalid_input, "a bad file is the file's fault");
    return;
  }
  for (const events::Event& each : table.events) {
    expect(each.start <= each.end && each.low <= each.best && each.best <= each.high && each.low >= 0,
           "an event is whole");
    expect(each.cell >= 0 && each.cell <= 259'200, "a cell is on the globe");
    expect(each.source < table.strings.size() && each.state < table.strings.size(), "names are there");
  }
  if (table.events.empty()) return;
  std::vector<events::Event> back;
  events::unpack_events(events::pack_events(table.events), table.strings.size(), back);
  expect(back.size() == table.events.size(), "what is packed comes back");
  const std::vector<events::Country> countries = {{.id = "CAF", .number = 70, .gwcode = 482}};
  events::country_panel(table, countries);
}

}  // namespace mithaq::fuzz
