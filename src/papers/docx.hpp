// A paper as a DOCX file (ECMA-376, transitional), as Word and LibreOffice open it.
#pragma once

#include <string>

#include "papers/paper.hpp"

namespace mithaq::papers {

// Paragraphs of Arabic are right to left (w:bidi, w:rtl), tables too (w:bidiVisual); each section counts its
// own pages. All dates in it are the paper's.
//   throws  Error{unavailable} if there is no memory for the archive
std::string to_docx(const Paper& paper);

}  // namespace mithaq::papers
