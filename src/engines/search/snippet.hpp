// The part of a paragraph that shows why it was found.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/analyzer.hpp"
#include "document/span.hpp"
#include "record/view.hpp"

namespace mithaq::search {

struct Snippet {
  std::string text{};                             // cut at words, "…" where something is left out
  std::vector<document::TextRange> highlights{};  // of `text`
};

// The stretch of a text that holds the most of what was searched for.
//   bytes_max  about how long; a word is never cut
Snippet make_snippet(std::string_view text, const std::vector<record::TextTerm>& terms,
                     const Analyzer& analyzer, std::size_t bytes_max = 280);

}  // namespace mithaq::search
