#include "reader/repair/repair.hpp"

#include <algorithm>
#include <utility>

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

// Says of each doubt in which paragraph it stands, from its first raw span. One that stands in none (in a
// running header that was dropped) is left out.
void place_doubts(document::Document& document) {
  if (document.doubts.empty()) return;
  struct Where {
    const document::Piece* piece;
    std::uint32_t paragraph;
  };
  std::vector<Where> places;
  for (std::uint32_t each = 0; each < document.paragraphs.size(); ++each) {
    for (const document::Piece& piece : document.paragraphs[each].pieces) {
      if (piece.raw.begin < piece.raw.end) places.push_back({&piece, each});
    }
  }
  std::sort(places.begin(), places.end(),
            [](const Where& a, const Where& b) { return a.piece->raw.begin < b.piece->raw.begin; });
  std::erase_if(document.doubts, [&](Doubt& doubt) {
    if (doubt.raw.empty()) return true;
    const Span raw = doubt.raw.front();
    const auto at =
        std::lower_bound(places.begin(), places.end(), raw.begin,
                         [](const Where& each, std::size_t begin) { return each.piece->raw.end <= begin; });
    if (at == places.end() || !at->piece->raw.overlaps(raw)) return true;
    const document::Piece& piece = *at->piece;
    // Inside a verbatim piece the doubt's own words, else the whole piece.
    const auto inside = [&piece](std::size_t byte) {
      return piece.text.begin +
             static_cast<std::uint32_t>(std::clamp(byte, piece.raw.begin, piece.raw.end) - piece.raw.begin);
    };
    doubt.place.paragraph = at->paragraph;
    doubt.place.range = piece.verbatim ? document::TextRange{inside(raw.begin), inside(raw.end)} : piece.text;
    return false;
  });
}

}  // namespace

void repair(document::Document& document, const Lexicon& lexicon) {
  std::vector<Doubt> of_format = std::exchange(document.doubts, {});
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
  append(document.doubts, std::move(of_format));
  place_doubts(document);
}

}  // namespace mithaq::reader
