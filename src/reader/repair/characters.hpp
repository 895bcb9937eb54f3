// Characters that stand for Arabic letters and are none: letters of other scripts inside an Arabic word, and
// the presentation forms that some PDF fonts leave behind.
//
// Tatweel, vowel signs, direction marks and Persian letter forms stay: folding reads through them.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "document/edit.hpp"
#include "reader/lexicon/lexicon.hpp"
#include "reader/repair/layout.hpp"

namespace mithaq::reader {

//   visual_order  the edits of lines: where letters changed places, forms are replaced one by one
std::vector<document::Edit> find_foreign_characters(std::string_view raw, std::span<const Line> lines,
                                                    const Lexicon& lexicon,
                                                    std::span<const document::Edit> visual_order);

}  // namespace mithaq::reader
