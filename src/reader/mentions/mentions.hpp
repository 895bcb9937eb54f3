// Who, where, when, which paper: the names, dates, symbols and amounts of a document.
#pragma once

#include <vector>

#include "document/document.hpp"
#include "reader/context.hpp"
#include "reader/lexicon/lexicon.hpp"
#include "reader/text/token.hpp"

namespace mithaq::reader {

// Fills document.mentions and document.metadata from the paragraphs.
//   texts  the tokens of each paragraph, as many as paragraphs
void find_mentions(document::Document& document, const std::vector<TokenizedText>& texts,
                   const Lexicon& lexicon, Context& context);

}  // namespace mithaq::reader
