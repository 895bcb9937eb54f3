// Paragraphs put together and in order: running headers, repetitions, halves torn apart by a page or a
// column.
//
// A text converted from pages of two columns has the left column before the right one, so that a paragraph
// may begin far behind its end. The printed numbers say how it was: what stands before paragraph 8 without a
// number of its own is the end of paragraph 7, if paragraph 7 breaks off.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "document/edit.hpp"
#include "document/finding.hpp"
#include "reader/repair/layout.hpp"

namespace mithaq::reader {

struct ParagraphRepair {
  std::vector<document::Edit> edits{};
  std::vector<document::Doubt> doubts{};  // places not filled in yet: `raw` says where
};

// Finds what pages and columns did to the order of a text.
//   blocks   the layout; the first and last words of blocks are read from `raw`
//   damaged  other repairs have shown already that the text came through a careless conversion
ParagraphRepair find_paragraph_damage(std::string_view raw, std::span<const document::Block> blocks,
                                      bool damaged);

}  // namespace mithaq::reader
