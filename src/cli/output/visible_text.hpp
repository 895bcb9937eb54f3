// Text of strangers on a terminal: shown, not obeyed.
#pragma once

#include <string>
#include <string_view>

namespace mithaq::cli {

// The text with control characters as pictures (ESC as ␛) and the signs that turn the direction of what
// follows (embeddings, overrides, isolates) by their names (⟦RLO⟧), so that no document and no file name can
// move the cursor, colour the screen or reverse a number. Line breaks and tabs stay.
std::string visible(std::string_view text);

}  // namespace mithaq::cli
