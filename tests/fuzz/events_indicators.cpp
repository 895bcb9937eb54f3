// Any bytes as a file of indicators.
#include "events/formats/world_bank.hpp"
#include "tests/fuzz/event_files.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  std::vector<events::IndicatorTable> tables;
  try {
    events::read_indicators(fuzz::bytes_of(data, size), fuzz::event_options(), tables);
  } catch (const Error& error) {
    expect(error.kind() == ErrorKind::invalid_input, "a bad file is the file's fault");
    return 0;
  }
  events::Panel panel;
  panel.units = {{.id = "MLI"}, {.id = "CAF"}};
  panel.first = events::month_of(2019, 1);
  panel.last = events::month_of(2023, 12);
  for (const events::IndicatorTable& each : tables) {
    expect(!each.source.empty(), "an indicator has a source");
    expect(events::joined(each, panel).values.size() == 2 * panel.months(),
           "a value for each unit and month");
  }
  return 0;
}
