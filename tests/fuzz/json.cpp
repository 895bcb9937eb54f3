// Any JSON in canonical form: writing what was written changes nothing.
#include "tests/fuzz/fuzz.hpp"

#include <nlohmann/json.hpp>

#include "record/canonical_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  const auto value = nlohmann::json::parse(fuzz::bytes_of(data, size), nullptr, false);
  if (value.is_discarded()) return 0;
  try {
    const std::string once = record::canonical_json(value);
    const std::string twice = record::canonical_json(nlohmann::json::parse(once));
    expect(once == twice, "canonical form is a fixed point");
  } catch (const Error& error) {
    expect(error.kind() == ErrorKind::invalid_input, "a bad value is the writer's fault");
  }
  return 0;
}
