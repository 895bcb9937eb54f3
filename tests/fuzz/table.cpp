// Any text as a table of data/.
#include "tests/fuzz/fuzz.hpp"

#include "base/table.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  try {
    const Table table = Table::parse(fuzz::bytes_of(data, size), "fuzz");
    for (std::size_t row = 0; row < table.row_count(); ++row) split_values(table.cell(row, "source"));
  } catch (const Error& error) {
    expect(error.kind() == ErrorKind::invalid_input, "a bad table is the file's fault");
  }
  return 0;
}
