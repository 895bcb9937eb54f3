// Any bytes as a signed note and a checkpoint.
#include "tests/fuzz/fuzz.hpp"

#include "record/checkpoint.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  const std::string_view bytes = fuzz::bytes_of(data, size);
  record::VerifierKey::parse(bytes);
  if (const auto note = record::parse_note(bytes)) record::parse_checkpoint(note->text);
  if (const auto checkpoint = record::parse_checkpoint(bytes)) {
    expect(record::parse_checkpoint(record::to_text(*checkpoint)) == checkpoint,
           "a checkpoint can be read back");
  }
  return 0;
}
