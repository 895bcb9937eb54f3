// Places that data/ does not list, known by the noun beside them: "Peji County", "the village of Bambari",
// "Mount Igman", "Zangelan district"; and the same names again without the noun.
#pragma once

#include <vector>

#include "reader/mentions/names.hpp"

namespace mithaq::reader {

// A place: tokens [first, end).
struct UnlistedPlace {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
  std::string name{};
};

// The places whose names start at a token: two in "Malakal and Panyikang Counties". Remembers them in the
// context. English only; at most four words are looked at on each side.
std::vector<UnlistedPlace> unlisted_places_at(Scene& scene, std::size_t token);

}  // namespace mithaq::reader
