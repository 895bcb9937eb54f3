// Who does what with whom: the typed statements of a document.
#pragma once

#include <vector>

#include "document/document.hpp"
#include "reader/context.hpp"
#include "reader/lexicon/lexicon.hpp"
#include "reader/text/token.hpp"

namespace mithaq::reader {

// Fills document.statements from its paragraphs and mentions.
//   texts  the tokens of each paragraph, as many as paragraphs
void find_statements(document::Document& document, const std::vector<TokenizedText>& texts,
                     const Lexicon& lexicon, Context& context);

}  // namespace mithaq::reader
