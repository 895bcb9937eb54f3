// Answers as rows, printed as a table for people, as JSON or CSV for programs.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "service/language.hpp"

namespace mithaq::cli {

enum class OutputFormat { table, json, csv };

struct Column {
  std::string key;         // in JSON and CSV
  std::string heading{};   // of the table for people, in their language
  bool number = false;     // aligned to the end
  std::string hxl{};       // HXL hashtag, for the tagged CSV; empty if none
  bool data_only = false;  // left out of the table for people
  bool beneath = false;    // for people: under its row and over the whole width, as a quotation
};

// Rows of text under named columns.
struct AnswerTable {
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // as many cells as columns; several values separated by "; "
};

struct TableStyle {
  OutputFormat format = OutputFormat::table;
  service::Language language = service::Language::english;
  std::size_t terminal_columns = 100;
  bool hxl_row = false;  // CSV: a second row with HXL hashtags
};

// Prints the rows.
//   table  framed by rules, cells wrapped; in Arabic the first column stands at the right. Direction marks
//          around the separators keep columns in order on terminals that reorder mixed text. Columns said to
//          stand beneath follow their row, so that long words of a document are not squeezed into a column
//   json   an array of objects by column key
//   csv    RFC 4180, UTF-8, heading row of keys
void print(std::ostream& out, const AnswerTable& table, const TableStyle& style);

// One CSV cell, quoted where RFC 4180 asks for it; a leading =, +, - or @ that a spreadsheet would run as a
// formula is preceded by an apostrophe (numbers excepted).
std::string csv_cell(std::string_view text);

}  // namespace mithaq::cli
