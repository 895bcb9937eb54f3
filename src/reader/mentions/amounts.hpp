// Amounts: a number and what it counts: 41 دولة عضواً, ثلاث ساعات, US$ 14.3 million, 60 per cent.
//
// A bare number, a paragraph's number, an ordinal and a date are no amounts.
#pragma once

#include <cstdint>
#include <vector>

#include "document/document.hpp"
#include "reader/lexicon/lexicon.hpp"
#include "reader/text/token.hpp"

namespace mithaq::reader {

// Appends the amounts of one paragraph to `out`, in the order of the text; places that another mention of
// this paragraph already in `out` covers are left alone.
//   name   in English, with what stands before: "more than 150 participants", "14.3 trillion US dollars"
//   value  the number in digits: "14300000000000"; unit in English: "member States", "USD", "per cent"
void find_amounts(const TokenizedText& text, std::uint32_t paragraph, const Lexicon& lexicon,
                  std::vector<document::Mention>& out);

}  // namespace mithaq::reader
