#include "reader/repair/numbers.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>

#include "base/fold.hpp"
#include "base/utf8.hpp"
#include "reader/reasons.hpp"

namespace mithaq::reader {

namespace {

using document::Edit;
using document::EditKind;
using document::Grade;
using document::Paragraph;
using document::Span;
using document::TextRange;

constexpr std::string_view kGeneralAssembly = "UN.GA";
constexpr std::string_view kForeignMinisters = "OIC.CFM";
constexpr std::size_t kSentenceBytes = 600;  // how far a year may stand from its symbol

// A run of decimal digits.
struct Digits {
  TextRange range{};
  int value = 0;
  std::size_t count = 0;
};

int digit_before(std::string_view text, std::size_t at, std::size_t& begin) {
  if (at == 0) return -1;
  begin = at - 1;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
  return digit_value(decode_utf8(text, begin).value);
}

std::optional<Digits> digits_ending_at(std::string_view text, std::size_t end) {
  Digits digits;
  int place = 1;
  std::size_t at = end, begin = end;
  while (digits.count <= 4) {
    std::size_t one = 0;
    const int value = digit_before(text, at, one);
    if (value < 0) break;
    digits.value += value * place;
    place *= 10;
    ++digits.count;
    at = begin = one;
  }
  if (digits.count == 0 || digits.count > 4) return std::nullopt;
  digits.range = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  return digits;
}

std::optional<Digits> digits_starting_at(std::string_view text, std::size_t begin) {
  Digits digits;
  std::size_t at = begin;
  while (at < text.size() && digits.count <= 4) {
    const CodePoint point = decode_utf8(text, at);
    const int value = digit_value(point.value);
    if (value < 0) break;
    digits.value = digits.value * 10 + value;
    ++digits.count;
    at += point.length;
  }
  if (digits.count == 0 || digits.count > 4) return std::nullopt;
  digits.range = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)};
  return digits;
}

// Years from 1946 on in a stretch of text.
std::vector<int> years_in(std::string_view text) {
  std::vector<int> years;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (digit_value(point.value) < 0) {
      at += point.length;
      continue;
    }
    const std::optional<Digits> digits = digits_starting_at(text, at);
    if (!digits) {  // more than four digits
      while (at < text.size() && digit_value(decode_utf8(text, at).value) >= 0)
        at += decode_utf8(text, at).length;
      continue;
    }
    if (digits->count == 4 && digits->value >= 1946 && digits->value <= 2100) years.push_back(digits->value);
    at = digits->range.end;
  }
  return years;
}

std::string reversed_digits(std::string_view text) {
  std::vector<std::string_view> digits;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    digits.push_back(text.substr(at, point.length));
    at += point.length;
  }
  std::string turned;
  for (auto each = digits.rbegin(); each != digits.rend(); ++each) turned += *each;
  return turned;
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// The value of a feminine or masculine Arabic number word, units and tens; 0 if it is none. Folded.
int unit_of(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, int>, 23> kUnits = {
      {{"الاولي", 1},  {"الحاديه", 1}, {"الواحده", 1},  {"الثانيه", 2}, {"الاثنتان", 2}, {"الثالثه", 3},
       {"الثلاثه", 3}, {"الثلاث", 3},  {"الرابعه", 4},  {"الاربعه", 4}, {"الاربع", 4},   {"الخامسه", 5},
       {"الخمسه", 5},  {"الخمس", 5},   {"السادسه", 6},  {"السته", 6},   {"الست", 6},     {"السابعه", 7},
       {"السبعه", 7},  {"الثامنه", 8}, {"الثمانيه", 8}, {"التاسعه", 9}, {"التسعه", 9}}};
  for (const auto& [name, value] : kUnits) {
    if (word == name) return value;
  }
  return 0;
}
int tens_of(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, int>, 8> kTens = {{{"عشر", 20},
                                                                      {"ثلاث", 30},
                                                                      {"اربع", 40},
                                                                      {"خمس", 50},
                                                                      {"ست", 60},
                                                                      {"سبع", 70},
                                                                      {"ثمان", 80},
                                                                      {"تسع", 90}}};
  for (const std::string_view article : {"وال", "و"}) {
    if (!word.starts_with(article)) continue;
    const std::string_view rest = word.substr(article.size());
    for (const auto& [stem, value] : kTens) {
      if (rest.starts_with(stem) && (rest.substr(stem.size()) == "ين" || rest.substr(stem.size()) == "ون"))
        return value;
    }
  }
  return 0;
}

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<std::string> words;
  std::string folded = fold(text), word;
  for (std::size_t at = 0; at <= folded.size();) {
    const CodePoint point = at < folded.size() ? decode_utf8(folded, at) : CodePoint{' ', 1};
    if (is_word_character(point.value)) {
      word += folded.substr(at, point.length);
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
    at += point.length;
  }
  return words;
}

