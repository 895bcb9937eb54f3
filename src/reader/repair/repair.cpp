#include "reader/repair/repair.hpp"

#include "document/assemble.hpp"

namespace mithaq::reader {

namespace {

// Every line that is not blank is a block.
std::vector<document::Block> lay_out(std::string_view raw) {
  std::vector<document::Block> blocks;
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t end = std::min(raw.find('\n', at), raw.size());
    if (raw.substr(at, end - at).find_first_not_of(" \t\r\f") != std::string_view::npos) {
      blocks.push_back({{{at, end}}, document::ParagraphKind::body, ""});
    }
    at = end + 1;
  }
  return blocks;
}

}  // namespace

void repair(document::Document& document, const Lexicon&) {
  if (document.blocks.empty()) document.blocks = lay_out(document.raw);
  document.paragraphs = document::assemble(document.raw, document.blocks, document.edits);
}

}  // namespace mithaq::reader
