#include "reader/repair/characters.hpp"

#include <unicode/normalizer2.h>

#include <unordered_set>

#include "base/fold.hpp"
#include "base/utf8.hpp"
#include "reader/reasons.hpp"

namespace mithaq::reader {

namespace {

using document::Edit;
using document::EditKind;
using document::Grade;
using document::Span;

// Presentation forms of letters; the signs and whole phrases at U+FD3E-U+FDFF (﴾ ﷺ) are no letters.
bool is_presentation_form(char32_t value) {
  return (value >= 0xFB50 && value <= 0xFD3D) || (value >= 0xFE70 && value <= 0xFEFC && value != 0xFE73);
}

bool is_foreign_letter(char32_t value) {
  return (value >= 0x370 && value < 0x530) || (value >= 0x5D0 && value <= 0x5EA);
}

// The letters that a presentation form stands for; a lam-alef gives both, in reading order.
std::string letters_of(char32_t value) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCInstance(status);
  if (U_FAILURE(status)) return {};
  const icu::UnicodeString letters =
      normalizer->normalize(icu::UnicodeString(static_cast<UChar32>(value)), status);
  std::string text;
  if (U_FAILURE(status)) return text;
  letters.toUTF8String(text);
  while (!text.empty() && text.front() == ' ') text.erase(0, 1);  // a vowel sign on a blank
  return text;
}

Edit replacement(std::string_view raw, Span span, std::string_view rule, Grade grade, std::string after,
                 const Explanation& reason) {
  Edit edit;
  edit.rule = rule;
  edit.grade = grade;
  edit.kind = EditKind::replace;
  edit.span = span;
  edit.before = slice(raw, span);
  edit.after = std::move(after);
  edit.reason = reason.text();
  return edit;
}

// Calls take(span) for each run of letters of a line, whatever their script.
template <typename Take>
void each_word(std::string_view raw, Span line, Take take) {
  for (std::size_t at = line.begin; at < line.end;) {
    const std::size_t begin = at;
    while (at < line.end) {
      const CodePoint point = decode_utf8(raw, at);
      if (!is_word_character(point.value) && !is_dropped_by_fold(point.value) &&
          !is_presentation_form(point.value))
        break;
      at += point.length;
    }
    if (at > begin) {
      take(Span{begin, std::min(at, line.end)});
    } else {
      at += decode_utf8(raw, at).length;
    }
  }
}

void replace_foreign_letters(std::string_view raw, Span word, const Lexicon& lexicon,
                             std::vector<Edit>& edits) {
  std::string after;
  std::size_t arabic = 0, foreign = 0;
  for (std::size_t at = word.begin; at < word.end;) {
    const CodePoint point = decode_utf8(raw, at);
    const std::string_view letter = raw.substr(at, point.length);
    at += point.length;
    if (is_foreign_letter(point.value)) {
      const std::string_view stands_for = lexicon.repair.letter_for(point.value);
      if (stands_for.empty()) return;
      after += stands_for;
      ++foreign;
    } else {
      arabic += is_arabic_letter(point.value);
      after += letter;
    }
  }
  if (foreign == 0 || arabic == 0) return;
  const WordStatistics& words = lexicon.repair.words(lexicon);
  const ArabicWord letters = arabic_word(after);
  const bool known = words.knows(letters.view()) || raw.find(after) != std::string_view::npos;
  edits.push_back(replacement(raw, word, "characters.foreign-letter", known ? Grade::safe : Grade::uncertain,
                              std::move(after),
                              because(known ? Why::foreign_letters_known : Why::foreign_letters)));
}

}  // namespace

std::vector<Edit> find_foreign_characters(std::string_view raw, std::span<const Line> lines,
                                          const Lexicon& lexicon, std::span<const Edit> visual_order) {
  std::vector<Edit> edits;
  std::unordered_set<std::size_t> letters_moved;
  for (const Edit& edit : visual_order) {
    if (edit.rule == "visual-order.letters") letters_moved.insert(edit.span.begin);
  }
  for (const Line& line : lines) {
    if (line.foreign && line.arabic > 0) {
      each_word(raw, line.span, [&](Span word) { replace_foreign_letters(raw, word, lexicon, edits); });
    }
    if (!line.presentation) continue;
    constexpr std::string_view kRule = "characters.presentation-form";
    const Explanation reason = because(Why::shaped_letters);
    if (letters_moved.contains(line.span.begin)) {
      for (std::size_t at = line.span.begin; at < line.span.end;) {
        const CodePoint point = decode_utf8(raw, at);
        if (is_presentation_form(point.value)) {
          edits.push_back(
              replacement(raw, {at, at + point.length}, kRule, Grade::safe, letters_of(point.value), reason));
        }
        at += point.length;
      }
      continue;
    }
    each_word(raw, line.span, [&](Span word) {
      std::string after;
      std::size_t forms = 0;
      for (std::size_t at = word.begin; at < word.end;) {
        const CodePoint point = decode_utf8(raw, at);
        if (is_presentation_form(point.value)) {
          after += letters_of(point.value);
          ++forms;
        } else {
          after += raw.substr(at, point.length);
        }
        at += point.length;
      }
      // One form by itself may be meant: ﻫ stands for "hijri".
      if (forms >= 2) edits.push_back(replacement(raw, word, kRule, Grade::safe, std::move(after), reason));
    });
  }
  return edits;
}

}  // namespace mithaq::reader
