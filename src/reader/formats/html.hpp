// HTML pages: their paragraphs, headings, items and table rows, without scripts, styles and markup.
#pragma once

#include <optional>
#include <string_view>

#include "document/document.hpp"
#include "reader/reader.hpp"

namespace mithaq::reader {

// The encoding that a page names in its first kilobytes, <meta charset=…>; empty if it names none.
std::string_view charset_of_html(std::string_view bytes);

// Fills raw, blocks and what the page says of itself (title, language).
//   html     UTF-8
//   returns  nothing, or why the page is refused (it has more paragraphs than any paper)
std::optional<Refusal> read_html(std::string_view html, document::Document& document);

}  // namespace mithaq::reader
