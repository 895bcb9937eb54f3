// Folding: the form in which words are compared, whatever their spelling, marks and digits.
//
// Arabic: alef forms to ا, ى and ی to ي, ة to ه, ؤ to و, ئ to ي, ک to ك; vowel signs, tatweel, joiners and
// direction marks vanish. Latin and Cyrillic: lower case without accents. All decimal digits to ASCII.
// Presentation forms (U+FB50-U+FEFC) and full-width letters to the letters they stand for.
// Folding is for matching only: what a person sees is always the text as it came.
#pragma once

#include <string>
#include <string_view>

namespace mithaq {

// True for the code points that folding drops: Arabic vowel signs, tatweel, direction and joining marks.
bool is_dropped_by_fold(char32_t value);

// Appends the folded form of one code point: nothing, one code point or (for ligatures) several.
void append_folded(std::string& out, char32_t value);

//   example  fold("والتعاونُ") == "والتعاون", fold("Türkiye") == "turkiye", fold("١٩٩٩") == "1999"
std::string fold(std::string_view text);

bool is_arabic_letter(char32_t value);
// A letter, a digit or a mark that belongs to a word, in any script.
bool is_word_character(char32_t value);
bool is_digit(char32_t value);
// The value of a decimal digit of any script, or -1.
int digit_value(char32_t value);

}  // namespace mithaq
