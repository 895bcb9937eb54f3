// The languages of the interface; the documents' own words are never translated.
#pragma once

namespace mithaq::service {

enum class Language { arabic, english, russian };

}  // namespace mithaq::service
