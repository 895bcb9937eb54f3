// Any bytes as ACLED's export.
#include "tests/fuzz/event_files.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  fuzz::read_events([&](events::EventTable& table) {
    return events::read_acled(fuzz::bytes_of(data, size), fuzz::event_options(), table);
  });
  return 0;
}
