// Sums of money, their currencies and the rates between them, exactly: whole minor units, never a fraction of
// a cent and never a floating number.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "acts/act.hpp"
#include "base/table.hpp"

namespace mithaq::fund {

// The largest amount that one act may name, in minor units: far above any fund, and small enough that a sum
// of thousands still fits. Sums are checked nevertheless.
constexpr std::int64_t kMinorMax = 1'000'000'000'000'000;

// An amount in one currency.
struct Money {
  std::int64_t minor = 0;  // of the currency: 12345 is 123.45 EUR, 12345 JPY, 12.345 TND
  std::string currency{};  // ISO 4217, "EUR"
  friend bool operator==(const Money&, const Money&) = default;
};

template <typename Visitor>
void visit_fields(Visitor& visit, Money& money) {
  visit("minor", money.minor);
  visit("currency", money.currency);
}

struct Currency {
  std::string code{};
  int digits = 2;       // behind the point: the minor unit of ISO 4217
  acts::Words names{};  // "ar", "en", "ru"
};

// The currencies of data/fund/currencies.tsv.
class Currencies {
 public:
  //   throws  Error{invalid_input} naming the line if a code is not three capitals, is there twice, or its
  //           digits are not 0 to 4
  static Currencies of(const Table& table);

  const Currency* find(std::string_view code) const;
  const std::map<std::string, Currency, std::less<>>& all() const { return by_code_; }

  // "123.45 EUR"; ASCII digits, a point, no grouping. A currency that is not known is written in its minor
  // units.
  std::string text(const Money& money) const;
  // The number alone: "123.45".
  std::string number(const Money& money) const;
  // The inverse of text(): digits of ASCII or Arabic-Indic (٠-٩, ۰-۹), the point "." or "٫", a sign, the code
  // before or behind. A comma and other groupings are not guessed at: "1,000" is one thousand to some and one
  // to others.
  //   returns  the money, or the rule that the text breaks
  //   example  read("25000 EUR") is 2,500,000 cents; read("10.5 JPY") is refused: the yen has no minor unit
  std::variant<Money, acts::Refusal> read(std::string_view text) const;

 private:
  std::map<std::string, Currency, std::less<>> by_code_{};
};

// a + b, or nothing if it does not fit.
std::optional<std::int64_t> add(std::int64_t a, std::int64_t b);

// A rate as it was published: units of a currency for one unit of the currency in which rates are told.
struct Rate {
  std::int64_t digits = 0;  // 9210 with a scale of 4 is 0.9210
  int scale = 0;            // 0 to 9
  //   returns  nothing if the text is no decimal above 0 with at most 12 digits, 9 of them behind the point
  static std::optional<Rate> parse(std::string_view text);
  std::string text() const;
  friend bool operator==(const Rate&, const Rate&) = default;
};

// An amount in another currency: amount × to / from, both told for one unit of the same third currency.
// Rounded to the nearest minor unit, halves to the even one, so that many conversions lean to neither side.
//   returns  nothing if the result does not fit
//   example  convert({10000, "EUR"}, 0.8 EUR/USD, 2, 1 USD/USD, 2, "USD") is 12500 US cents
std::optional<Money> convert(const Money& amount, const Rate& from, int from_digits, const Rate& to,
                             int to_digits, std::string_view to_currency);

// Dated rates of one table of rates, such as the United Nations operational rates of exchange: for each
// currency so many units for one unit of `per`.
class Rates {
 public:
  struct Line {
    std::string currency{};
    Rate rate{};
    std::chrono::sys_days from{};
    std::chrono::sys_days to{};  // the last day on which it holds
    std::string source{};
    std::uint64_t entry = 0;  // of the record, in which it was set
  };

  explicit Rates(std::string per) : per_(std::move(per)) {}

  void set(Line line);
  // The rate in force on a day: that which began last; of two that began on one day, that which was set last.
  // The currency of the table itself has the rate 1.
  //   returns  nothing if none holds that day: an old rate is not stretched over a month that has none
  std::optional<Line> on(std::string_view currency, std::chrono::sys_days day) const;

  const std::string& per() const { return per_; }
  const std::vector<Line>& lines() const { return lines_; }

 private:
  std::string per_;
  std::vector<Line> lines_{};  // in the order in which they were set
};

}  // namespace mithaq::fund
