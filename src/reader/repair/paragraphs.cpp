#include "reader/repair/paragraphs.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "base/fold.hpp"
#include "base/utf8.hpp"
#include "reader/reasons.hpp"

namespace mithaq::reader {

namespace {

using document::Block;
using document::Doubt;
using document::Edit;
using document::EditKind;
using document::Grade;
using document::ParagraphKind;
using document::Span;

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr std::size_t kHeaderBytesMax = 400;  // of a running header
constexpr std::size_t kHeaderRepeatsMin = 3;
constexpr std::size_t kHeadersMax = 16;    // different ones in one text
constexpr std::size_t kFurnitureMax = 64;  // blocks between two pages' texts
constexpr std::size_t kOpenEndsMax = 20;   // doubts about them
constexpr std::size_t kNumberedMin = 6;    // fewer numbers are no sequence
constexpr std::size_t kShingleWords = 5;

Span span_of(const Block& block) {
  return {block.lines.front().begin, block.lines.back().end};
}

std::string_view last_line(std::string_view raw, const Block& block) {
  return slice(raw, block.lines.back());
}

// How a block ends: in the middle of a sentence, at a comma, or as a sentence ends.
enum class End { open, comma, closed };

End end_of(std::string_view raw, const Block& block) {
  const std::string_view line = last_line(raw, block);
  if (ends_sentence(line)) return End::closed;
  return ends_with_comma(line) ? End::comma : End::open;
}

std::optional<int> number_of(const Block& block) {
  if (block.kind != ParagraphKind::body || block.number.empty() || block.number.size() > 3)
    return std::nullopt;
  int value = 0;
  for (const char digit : block.number) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + (digit - '0');
  }
  return value;
}

std::string text_of(std::string_view raw, const Block& block, std::size_t bytes_max = 48) {
  const Span line = block.lines.front();
  std::size_t end = line.begin + std::min(bytes_max, line.size());
  // Not in the middle of a letter.
  while (end > line.begin && end < line.end && (static_cast<unsigned char>(raw[end]) & 0xC0) == 0x80) --end;
  return valid_utf8(raw.substr(line.begin, end - line.begin)) + (end < line.end ? "…" : "");
}
std::string end_text_of(std::string_view raw, const Block& block) {
  const Span line = block.lines.back();
  std::size_t begin = line.size() > 48 ? line.end - 48 : line.begin;
  while (begin < line.end && raw[begin] != ' ' && begin > line.begin) ++begin;
  return std::string(raw.substr(begin, line.end - begin));
}

// A line without blanks and without a page number at either end, for comparing running headers.
std::string header_key(std::string_view line) {
  std::string key;
  for (const char letter : fold(line)) {
    if (letter != ' ' && letter != '\t' && letter != '#' && letter != '*') key.push_back(letter);
  }
  const auto is_number = [](char letter) {
    return (letter >= '0' && letter <= '9') || letter == '-' || letter == '|';
  };
  std::size_t begin = 0, end = key.size();
  while (begin < end && begin < 4 && is_number(key[begin])) ++begin;
  while (end > begin && key.size() - end < 4 && is_number(key[end - 1])) --end;
  // A year or a symbol's number belongs to the line.
  if (begin > 3) begin = 0;
  if (key.size() - end > 3) end = key.size();
  return key.substr(begin, end - begin);
}

// Words that end no English heading and no sentence.
bool ends_with_function_word(std::string_view line) {
  const std::size_t at = line.rfind(' ');
  const std::string_view word = line.substr(at == std::string_view::npos ? 0 : at + 1);
  for (const std::string_view each : {"of", "the", "and", "in", "to", "for", "by", "with", "on", "at", "from",
                                      "a", "an", "or", "its", "their", "that", "as"}) {
    if (word == each) return true;
  }
  return false;
}

// Can a text that starts so go on with one that ends so? In scripts with capitals the case tells; in others
// nothing speaks against it.
bool may_follow(std::string_view end, std::string_view start) {
  for (std::size_t at = 0; at < start.size();) {
    const CodePoint point = decode_utf8(start, at);
    if (is_word_character(point.value)) {
      const bool latin = point.value < 0x250, cyrillic = point.value >= 0x400 && point.value < 0x530;
      if (!latin && !cyrillic) return true;
      std::string folded;
      append_folded(folded, point.value);
      const bool small = folded == start.substr(at, point.length);
      // "(MSU)" or "OSCE" inside an Arabic sentence says nothing.
      const bool arabic_end = !end.empty() && [&] {
        for (std::size_t each = 0; each < end.size();) {
          const CodePoint last = decode_utf8(end, each);
          if (is_arabic_letter(last.value)) return true;
          each += last.length;
        }
        return false;
      }();
      return small || arabic_end || ends_with_function_word(end);
    }
    at += point.length;
  }
  return false;
}

class Finder {
 public:
  Finder(std::string_view raw, std::span<const Block> blocks, bool damaged)
      : raw_(raw),
        blocks_(blocks),
        damaged_(damaged),
        dropped_(blocks.size(), false),
        joined_(blocks.size(), false),
        continued_(blocks.size(), false) {}

