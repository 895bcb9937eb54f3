// Any bytes as a page.
#include "tests/fuzz/fuzz.hpp"

#include "reader/formats/formats.hpp"
#include "reader/formats/html.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  const std::string text = valid_utf8(fuzz::bytes_of(data, size));
  document::Document document;
  if (!reader::read_html(text, document)) fuzz::check(document);
  const auto result = reader::extract(fuzz::bytes_of(data, size), {.name = "page.html"});
  if (const auto* extracted = std::get_if<document::Document>(&result))
    expect(!extracted->raw.empty(), "a text");
  return 0;
}
