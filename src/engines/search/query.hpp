// What a person typed into a search box, understood.
//
//   words            all of them, in any form: التعاون finds بالتعاون
//   "side by side"   also «…», „…“, “…”
//   begin*           words that begin so
//   -without         not this
//   this OR that     also |, أو between two; one of them
//   45/53-س          a resolution or document, in whatever order its numbers stand
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/view.hpp"

namespace mithaq::search {

// The terms of a question: alternatives, each a set of terms that must hold together.
struct Query {
  std::vector<std::vector<record::TextTerm>> alternatives{};
  bool cut = false;  // there were more words or alternatives than are searched for
};

// Never fails: what cannot be understood is a word to search for.
//   limits  32 terms, 16 alternatives; the rest is left out and `cut` is set
Query parse_query(std::string_view words);

}  // namespace mithaq::search
