// Any bytes through the whole reader: names, dates, symbols, statements; whole and in sections.
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  const std::string_view bytes = fuzz::bytes_of(data, size);
  // What starts helper programs is tried by their own target.
  if (bytes.find("%PDF-") != std::string_view::npos || bytes.starts_with("\x89PNG") ||
      bytes.starts_with("\xFF\xD8\xFF") || bytes.starts_with("II*") || bytes.starts_with("MM")) {
    return 0;
  }
  const auto result = reader::read_document(bytes, fuzz::lexicon(), {.name = "paper.txt"});
  if (const auto* document = std::get_if<document::Document>(&result)) fuzz::check(*document);
  std::size_t next = 0;
  const auto refusal =
      reader::read_sections(bytes, fuzz::lexicon(), {.name = "paper.txt", .section_bytes = 4096},
                            [&](document::Document&& section) {
                              expect(section.raw_offset_bytes == next, "sections follow each other");
                              next += section.raw.size();
                              fuzz::check(section);
                            });
  expect(refusal.has_value() == std::holds_alternative<reader::Refusal>(result), "both ways refuse the same");
  return 0;
}
