// Dates: every day, month, year, span and decade that a text names, as EDTF.
//
// Months by their Levantine, Egyptian, Maghrebi and double names (تشرين الثاني/نوفمبر), English, French,
// Russian, Spanish and Chinese dates, ranges (`13-17 نيسان/أبريل`, from 3 to 5 February), lists, bare years,
// decades, dates relative to the document's own (العام الماضي), Hijri dates checked against the Gregorian
// date beside them. Choices and forms: docs/dates.md.
#pragma once

#include <cstdint>
#include <vector>

#include "document/document.hpp"
#include "reader/lexicon/lexicon.hpp"
#include "reader/text/token.hpp"

namespace mithaq::reader {

// Appends the dates of one paragraph to `out`, in the order of the text; a place that a document mention of
// this paragraph already in `out` covers (a symbol) is left alone.
//   metadata  its date is what relative dates count from; without one they are left unresolved
//   doubts    a Hijri date that is more than two days from the Gregorian one beside it; 03/04/2015
void find_dates(const TokenizedText& text, std::uint32_t paragraph, const Lexicon& lexicon,
                const document::Metadata& metadata, std::vector<document::Mention>& out,
                std::vector<document::Doubt>& doubts);

// The first date of a text that is a whole day, as EDTF; empty if there is none. For mastheads.
std::string first_full_date(const TokenizedText& text, const Lexicon& lexicon);

}  // namespace mithaq::reader
