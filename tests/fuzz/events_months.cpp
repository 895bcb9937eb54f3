// Any bytes as a table of deaths by month; and whatever the layout is told to be.
#include "events/formats/months.hpp"
#include "tests/fuzz/event_files.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  const std::string_view text = fuzz::bytes_of(data, size);
  const std::vector<std::int32_t> countries = {50, 70};
  events::MonthTable table;
  try {
    events::layout_of(text.substr(0, 4096));
    events::read_months(text, fuzz::event_options(), countries, table);
  } catch (const Error& error) {
    expect(error.kind() == ErrorKind::invalid_input, "a bad file is the file's fault");
    return 0;
  }
  for (std::size_t row = 1; row < table.rows.size(); ++row) {
    const auto& before = table.rows[row - 1];
    const auto& now = table.rows[row];
    expect(before.unit < now.unit || (before.unit == now.unit && before.month < now.month),
           "rows are in order, none twice");
  }
  std::vector<events::MonthRow> back;
  events::unpack_months(events::pack_months(table.rows), back);
  expect(back.size() == table.rows.size(), "what is packed comes back");
  return 0;
}
