#include "document/assemble.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/error.hpp"

namespace mithaq::document {

namespace {

// The raw pieces of one line, after permutation and before replacements.
std::vector<PermutedPiece> pieces_of_line(Span line, std::span<const Edit* const> permutations) {
  for (const Edit* edit : permutations) {
    if (line.contains(edit->span)) {
      std::vector<PermutedPiece> pieces = edit->pieces;
      if (line.begin < edit->span.begin) pieces.insert(pieces.begin(), {{line.begin, edit->span.begin}, ""});
      if (edit->span.end < line.end) pieces.push_back({{edit->span.end, line.end}, ""});
      return pieces;
    }
  }
  return {{line, ""}};
}

// Builds a paragraph's text and its map back to the raw text.
class Builder {
 public:
  Builder(std::string_view raw, Paragraph& paragraph) : raw_(raw), paragraph_(paragraph) {}

  void add_verbatim(Span span) {
    if (span.begin >= span.end) return;
    add(slice(raw_, span), span, true);
  }
  void add_replacement(std::string_view text, Span span) { add(text, span, false); }
  void add_literal(std::string_view text) { add(text, Span{}, false); }

  // Adds a raw span with the replacements that fall into it. A replacement that starts in one piece of a
  // permuted line and ends in another is written where it starts, and its rest is left out.
  void add_with_replacements(Span span, std::span<const Edit* const> replacements) {
    std::size_t at = span.begin;
    auto edit = std::lower_bound(replacements.begin(), replacements.end(), span.begin,
                                 [](const Edit* each, std::size_t begin) { return each->span.end <= begin; });
    for (; edit != replacements.end() && (*edit)->span.begin < span.end; ++edit) {
      const Span replaced = (*edit)->span;
      add_verbatim({at, std::max(at, replaced.begin)});
      if (replaced.begin >= span.begin) add_replacement((*edit)->after, replaced);
      at = std::max(at, std::min(replaced.end, span.end));
    }
    add_verbatim({at, span.end});
  }

  void trim_end() {
    while (!paragraph_.pieces.empty()) {
      Piece& last = paragraph_.pieces.back();
      while (last.text.end > last.text.begin && is_blank(paragraph_.text[last.text.end - 1])) {
        paragraph_.text.pop_back();
        --last.text.end;
        if (last.verbatim) --last.raw.end;
      }
      if (last.text.end > last.text.begin) return;
      paragraph_.pieces.pop_back();
    }
  }

  bool empty() const { return paragraph_.text.empty(); }

 private:
  static bool is_blank(char letter) {
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\f';
  }

  void add(std::string_view text, Span raw, bool verbatim) {
    while (paragraph_.text.empty() && !text.empty() && is_blank(text.front())) {
      text.remove_prefix(1);
      if (verbatim) ++raw.begin;
    }
    if (text.empty() && !(raw.begin < raw.end)) return;
    const auto begin = static_cast<std::uint32_t>(paragraph_.text.size());
    paragraph_.text += text;
    const auto end = static_cast<std::uint32_t>(paragraph_.text.size());
    if (verbatim && !paragraph_.pieces.empty()) {
      Piece& last = paragraph_.pieces.back();
      if (last.verbatim && last.raw.end == raw.begin) {
        last.raw.end = raw.end;
        last.text.end = end;
        return;
      }
    }
    paragraph_.pieces.push_back({{begin, end}, raw, verbatim});
  }

