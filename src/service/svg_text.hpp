// Text in SVG pictures: escaped, broken into lines, with the digits of its language.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/language.hpp"

namespace mithaq::service {

// For a text or an attribute. Control characters, for which XML 1.0 has no place, are left out.
std::string escaped(std::string_view text);
// Arabic digits (٠ to ٩) in Arabic; the text as it is in other languages.
std::string with_digits(std::string text, Language language);
// Broken at blanks into lines of at most so many code points; a longer word has a line of its own.
std::vector<std::string> wrapped(const std::string& text, std::size_t columns);

}  // namespace mithaq::service
