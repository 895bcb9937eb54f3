#include "tests/data/tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/test_paths.hpp"

namespace mithaq::test {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> tables_below(const fs::path& folder) {
  std::vector<fs::path> paths;
  if (!fs::is_directory(folder)) return paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".tsv") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

// The number that the digits stand for, or -1 if there is anything else.
int number(std::string_view digits) {
  int value = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return -1;
    value = value * 10 + (digit - '0');
  }
  return digits.empty() ? -1 : value;
}

int days_in_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

}  // namespace

std::vector<fs::path> all_tables() {
  return tables_below(data());
}
std::vector<fs::path> membership_tables() {
  return tables_below(data() / "memberships");
}

std::string place_of(const Table& table, std::size_t row) {
  return table.name() + ":" + std::to_string(table.line_of(row));
}

std::set<std::string> unique_ids(const Table& table, std::string_view column) {
  std::set<std::string> ids;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string id(table.cell(row, column));
    EXPECT_FALSE(id.empty()) << place_of(table, row) << " has no " << column;
    EXPECT_TRUE(ids.insert(id).second) << place_of(table, row) << ": " << id << " is there twice";
  }
  return ids;
}

bool is_plain_edtf(std::string_view date) {
  if (!date.empty() && std::string_view("?~%").find(date.back()) != std::string_view::npos)
    date.remove_suffix(1);
  if (date.size() != 4 && date.size() != 7 && date.size() != 10) return false;
  const int year = number(date.substr(0, 4));
  if (year < 1) return false;
  if (date.size() == 4) return true;
  const int month = number(date.substr(5, 2));
  if (date[4] != '-' || month < 1 || month > 12) return false;
  if (date.size() == 7) return true;
  const int day = number(date.substr(8, 2));
  return date[7] == '-' && day >= 1 && day <= days_in_month(year, month);
}

}  // namespace mithaq::test
