// A document: what was said, and exactly where.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "document/edit.hpp"
#include "document/finding.hpp"
#include "document/handling.hpp"
#include "document/paragraph.hpp"
#include "document/span.hpp"

namespace mithaq::document {

// What a document says of itself. A field that it does not say is empty; nothing here is guessed from the
// file's name.
struct Metadata {
  std::string title{};
  std::string language{};  // ISO 639-1: "ar", "en", "fr", "ru", "es", "zh"; "und" if none prevails
  std::string symbol{};    // in order: "A/55/98", "53/45-POL", "PC.DEC/1041"
  std::string date{};      // EDTF
  std::string issuer{};    // entity id
  Handling handling{};
};

// One document, read. For a text too long to hold whole, one section of it (see reader/reader.hpp).
struct Document {
  std::string id{};        // "sha256-" and 64 hexadecimal digits (record/entry.hpp)
  std::string name{};      // the file's name, without its folder
  std::string format{};    // "text", "markdown", "html", "docx", "pdf", "image"
  std::string encoding{};  // of a text: "utf-8", "utf-16le", "utf-16be", "windows-1256"
  Metadata metadata{};

  std::string raw{};  // the text as it came, in UTF-8
  // Where `raw` starts in the whole text: not 0 only in a section of a long one.
  std::size_t raw_offset_bytes = 0;
  std::size_t raw_offset_code_points = 0;
  std::size_t section = 0;  // from 0

  std::vector<Block> blocks{};  // the raw layout
  std::vector<Edit> edits{};
  std::vector<Paragraph> paragraphs{};  // raw + edits
  std::vector<Mention> mentions{};      // by paragraph, then by where they begin, outer before nested
  std::vector<Statement> statements{};
  std::vector<Doubt> doubts{};
};

}  // namespace mithaq::document