  ParagraphRepair run() {
    drop_running_headers();
    find_numbers();
    if (dense_) {
      drop_repetitions();
      join_by_number();
      order_by_number();
      report_gaps();
    }
    return std::move(repair_);
  }

 private:
  void add(std::string_view rule, Grade grade, EditKind kind, std::size_t block, std::size_t target,
           std::string after, const Explanation& reason) {
    Edit edit;
    edit.rule = rule;
    edit.grade = grade;
    edit.kind = kind;
    edit.span = span_of(blocks_[block]);
    if (target != kNone) edit.target = span_of(blocks_[target]);
    edit.before = text_of(raw_, blocks_[block]);
    edit.after = std::move(after);
    edit.reason = reason.text();
    repair_.edits.push_back(std::move(edit));
  }

  bool is_furniture(std::size_t block) const {
    return dropped_[block] || blocks_[block].kind == ParagraphKind::furniture;
  }

  // A block that may go on with what stands before it: running text without a number or a mark of its own.
  bool may_continue(std::size_t block) const {
    const Block& each = blocks_[block];
    return each.kind == ParagraphKind::body && each.number.empty() && !is_furniture(block);
  }

  // The blocks around a page break: the last one before `block` and the first one behind it that are text.
  std::size_t before(std::size_t block) const {
    for (std::size_t each = block; each > 0 && each + kFurnitureMax > block; --each) {
      if (!is_furniture(each - 1)) return each - 1;
    }
    return kNone;
  }
  std::size_t behind(std::size_t block) const {
    for (std::size_t each = block + 1; each < std::min(blocks_.size(), block + kFurnitureMax); ++each) {
      if (!is_furniture(each)) return each;
    }
    return kNone;
  }
  bool interrupts(std::size_t first, std::size_t last) const {
    const std::size_t upper = before(first), lower = behind(last);
    if (upper == kNone || lower == kNone || !may_continue(lower)) return false;
    const ParagraphKind kind = blocks_[upper].kind;
    if (kind != ParagraphKind::body && kind != ParagraphKind::item) return false;
    return end_of(raw_, blocks_[upper]) != End::closed &&
           may_follow(end_text_of(raw_, blocks_[upper]), text_of(raw_, blocks_[lower]));
  }

  // The same line three times or more, tearing sentences apart: what stands at the head or foot of each page.
  void drop_running_headers() {
    std::unordered_map<std::string, std::vector<std::size_t>> places;
    for (std::size_t each = 0; each < blocks_.size(); ++each) {
      const Block& block = blocks_[each];
      if (block.lines.size() != 1 || block.lines[0].size() > kHeaderBytesMax || block.lines[0].size() < 5)
        continue;
      if (block.kind == ParagraphKind::furniture || !block.number.empty()) continue;
      places[header_key(slice(raw_, block.lines[0]))].push_back(each);
    }
    std::vector<std::pair<std::size_t, std::string>> headers;  // by first place
    for (const auto& [key, at] : places) {
      if (at.size() >= kHeaderRepeatsMin && key.size() >= 5) headers.emplace_back(at.front(), key);
    }
    std::sort(headers.begin(), headers.end());
    for (const auto& [first, key] : headers) {
      const std::vector<std::size_t>& at = places[key];
      // Marked first, so that two headers of one page do not stand in each other's way.
      for (const std::size_t each : at) dropped_[each] = true;
    }
    for (const auto& [first, key] : headers) {
      std::vector<std::size_t>& at = places[key];
      std::size_t torn = 0;
      for (const std::size_t each : at) torn += interrupts(each, each);
      // A page holds some three to eighty blocks.
      const std::size_t range = at.back() - at.front();
      const bool paged = range >= 2 * (at.size() - 1) && range <= 80 * (at.size() - 1);
      if (torn * 10 < at.size() * 3 || torn < 2 || !paged) {
        for (const std::size_t each : at) dropped_[each] = false;
      }
    }
    std::size_t kept = 0;
    for (const auto& [first, key] : headers) {
      if (!dropped_[first]) continue;
      // Where it is seen first and tears nothing apart, it is the title that the pages repeat.
      if (!interrupts(first, first)) {
        dropped_[first] = false;
      }
      if (++kept <= kHeadersMax) find_broken_header(key);
    }
    for (std::size_t each = 0; each < blocks_.size(); ++each) {
      if (!dropped_[each]) continue;
      add("paragraphs.running-header", Grade::safe, EditKind::drop, each, kNone, "",
          because(Why::running_header));
    }
    // Halves on both sides of what was dropped, or of a page number.
    for (std::size_t each = 0; each + 1 < blocks_.size(); ++each) {
      if (!is_furniture(each) || (each > 0 && is_furniture(each - 1))) continue;
      std::size_t last = each;
      bool header = false;
      while (last < blocks_.size() && is_furniture(last)) header |= dropped_[last++];
      if (!header && !damaged_) continue;
      if (interrupts(each, each))
        join(behind(each), before(each), "paragraphs.page-break", Grade::safe, because(Why::page_break));
    }
  }

