#include "reader/repair/repair.hpp"

#include <algorithm>

#include "document/assemble.hpp"
#include "reader/repair/characters.hpp"
#include "reader/repair/layout.hpp"
#include "reader/repair/numbers.hpp"
#include "reader/repair/paragraphs.hpp"
#include "reader/repair/spelling.hpp"
#include "reader/repair/visual_order.hpp"

namespace mithaq::reader {

namespace {

using document::Doubt;
using document::Span;

// The lines that a format laid out.
std::vector<Line> lines_of(std::string_view raw, const std::vector<document::Block>& blocks) {
  std::vector<Line> lines;
  for (const document::Block& block : blocks) {
    for (const Span span : block.lines) lines.push_back(look_at_line(raw, span));
  }
  return lines;
}

bool is_mostly_arabic(const std::vector<Line>& lines) {
  std::size_t arabic = 0, all = 0;
  for (const Line& line : lines) {
    arabic += line.arabic;
    all += line.code_points;
  }
  return arabic * 10 > all * 3;
}

template <typename Item>
void append(std::vector<Item>& all, std::vector<Item> more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// Says of each doubt in which paragraph it stands, from its first raw span.
void place_doubts(document::Document& document) {
  if (document.doubts.empty()) return;
  struct Where {
    Span raw;
    document::TextRange text;
    std::uint32_t paragraph;
  };
  std::vector<Where> places;
  for (std::uint32_t each = 0; each < document.paragraphs.size(); ++each) {
    for (const document::Piece& piece : document.paragraphs[each].pieces) {
      if (piece.raw.begin < piece.raw.end) places.push_back({piece.raw, piece.text, each});
    }
  }
  std::sort(places.begin(), places.end(),
            [](const Where& a, const Where& b) { return a.raw.begin < b.raw.begin; });
  for (Doubt& doubt : document.doubts) {
    if (doubt.raw.empty()) continue;
    const Span raw = doubt.raw.front();
    auto at = std::lower_bound(places.begin(), places.end(), raw.begin,
                               [](const Where& each, std::size_t begin) { return each.raw.end <= begin; });
    if (at == places.end() || !at->raw.overlaps(raw)) continue;
    doubt.place.paragraph = at->paragraph;
    // Inside a verbatim piece the doubt's own words, else the whole piece.
    const std::size_t length = at->text.size();
    std::uint32_t begin = at->text.begin, end = at->text.end;
    if (length == at->raw.size()) {
      const std::size_t skipped = raw.begin > at->raw.begin ? raw.begin - at->raw.begin : 0;
      begin += static_cast<std::uint32_t>(std::min(skipped, length));
      end = begin +
            static_cast<std::uint32_t>(std::min(raw.size(), static_cast<std::size_t>(at->text.end - begin)));
    }
    doubt.place.range = {begin, end};
  }
}

}  // namespace

void repair(document::Document& document, const Lexicon& lexicon) {
  const bool laid_out = !document.blocks.empty();
  const std::vector<Line> lines =
      laid_out ? lines_of(document.raw, document.blocks) : find_lines(document.raw);
  VisualOrder order = find_visual_order(document.raw, lines, &lexicon);
  if (!laid_out) document.blocks = lay_out(document.raw, lines, order.line_ends);
  append(document.edits, find_foreign_characters(document.raw, lines, lexicon, order.edits));
  append(document.edits, std::move(order.edits));

  ParagraphRepair paragraphs = find_paragraph_damage(document.raw, document.blocks, !document.edits.empty());
  append(document.edits, std::move(paragraphs.edits));
  append(document.doubts, std::move(paragraphs.doubts));

  document.paragraphs = document::assemble(document.raw, document.blocks, document.edits);
  const bool damaged = !document.edits.empty();
  std::vector<document::Edit> words = find_turned_numbers(document.paragraphs, lexicon.symbol_rules, damaged);
  if (is_mostly_arabic(lines)) append(words, find_spelling_damage(document.paragraphs, lexicon, damaged));
  if (!words.empty()) {
    append(document.edits, std::move(words));
    document.paragraphs = document::assemble(document.raw, document.blocks, document.edits);
  }
  place_doubts(document);
}

}  // namespace mithaq::reader
