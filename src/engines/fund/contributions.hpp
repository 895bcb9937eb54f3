// A table of contributions out of a spreadsheet, as a ministry or a bank sends it: CSV with a heading row.
//
// It is a text of strangers. A cell that a spreadsheet would run as a formula is refused, naming its line,
// and nothing of the table is taken; so is whatever is not plain.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engines/fund/facts.hpp"

namespace mithaq::fund {

inline constexpr std::size_t kContributionsMax = 1'000;            // rows of one table
inline constexpr std::size_t kContributionBytesMax = 512 * 1'024;  // of the whole text

struct Contribution {
  std::string contributor{};  // as the table has it: an id, or a name
  Money amount{};
  Day day{};  // on which the bank had it
  std::string reference{};
  std::size_t line = 0;  // of the text, from 1
};

// Reads it whole or refuses it.
//   text     UTF-8, with or without byte order mark; cells between commas, semicolons or tabs, quoted as RFC
//            4180 says. The first row names the columns contributor, amount, currency (unless it stands in
//            the amount), day, and, if wanted, reference, in any order; further columns are refused
//   returns  the rows in their order, or fund/formula, fund/table naming the line
//   example  "contributor,amount,currency,day\nAUT,25000.00,EUR,2026-03-02\n"
std::variant<std::vector<Contribution>, acts::Refusal> read_contributions(std::string_view text,
                                                                          const Currencies& currencies);

// Whether a spreadsheet would run a cell as a formula: behind blanks it begins with =, +, -, @ (also as wide
// letters), a tab or a carriage return, and is not a plain number.
bool is_formula(std::string_view cell);

}  // namespace mithaq::fund
