// Any text: its layout and its repair.
#include "tests/fuzz/fuzz.hpp"

#include "reader/repair/repair.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  document::Document document;
  document.raw = valid_utf8(fuzz::bytes_of(data, size));
  reader::repair(document, fuzz::lexicon());
  fuzz::check(document);
  return 0;
}
