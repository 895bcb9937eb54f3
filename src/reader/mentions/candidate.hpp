// What a finder thinks a mention may be, before overlaps are settled.
#pragma once

#include <cstdint>
#include <vector>

#include "document/finding.hpp"

namespace mithaq::reader {

// A mention and the tokens it covers, [first, end).
struct Candidate {
  document::Mention mention{};
  std::uint32_t first = 0;
  std::uint32_t end = 0;
};

// Settles overlaps within one paragraph: of two that cross, the longer stays; one inside another becomes
// nested. Candidates of the same type and range are one. The rest comes out in order, outer before nested.
void settle_overlaps(std::vector<document::Mention>& mentions);

}  // namespace mithaq::reader
