// Any bytes as packed events, names and months.
#include "events/packed.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  const std::string_view bytes = fuzz::bytes_of(data, size);
  const auto read = [](const auto& unpack) {
    try {
      unpack();
    } catch (const Error& error) {
      expect(error.kind() == ErrorKind::corrupt, "damaged rows are said to be");
    }
  };
  read([&] {
    std::vector<events::Event> into;
    events::unpack_events(bytes, 5, into);
    for (const events::Event& each : into)
      expect(each.start <= each.end && each.conflict < 5, "an event is whole");
  });
  read([&] {
    std::vector<std::string> into;
    events::unpack_strings(bytes, into);
  });
  read([&] {
    std::vector<events::MonthRow> into;
    events::unpack_months(bytes, into);
  });
  return 0;
}
