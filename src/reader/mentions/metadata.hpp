// What a paper says of itself at its head: title, language, symbol, date, issuer, handling.
#pragma once

#include <vector>

#include "document/document.hpp"
#include "reader/lexicon/lexicon.hpp"
#include "reader/text/token.hpp"

namespace mithaq::reader {

// Fills the empty fields of document.metadata from its first paragraphs; what the head does not say stays
// empty.
//   texts   the tokens of each paragraph, as many as paragraphs
//   date    of a line that is little more than a date, of the title, or beside "issued", صدر; never a guess
//   from
//           the dates the paper speaks of
//   symbol  one that stands alone on its line
void read_metadata(document::Document& document, const std::vector<TokenizedText>& texts,
                   const Lexicon& lexicon);

// The language that prevails in a text: "ar", "en", "fr", "ru", "es", "zh", or "und".
std::string language_of(const std::vector<TokenizedText>& texts, const Lexicon& lexicon);

}  // namespace mithaq::reader
