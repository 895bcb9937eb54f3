// Who-does-what-where rows as files for other programs: CSV, CSV with HXL tags, XLSX, JSON Lines.
//
// Statements are read some hundreds at a time, so that a long table needs no more memory than a short one. No
// cell is ever read as a formula: in CSV a cell that begins as one gets an apostrophe before it, in XLSX
// every cell is text.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/activity.hpp"

namespace mithaq::service {

enum class TableFormat { csv, hxl, xlsx, jsonl };
//   returns  nothing if there is no such format
std::optional<TableFormat> table_format_named(std::string_view name);
std::string_view media_type_of(TableFormat format);
std::string_view file_ending_of(TableFormat format);  // ".csv"

// A cell as spreadsheets take it: quoted where it must be, and never a formula.
//   example  csv_cell("=1+1") is "'=1+1"
std::string csv_cell(std::string_view text);

// The statements of a question in the order of documents.
//   most    how many are exported at once
//   throws  Error{invalid_input} if there are more, and errors of activity_question
std::vector<record::Seq> statements_to_export(Workspace& workspace, const ActivityRequest& request,
                                              std::size_t most);

// Writes the rows of these statements (export_statements.hpp).
//   language  of the headings; an Arabic XLSX sheet reads from right to left
//   throws    Error{unavailable} if it cannot be written
void write_who_what_where(Workspace& workspace, const std::vector<record::Seq>& statements,
                          TableFormat format, Language language, std::ostream& out);

}  // namespace mithaq::service
