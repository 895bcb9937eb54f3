#include "engines/fund/money.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.hpp"
#include "base/random.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::fund {
namespace {

Currencies shipped() {
  return Currencies::of(Table::read(test::data() / "fund" / "currencies.tsv"));
}

std::string read_back(std::string_view text) {
  const auto read = shipped().read(text);
  const Money* money = std::get_if<Money>(&read);
  return money == nullptr ? "refused" : shipped().text(*money);
}

TEST(Money, IsReadWithTheDigitsOfItsCurrency) {
  EXPECT_EQ(read_back("25000 EUR"), "25000.00 EUR");
  EXPECT_EQ(read_back("EUR 0.5"), "0.50 EUR");
  EXPECT_EQ(read_back("٢٥٠٠٠٫٧٥ EUR"), "25000.75 EUR");
  EXPECT_EQ(read_back("۱۲ TND"), "12.000 TND");
  EXPECT_EQ(read_back("7 JPY"), "7 JPY");
  EXPECT_EQ(read_back("-3.20EUR"), "-3.20 EUR");
  EXPECT_EQ(read_back("000000000000000000000001.00 EUR"), "1.00 EUR");
  EXPECT_EQ(read_back("0 EUR"), "0.00 EUR");
}

TEST(Money, WhatIsNotPlainIsRefused) {
  for (const char* text : {"",
                           "EUR",
                           "1",
                           "1 XXE",
                           "1,000 EUR",
                           "1.000,00 EUR",
                           "1.5 JPY",
                           "1.234 EUR",
                           ". EUR",
                           "1. EUR",
                           "1..2 EUR",
                           "--1 EUR",
                           "1e3 EUR",
                           "0x10 EUR",
                           "1 eur",
                           "=1+1 EUR",
                           "1 000 EUR",
                           "99999999999999999999 EUR",
                           "10000000000000.01 EUR",
                           "NaN EUR",
                           "1 EUR EUR"})
    EXPECT_EQ(read_back(text), "refused") << text;
  EXPECT_EQ(read_back("10000000000000.00 EUR"), "10000000000000.00 EUR");
}

TEST(Money, IsWrittenToTheLimitsOfItsType) {
  const Currencies known = shipped();
  EXPECT_EQ(known.text({.minor = INT64_MIN, .currency = "EUR"}), "-92233720368547758.08 EUR");
  EXPECT_EQ(known.text({.minor = 5, .currency = "KWD"}), "0.005 KWD");
  EXPECT_EQ(known.text({.minor = 5, .currency = "???"}), "5 ???");
}

TEST(Currencies, AWrongTableNamesItsLine) {
  const auto complaint = [](const std::string& rows) -> std::string {
    try {
      Currencies::of(Table::parse("code\tdigits\tsource\n" + rows, "c.tsv"));
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(complaint("EUR\t2\tx\n"), "");
  EXPECT_EQ(complaint("eur\t2\tx\n"), "c.tsv:2: a currency has a code of three capitals");
  EXPECT_EQ(complaint("EUR\t5\tx\n"), "c.tsv:2: a currency has 0 to 4 digits");
  EXPECT_EQ(complaint("EUR\t2\tx\nEUR\t2\tx\n"), "c.tsv:3: EUR is there twice");
}

TEST(Rate, IsADecimalAboveZero) {
  EXPECT_EQ(Rate::parse("0.9210")->text(), "0.9210");
  EXPECT_EQ(Rate::parse("٠٫٩٢١")->text(), "0.921");
  EXPECT_EQ(Rate::parse("89500")->text(), "89500");
  EXPECT_EQ(Rate::parse("0.000000001")->text(), "0.000000001");
  for (const char* text :
       {"", "0", "0.00", "-1", "1.", ".5", "1,5", "1e3", "1.2.3", "0.0000000001", "1234567890123", "x"})
    EXPECT_FALSE(Rate::parse(text)) << text;
}

TEST(Convert, RoundsToTheNearestAndHalvesToTheEven) {
  const Rate one = *Rate::parse("1"), eur = *Rate::parse("0.8"), jpy = *Rate::parse("150");
  EXPECT_EQ(convert({.minor = 10000, .currency = "EUR"}, eur, 2, one, 2, "USD")->minor, 12500);
  EXPECT_EQ(convert({.minor = 12500, .currency = "USD"}, one, 2, eur, 2, "EUR")->minor, 10000);
  EXPECT_EQ(convert({.minor = 100, .currency = "USD"}, one, 2, jpy, 0, "JPY")->minor, 150);
  EXPECT_EQ(convert({.minor = 150, .currency = "JPY"}, jpy, 0, one, 2, "USD")->minor, 100);
  const Rate half = *Rate::parse("0.5");
  EXPECT_EQ(convert({.minor = 1, .currency = "A"}, one, 0, half, 0, "B")->minor, 0);  // 0.5
  EXPECT_EQ(convert({.minor = 3, .currency = "A"}, one, 0, half, 0, "B")->minor, 2);  // 1.5
  EXPECT_EQ(convert({.minor = 5, .currency = "A"}, one, 0, half, 0, "B")->minor, 2);  // 2.5
  EXPECT_EQ(convert({.minor = -3, .currency = "A"}, one, 0, half, 0, "B")->minor, -2);
}

TEST(Convert, DoesNotOverflow) {
  const Rate most = *Rate::parse("999999999999"), least = *Rate::parse("0.000000001");
  EXPECT_FALSE(convert({.minor = kMinorMax, .currency = "A"}, least, 0, most, 4, "B"));
  EXPECT_FALSE(convert({.minor = INT64_MIN, .currency = "A"}, least, 0, most, 4, "B"));
  EXPECT_EQ(convert({.minor = kMinorMax, .currency = "A"}, most, 4, least, 0, "B")->minor, 0);
}

// Two ways, one answer: long double is exact enough where the sums are small.
TEST(Convert, AgreesWithASlowWay) {
  Random random(11);
  for (int each = 0; each < 20'000; ++each) {
    const std::int64_t minor = random.below(1'000'000);
    const Rate from{.digits = 1 + random.below(100'000), .scale = static_cast<int>(random.below(5))};
    const Rate to{.digits = 1 + random.below(100'000), .scale = static_cast<int>(random.below(5))};
    const int from_digits = static_cast<int>(random.below(4)), to_digits = static_cast<int>(random.below(4));
    const auto fast = convert({.minor = minor, .currency = "A"}, from, from_digits, to, to_digits, "B");
    const auto value = [](const Rate& rate) {
      return static_cast<long double>(rate.digits) / std::pow(10.0L, rate.scale);
    };
    const long double slow =
        static_cast<long double>(minor) * value(to) / value(from) * std::pow(10.0L, to_digits - from_digits);
    if (!fast) {
      EXPECT_GT(slow, static_cast<long double>(kMinorMax) - 1);
      continue;
    }
    EXPECT_LE(std::abs(static_cast<long double>(fast->minor) - slow), 0.5L + slow * 1e-15L);
  }
}

TEST(Rates, TheLatestThatHoldsOnTheDayIsTaken) {
  using namespace std::chrono_literals;
  Rates rates("USD");
  const auto set = [&](std::chrono::sys_days from, std::chrono::sys_days to, const char* rate,
                       std::uint64_t entry) {
    rates.set({.currency = "EUR",
               .rate = *Rate::parse(rate),
               .from = from,
               .to = to,
               .source = "UN",
               .entry = entry});
  };
  set(2026y / 3 / 1, 2026y / 3 / 31, "0.90", 1);
  set(2026y / 3 / 16, 2026y / 3 / 31, "0.92", 2);
  set(2026y / 5 / 1, 2026y / 5 / 31, "0.95", 3);
  const auto on = [&](std::chrono::sys_days day) {
    const auto line = rates.on("EUR", day);
    return line ? line->rate.text() : "none";
  };
  EXPECT_EQ(on(2026y / 2 / 28), "none");
  EXPECT_EQ(on(2026y / 3 / 1), "0.90");
  EXPECT_EQ(on(2026y / 3 / 15), "0.90");
  EXPECT_EQ(on(2026y / 3 / 16), "0.92");
  EXPECT_EQ(on(2026y / 4 / 1), "none");
  EXPECT_EQ(on(2026y / 5 / 31), "0.95");
  set(2026y / 3 / 1, 2026y / 3 / 31, "0.91", 4);  // that of the first of March was mistyped
  EXPECT_EQ(on(2026y / 3 / 2), "0.91");
  EXPECT_EQ(on(2026y / 3 / 20), "0.92");
  EXPECT_EQ(rates.on("USD", 2026y / 4 / 1)->rate.text(), "1");
}

}  // namespace
}  // namespace mithaq::fund
