// A paper as one HTML file that needs nothing else: its style is inside, it holds no script.
#pragma once

#include <string>

#include "papers/paper.hpp"

namespace mithaq::papers {

// Right to left where the language is; symbols are isolated (<bdi>). Printed, each section begins on a new
// page and pages carry their number.
std::string to_html(const Paper& paper);

}  // namespace mithaq::papers