  // A header that was broken over two or three lines on some page.
  void find_broken_header(const std::string& key) {
    for (std::size_t each = 0; each < blocks_.size(); ++each) {
      if (dropped_[each] || blocks_[each].lines.size() != 1) continue;
      std::string joined = header_key(slice(raw_, blocks_[each].lines[0]));
      if (joined.size() >= key.size() || !key.starts_with(joined) || joined.size() < 4) continue;
      std::size_t last = each;
      while (joined.size() < key.size() && last + 1 < blocks_.size() && last < each + 3 &&
             blocks_[last + 1].lines.size() == 1) {
        joined += header_key(slice(raw_, blocks_[++last].lines[0]));
        if (!key.starts_with(joined)) break;
      }
      if (joined != key) continue;
      for (std::size_t part = each; part <= last; ++part) dropped_[part] = true;
    }
  }

  void join(std::size_t block, std::size_t target, std::string_view rule, Grade grade,
            const Explanation& reason) {
    if (joined_[block] || continued_[target] || block == target) return;
    joined_[block] = true;
    continued_[target] = true;
    add(rule, grade, EditKind::join, block, target,
        end_text_of(raw_, blocks_[target]) + " " + text_of(raw_, blocks_[block]), reason);
  }

  // Does the text number its paragraphs from a first one up, nearly without gaps?
  void find_numbers() {
    std::size_t closed = 0;
    for (std::size_t each = 0; each < blocks_.size(); ++each) {
      const std::optional<int> number = number_of(blocks_[each]);
      if (!number || dropped_[each] || slice(raw_, span_of(blocks_[each])).size() < 24) continue;
      numbered_.push_back(each);
      numbers_[*number].push_back(each);
      closed += end_of(raw_, blocks_[each]) == End::closed;
    }
    if (numbers_.size() < kNumberedMin) return;
    const int first = numbers_.begin()->first, last = numbers_.rbegin()->first;
    const auto wanted = static_cast<std::size_t>(last - first + 1);
    // Every number once, but for a few that a page repeats.
    const std::size_t missing = wanted - numbers_.size();
    dense_ = first <= 3 && (missing <= 1 || missing * 12 <= wanted) &&
             numbered_.size() * 10 <= numbers_.size() * 12;
    comma_is_open_ = closed * 10 >= numbered_.size() * 5;
  }

  std::unordered_set<std::size_t> shingles_of(const Block& block) const {
    std::vector<std::size_t> words;
    for (const Span line : block.lines) {
      const std::string folded = fold(slice(raw_, line));
      for (std::size_t at = 0; at < folded.size();) {
        const std::size_t end = std::min(folded.find(' ', at), folded.size());
        if (end > at)
          words.push_back(std::hash<std::string_view>{}(std::string_view(folded).substr(at, end - at)));
        at = end + 1;
      }
    }
    std::unordered_set<std::size_t> shingles;
    for (std::size_t at = 0; at + kShingleWords <= words.size(); ++at) {
      std::size_t hash = 0;
      for (std::size_t each = at; each < at + kShingleWords; ++each)
        hash = hash * 1099511628211u + words[each];
      shingles.insert(hash);
    }
    return shingles;
  }

