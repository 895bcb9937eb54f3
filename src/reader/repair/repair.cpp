#include "reader/repair/repair.hpp"

#include "document/assemble.hpp"
#include "reader/repair/layout.hpp"
#include "reader/repair/visual_order.hpp"

namespace mithaq::reader {

namespace {

// The lines that a format laid out.
std::vector<Line> lines_of(std::string_view raw, const std::vector<document::Block>& blocks) {
  std::vector<Line> lines;
  for (const document::Block& block : blocks) {
    for (const document::Span span : block.lines) lines.push_back(look_at_line(raw, span));
  }
  return lines;
}

void append(std::vector<document::Edit>& edits, std::vector<document::Edit> more) {
  edits.insert(edits.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

void repair(document::Document& document, const Lexicon&) {
  const bool laid_out = !document.blocks.empty();
  const std::vector<Line> lines =
      laid_out ? lines_of(document.raw, document.blocks) : find_lines(document.raw);
  VisualOrder order = find_visual_order(document.raw, lines);
  if (!laid_out) document.blocks = lay_out(document.raw, lines, order.line_ends);
  append(document.edits, std::move(order.edits));
  document.paragraphs = document::assemble(document.raw, document.blocks, document.edits);
}

}  // namespace mithaq::reader
