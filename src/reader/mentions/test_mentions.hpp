// For the tests of mentions: paragraphs read with the project's own tables.
#pragma once

#include <string>
#include <vector>

#include "reader/mentions/mentions.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::reader {

// The paragraphs with all that is mentioned in them.
inline document::Document with_mentions(std::vector<std::string> paragraphs) {
  static const Lexicon lexicon = Lexicon::load(test::data());
  document::Document document;
  for (std::string& text : paragraphs) document.paragraphs.push_back({.id = "p", .text = std::move(text)});
  std::vector<TokenizedText> texts(document.paragraphs.size());
  for (std::size_t each = 0; each < texts.size(); ++each) {
    tokenize(document.paragraphs[each].text, lexicon.vocabulary, texts[each]);
  }
  Context context;
  find_mentions(document, texts, lexicon, context);
  return document;
}

}  // namespace mithaq::reader