  // A paragraph that a page repeats under the same number: the longer one stays, of equal ones the first.
  void drop_repetitions() {
    for (auto& [number, at] : numbers_) {
      while (at.size() > 1) {
        const auto one = shingles_of(blocks_[at[0]]), other = shingles_of(blocks_[at[1]]);
        const std::size_t smaller = std::min(one.size(), other.size());
        std::size_t shared = 0;
        for (const std::size_t shingle : one) shared += other.contains(shingle);
        if (smaller < 3 || shared * 10 < smaller * 9) {
          dense_ = false;  // two paragraphs bear the number: nothing can be said of the order
          return;
        }
        const std::size_t dropped = one.size() >= other.size() ? 1 : 0;
        const std::size_t block = at[dropped];
        at.erase(at.begin() + static_cast<std::ptrdiff_t>(dropped));
        dropped_[block] = true;
        repeated_ = true;
        add("paragraphs.repetition", Grade::safe, EditKind::drop, block, kNone, "",
            because(Why::repeated_paragraph, {std::to_string(number)}));
      }
    }
    std::erase_if(numbered_, [this](std::size_t block) { return dropped_[block]; });
  }

  // How often a lower number follows a higher one.
  std::size_t descents() const {
    int last = 0;
    std::size_t descents = 0;
    for (const std::size_t each : numbered_) {
      const int number = *number_of(blocks_[each]);
      descents += number < last;
      last = number;
    }
    return descents;
  }

  bool is_open(std::size_t block) const {
    const End end = end_of(raw_, blocks_[block]);
    return end == End::open || (end == End::comma && comma_is_open_);
  }

  // What stands before paragraph n without a number continues paragraph n-1, if that breaks off.
  void join_by_number() {
    if (descents() == 0 && !repeated_ && !damaged_ && repair_.edits.empty()) return;
    struct Half {
      std::size_t start;  // the numbered block it would continue
      std::size_t rest;
      int number;
    };
    std::vector<Half> halves;
    int above = 0;  // the number last seen above, with its place in the raw text
    for (std::size_t each = 0; each < blocks_.size(); ++each) {
      if (const std::optional<int> number = number_of(blocks_[each]); number && !is_furniture(each))
        above = *number;
      if (!may_continue(each) || joined_[each]) continue;
      std::size_t next = kNone;
      for (std::size_t at = each + 1; at < blocks_.size() && at < each + 8; ++at) {
        if (is_furniture(at)) continue;
        if (number_of(blocks_[at])) {
          next = at;
          break;
        }
        if (may_continue(at)) break;
      }
      if (next == kNone) {
        orphans_.push_back(each);
        continue;
      }
      const int number = *number_of(blocks_[next]) - 1;
      const auto half = numbers_.find(number);
      if (half == numbers_.end() || continued_[half->second.front()]) {
        orphans_.push_back(each);
        continue;
      }
      if (is_open(half->second.front())) {
        ++column_breaks_;
        join(each, half->second.front(), "paragraphs.column-break", Grade::safe,
             because(Why::before_the_next_number, {std::to_string(number), std::to_string(number + 1)}));
      } else if (above != number) {
        halves.push_back({half->second.front(), each, number});
      } else {
        orphans_.push_back(each);
      }
    }
    // A column may also end where a sentence does. Then only the place speaks, in a text whose other columns
    // have changed places.
    for (const Half& half : halves) {
      if (column_breaks_ >= 2 && !continued_[half.start]) {
        join(half.rest, half.start, "paragraphs.column-break", Grade::uncertain,
             because(Why::between_columns, {std::to_string(half.number + 1), std::to_string(half.number)}));
      } else {
        orphans_.push_back(half.rest);
      }
    }
    std::vector<std::size_t> open;
    for (const auto& [number, at] : numbers_) {
      if (end_of(raw_, blocks_[at.front()]) == End::open && !continued_[at.front()])
        open.push_back(at.front());
    }
    // One half of each kind left over: no number tells, but nothing else is left either.
    if (column_breaks_ >= 1 && open.size() == 1 && orphans_.size() == 1) {
      join(orphans_.front(), open.front(), "paragraphs.column-break", Grade::uncertain,
           because(Why::only_half));
      return;
    }
    if (open.size() > kOpenEndsMax) open.resize(kOpenEndsMax);
    for (const std::size_t half : open) report_open_end(half);
  }

  void report_open_end(std::size_t half) {
    Doubt doubt;
    doubt.rule = "paragraphs.open-end";
    doubt.raw = {span_of(blocks_[half])};
    doubt.readings.push_back(
        {end_text_of(raw_, blocks_[half]) + " …", because(Why::no_continuation).text(), true});
    for (const std::size_t orphan : orphans_) {
      const std::size_t distance = orphan > half ? orphan - half : half - orphan;
      if (distance > 24 || doubt.readings.size() > 3) continue;
      doubt.readings.push_back({end_text_of(raw_, blocks_[half]) + " " + text_of(raw_, blocks_[orphan]),
                                because(Why::may_continue).text(), false});
      doubt.raw.push_back(span_of(blocks_[orphan]));
    }
    repair_.doubts.push_back(std::move(doubt));
  }

