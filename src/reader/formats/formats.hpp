// From the bytes of a file to its text and layout, whatever the format.
#pragma once

#include <string_view>
#include <variant>

#include "document/document.hpp"
#include "reader/reader.hpp"

namespace mithaq::reader {

// Fills name, id, format, encoding, raw and, where the format knows it (HTML, DOCX), blocks.
ReadResult extract(std::string_view bytes, const ReadOptions& options);

}  // namespace mithaq::reader