class Finder {
 public:
  Finder(std::span<const Paragraph> paragraphs, const SymbolRules& rules, bool damaged)
      : paragraphs_(paragraphs), rules_(rules), damaged_(damaged) {}

  std::vector<Edit> run() {
    for (const Paragraph& paragraph : paragraphs_) {
      find_symbols(paragraph);
      find_security_council(paragraph);
    }
    // A collection of papers speaks of many sets of States.
    if (damaged_ && paragraphs_.size() <= 500) find_counts();
    return std::move(edits_);
  }

 private:
  void add(const Paragraph& paragraph, TextRange range, std::string_view rule, Grade grade, std::string after,
           const Explanation& reason) {
    const std::vector<Span> spans = document::raw_spans(paragraph, range);
    if (spans.size() != 1 || spans[0].size() != range.size()) return;
    Edit edit;
    edit.rule = rule;
    edit.grade = grade;
    edit.kind = EditKind::replace;
    edit.span = spans[0];
    edit.before = slice(std::string_view(paragraph.text), range);
    edit.after = std::move(after);
    edit.reason = reason.text();
    edits_.push_back(std::move(edit));
  }

  // "117/54", "45/53-س".
  void find_symbols(const Paragraph& paragraph) {
    const std::string_view text = paragraph.text;
    for (std::size_t slash = text.find('/'); slash != std::string_view::npos;
         slash = text.find('/', slash + 1)) {
      const std::optional<Digits> first = digits_ending_at(text, slash),
                                  second = digits_starting_at(text, slash + 1);
      if (!first || !second || first->count > 3 || second->count > 3) continue;
      if (first->range.begin > 0 && !stands_alone_before(text, first->range.begin)) continue;
      const std::size_t end = second->range.end;
      if (end < text.size() && (text[end] == '/' || text[end] == '.')) {
        // A date or a longer symbol; a full stop may end the sentence.
        if (text[end] == '/' || (end + 1 < text.size() && digit_value(decode_utf8(text, end + 1).value) >= 0))
          continue;
      }
      const TextRange range{first->range.begin, second->range.end};
      const std::string turned =
          std::string(slice(text, second->range)) + "/" + std::string(slice(text, first->range));
      if (has_series_suffix(text, end)) {
        turn_oic_symbol(paragraph, range, first->value, second->value, turned);
      } else {
        turn_assembly_symbol(paragraph, range, first->value, second->value, turned);
      }
    }
  }

  static bool stands_alone_before(std::string_view text, std::size_t at) {
    std::size_t begin = at - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
    const char32_t value = decode_utf8(text, begin).value;
    return value == ' ' || value == '(' || value == '"' || value == 0x201C || value == 0xAB || value == ':' ||
           value == 0x2019;
  }

