#include "reader/repair/visual_order.hpp"

#include <algorithm>
#include <cmath>

#include "base/fold.hpp"
#include "base/utf8.hpp"
#include "reader/reasons.hpp"

namespace mithaq::reader {

namespace {

using document::Edit;
using document::EditKind;
using document::Grade;
using document::PermutedPiece;
using document::Span;

constexpr std::uint32_t kLineCodePointsMax = 400;  // a line of print; longer ones are no lines of a page
constexpr std::string_view kRuleWords = "visual-order.words";
constexpr std::string_view kRuleLetters = "visual-order.letters";
constexpr std::string_view kRuleBase = "visual-order.base-direction";

bool is_blank(char letter) {
  return letter == ' ' || letter == '\t';
}

bool is_latin_letter(char32_t value) {
  return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z') ||
         (value >= 0xC0 && value <= 0x24F && value != 0xD7 && value != 0xF7);
}
bool is_mirrored(char32_t value) {
  return value == '(' || value == ')' || value == '[' || value == ']' || value == '{' || value == '}' ||
         value == 0xAB || value == 0xBB;
}
std::string_view mirror(char32_t value) {
  switch (value) {
    case '(':
      return ")";
    case ')':
      return "(";
    case '[':
      return "]";
    case ']':
      return "[";
    case '{':
      return "}";
    case '}':
      return "{";
    case 0xAB:
      return "»";
    case 0xBB:
      return "«";
    default:
      return "";
  }
}
// Marks that stand behind a word and never before one.
bool stands_behind(char32_t value) {
  return value == 0x060C || value == 0x061B || value == 0x061F || value == '.' || value == ',' ||
         value == ':' || value == ';' || value == '!';
}

struct Point {
  char32_t value;
  Span span;
};

std::vector<Point> points_of(std::string_view raw, Span span) {
  std::vector<Point> points;
  points.reserve(span.size());
  for (std::size_t at = span.begin; at < span.end;) {
    const CodePoint point = decode_utf8(raw, at);
    points.push_back({point.value, {at, std::min(at + point.length, span.end)}});
    at += point.length;
  }
  return points;
}

// One word of a line between blanks, and how many blanks stand before it.
struct Word {
  Span span{};
  std::uint32_t blanks_before = 0;
  bool latin = false;   // holds a Latin letter
  bool arabic = false;  // holds an Arabic letter
};

std::vector<Word> words_of(std::string_view raw, Span line) {
  std::vector<Word> words;
  for (std::size_t at = line.begin; at < line.end;) {
    std::uint32_t blanks = 0;
    while (at < line.end && is_blank(raw[at])) ++at, ++blanks;
    Word word;
    word.blanks_before = blanks;
    word.span.begin = at;
    while (at < line.end && !is_blank(raw[at])) {
      const CodePoint point = decode_utf8(raw, at);
      word.latin |= is_latin_letter(point.value);
      word.arabic |= is_arabic_letter(point.value);
      at = std::min(at + point.length, line.end);
    }
    word.span.end = at;
    if (word.span.begin < word.span.end) words.push_back(word);
  }
  return words;
}

void add_piece(std::vector<PermutedPiece>& pieces, Span span) {
  if (span.begin < span.end) pieces.push_back({span, ""});
}
void add_literal(std::vector<PermutedPiece>& pieces, std::string_view literal) {
  pieces.push_back({{}, std::string(literal)});
}

// Adds a word that left its place: marks glued before a Latin word go behind it (":OSCE"), single Arabic
// letters glued behind it are particles of the next reading order and go before it ("OSCEو").
void add_moved_word(std::string_view raw, const Word& word, std::vector<PermutedPiece>& pieces) {
  if (!word.latin) {
    add_piece(pieces, word.span);
    return;
  }
  const std::vector<Point> points = points_of(raw, word.span);
  std::size_t from = 0, to = points.size();
  while (from < to && stands_behind(points[from].value)) ++from;
  std::size_t particles = to;
  while (particles > from && is_arabic_letter(points[particles - 1].value)) --particles;
  if (from == to || to - particles > 2) {
    add_piece(pieces, word.span);
    return;
  }
  const std::size_t latin_begin = points[from].span.begin;
  const std::size_t latin_end = points[particles - 1].span.end;
  add_piece(pieces, {latin_end, word.span.end});
  add_piece(pieces, {latin_begin, latin_end});
  add_piece(pieces, {word.span.begin, latin_begin});
}

// Adds words last to first; Latin words that follow each other keep their order among themselves.
void add_reversed(std::string_view raw, std::span<const Word> words, std::vector<PermutedPiece>& pieces) {
  for (std::size_t end = words.size(); end > 0;) {
    std::size_t begin = end - 1;
    while (begin > 0 && words[begin].latin && words[begin - 1].latin && !words[begin].arabic &&
           !words[begin - 1].arabic)
      --begin;
    for (std::size_t each = begin; each < end; ++each) {
      if (!pieces.empty()) add_literal(pieces, " ");
      add_moved_word(raw, words[each], pieces);
    }
    end = begin;
  }
}

// Words in groups between wide gaps: the groups stand in reversed order. Inside a group words keep their
// order
// ("في 1975.") unless a Latin word turned the group round ("OSCE مجلس اجتماعات").
std::vector<PermutedPiece> reversed_groups(std::string_view raw, std::span<const Word> words) {
  std::vector<PermutedPiece> pieces;
  for (std::size_t end = words.size(); end > 0;) {
    std::size_t begin = end - 1;
    while (begin > 0 && words[begin].blanks_before < 2) --begin;
    const std::span<const Word> group = words.subspan(begin, end - begin);
    if (std::any_of(group.begin(), group.end(), [](const Word& word) { return word.latin; })) {
      add_reversed(raw, group, pieces);
    } else {
      for (const Word& word : group) {
        if (!pieces.empty()) add_literal(pieces, " ");
        add_piece(pieces, word.span);
      }
    }
    end = begin;
  }
  return pieces;
}

// The runs of a line by direction, with marks at the borders between them as runs of their own, last to
// first.
std::vector<PermutedPiece> reversed_runs(std::string_view raw, Span line) {
  struct Run {
    Span span{};
    char32_t mark = 0;     // a single mark at a border, to be mirrored
    std::string blanks{};  // before it
  };
  std::vector<Run> runs;
  std::string blanks;
  char direction = 0;  // of the run that is open: 'L', 'R', or 0
  for (const Word& word : words_of(raw, line)) {
    if (word.blanks_before > 0 && !runs.empty()) blanks = " ";
    const std::vector<Point> points = points_of(raw, word.span);
    for (std::size_t at = 0; at < points.size();) {
      const char32_t value = points[at].value;
      // Marks before a word, or a bracket behind an Arabic one, were carried off by the wrong direction.
      const bool leading = at == 0 && (stands_behind(value) || is_mirrored(value)) && points.size() > 1;
      const bool after_leading = at > 0 && direction == 0 && (stands_behind(value) || is_mirrored(value));
      const bool trailing_bracket = is_mirrored(value) && at + 1 == points.size();
      if (leading || after_leading || (trailing_bracket && direction == 'R')) {
        runs.push_back({points[at].span, value, blanks});
        blanks.clear();
        direction = 0;
        ++at;
        continue;
      }
      char next = direction;
      if (is_latin_letter(value)) next = 'L';
      if (is_arabic_letter(value)) next = 'R';
      if (direction != 0 && next == direction) {
        runs.back().span.end = points[at].span.end;
        blanks.clear();
      } else if (direction == 0 || next != direction) {
        runs.push_back({points[at].span, 0, blanks});
        blanks.clear();
        direction = next != 0 ? next : 'R';
      }
      ++at;
    }
  }
  std::vector<PermutedPiece> pieces;
  for (std::size_t each = runs.size(); each > 0; --each) {
    const Run& run = runs[each - 1];
    if (run.mark != 0 && is_mirrored(run.mark)) {
      add_literal(pieces, mirror(run.mark));
    } else {
      add_piece(pieces, run.span);
    }
    if (!run.blanks.empty() && each > 1) add_literal(pieces, run.blanks);
  }
  return pieces;
}

// A line letter by letter, last to first; vowel signs stay behind their letter, digits and Latin in order.
std::vector<PermutedPiece> reversed_letters(std::string_view raw, Span line) {
  const std::vector<Point> points = points_of(raw, line);
  std::vector<PermutedPiece> pieces;
  const auto keeps_order = [&](std::size_t at) {
    return is_latin_letter(points[at].value) || digit_value(points[at].value) >= 0;
  };
  for (std::size_t end = points.size(); end > 0;) {
    std::size_t begin = end - 1;
    if (keeps_order(begin)) {
      while (begin > 0 && (keeps_order(begin - 1) ||
                           (begin > 1 && keeps_order(begin - 2) && points[begin - 1].value < 0x80 &&
                            points[begin - 1].value != ' ' && !is_mirrored(points[begin - 1].value)))) {
        --begin;
      }
      add_piece(pieces, {points[begin].span.begin, points[end - 1].span.end});
    } else if (is_mirrored(points[begin].value)) {
      add_literal(pieces, mirror(points[begin].value));
    } else {
      add_piece(pieces, points[begin].span);
    }
    end = begin;
  }
  return pieces;
}

// How many words can only be read from their end, and how many only as they stand.
struct LetterOrder {
  std::size_t reversed = 0;
  std::size_t forward = 0;
};

// ة and ى, and the forms that fonts have for them.
bool starts_with_final_letter(std::string_view word) {
  return word.starts_with("ة") || word.starts_with("ى") || word.starts_with("\uFE93") ||
         word.starts_with("\uFE94") || word.starts_with("\uFEEF") || word.starts_with("\uFEF0");
}
bool ends_with_final_letter(std::string_view word) {
  return word.ends_with("ة") || word.ends_with("ى") || word.ends_with("\uFE93") || word.ends_with("\uFE94") ||
         word.ends_with("\uFEEF") || word.ends_with("\uFEF0");
}

LetterOrder letter_order(std::string_view raw, Span line) {
  LetterOrder order;
  const std::string_view text = slice(raw, line);
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && is_blank(text[at])) ++at;
    std::size_t end = at;
    while (end < text.size() && !is_blank(text[end])) ++end;
    std::string_view word = text.substr(at, end - at);
    at = end;
    if (word.size() < 6) continue;
    // ة and ى stand at the end of a word only; ال stands at its start far more often than at its end.
    if (starts_with_final_letter(word)) order.reversed += 2;
    if (ends_with_final_letter(word)) order.forward += 2;
    if (word.ends_with("لا")) ++order.reversed;
    if (word.starts_with("ال") || word.starts_with("وال")) ++order.forward;
  }
  return order;
}

