#include "reader/reasons.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace mithaq::reader {

namespace {

struct NamedRule {
  std::string_view rule, name;
};

constexpr NamedRule kRules[] = {
    {"visual-order.words", "words in reverse order"},
    {"visual-order.letters", "letters in reverse order"},
    {"visual-order.base-direction", "runs that changed places"},
    {"characters.foreign-letter", "letters of another script"},
    {"characters.presentation-form", "shapes instead of letters"},
    {"paragraphs.running-header", "a running header or footer"},
    {"paragraphs.page-break", "a paragraph over a page break"},
    {"paragraphs.column-break", "a paragraph over two columns"},
    {"paragraphs.repetition", "a paragraph that stands twice"},
    {"paragraphs.order", "a paragraph out of order"},
    {"paragraphs.open-end", "a paragraph that breaks off"},
    {"paragraphs.gap", "a number that is missing"},
    {"spelling.collocation", "a word that is wrong in this company"},
    {"spelling.repetition", "a word that stands twice"},
    {"spelling.dual", "a plural for a dual"},
    {"spelling.unknown-word", "a word that nobody knows"},
    {"spelling.plural-alef", "a plural without its alef"},
    {"spelling.acronym", "an acronym with letters swapped"},
    {"numbers.assembly-symbol", "a symbol turned round"},
    {"numbers.series-symbol", "a number of a series turned round"},
    {"numbers.council-resolution", "the number of a resolution turned round"},
    {"numbers.count", "a count turned round"},
    {"date.day-or-month", "day or month"},
    {"date.hijri-gregorian", "two calendars that differ"},
    {"encoding.invalid", "characters that are not valid"},
    {"page.unreadable", "a page that could not be read"},
    {"ocr.digits", "digits that are often misread"},
    {"ocr.unsure", "a line read without certainty"},
};

}  // namespace

std::string_view sentence_of(Why why) {
  switch (why) {
    case Why::words_apart:
      return "Most words of this line stand apart by two blanks, as a converter leaves them that wrote a "
             "justified "
             "line from left to right; read from right to left.";
    case Why::words_backwards:
      return "Read from its end the words of this line follow each other as they do in other papers; as it "
             "stands "
             "hardly any do.";
    case Why::letters_backwards:
      return "Words of this line start with letters that only end a word (ة, ى) or end with the article; the "
             "letters stand from left to right.";
    case Why::stranded_mark:
      return "The line starts with a mark that can only stand behind a word: its Arabic and Latin runs "
             "changed "
             "places.";
    case Why::latin_first:
      return "A blank and a Latin word start this Arabic line, and other lines of the text have lost their "
             "order: "
             "the runs changed places.";
    case Why::foreign_letters_known:
      return "Letters of another script stand inside an Arabic word; with Arabic ones it is a known word.";
    case Why::foreign_letters:
      return "Letters of another script stand inside an Arabic word.";
    case Why::shaped_letters:
      return "Shaped forms of letters, as a PDF font has them, instead of the letters.";
    case Why::running_header:
      return "This line stands on several pages in the same words and tears sentences apart: a running "
             "header or "
             "footer.";
    case Why::page_break:
      return "The text before the page break ends inside a sentence and the text behind it has no start of "
             "its "
             "own.";
    case Why::repeated_paragraph:
      return "Paragraph {} stands in the text twice in the same words.";
    case Why::before_the_next_number:
      return "Paragraph {} breaks off, and this text without a number stands right before paragraph {}.";
    case Why::between_columns:
      return "This text without a number stands right before paragraph {}, away from paragraph {}, in a text "
             "whose "
             "columns have changed places.";
    case Why::only_half:
      return "Of all paragraphs only this one breaks off, and of all texts only this one has no start.";
    case Why::out_of_order:
      return "Paragraph {} stands out of the order of the printed numbers.";
    case Why::no_continuation:
      return "The paragraph breaks off and no text that continues it was found.";
    case Why::may_continue:
      return "This text without a number may continue it.";
    case Why::paragraph_missing:
      return "Before it, paragraph {} is missing from the text.";
    case Why::paragraphs_missing:
      return "Before it, paragraphs {} to {} are missing from the text.";
    case Why::number_unused:
      return "The text does not use the number.";
    case Why::repeated_word:
      return "The word stands twice, and once is usual behind the word before.";
    case Why::never_of_persons:
      return "The text speaks of two of these again and again and never of such persons.";
    case Why::goes_on_in_dual:
      return "The sentence goes on in the dual ({}), and the text speaks of two of these elsewhere.";
    case Why::one_letter_by_dots:
      return "Nobody knows the word; one letter differs from it by its dots or a close shape.";
    case Why::two_letters_by_dots:
      return "Nobody knows the word; two letters differ from it by their dots.";
    case Why::letters_swapped:
      return "Nobody knows the word; two letters have changed places.";
    case Why::letter_too_many:
      return "Nobody knows the word; one letter is too many.";
    case Why::letter_missing:
      return "Nobody knows the word; one letter is missing.";
    case Why::article_missing:
      return "Nobody knows the word; the word is written with the article, which ل before it makes لل.";
    case Why::plural_alef:
      return "Behind {} the plural of a verb ends in وا.";
    case Why::acronym:
      return "The text says {} {} times and this once.";
    case Why::assembly_session:
      return "The General Assembly sat in its session {} in {}, the time that the text names; session {} "
             "does not "
             "fit it.";
    case Why::session_not_held:
      return "The text speaks of session {}, and session {} had not been held: the number of the resolution "
             "comes "
             "first.";
    case Why::council_year:
      return "The Security Council adopted resolution {} in {}; number {} is not of that year.";
    case Why::count_of_states:
      return "The text speaks of {} States in {} other places, and of {} only here.";
    case Why::day_first:
      return "day before month, as the United Nations writes";
    case Why::month_first:
      return "month before day";
    case Why::gregorian_as_printed:
      return "the Gregorian date as printed";
    case Why::hijri_by_table:
      return "the Hijri date by the Umm al-Qura calendar";
    case Why::encoding:
      return "{} characters are not valid {} and are shown as U+FFFD; this is the first";
    case Why::page_unreadable:
      return "page {} could not be read: {}";
    case Why::image_damaged:
      return "the image is damaged there";
    case Why::pdf_damaged:
      return "the PDF is damaged there";
    case Why::too_many_scans:
      return "the PDF has more than 2,000 scanned pages";
    case Why::digits_misread:
      return "the character recognition often misreads the digits ٠ to ٩; compare with the page";
    case Why::unsure_line:
      return "the character recognition gives this line {} of 100";
  }
  expect(false, "a reason has a sentence");
  return {};
}

Explanation because(Why why, std::initializer_list<std::string> gaps) {
  constexpr std::string_view kGap = "{}";
  std::string_view rest = sentence_of(why);
  std::string text;
  for (const std::string& gap : gaps) {
    const std::size_t at = rest.find(kGap);
    expect(at != std::string_view::npos, "a reason has a gap for each thing it names");
    text.append(rest.substr(0, at)).append(gap);
    rest.remove_prefix(at + kGap.size());
  }
  expect(rest.find(kGap) == std::string_view::npos, "no gap of a reason stays open");
  return Explanation(text.append(rest));
}

std::string_view name_of_rule(std::string_view rule) {
  const auto* found = std::find_if(std::begin(kRules), std::end(kRules),
                                   [&](const NamedRule& each) { return each.rule == rule; });
  return found == std::end(kRules) ? rule : found->name;
}

}  // namespace mithaq::reader
