// From the raw text to the text as it was meant: edits, each with a rule, a grade and a reason.
//
// On an undamaged text nothing is changed. Rules: docs/repair-rules.md.
#pragma once

#include "document/document.hpp"
#include "reader/lexicon/lexicon.hpp"

namespace mithaq::reader {

// Lays out document.raw (unless the format did), finds what is damaged, and assembles the paragraphs.
// Fills blocks, edits, paragraphs and the doubts about them; those that the format had find their paragraphs.
void repair(document::Document& document, const Lexicon& lexicon);

}  // namespace mithaq::reader
