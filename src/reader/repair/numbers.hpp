// Numbers that were turned round on their way through a page that runs from right to left.
//
// A symbol printed as ٥٤/١١٧ may come out as ١١٧/٥٤, and 56 as 65. Digits say nothing of their order; only
// what else is known does: which session sat in the year that the sentence names, what the text says
// elsewhere.
#pragma once

#include <span>
#include <vector>

#include "document/edit.hpp"
#include "document/paragraph.hpp"
#include "reader/lexicon/symbol_rules.hpp"

namespace mithaq::reader {

//   damaged  other repairs have shown that the text came through a careless conversion
std::vector<document::Edit> find_turned_numbers(std::span<const document::Paragraph> paragraphs,
                                                const SymbolRules& rules, bool damaged);

}  // namespace mithaq::reader
