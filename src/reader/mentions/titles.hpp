// Documents cited by their title: report "Achieving Peace …", التقرير (تحقيق السلام …), قرار بعنوان "…".
#pragma once

#include <vector>

#include "reader/mentions/names.hpp"

namespace mithaq::reader {

// Appends the titles of a paragraph to `out`.
//   found  the symbols of the paragraph in order: a title right behind one is its document's
void find_titles(const Scene& scene, const std::vector<document::Mention>& found,
                 std::vector<document::Mention>& out);

}  // namespace mithaq::reader
