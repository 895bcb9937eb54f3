// Papers by their symbols and numbers: A/55/98, القرار ٥٤/١١٧, 1244 (1999), 45/53-س, PC.DEC/1041, and their
// paragraphs.
//
// The place of a mention is the symbol alone, without القرار or resolution. Its value is the symbol in order:
// the session rule of data/sessions.tsv puts "45/53-س" of 2018 as 53/45-POL. Names: docs/dates.md.
#pragma once

#include <cstdint>
#include <vector>

#include "document/document.hpp"
#include "reader/lexicon/lexicon.hpp"
#include "reader/text/token.hpp"

namespace mithaq::reader {

// Appends the symbols of one paragraph to `out`, in the order of the text, and references to paragraphs
// (الفقرة 5) as `RefClass::paragraph` whose document is not settled yet.
//   metadata  its date says which sessions had been held
void find_symbols(const TokenizedText& text, std::uint32_t paragraph, const Lexicon& lexicon,
                  const document::Metadata& metadata, std::vector<document::Mention>& out);

// Appends the places where a paragraph says القرار, القرار المذكور, the resolution, without saying which:
// mentions of RefClass::short_form whose document is not settled yet. صنع القرار and a draft are none.
void find_short_documents(const TokenizedText& text, std::uint32_t paragraph, const Lexicon& lexicon,
                          std::vector<document::Mention>& out);

// Settles what short references mean, once all symbols of the document are known: القرار is the resolution
// last spoken of, "paragraph 7" is of the one named behind it ("of resolution 1244 (1999)") or the last
// spoken of. References to paragraphs of the document itself and of papers that we do not know are taken out.
//   mentions  of the whole document, by paragraph, then by place; stays so
void resolve_document_references(const std::vector<TokenizedText>& texts, const Lexicon& lexicon,
                                 std::vector<document::Mention>& mentions);

}  // namespace mithaq::reader