bool starts_with_latin(std::string_view text) {
  return !text.empty() && is_latin_letter(decode_utf8(text, 0).value);
}

// Starts with a comma or a full stop that is glued to a word: "،OSCE", ".OSCE", "،نية".
bool starts_with_stranded_mark(std::string_view text) {
  if (text.empty()) return false;
  const CodePoint mark = decode_utf8(text, 0);
  if (!stands_behind(mark.value) || mark.length >= text.size()) return false;
  char32_t next = decode_utf8(text, mark.length).value;
  if (is_mirrored(next) && mark.length + 1u < text.size()) next = decode_utf8(text, mark.length + 1u).value;
  return is_latin_letter(next) || is_arabic_letter(next);
}

constexpr std::size_t kSampledLines =
    1000;  // of a long text: all are looked at if one of these reads backwards
constexpr std::uint32_t kLineArabicMin = 16;

// Do the words of a line follow each other the other way round in the papers that were counted?
bool reads_backwards(std::string_view raw, Span line, const WordPairs& pairs) {
  std::size_t backwards = 0, forwards = 0;
  double weight = 0;  // of the backward pairs, in bits
  std::uint64_t last = 0;
  for (std::size_t at = line.begin; at < line.end;) {
    while (at < line.end && is_blank(raw[at])) ++at;
    std::size_t end = at;
    while (end < line.end && !is_blank(raw[end])) ++end;
    const ArabicWord word = arabic_word(raw.substr(at, end - at));
    at = end;
    if (word.size < 2) {
      last = 0;
      continue;
    }
    const std::uint64_t hash = hash_of_word(word.view());
    if (last != 0 && last != hash) {
      if (pairs.count(last, hash) > 0) {
        ++forwards;
      } else if (const std::uint32_t count = pairs.count(hash, last); count > 0) {
        ++backwards;
        weight += std::log2(1.0 + count);
      }
    }
    last = hash;
  }
  return (backwards >= 2 && weight >= 4 && forwards == 0) || (backwards >= 4 && forwards * 4 <= backwards);
}

