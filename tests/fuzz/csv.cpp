// Any bytes as rows of comma-separated values.
#include "events/formats/csv.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  try {
    events::CsvRows rows(fuzz::bytes_of(data, size));
    std::size_t end = 0;
    while (rows.next()) {
      expect(!rows.fields().empty() && rows.fields().size() <= events::CsvRows::kFieldsMax,
             "a row has fields");
      expect(rows.offset() >= end && rows.end() > rows.offset(), "rows go on");
      end = rows.end();
      for (const std::string_view field : rows.fields())
        expect(find_invalid_utf8(field) == field.size(), "fields are UTF-8");
    }
  } catch (const Error& error) {
    expect(error.kind() == ErrorKind::invalid_input, "a bad file is the file's fault");
  }
  return 0;
}
