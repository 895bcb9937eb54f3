// How many columns of a terminal a text takes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mithaq::cli {

// Columns: 0 for marks and direction signs, 2 for wide East Asian characters, 1 for the rest.
std::size_t text_width(std::string_view text);

// The text in at most `columns`, with "…" in place of what was cut off.
std::string cut_to_width(std::string_view text, std::size_t columns);

// The text broken at blanks into lines of at most `columns`; a longer word goes on in the
// next line.
std::vector<std::string> wrap_to_width(std::string_view text, std::size_t columns);

}  // namespace mithaq::cli
