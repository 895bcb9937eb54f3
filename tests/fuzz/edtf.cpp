// Any text as a date.
#include "tests/fuzz/fuzz.hpp"

#include "base/edtf.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  const std::string_view text = fuzz::bytes_of(data, size);
  if (const auto date = Edtf::parse(text)) {
    const auto again = Edtf::parse(date->text());
    expect(again.has_value() && *again == *date, "a date can be read back");
    expect(date->days().earliest <= date->days().latest, "a date does not end before it begins");
  }
  return 0;
}