// Lines with single blanks that read backwards.
template <typename Permute>
void find_backward_lines(std::string_view raw, std::span<const Line> lines, const Lexicon& lexicon,
                         const VisualOrder& found, Permute permute) {
  const WordPairs* pairs = nullptr;  // fetched for the first line that is long enough
  const auto reads = [&](std::size_t each) {
    const Line& line = lines[each];
    if (line.arabic < kLineArabicMin || line.code_points > kLineCodePointsMax || line.gaps < 3) return false;
    if (!found.line_ends.empty() && !found.line_ends[each].empty()) return false;
    if (pairs == nullptr) pairs = &lexicon.repair.pairs();
    return reads_backwards(raw, line.span, *pairs);
  };
  const std::size_t step = std::max<std::size_t>(1, lines.size() / kSampledLines);
  bool any = step == 1 || !found.edits.empty();
  for (std::size_t each = 0; !any && each < lines.size(); each += step) any = reads(each);
  if (!any) return;
  for (std::size_t each = 0; each < lines.size(); ++each) {
    if (!reads(each)) continue;
    const std::vector<Word> words = words_of(raw, lines[each].span);
    std::vector<PermutedPiece> pieces;
    add_reversed(raw, words, pieces);
    permute(each, kRuleWords, Grade::uncertain, std::move(pieces), because(Why::words_backwards));
  }
}

}  // namespace

