#include "reader/formats/page_layout.hpp"

#include <unicode/unorm2.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "base/fold.hpp"
#include "base/utf8.hpp"
#include "reader/repair/layout.hpp"

namespace mithaq::reader {

namespace {

enum class Class { right_to_left, left_to_right, digit, separator, neutral };

bool is_right_to_left(char32_t value) {
  return (value >= 0x590 && value < 0x660) || (value >= 0x66D && value < 0x6F0) ||
         (value >= 0x6FA && value < 0x900) || (value >= 0xFB1D && value < 0xFE00) ||
         (value >= 0xFE70 && value < 0xFEFF);
}

Class class_of(char32_t value) {
  if (value == 0x60C || value == 0x61B || value == 0x61F || value == 0x66B || value == 0x66C) {
    return value == 0x60C || value >= 0x66B ? Class::separator : Class::neutral;
  }
  if (digit_value(value) >= 0) return Class::digit;
  if (is_right_to_left(value)) return Class::right_to_left;
  if (value == '.' || value == ',' || value == '/' || value == ':' || value == 0xA0) return Class::separator;
  if ((value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z') ||
      (value >= 0xC0 && value < 0x590 && value != 0xD7 && value != 0xF7) ||
      (value >= 0x1E00 && value < 0x2000) || (value >= 0x3040 && value < 0xA000)) {
    return Class::left_to_right;
  }
  return Class::neutral;
}

char32_t mirrored(char32_t value) {
  switch (value) {
    case '(':
      return ')';
    case ')':
      return '(';
    case '[':
      return ']';
    case ']':
      return '[';
    case '{':
      return '}';
    case '}':
      return '{';
    case 0xAB:
      return 0xBB;
    case 0xBB:
      return 0xAB;
    default:
      return value;
  }
}

bool is_opening(char32_t value) {
  return value == '(' || value == '[' || value == 0xAB;
}
bool is_closing(char32_t value) {
  return value == ')' || value == ']' || value == 0xBB;
}

// Some programs write the brackets of Arabic text by their shape, some by their meaning. In reading order an
// opening one stands at the start of a word and a closing one behind its end; where most stand the other way
// round, all are turned.
void set_brackets_right(std::u32string& line) {
  int right = 0, wrong = 0;
  const auto is_blank_at = [&](std::size_t at) {
    return at >= line.size() || line[at] == ' ' || line[at] == '\t';  // before the start, too: it wraps round
  };
  for (std::size_t at = 0; at < line.size(); ++at) {
    const bool opening = is_opening(line[at]);
    if (!opening && !is_closing(line[at])) continue;
    const bool blank_before = is_blank_at(at - 1), blank_behind = is_blank_at(at + 1);
    if (blank_before == blank_behind) continue;
    ++(opening == blank_before ? right : wrong);
  }
  if (wrong <= right) return;
  for (char32_t& value : line) value = mirrored(value);
}

// Fonts name glyphs by the presentation forms of letters (U+FB50-U+FDFF, U+FE70-U+FEFC): the letters they
// show.
//   text  in reading order, so that a ligature's letters come out in theirs
std::u32string without_presentation_forms(std::u32string_view text) {
  const auto is_form = [](char32_t value) {
    return (value >= 0xFB50 && value < 0xFDFE) || (value >= 0xFE70 && value < 0xFEFD);
  };
  if (std::none_of(text.begin(), text.end(), is_form)) return std::u32string(text);
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* forms = unorm2_getNFKCInstance(&error);
  std::u32string out;
  for (const char32_t value : text) {
    UChar letters[24];
    const UChar form = static_cast<UChar>(value);
    const int32_t length =
        is_form(value) && U_SUCCESS(error) ? unorm2_normalize(forms, &form, 1, letters, 24, &error) : -1;
    if (length <= 0 || U_FAILURE(error)) {
      out += value;
      error = U_ZERO_ERROR;
      continue;
    }
    for (int32_t each = 0; each < length; ++each) {
      // Vowel signs by themselves decompose to a blank and the sign; all letters of these forms are below
      // U+10000.
      if (letters[each] != ' ' || length > 3) out += letters[each];
    }
  }
  return out;
}

float height_of(const PlacedWord& word) {
  const float box = word.bottom - word.top;
  return word.size > 0 && word.size < box ? word.size : box;
}
// Boxes reach as far as the font's tallest signs and overlap from line to line; their middles do not.
float middle_of(const PlacedWord& word) {
  return (word.top + word.bottom) / 2;
}

struct PlacedLine {
  std::vector<const PlacedWord*> words{};  // from left to right
  float middle = 0, height = 0, left = 0, right = 0;
};

using Words = std::vector<const PlacedWord*>;

float median(std::vector<float> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Groups words into lines by their middles, from top to bottom.
std::vector<PlacedLine> lines_of(Words words) {
  std::sort(words.begin(), words.end(), [](const PlacedWord* a, const PlacedWord* b) {
    return middle_of(*a) != middle_of(*b) ? middle_of(*a) < middle_of(*b) : a->left < b->left;
  });
  std::vector<PlacedLine> lines;
  for (const PlacedWord* word : words) {
    const float middle = middle_of(*word);
    if (lines.empty() ||
        middle - lines.back().middle > 0.5F * std::max(lines.back().height, height_of(*word))) {
      lines.emplace_back();
      lines.back().middle = middle;
      lines.back().left = word->left;
      lines.back().right = word->right;
    }
    PlacedLine& line = lines.back();
    line.words.push_back(word);
    line.height = std::max(line.height, height_of(*word));
    line.left = std::min(line.left, word->left);
    line.right = std::max(line.right, word->right);
  }
  for (PlacedLine& line : lines) {
    // By their middles: the alef of a ligature may stand without width inside the box of its lam.
    std::sort(line.words.begin(), line.words.end(), [](const PlacedWord* a, const PlacedWord* b) {
      return a->left + a->right < b->left + b->right;
    });
  }
  return lines;
}

// The narrowest blank, in heights of the line. Letters that only seem apart (the ya after a kerned zay) stand
// 0.12 apart, the blanks of a tightly set line 0.2.
constexpr float kBlankMin = 0.15F;

struct Interval {
  float begin, end;
};

// Where nothing stands between the words of a line, wider than `least`.
std::vector<Interval> gaps_of(const PlacedLine& line, float least) {
  std::vector<Interval> gaps;
  float reached = -1e6F;
  for (const PlacedWord* word : line.words) {
    if (word->left - reached >= least) gaps.push_back({reached, word->left});
    reached = std::max(reached, word->right);
  }
  gaps.push_back({reached, 1e6F});
  return gaps;
}

std::vector<Interval> common(const std::vector<Interval>& a, const std::vector<Interval>& b, float least) {
  std::vector<Interval> out;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const Interval both{std::max(a[i].begin, b[j].begin), std::min(a[i].end, b[j].end)};
    if (both.end - both.begin >= least) out.push_back(both);
    a[i].end < b[j].end ? ++i : ++j;
  }
  return out;
}

// The inner gaps that all lines of a band leave free and that have running text on both sides.
std::vector<Interval> valleys(std::span<const PlacedLine> band, const std::vector<Interval>& free,
                              float height) {
  constexpr std::size_t kLinesMin = 4;
  std::vector<Interval> inner;
  for (const Interval& gap : free) {
    if (gap.begin > -1e5F && gap.end < 1e5F) inner.push_back(gap);
  }
  // Columns of running text hold several words a line and most lines fill them; cells of a table do not.
  const auto is_running_text = [&](float left, float right) {
    std::size_t lines = 0, words = 0;
    std::vector<float> widths;
    for (const PlacedLine& line : band) {
      float begin = 1e6F, end = -1e6F;
      for (const PlacedWord* word : line.words) {
        if (word->left < left || word->right > right) continue;
        begin = std::min(begin, word->left);
        end = std::max(end, word->right);
        ++words;
      }
      if (end > begin) {
        ++lines;
        widths.push_back(end - begin);
      }
    }
    if (lines < kLinesMin || words < lines * 3) return false;
    const float widest = *std::max_element(widths.begin(), widths.end());
    return median(widths) >= 0.6F * widest && widest >= 8 * height;
  };
  std::vector<Interval> taken;
  for (std::size_t each = 0; each < inner.size(); ++each) {
    const float left = taken.empty() ? -1e6F : taken.back().end;
    const float right = each + 1 < inner.size() ? inner[each + 1].begin : 1e6F;
    if (is_running_text(left - 0.1F, inner[each].begin + 0.1F) &&
        is_running_text(inner[each].end - 0.1F, right + 0.1F)) {
      taken.push_back(inner[each]);
    }
  }
  return taken;
}

class PageWriter {
 public:
  explicit PageWriter(bool right_to_left) : right_to_left_(right_to_left) {}

  std::string take() { return std::move(out_); }

  // Writes some words in reading order.
  //   depth  of columns within columns
  void write(const Words& words, int depth) {
    std::vector<PlacedLine> lines = lines_of(words);
    std::vector<float> heights;
    for (const PlacedLine& line : lines) heights.push_back(line.height);
    const float height = median(heights);
    const float least = std::max(8.0F, 0.9F * height);
    std::size_t begin = 0;
    while (begin < lines.size()) {
      // The longest band of lines that leave a common gap free.
      std::vector<Interval> free = gaps_of(lines[begin], least);
      std::size_t end = begin + 1;
      if (depth < 3) {
        for (; end < lines.size(); ++end) {
          std::vector<Interval> both = common(free, gaps_of(lines[end], least), least);
          const bool inner = std::any_of(both.begin(), both.end(), [](const Interval& gap) {
            return gap.begin > -1e5F && gap.end < 1e5F;
          });
          if (!inner && has_inner(free)) break;
          if (!inner) break;
          free = std::move(both);
        }
      }
      const std::span<const PlacedLine> band(lines.data() + begin, end - begin);
      const std::vector<Interval> cuts =
          depth < 3 && band.size() >= 4 ? valleys(band, free, height) : std::vector<Interval>();
      if (cuts.empty()) {
        // Not columns: these lines are read as they stand, together with those before them.
        pending_.insert(pending_.end(), band.begin(), band.end());
        begin = end;
        continue;
      }
      flush();
      std::vector<Words> columns(cuts.size() + 1);
      for (const PlacedLine& line : band) {
        for (const PlacedWord* word : line.words) {
          std::size_t column = 0;
          while (column < cuts.size() && word->left >= cuts[column].end - 0.1F) ++column;
          columns[column].push_back(word);
        }
      }
      if (right_to_left_) std::reverse(columns.begin(), columns.end());
      for (const Words& column : columns) {
        PageWriter inner(right_to_left_);
        inner.write(column, depth + 1);
        if (!out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
        out_ += inner.take();
      }
      begin = end;
    }
    flush();
  }

 private:
  static bool has_inner(const std::vector<Interval>& gaps) {
    return std::any_of(gaps.begin(), gaps.end(),
                       [](const Interval& gap) { return gap.begin > -1e5F && gap.end < 1e5F; });
  }

  // Writes the lines that wait, with an empty line where a paragraph ends.
  void flush() {
    if (pending_.empty()) return;
    std::vector<float> distances;
    for (std::size_t each = 1; each < pending_.size(); ++each) {
      const float distance = pending_[each].middle - pending_[each - 1].middle;
      if (distance > 0) distances.push_back(distance / std::max(1.0F, pending_[each].height));
    }
    // The common distance of lines, in heights; a page of headings only has no common one.
    std::sort(distances.begin(), distances.end());
    const float usual = distances.empty() ? 1.5F : distances[distances.size() / 4];
    if (!out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
    Interval column{1e6F, -1e6F};
    for (const PlacedLine& line : pending_) {
      column.begin = std::min(column.begin, line.left);
      column.end = std::max(column.end, line.right);
    }
    std::string before;
    for (std::size_t each = 0; each < pending_.size(); ++each) {
      const PlacedLine& line = pending_[each];
      std::string text = text_of(line);
      if (each > 0) {
        const float distance = (line.middle - pending_[each - 1].middle) / std::max(1.0F, line.height);
        const bool other_size =
            std::fabs(line.height - pending_[each - 1].height) > 0.08F * pending_[each - 1].height;
        if (distance > usual * 1.22F || other_size) {
          out_ += '\n';
        } else if (goes_on(pending_[each - 1], before, line, text, column)) {
          // A line may break behind a slash, inside شباط/فبراير.
          out_.back() = ' ';
          if (before.ends_with('/')) out_.pop_back();
        }
      }
      out_ += text;
      out_ += '\n';
      before = std::move(text);
    }
    pending_.clear();
  }

  // Was the line broken only because its next word had no room? Then both are one paragraph.
  bool goes_on(const PlacedLine& line, std::string_view text, const PlacedLine& next,
               std::string_view next_text, const Interval& column) const {
    if (text.find('\t') != std::string_view::npos || next_text.find('\t') != std::string_view::npos)
      return false;
    if (marker_of(next_text).kind != Marker::Kind::none || is_page_number(text)) return false;
    const float room = right_to_left_ ? line.left - column.begin : column.end - line.right;
    if (room > first_word_width(next) + kBlankMin * line.height) return false;
    // The first line of a paragraph may stand back from the edge; behind a number or a bullet all lines but
    // the first do.
    const auto indent = [&](const PlacedLine& each) {
      return right_to_left_ ? column.end - each.right : each.left - column.begin;
    };
    const bool hangs = marker_of(text).kind != Marker::Kind::none;
    return hangs || indent(next) <= indent(line) + line.height || indent(next) <= line.height;
  }

  // What stands before the first blank of a line in reading order.
  float first_word_width(const PlacedLine& line) const {
    const Words& words = line.words;
    const auto touches = [&](std::size_t left, std::size_t right) {
      return words[right]->left - words[left]->right <= kBlankMin * line.height;
    };
    std::size_t first = 0, last = 0;
    if (right_to_left_) {
      first = last = words.size() - 1;
      while (first > 0 && touches(first - 1, first)) --first;
    } else {
      while (last + 1 < words.size() && touches(last, last + 1)) ++last;
    }
    return words[last]->right - words[first]->left;
  }

  // A line in reading order.
  std::string text_of(const PlacedLine& line) const {
    std::u32string visual;
    std::size_t arabic = 0, latin = 0;
    float reached = line.left;
    for (const PlacedWord* word : line.words) {
      if (!visual.empty()) {
        // Words that touch are parts of one; a wide gap is the border of a cell.
        const float gap = word->left - reached;
        if (gap > 2.5F * line.height) {
          visual += U'\t';
        } else if (gap > kBlankMin * line.height) {
          visual += U' ';
        }
      }
      reached = std::max(reached, word->right);
      for (std::size_t at = 0; at < word->text.size();) {
        const CodePoint point = decode_utf8(word->text, at);
        at += point.length;
        // Direction marks say nothing about letters that stand in order of place.
        if ((point.value >= 0x200B && point.value <= 0x200F) ||
            (point.value >= 0x202A && point.value <= 0x202E) ||
            (point.value >= 0x2066 && point.value <= 0x2069)) {
          continue;
        }
        visual += point.value;
        arabic += class_of(point.value) == Class::right_to_left;
        latin += class_of(point.value) == Class::left_to_right;
      }
    }
    const bool right_to_left = runs_right_to_left(visual, arabic, latin);
    std::u32string text = without_presentation_forms(logical_order(visual, right_to_left));
    if (right_to_left) set_brackets_right(text);
    return to_utf8(text);
  }

  // The direction of a line: the page's, unless its letters say otherwise.
  bool runs_right_to_left(std::u32string_view visual, std::size_t arabic, std::size_t latin) const {
    if (arabic == 0 && latin == 0) return right_to_left_;
    if (!right_to_left_) return arabic > latin * 3;
    if (arabic > 0) return latin < arabic * 10;
    // Nothing but Latin letters: the end of a sentence stands on the left if the sentence is Arabic.
    return visual.find_first_of(U".,;:،؛") == 0;
  }

  bool right_to_left_;
  std::vector<PlacedLine> pending_{};
  std::string out_{};
};

}  // namespace

std::u32string logical_order(std::u32string_view visual, bool right_to_left) {
  const std::size_t size = visual.size();
  std::u32string out;
  out.reserve(size);
  if (!right_to_left) {
    // Runs of letters from right to left, with what stands between them, are turned round.
    for (std::size_t at = 0; at < size;) {
      if (class_of(visual[at]) != Class::right_to_left) {
        out += visual[at++];
        continue;
      }
      std::size_t last = at;
      for (std::size_t each = at; each < size && class_of(visual[each]) != Class::left_to_right; ++each) {
        if (class_of(visual[each]) == Class::right_to_left) last = each;
      }
      out += logical_order(visual.substr(at, last + 1 - at), true);
      at = last + 1;
    }
    return out;
  }
  // Runs from left to right, found from the left; then everything in reverse, those runs as they stand.
  std::vector<std::u32string_view> runs;
  for (std::size_t at = 0; at < size;) {
    const Class kind = class_of(visual[at]);
    if (kind != Class::left_to_right && kind != Class::digit) {
      runs.push_back(visual.substr(at, 1));
      ++at;
      continue;
    }
    std::size_t last = at;  // the last letter or digit of the run
    bool has_letter = kind == Class::left_to_right;
    for (std::size_t each = at + 1; each < size; ++each) {
      const Class next = class_of(visual[each]);
      if (next == Class::right_to_left) break;
      if (next == Class::left_to_right) {
        // Letters right behind digits belong to them (2nd, 53-POL); behind a blank they are another run.
        if (!has_letter) {
          const std::u32string_view between = visual.substr(last + 1, each - last - 1);
          if (between.find(U' ') != std::u32string_view::npos ||
              between.find(U'\t') != std::u32string_view::npos)
            break;
        }
        has_letter = true;
        last = each;
      } else if (next == Class::digit) {
        // A number holds separators, one at a time; after Latin letters anything but a tab.
        const std::u32string_view between = visual.substr(last + 1, each - last - 1);
        if (has_letter
                ? between.find(U'\t') != std::u32string_view::npos
                : !(between.empty() || (between.size() == 1 && class_of(between[0]) == Class::separator))) {
          break;
        }
        last = each;
      } else if (visual[each] == U'\t') {
        break;
      }
    }
    runs.push_back(visual.substr(at, last + 1 - at));
    at = last + 1;
  }
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) out += *run;
  return out;
}

std::string lay_out_page(const ExtractedPage& page) {
  Words words;
  std::size_t arabic = 0, latin = 0;
  for (const PlacedWord& word : page.words) {
    words.push_back(&word);
    for (std::size_t at = 0; at < word.text.size();) {
      const CodePoint point = decode_utf8(word.text, at);
      at += point.length;
      arabic += class_of(point.value) == Class::right_to_left;
      latin += class_of(point.value) == Class::left_to_right;
    }
  }
  PageWriter writer(arabic > latin);
  writer.write(words, 0);
  return writer.take();
}

}  // namespace mithaq::reader
