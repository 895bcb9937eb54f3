#include "reader/lexicon/symbol_rules.hpp"

#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "base/table.hpp"

namespace mithaq::reader {

namespace {

int whole_number(const Table& table, std::size_t row, std::string_view cell) {
  int value = 0;
  const auto result = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (result.ec != std::errc{} || result.ptr != cell.data() + cell.size()) {
    throw Error(ErrorKind::invalid_input, table.name() + ":" + std::to_string(table.line_of(row)) +
                                              ": no whole number: " + std::string(cell));
  }
  return value;
}

}  // namespace

SymbolRules SymbolRules::load(const std::filesystem::path& data_folder) {
  SymbolRules rules;
  if (const auto path = data_folder / "symbols.tsv"; std::filesystem::exists(path)) {
    const Table table = Table::read(path);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      rules.prefixes_.emplace(table.cell(row, "prefix"), table.cell(row, "issuer"));
    }
  }
  if (const auto path = data_folder / "sessions.tsv"; std::filesystem::exists(path)) {
    const Table table = Table::read(path);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      const int number = whole_number(table, row, table.cell(row, "number"));
      const int year = whole_number(table, row, table.cell(row, "opened").substr(0, 4));
      if (table.cell(row, "series") == "UN.SC.resolutions") {
        rules.last_resolutions_.emplace_back(number, year);
      } else {
        rules.sessions_[std::string(table.cell(row, "series"))][number] = year;
      }
    }
  }
  std::sort(rules.last_resolutions_.begin(), rules.last_resolutions_.end());
  return rules;
}

const std::string* SymbolRules::issuer_of_prefix(std::string_view prefix) const {
  const auto found = prefixes_.find(std::string(prefix));
  return found == prefixes_.end() ? nullptr : &found->second;
}

int SymbolRules::year_of_session(std::string_view series, int session) const {
  const auto found = sessions_.find(series);
  if (found == sessions_.end()) return 0;
  const auto at = found->second.find(session);
  return at == found->second.end() ? 0 : at->second;
}

bool SymbolRules::session_fits(std::string_view series, int session, int year) const {
  const int opened = year_of_session(series, session);
  return opened != 0 && (year == 0 || opened <= year + 1);
}

int SymbolRules::year_of_security_council_resolution(int number) const {
  if (number < 1) return 0;
  const auto at = std::lower_bound(last_resolutions_.begin(), last_resolutions_.end(), std::pair{number, 0});
  return at == last_resolutions_.end() ? 0 : at->second;
}

bool SymbolRules::security_council_fits(int number, int year) const {
  if (last_resolutions_.empty()) return false;
  if (year > last_resolutions_.back().second) {
    // About a hundred a year at most so far; a few more are allowed.
    const int years = year - last_resolutions_.back().second;
    return number > last_resolutions_.back().first && number <= last_resolutions_.back().first + 110 * years;
  }
  return year_of_security_council_resolution(number) == year;
}

}  // namespace mithaq::reader