std::string permuted_text(std::string_view raw, std::span<const PermutedPiece> pieces) {
  std::string text;
  for (const PermutedPiece& piece : pieces) {
    if (piece.raw.begin < piece.raw.end) {
      text += slice(raw, piece.raw);
    } else {
      text += piece.literal;
    }
  }
  return text;
}

VisualOrder find_visual_order(std::string_view raw, std::span<const Line> lines, const Lexicon* lexicon) {
  VisualOrder found;
  const auto permute = [&](std::size_t line, std::string_view rule, Grade grade,
                           std::vector<PermutedPiece> pieces, const Explanation& reason) {
    std::string after = permuted_text(raw, pieces);
    if (after == slice(raw, lines[line].span)) return;
    if (found.line_ends.empty()) found.line_ends.resize(lines.size());
    found.line_ends[line] = after;
    found.edits.push_back({.rule = std::string(rule),
                           .grade = grade,
                           .kind = EditKind::permute,
                           .span = lines[line].span,
                           .before = std::string(slice(raw, lines[line].span)),
                           .after = std::move(after),
                           .reason = reason.text(),
                           .target = {},
                           .pieces = std::move(pieces)});
  };

  std::size_t arabic_lines = 0, indented_lines = 0;
  std::vector<std::size_t> indented_latin;
  for (std::size_t each = 0; each < lines.size(); ++each) {
    const Line& line = lines[each];
    if ((line.arabic < 2 && !line.presentation) || line.code_points > kLineCodePointsMax) continue;
    const std::string_view text = slice(raw, line.span);
    ++arabic_lines;
    if (line.indented) ++indented_lines;

    if (line.gaps >= 4 && line.wide_gaps * 2 >= line.gaps && line.arabic > line.latin) {
      const std::vector<Word> words = words_of(raw, line.span);
      permute(each, kRuleWords, Grade::safe, reversed_groups(raw, words), because(Why::words_apart));
      continue;
    }
    // The letters' order is looked at only where the line starts or ends as no Arabic line does.
    const LetterOrder order = letter_order(raw, line.span);
    if (order.reversed >= 3 && order.reversed > 3 * order.forward) {
      permute(each, kRuleLetters, Grade::safe, reversed_letters(raw, line.span),
              because(Why::letters_backwards));
      continue;
    }
    if (starts_with_stranded_mark(text)) {
      permute(each, kRuleBase, Grade::uncertain, reversed_runs(raw, line.span), because(Why::stranded_mark));
      continue;
    }
    if (line.indented && starts_with_latin(text) && line.latin > 0) indented_latin.push_back(each);
  }
  if (lexicon != nullptr && arabic_lines > 0) find_backward_lines(raw, lines, *lexicon, found, permute);
  // A Latin word at the start of a line, behind a blank that belongs to the line's other end. It is only read
  // so where other lines show that the converter did this, and where lines are not indented for themselves.
  if (!found.edits.empty() && indented_lines * 4 <= arabic_lines) {
    for (const std::size_t each : indented_latin) {
      permute(each, kRuleBase, Grade::uncertain, reversed_runs(raw, lines[each].span),
              because(Why::latin_first));
    }
  }
  std::sort(found.edits.begin(), found.edits.end(),
            [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  return found;
}

}  // namespace mithaq::reader
