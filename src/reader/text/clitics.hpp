// Arabic clitics: the particles written onto the front of a word.
//
// (أ|س)? (و|ف)? (ب|ك|ل)? before a word that keeps its spelling; ل before ال is written لل. Only readings
// whose remainder is a known word are given, so that وفد is not و+فد.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "reader/text/token.hpp"

namespace mithaq::reader {

struct CliticReading {
  WordId word = kUnknownWord;      // of the rest
  std::uint32_t prefix_bytes = 0;  // of the token's text that the particles take; 0 for the whole word
  bool conjunction = false;        // و or ف
  char32_t preposition = 0;        // ب ك ل, or 0
  bool fused_article = false;      // لل: the rest begins with the second ل, read as ال
};

// All readings of an Arabic token, the whole word first if it is known; at most 8.
struct CliticReadings {
  std::array<CliticReading, 8> readings;
  std::size_t count = 0;

  const CliticReading* begin() const { return readings.data(); }
  const CliticReading* end() const { return readings.data() + count; }
};

// The readings of a token; for a word of another script, the word itself if it is known.
CliticReadings clitic_readings(const TokenizedText& text, const Token& token, const Vocabulary& vocabulary);

}  // namespace mithaq::reader