  // Numbered paragraphs, each with what follows it, in the order of their numbers. Those of the longest run
  // that is in order already stay where they are.
  void order_by_number() {
    // One list inside another starts again at 1, but tears no paragraph apart.
    if (descents() == 0 || (descents() < 3 && column_breaks_ == 0)) return;
    struct Group {
      int number;
      std::vector<std::size_t> blocks;
    };
    std::vector<Group> groups;
    for (const std::size_t each : numbered_) {
      Group group{*number_of(blocks_[each]), {each}};
      for (std::size_t at = each + 1; at < blocks_.size() && !number_of(blocks_[at]); ++at) {
        if (joined_[at] || is_furniture(at)) continue;
        if (blocks_[at].kind != ParagraphKind::item && blocks_[at].kind != ParagraphKind::body &&
            blocks_[at].kind != ParagraphKind::table_row)
          break;
        group.blocks.push_back(at);
      }
      groups.push_back(std::move(group));
    }
    // Longest increasing run, by patience.
    std::vector<std::size_t> tails, previous(groups.size(), kNone);
    for (std::size_t each = 0; each < groups.size(); ++each) {
      const auto place =
          std::lower_bound(tails.begin(), tails.end(), groups[each].number,
                           [&](std::size_t tail, int number) { return groups[tail].number < number; });
      if (place != tails.begin()) previous[each] = *(place - 1);
      if (place == tails.end()) {
        tails.push_back(each);
      } else {
        *place = each;
      }
    }
    std::vector<bool> stays(groups.size(), false);
    for (std::size_t at = tails.back(); at != kNone; at = previous[at]) stays[at] = true;
    std::vector<std::size_t> by_number(groups.size());
    for (std::size_t each = 0; each < groups.size(); ++each) by_number[each] = each;
    std::stable_sort(by_number.begin(), by_number.end(),
                     [&](std::size_t a, std::size_t b) { return groups[a].number < groups[b].number; });
    // Before the first one stands what stands before the first numbered paragraph of the raw text.
    std::size_t after = kNone;
    for (std::size_t each = groups.empty() ? 0 : groups.front().blocks.front(); each > 0; --each) {
      if (!joined_[each - 1] && !is_furniture(each - 1)) {
        after = each - 1;
        break;
      }
    }
    for (const std::size_t each : by_number) {
      const Group& group = groups[each];
      if (!stays[each]) {
        for (const std::size_t block : group.blocks) {
          add("paragraphs.order", Grade::safe, EditKind::move, block, after, "",
              because(Why::out_of_order, {std::to_string(group.number)}));
          after = block;
        }
      }
      after = group.blocks.back();
    }
  }

  void report_gaps() {
    if (repair_.edits.empty()) return;
    int expected = numbers_.begin()->first;
    for (const auto& [number, at] : numbers_) {
      if (number > expected) {
        Doubt doubt;
        doubt.rule = "paragraphs.gap";
        doubt.raw = {span_of(blocks_[at.front()])};
        const Explanation missing =
            number == expected + 1
                ? because(Why::paragraph_missing, {std::to_string(expected)})
                : because(Why::paragraphs_missing, {std::to_string(expected), std::to_string(number - 1)});
        doubt.readings.push_back({text_of(raw_, blocks_[at.front()]), missing.text(), true});
        doubt.readings.push_back({"", because(Why::number_unused).text(), false});
        repair_.doubts.push_back(std::move(doubt));
      }
      expected = number + 1;
    }
  }

  std::string_view raw_;
  std::span<const Block> blocks_;
  bool damaged_;
  std::vector<bool> dropped_, joined_, continued_;
  bool dense_ = false;
  bool repeated_ = false;
  std::size_t column_breaks_ = 0;
  bool comma_is_open_ = false;
  std::vector<std::size_t> numbered_;                // blocks with a number, as they stand
  std::map<int, std::vector<std::size_t>> numbers_;  // the same by number
  std::vector<std::size_t> orphans_;
  ParagraphRepair repair_;
};

}  // namespace

ParagraphRepair find_paragraph_damage(std::string_view raw, std::span<const Block> blocks, bool damaged) {
  if (blocks.size() < 3) return {};
  return Finder(raw, blocks, damaged).run();
}

}  // namespace mithaq::reader
