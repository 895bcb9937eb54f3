// Paragraphs: the unit that people cite.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "document/span.hpp"

namespace mithaq::document {

enum class ParagraphKind { title, heading, body, item, footnote, table_row, furniture };

// One run of the text as it was laid out: physical lines that belong together, before any repair.
struct Block {
  std::vector<Span> lines{};  // in the raw text, without line ends
  ParagraphKind kind = ParagraphKind::body;
  std::string number{};  // as printed, in ASCII digits, e.g. "7", "1", "a"; empty if none
};

// One run of a paragraph's text and where it came from.
struct Piece {
  TextRange text{};  // in Paragraph::text; pieces follow each other without gaps
  Span raw{};        // in the raw text; empty for words that stand nowhere in it (the space between lines)
  bool verbatim = true;  // the text is the raw bytes, one for one
};

// One repaired paragraph.
struct Paragraph {
  std::string id{};      // unique in the document and stable under a second reading: "7", "p12", "h3", "7-2"
  std::string number{};  // as printed, in ASCII digits; empty if none
  ParagraphKind kind = ParagraphKind::body;
  std::string text{};  // repaired, UTF-8
  std::vector<Piece> pieces{};
};

// Where a range of a repaired paragraph stands in the raw text: one span, or several when a line was put in
// order or a page break was closed. Adjacent spans are merged; a replaced word gives its whole raw span.
//   example  a name on a word-reversed line gives one span for each word
std::vector<Span> raw_spans(const Paragraph& paragraph, TextRange range);

std::string_view name_of(ParagraphKind kind);

}  // namespace mithaq::document
