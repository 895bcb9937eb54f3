// DOCX (Office Open XML, ISO/IEC 29500): the paragraphs of a word processor's file.
#pragma once

#include <optional>
#include <string_view>

#include "document/document.hpp"
#include "reader/reader.hpp"

namespace mithaq::reader {

// Whether a zip holds a Word document, a workbook, a presentation, an OpenDocument text or something else.
enum class ZipContent { word, spreadsheet, presentation, opendocument, encrypted_office, other, damaged };
ZipContent content_of_zip(std::string_view bytes);

// Fills raw, blocks (headings by their style's outline level, list numbers as Word prints them, table rows,
// footnotes last) and the title. Deleted text of tracked changes is left out, as on a printed page.
//   returns  nothing, or why the file is refused: damaged, or unpacking to more than 256 MB
std::optional<Refusal> read_docx(std::string_view bytes, document::Document& document);

}  // namespace mithaq::reader
