// A table of texts as a file for spreadsheets: CSV or XLSX. No cell is ever read as a formula.
#pragma once

#include <iosfwd>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "service/language.hpp"

namespace mithaq::service {

struct PlainTable {
  std::vector<std::string> headings{};
  std::vector<std::vector<std::string>> rows{};  // as many cells as headings
  std::set<std::size_t> number_columns{};        // whose cells a sheet holds as numbers: "850.50"
};

enum class SheetFormat { csv, xlsx };
//   returns  nothing if there is no such format
std::optional<SheetFormat> sheet_format_named(std::string_view name);
std::string_view media_type_of(SheetFormat format);
std::string_view file_ending_of(SheetFormat format);  // ".csv"

//   language  an Arabic sheet reads from right to left
//   throws    Error{unavailable} if it cannot be written, Error{invalid_input} if a sheet cannot hold it
void write_table(const PlainTable& table, SheetFormat format, Language language, std::ostream& out);

}  // namespace mithaq::service
