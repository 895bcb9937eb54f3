// From the bytes of a file to its text and layout, whatever the format.
//
// The format is told by the bytes first and by the name's ending only where bytes cannot tell (Markdown,
// CSV). To add a format: a file of its own here, a line in sniff() and in extract(), a fuzz target, a
// scenario.
#pragma once

#include <string_view>
#include <variant>

#include "document/document.hpp"
#include "reader/formats/decode.hpp"
#include "reader/reader.hpp"

namespace mithaq::reader {

enum class Format {
  empty,
  text,
  markdown,
  html,
  docx,
  pdf,
  image,
  spreadsheet,  // XLSX, XLS, CSV, ODS: attachments, not papers
  presentation,
  archive,
  rich_text,  // RTF, DOC, ODT: papers in formats that we do not read
  encrypted_office,
  xml,
  binary,
};

// Tells the format of a file from its bytes and, where they leave it open, the ending of its name.
Format sniff(std::string_view bytes, std::string_view name);

// Why a file of this format is not read; nothing if it is.
std::optional<Refusal> refusal_of(Format format);

// Fills name, id, format, encoding, raw and, where the format knows it (HTML, DOCX), blocks.
ReadResult extract(std::string_view bytes, const ReadOptions& options);

// A document without text yet: its id, its name without the folder, its format.
document::Document describe(std::string_view bytes, const ReadOptions& options, Format format);

// The doubt about text that is not what its encoding says: one, at the first U+FFFD of a text.
//   requires  invalid_count > 0
document::Doubt doubt_about_encoding(std::string_view raw, Encoding encoding, std::size_t invalid_count);

}  // namespace mithaq::reader
