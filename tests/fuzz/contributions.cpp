// Any bytes as a table of contributions: read or refused, and what is read can be written and read again.
#include "engines/fund/contributions.hpp"

#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  static const fund::Currencies currencies =
      fund::Currencies::of(Table::read(std::string(MITHAQ_FUZZ_DATA) + "/fund/currencies.tsv"));
  const auto read = fund::read_contributions(fuzz::bytes_of(data, size), currencies);
  if (const auto* rows = std::get_if<std::vector<fund::Contribution>>(&read)) {
    for (const fund::Contribution& row : *rows) {
      expect(row.amount.minor > 0 && row.amount.minor <= fund::kMinorMax,
             "an amount is above zero and can be counted");
      expect(!fund::is_formula(row.reference) && !fund::is_formula(row.contributor), "no cell is a formula");
      const auto again = currencies.read(currencies.text(row.amount));
      expect(std::get<fund::Money>(again) == row.amount, "an amount can be read back");
    }
  } else {
    expect(!std::get<acts::Refusal>(read).reason.empty(), "a refusal says why");
  }
  return 0;
}
