// PDF files and images: read by the helper programs, put in order here.
#pragma once

#include <optional>
#include <string_view>

#include "document/document.hpp"
#include "reader/reader.hpp"

namespace mithaq::reader {

// Fill raw (pages separated by a form feed) and doubts (pages that could not be read, lines of which the OCR
// was unsure). The layout is that of a text; blocks are found as in one.
//   returns  nothing, or why the file is refused
std::optional<Refusal> read_pdf(std::string_view bytes, const ReadOptions& options,
                                document::Document& document);
std::optional<Refusal> read_image(std::string_view bytes, const ReadOptions& options,
                                  document::Document& document);

}  // namespace mithaq::reader
