// The shares of an organization by year as a plot: one self-contained SVG file.
#pragma once

#include <string>

#include "service/conflicts.hpp"

namespace mithaq::service {

// Two lines over the years, of conflicts and of deaths, from 0 to 100 per cent; claims of documents are
// marked at their year. Years that are not whole or not known are left out of the lines. Definition, source
// and the command stand beneath. In Arabic, time runs from right to left.
std::string share_svg(Workspace& workspace, const ConflictShare& share, Language language);

}  // namespace mithaq::service