  std::string_view raw_;
  Paragraph& paragraph_;
};

Span span_of(const Block& block) {
  return block.lines.empty() ? Span{} : Span{block.lines.front().begin, block.lines.back().end};
}

std::string prefix_of(ParagraphKind kind) {
  switch (kind) {
    case ParagraphKind::title:
      return "t";
    case ParagraphKind::heading:
      return "h";
    case ParagraphKind::footnote:
      return "fn";
    case ParagraphKind::table_row:
      return "r";
    case ParagraphKind::furniture:
      return "x";
    case ParagraphKind::body:
    case ParagraphKind::item:
      return "p";
  }
  return "p";
}

void give_ids(std::vector<Paragraph>& paragraphs) {
  std::map<std::string, std::size_t> running;
  std::unordered_set<std::string> taken;
  std::unordered_map<std::string, int> copies;
  std::string parent;
  for (Paragraph& paragraph : paragraphs) {
    std::string id;
    if (!paragraph.number.empty() && paragraph.kind == ParagraphKind::body) {
      id = paragraph.number;
      parent = id;
    } else if (!paragraph.number.empty() && paragraph.kind == ParagraphKind::item) {
      id = (parent.empty() ? "p" : parent + "-") + paragraph.number;
    } else {
      id = prefix_of(paragraph.kind) + std::to_string(++running[prefix_of(paragraph.kind)]);
      if (paragraph.kind == ParagraphKind::body) parent = id;
    }
    // Each id remembers its last copy, so that ten thousand paragraphs numbered 1 do not count from 2 each.
    std::string unique = id;
    while (!taken.insert(unique).second) unique = id + "~" + std::to_string(1 + ++copies[id]);
    paragraph.id = unique;
  }
}

}  // namespace

std::vector<Paragraph> assemble(std::string_view raw, std::span<const Block> blocks,
                                std::span<const Edit> edits) {
  std::vector<const Edit*> replacements, permutations, layout;
  for (const Edit& edit : edits) {
    if (edit.grade == Grade::flag) continue;
    switch (edit.kind) {
      case EditKind::replace:
        replacements.push_back(&edit);
        break;
      case EditKind::permute:
        permutations.push_back(&edit);
        break;
      case EditKind::drop:
      case EditKind::join:
      case EditKind::move:
        layout.push_back(&edit);
        break;
    }
  }
  std::stable_sort(replacements.begin(), replacements.end(),
                   [](const Edit* a, const Edit* b) { return a->span.begin < b->span.begin; });
  std::stable_sort(permutations.begin(), permutations.end(),
                   [](const Edit* a, const Edit* b) { return a->span.begin < b->span.begin; });

  // Blocks by where they begin, so that an edit finds its block.
  std::vector<std::size_t> begins;
  begins.reserve(blocks.size());
  for (const Block& block : blocks) begins.push_back(span_of(block).begin);
  const auto block_at = [&](Span span) -> std::size_t {
    const auto after = std::upper_bound(begins.begin(), begins.end(), span.begin);
    return after == begins.begin() ? blocks.size() : static_cast<std::size_t>(after - begins.begin()) - 1;
  };

  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::vector<std::size_t> continued_by(blocks.size(), kNone);
  std::vector<bool> left_out(blocks.size(), false), is_continuation(blocks.size(), false);
  for (const Edit* edit : layout) {
    const std::size_t block = block_at(edit->span);
    if (block == blocks.size()) continue;
    if (edit->kind == EditKind::drop) left_out[block] = true;
    if (edit->kind == EditKind::join) {
      const std::size_t target = block_at(edit->target);
      if (target == blocks.size() || target == block) continue;
      continued_by[target] = block;
      is_continuation[block] = true;
    }
  }
  // A ring of joins has no start and would vanish: such blocks stand by themselves.
  std::vector<bool> reached(blocks.size(), false);
  for (std::size_t each = 0; each < blocks.size(); ++each) {
    if (is_continuation[each]) continue;
    for (std::size_t at = each; at != kNone && !reached[at]; at = continued_by[at]) reached[at] = true;
  }
  std::vector<std::size_t> order;
  for (std::size_t each = 0; each < blocks.size(); ++each) {
    if (!reached[each]) {
      is_continuation[each] = false;
      continued_by[each] = kNone;
    }
    if (!is_continuation[each] && !left_out[each]) order.push_back(each);
  }
  for (const Edit* edit : layout) {
    if (edit->kind != EditKind::move) continue;
    const auto from = std::find(order.begin(), order.end(), block_at(edit->span));
    if (from == order.end()) continue;
    const std::size_t moved = *from;
    order.erase(from);
    auto to = order.begin();
    if (edit->target.begin < edit->target.end) {
      const auto target = std::find(order.begin(), order.end(), block_at(edit->target));
      to = target == order.end() ? target : target + 1;
    }
    order.insert(to, moved);
  }

  std::vector<Paragraph> paragraphs;
  paragraphs.reserve(order.size());
  for (const std::size_t first : order) {
    Paragraph paragraph;
    paragraph.kind = blocks[first].kind;
    paragraph.number = blocks[first].number;
    Builder builder(raw, paragraph);
    std::size_t steps = 0;
    for (std::size_t at = first; at != kNone && steps <= blocks.size(); at = continued_by[at], ++steps) {
      if (left_out[at]) continue;
      for (const Span line : blocks[at].lines) {
        builder.trim_end();
        if (!builder.empty()) builder.add_literal(" ");
        const auto permutation =
            std::lower_bound(permutations.begin(), permutations.end(), line.begin,
                             [](const Edit* each, std::size_t begin) { return each->span.begin < begin; });
        const std::span<const Edit* const> near(permutation, permutation == permutations.end() ? 0 : 1);
        for (const PermutedPiece& piece : pieces_of_line(line, near)) {
          if (piece.raw.begin < piece.raw.end) {
            builder.add_with_replacements(piece.raw, replacements);
          } else {
            builder.add_literal(piece.literal);
          }
        }
      }
    }
    builder.trim_end();
    if (!builder.empty()) paragraphs.push_back(std::move(paragraph));
  }
  give_ids(paragraphs);
  return paragraphs;
}

std::vector<Span> raw_spans(const Paragraph& paragraph, TextRange range) {
  std::vector<Span> spans;
  const auto add = [&](Span span) {
    if (!spans.empty() && spans.back().end == span.begin) {
      spans.back().end = span.end;
    } else {
      spans.push_back(span);
    }
  };
  auto piece =
      std::lower_bound(paragraph.pieces.begin(), paragraph.pieces.end(), range.begin,
                       [](const Piece& each, std::uint32_t begin) { return each.text.end <= begin; });
  for (; piece != paragraph.pieces.end() && piece->text.begin < range.end; ++piece) {
    if (!(piece->raw.begin < piece->raw.end)) continue;
    if (!piece->verbatim) {
      add(piece->raw);
      continue;
    }
    const std::uint32_t begin = std::max(range.begin, piece->text.begin);
    const std::uint32_t end = std::min(range.end, piece->text.end);
    add({piece->raw.begin + (begin - piece->text.begin), piece->raw.begin + (end - piece->text.begin)});
  }
  return spans;
}

std::string_view name_of(Grade grade) {
  switch (grade) {
    case Grade::safe:
      return "safe";
    case Grade::uncertain:
      return "uncertain";
    case Grade::flag:
      return "flag";
  }
  return "flag";
}

std::string_view name_of(EditKind kind) {
  switch (kind) {
    case EditKind::replace:
      return "replace";
    case EditKind::permute:
      return "permute";
    case EditKind::drop:
      return "drop";
    case EditKind::join:
      return "join";
    case EditKind::move:
      return "move";
  }
  return "replace";
}

std::string_view name_of(ParagraphKind kind) {
  switch (kind) {
    case ParagraphKind::title:
      return "title";
    case ParagraphKind::heading:
      return "heading";
    case ParagraphKind::body:
      return "body";
    case ParagraphKind::item:
      return "item";
    case ParagraphKind::footnote:
      return "footnote";
    case ParagraphKind::table_row:
      return "table_row";
    case ParagraphKind::furniture:
      return "furniture";
  }
  return "body";
}

}  // namespace mithaq::document
