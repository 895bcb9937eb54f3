// A paper as people see it, before anybody decides how it is set: headings, numbered lines, tables, sections.
//
// Journals, decisions and notices are put together as a Paper and handed to one of the writers (html.hpp,
// docx.hpp, pdf.hpp). A paper is plain data: the same paper gives the same bytes, and its dates are passed
// in.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/instant.hpp"

namespace mithaq::papers {

// A run of text in one dress.
struct Run {
  std::string text{};  // UTF-8; control characters and line ends are set as blanks
  bool bold = false;
  bool italic = false;
  // A symbol, a number or a name whose direction is its own: PC.DEC/1041 inside an Arabic sentence stays
  // whole, and what follows it stays behind it.
  bool isolated = false;
  friend bool operator==(const Run&, const Run&) = default;
};
using Text = std::vector<Run>;

Text plain(std::string_view text);
Text bold(std::string_view text);
Text symbol(std::string_view text);  // isolated
Text operator+(Text first, const Text& second);

// A sentence in which what looks like a symbol or a number is isolated: tokens of Latin letters and digits
// with a digit or an inner / or . in them.
//   example  "(PC.DEC/1041) و10:05" isolates "PC.DEC/1041" and "10:05"
Text with_symbols(std::string_view sentence, bool bold = false);

enum class Align { start, center, end };

// A line of the paper: a paragraph, a heading, a numbered item.
struct Line {
  std::string label{};  // "1.", "(a)": stands in the room before the text
  Text text{};
  Text opposite{};  // on the same line, at its other end: the symbol beside the body's name
  int heading = 0;  // 1 to 3; 0 for what is no heading
  int indent = 0;   // in steps
  Align align = Align::start;
  bool close = false;       // no room above: it belongs to the line before
  bool keeps_next = false;  // not the last on its page
  std::string language{};   // where it is not the paper's: "ru"; its direction follows
};

// Rows of cells; in a right-to-left paper the first column stands at the right.
struct Table {
  std::vector<double> widths{};  // of the columns, as parts of the whole; empty: all alike
  std::vector<Text> header{};    // repeated on each page; may be empty
  std::vector<std::vector<Text>> rows{};
  int indent = 0;
};

struct PageBreak {};

using Block = std::variant<Line, Table, PageBreak>;

// A part with page numbers of its own: the journal, then each decision appended to it. Begins on a new page.
struct Section {
  std::vector<std::string> running{};  // at the head of each page but the first: symbol, date
  std::vector<Block> blocks{};
};

struct Paper {
  std::string language{};  // "ar", "en", "ru": decides the direction
  std::string title{};     // in the file's properties
  std::string symbol{};    // "PC.JOUR/1233"; in the file's properties
  std::string author{};    // the organization
  Instant made_at{};       // in the file's properties; the day of the meeting, never a clock's
  std::vector<Section> sections{};
};

// Whether the language is written from right to left.
bool is_right_to_left(std::string_view language);

// A run's text without control characters and invalid bytes.
std::string clean(std::string_view text);
std::string text_of(const Text& text);

// What a person reads, line by line in reading order, for tests and for programs without layout: a label
// stands before its text, an opposite text behind it after a tab, cells are parted by " | ".
std::string plain_text(const Paper& paper);

enum class Format { html, docx, pdf };
struct FormatInfo {
  Format format{};
  std::string_view name{};          // "docx"
  std::string_view content_type{};  // for HTTP and e-mail
};
//   returns  nothing if there is no such format
const FormatInfo* format_named(std::string_view name);
const FormatInfo& info_of(Format format);

// The paper as a file's bytes.
//   throws  what the writer throws
std::string write(const Paper& paper, Format format);

}  // namespace mithaq::papers
