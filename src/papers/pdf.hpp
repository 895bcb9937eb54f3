// A paper as a PDF file, set by Pango and drawn by Cairo (docs/decisions/pango.md).
//
// The text is there to be taken out again: glyphs carry their letters, lam-alef gives back both of its
// letters, and runs of another direction are marked off, so that programs which read a page from left to
// right find the order in which the words were written. tests: pdf_test.cpp takes them out with poppler.
#pragma once

#include <string>

#include "papers/paper.hpp"

namespace mithaq::papers {

// A4 pages. The same paper gives the same bytes on a machine with the same fonts.
//   throws  Error{unavailable} if the machine has no font with Latin, Cyrillic and Arabic letters,
//           Error{invalid_input} for a paper of more than 5,000 pages
std::string to_pdf(const Paper& paper);

}  // namespace mithaq::papers
