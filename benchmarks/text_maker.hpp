// Texts to measure with: official-looking Arabic or English prose of any length, the same for the same seed.
#pragma once

#include <cstdint>
#include <string>

#include "reader/lexicon/lexicon.hpp"

namespace mithaq::benchmarks {

enum class TextLanguage { arabic, english };

// Numbered paragraphs made from sentence patterns, with names, places, dates and resolutions out of data/.
// About as dense in names as a Secretary-General's report: one mention in some 60 bytes.
std::string make_text(const reader::Lexicon& lexicon, TextLanguage language, std::size_t bytes,
                      std::uint64_t seed = 1);

}  // namespace mithaq::benchmarks
