// A fund with its tables, for tests.
#pragma once

#include <string>

#include "base/error.hpp"
#include "engines/fund/book.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::fund {

struct TestFund {
  Currencies currencies = Currencies::of(Table::read(test::data() / "fund" / "currencies.tsv"));
  Chart chart = Chart::of(Table::read(test::data() / "fund" / "accounts.tsv"));
  Book book{currencies, chart};
  std::uint64_t entry = 0;
  Instant now = *parse_instant("2026-03-10T09:00:00Z");

  // The rule that refuses an act, or "" if it was done. Its entry is then `entry`.
  std::string act(const std::string& subject, const Fact& fact) {
    const acts::Stamp stamp{.at = now, .actor = {.by = "account:1"}, .subject = subject};
    if (const auto refusal = book.judge(stamp, fact)) return refusal->rule;
    expect(book.enter(++entry, stamp, fact), "an act that was judged is folded");
    expect(book.ledger().reconciles(), "the books balance after every act");
    return "";
  }
  Money money(std::string_view text) const {
    const auto read = currencies.read(text);
    expect(std::holds_alternative<Money>(read), text);
    return std::get<Money>(read);
  }
  std::string open() {
    return act("PF", Opened{.series = "PF",
                            .title = {{"ar", "صندوق الشراكة"}, {"en", "Partnership Fund"}},
                            .organization = "OSCE",
                            .currency = "EUR",
                            .rates_per = "USD"});
  }
  std::string project(const std::string& id) {
    using namespace std::chrono_literals;
    return act(id, ProjectOpened{.title = {{"ar", "أمن الحدود"}, {"en", "Border security"}},
                                 .themes = {"border"},
                                 .beneficiaries = {"TUN"},
                                 .starts = 2026y / 1 / 1,
                                 .ends = 2026y / 12 / 31});
  }
  CurrencySums sums(std::string_view currency) const {
    for (const CurrencySums& each : book.sums())
      if (each.currency == currency) return each;
    return {};
  }
};

}  // namespace mithaq::fund
