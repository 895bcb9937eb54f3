// The languages of the interface; the documents' own words are never translated.
#pragma once

#include <string_view>

namespace mithaq::service {

enum class Language { arabic, english, russian };

// "ar", "en", "ru": as words by language are named in acts.
constexpr std::string_view language_code(Language language) {
  return language == Language::arabic ? "ar" : language == Language::russian ? "ru" : "en";
}

}  // namespace mithaq::service
