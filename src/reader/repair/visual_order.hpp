// Lines that a PDF converter wrote in the order in which they stand on the page instead of the order in which
// they are read.
//
// Three kinds of damage, each undone by one `permute` edit whose pieces are single words, so that a name on
// such a line still leads to its words in the raw text:
//   words    every word in its place from left to right: "هلسنكي  اتفاق  توقيع" for توقيع اتفاق هلسنكي
//   letters  the same for letters: "ةمظنملا" for المنظمة
//   base     laid out as if the line were English, so that its Arabic and Latin runs changed places:
//            " OSCE شراكة" for شراكة OSCE, "،OSCE مع" for مع OSCE،
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "document/edit.hpp"
#include "reader/lexicon/lexicon.hpp"
#include "reader/repair/layout.hpp"

namespace mithaq::reader {

struct VisualOrder {
  std::vector<document::Edit> edits{};
  std::vector<std::string> line_ends{};  // by line: how a changed line ends; empty if the line is unchanged
};

// Finds the lines of a text that stand in visual order. A line is changed only if it shows it itself; see
// docs/repair-rules.md for the signs.
//   lexicon  for lines with single blanks, whose order only the words tell; none: those are left alone
VisualOrder find_visual_order(std::string_view raw, std::span<const Line> lines,
                              const Lexicon* lexicon = nullptr);

// The text that a permuted line has.
std::string permuted_text(std::string_view raw, std::span<const document::PermutedPiece> pieces);

}  // namespace mithaq::reader
