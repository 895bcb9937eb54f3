// Any text as the body or header of an entry of the record.
#include "record/entry.hpp"

#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  const std::string_view text = fuzz::bytes_of(data, size);
  using record::EntryKind;
  for (const EntryKind kind :
       {EntryKind::document, EntryKind::section, EntryKind::statement, EntryKind::review, EntryKind::merge,
        EntryKind::unmerge, EntryKind::erasure, EntryKind::act}) {
    try {
      const record::Body body = record::body_from_json(kind, text);
      const std::string written = record::to_canonical_json(body);
      expect(record::to_canonical_json(record::body_from_json(kind, written)) == written,
             "a body can be read back");
    } catch (const Error& error) {
      expect(error.kind() != ErrorKind::bug, "a bad body is the file's fault");
    }
  }
  try {
    record::header_from_json(text);
  } catch (const Error& error) {
    expect(error.kind() != ErrorKind::bug, "a bad header is the file's fault");
  }
  return 0;
}
