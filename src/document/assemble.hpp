// raw + edits = repaired text.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "document/edit.hpp"
#include "document/paragraph.hpp"

namespace mithaq::document {

// The paragraphs that a text has after its edits.
//   blocks   the physical layout of the raw text, in order
//   edits    in any order; flags are skipped
//   returns  paragraphs in reading order, ids given: the printed number where it is unique, else "p", "h",
//            "t" or "fn" with a running number. No edits: one paragraph a block, its lines joined by a space
//   undo     leave an edit out and assemble again
std::vector<Paragraph> assemble(std::string_view raw, std::span<const Block> blocks,
                                std::span<const Edit> edits);

}  // namespace mithaq::document
