// What the helper programs write, read back: pages of words or lines with their places.
//
// The helpers read hostile files, so what they write is hostile, too. The form: src/extractors/README.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mithaq::reader {

// A word of a PDF. Places in points, from the page's upper left corner.
struct PlacedWord {
  float left = 0, top = 0, right = 0, bottom = 0;
  float size = 0;           // of the font
  std::string_view text{};  // letters from left to right; points into the helper's output
};

// A line that OCR read.
struct RecognizedLine {
  float left = 0, top = 0, right = 0, bottom = 0;  // pixels
  float confidence = 0;                            // 0 to 100
  std::string_view text{};                         // in reading order
  bool ends_paragraph = false;
};

struct ExtractedPage {
  enum class State { text, scan, unreadable };
  int number = 0;
  float width = 0, height = 0;
  State state = State::text;
  std::vector<PlacedWord> words{};
  std::vector<RecognizedLine> lines{};
};

struct Extraction {
  std::vector<ExtractedPage> pages{};
  bool whole = false;          // the output has its last line
  std::string error_reason{};  // "encrypted", "damaged", "too_large", "missing"; empty if none
  std::string error_message{};
};

// Lines that are not of the form are left out; places beyond 1e6 points are cut to it. The output must
// outlive what is returned. Never throws.
Extraction parse_extraction(std::string_view output);

}  // namespace mithaq::reader
