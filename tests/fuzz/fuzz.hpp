// What every fuzz target shares.
//
// A target is a function that takes any bytes and must neither crash nor hang nor break a promise. With
// clang's libFuzzer (preset `fuzz`) it is driven by coverage; else standalone.cpp drives it with mutations of
// the seeds, the same ones each time, so that ./test runs each target briefly on any compiler.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "document/document.hpp"
#include "reader/reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace mithaq::fuzz {

inline std::string_view bytes_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// What holds for every document, however bad the file was.
inline void check(const document::Document& document) {
  expect(find_invalid_utf8(document.raw) == document.raw.size(), "raw text is UTF-8");
  for (const document::Block& block : document.blocks) {
    expect(!block.lines.empty(), "a block has a line");
    for (const document::Span line : block.lines) {
      expect(line.begin <= line.end && line.end <= document.raw.size(), "a line stands in the raw text");
    }
  }
  for (const document::Paragraph& paragraph : document.paragraphs) {
    expect(find_invalid_utf8(paragraph.text) == paragraph.text.size(), "a paragraph is UTF-8");
    for (const document::Piece& piece : paragraph.pieces) {
      expect(piece.raw.end <= document.raw.size() && piece.text.end <= paragraph.text.size(),
             "a piece is inside");
      if (piece.verbatim) {
        expect(document::slice(document.raw, piece.raw) ==
                   document::slice(std::string_view(paragraph.text), piece.text),
               "a verbatim piece is the raw text");
      }
    }
  }
  const auto is_inside = [&](const document::Place& place) {
    return place.paragraph < document.paragraphs.size() && place.range.begin <= place.range.end &&
           place.range.end <= document.paragraphs[place.paragraph].text.size();
  };
  for (const document::Mention& mention : document.mentions)
    expect(is_inside(mention.place), "a mention is inside");
  for (const document::Statement& statement : document.statements) {
    expect(is_inside(statement.evidence), "evidence is inside");
    for (const document::Party& party : statement.parties) {
      expect(!party.mention || *party.mention < document.mentions.size(), "a party's mention is there");
    }
  }
  for (const document::Doubt& doubt : document.doubts) {
    if (!document.paragraphs.empty()) expect(is_inside(doubt.place), "a doubt is inside");
  }
}

// The lexicon of the project's data, loaded once for the process.
inline const reader::Lexicon& lexicon() {
  static const reader::Lexicon kLexicon = reader::Lexicon::load(MITHAQ_FUZZ_DATA);
  return kLexicon;
}

}  // namespace mithaq::fuzz
