// Any bytes as a CSV of UCDP GED.
#include "tests/fuzz/event_files.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  fuzz::read_events([&](events::EventTable& table) {
    return events::read_ged(fuzz::bytes_of(data, size), fuzz::event_options(), table);
  });
  return 0;
}