  // A dash and a letter or a Latin suffix: "-س", "-POL".
  static bool has_series_suffix(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size() || text[at] != '-') return false;
    const CodePoint letter = decode_utf8(text, at + 1);
    if (is_arabic_letter(letter.value)) {
      const std::size_t next = at + 1 + letter.length;
      return next >= text.size() || !is_arabic_letter(decode_utf8(text, next).value);
    }
    return letter.value >= 'A' && letter.value <= 'Z';
  }

  static std::string_view around(std::string_view text, TextRange range) {
    const std::size_t begin = range.begin > kSentenceBytes ? range.begin - kSentenceBytes : 0;
    return text.substr(begin, range.end - begin + kSentenceBytes);
  }

  // A resolution of the General Assembly: session, then number.
  void turn_assembly_symbol(const Paragraph& paragraph, TextRange range, int first, int second,
                            const std::string& turned) {
    const std::string_view text = paragraph.text;
    const std::size_t before_begin = range.begin > 60 ? range.begin - 60 : 0;
    const std::string before = fold(valid_utf8(text.substr(before_begin, range.begin - before_begin)));
    if (!contains_any(before, {"القرار", "قرار", "resolution"})) return;
    if (!contains_any(fold(valid_utf8(around(text, range))), {"الجمعيه العامه", "general assembly"})) return;
    // The session of the year that is named: the year it opened, or the one after.
    const auto sat_in = [&](int session, int year) {
      const int opened = rules_.year_of_session(kGeneralAssembly, session);
      return opened != 0 && (opened == year || opened + 1 == year);
    };
    const std::vector<int> years = years_in(around(text, range));
    const auto fits = [&](int session) {
      return std::any_of(years.begin(), years.end(), [&](int year) { return sat_in(session, year); });
    };
    if (years.empty() || fits(first) || !fits(second)) return;
    const int opened = rules_.year_of_session(kGeneralAssembly, second);
    add(paragraph, range, "numbers.assembly-symbol", Grade::safe, turned,
        because(Why::assembly_session,
                {std::to_string(second), std::to_string(opened), std::to_string(first)}));
  }

  // A resolution of the OIC's foreign ministers: number, then session.
  void turn_oic_symbol(const Paragraph& paragraph, TextRange range, int first, int second,
                       const std::string& turned) {
    if (!sessions_read_) read_sessions();
    if (!sessions_named_.contains(first) || sessions_named_.contains(second)) return;
    const int opened = rules_.year_of_session(kForeignMinisters, second);
    if (opened != 0 && (year_max_ == 0 || opened <= year_max_)) return;
    add(paragraph, range, "numbers.series-symbol", Grade::uncertain, turned,
        because(Why::session_not_held, {std::to_string(first), std::to_string(second)}));
  }

  // The sessions that the text names in words ("الدورة الخامسة والأربعين") and the last year it names.
  void read_sessions() {
    sessions_read_ = true;
    for (const Paragraph& paragraph : paragraphs_) {
      for (const int year : years_in(paragraph.text)) year_max_ = std::max(year_max_, year);
      if (paragraph.text.find("دورت") == std::string::npos &&
          paragraph.text.find("الدورة") == std::string::npos)
        continue;
      const std::vector<std::string> words = folded_words(paragraph.text);
      for (std::size_t at = 0; at + 2 < words.size(); ++at) {
        const std::string& word = words[at];
        if (word != "الدوره" && word != "دورته" && word != "دورتها" && word != "للدوره" &&
            word != "بالدوره" && word != "والدوره" && word != "لدورته" && word != "لدورتها")
          continue;
        const int unit = unit_of(words[at + 1]), tens = tens_of(words[at + 2]);
        if (unit > 0 && tens > 0) sessions_named_.insert(tens + unit);
      }
    }
  }

  // "القرار 4421 (1999)": the Council's numbers run through the years.
  void find_security_council(const Paragraph& paragraph) {
    const std::string_view text = paragraph.text;
    for (std::size_t bracket = text.find('('); bracket != std::string_view::npos;
         bracket = text.find('(', bracket + 1)) {
      const std::optional<Digits> year = digits_starting_at(text, bracket + 1);
      if (!year || year->count != 4 || year->value < 1946 || year->value > 2100) continue;
      if (year->range.end >= text.size() || text[year->range.end] != ')') continue;
      std::size_t end = bracket;
      while (end > 0 && text[end - 1] == ' ') --end;
      const std::optional<Digits> number = digits_ending_at(text, end);
      if (!number || number->count < 3) continue;
      const std::size_t before_begin = number->range.begin > 60 ? number->range.begin - 60 : 0;
      const std::string before =
          fold(valid_utf8(text.substr(before_begin, number->range.begin - before_begin)));
      if (!contains_any(before, {"قرار", "resolution"})) continue;
      const std::string turned = reversed_digits(slice(text, number->range));
      const std::optional<Digits> other = digits_starting_at(turned, 0);
      if (!other || rules_.security_council_fits(number->value, year->value)) continue;
      if (rules_.year_of_security_council_resolution(other->value) != year->value) continue;
      add(paragraph, number->range, "numbers.council-resolution", Grade::uncertain, turned,
          because(Why::council_year, {turned, std::to_string(year->value), std::to_string(number->value)}));
    }
  }

  // How many States the text says there are, in digits or words; one that is another turned round and stands
  // alone against two is wrong.
  void find_counts() {
    struct Count {
      int value;
      const Paragraph* paragraph;
      TextRange range;  // empty for number words
    };
    std::vector<Count> counts;
    for (const Paragraph& paragraph : paragraphs_) {
      const std::string_view text = paragraph.text;
      for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode_utf8(text, at);
        if (digit_value(point.value) < 0) {
          at += point.length;
          continue;
        }
        const std::optional<Digits> digits = digits_starting_at(text, at);
        if (!digits) {
          at += point.length;
          continue;
        }
        at = digits->range.end;
        if (digits->count != 2) continue;
        const std::string behind = fold(valid_utf8(text.substr(digits->range.end, 24)));
        const std::size_t before_begin = digits->range.begin > 24 ? digits->range.begin - 24 : 0;
        std::string before = fold(valid_utf8(text.substr(before_begin, digits->range.begin - before_begin)));
        while (!before.empty() && before.back() == ' ') before.pop_back();
        const bool of_states = behind.starts_with(" دوله") || behind.starts_with(" بلدا") ||
                               behind.starts_with(" states") || behind.starts_with(" participating states") ||
                               before.ends_with("الدول") || before.ends_with("الدول ال") ||
                               before.ends_with("البلدان ال");
        if (of_states) counts.push_back({digits->value, &paragraph, digits->range});
      }
      if (paragraph.text.find("الدول") == std::string::npos) continue;
      const std::vector<std::string> words = folded_words(paragraph.text);
      for (std::size_t each = 1; each + 1 < words.size(); ++each) {
        const int unit = unit_of(words[each]), tens = tens_of(words[each + 1]);
        if (unit == 0 || tens == 0) continue;
        const bool of_states = words[each - 1] == "الدول" || (each >= 2 && words[each - 2] == "الدول");
        if (of_states) counts.push_back({tens + unit, nullptr, {}});
      }
    }
    for (const Count& count : counts) {
      if (count.paragraph == nullptr) continue;
      const int other = count.value % 10 * 10 + count.value / 10;
      if (other == count.value || other < 10) continue;
      const auto same = std::count_if(counts.begin(), counts.end(),
                                      [&](const Count& each) { return each.value == count.value; });
      const auto turned =
          std::count_if(counts.begin(), counts.end(), [&](const Count& each) { return each.value == other; });
      if (same != 1 || turned < 2) continue;
      add(*count.paragraph, count.range, "numbers.count", Grade::uncertain,
          reversed_digits(slice(std::string_view(count.paragraph->text), count.range)),
          because(Why::count_of_states,
                  {std::to_string(other), std::to_string(turned), std::to_string(count.value)}));
    }
  }

  std::span<const Paragraph> paragraphs_;
  const SymbolRules& rules_;
  bool damaged_;
  bool sessions_read_ = false;
  std::set<int> sessions_named_;
  int year_max_ = 0;
  std::vector<Edit> edits_;
};

}  // namespace

std::vector<Edit> find_turned_numbers(std::span<const Paragraph> paragraphs, const SymbolRules& rules,
                                      bool damaged) {
  return Finder(paragraphs, rules, damaged).run();
}

}  // namespace mithaq::reader
