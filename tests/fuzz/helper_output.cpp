// Any bytes as what a helper program wrote.
#include "tests/fuzz/fuzz.hpp"

#include "reader/formats/extraction.hpp"
#include "reader/formats/page_layout.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  const reader::Extraction extraction = reader::parse_extraction(fuzz::bytes_of(data, size));
  for (const reader::ExtractedPage& page : extraction.pages) {
    const std::string text = reader::lay_out_page(page);
    expect(find_invalid_utf8(text) == text.size(), "a page is UTF-8");
  }
  return 0;
}
