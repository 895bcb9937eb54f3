// Words that a scanner or a typist broke.
//
// A wrong change costs more than a missed one: a word is changed only if nobody knows it and exactly one
// word that is known lies next to it, or if a table says that it cannot stand in this company.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "document/edit.hpp"
#include "document/paragraph.hpp"
#include "reader/lexicon/lexicon.hpp"

namespace mithaq::reader {

// Finds broken words in paragraphs that are in order already.
//   damaged  other repairs have shown that the text came through a careless conversion; else single letters
//   are
//            looked at only if several words show it
std::vector<document::Edit> find_spelling_damage(std::span<const document::Paragraph> paragraphs,
                                                 const Lexicon& lexicon, bool damaged);

}  // namespace mithaq::reader
