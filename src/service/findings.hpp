// Findings as JSON Lines: what `mithaq read FILE --format findings` prints. Its page is
// docs/findings-format.md.
#pragma once

#include <iosfwd>

#include "document/document.hpp"

namespace mithaq::service {

// One JSON object a line: a mention {"kind":"mention","start","end","spans","type","name","ref",…} or a
// statement {"kind":"statement","type","start","end","parties","place","modality","status",…}. start and end
// count code points of the raw text; `spans` lists the pieces where a finding stands in several.
void write_findings(std::ostream& out, const document::Document& document);

}  // namespace mithaq::service
