// Memberships, papers, missions, meetings, numbers and mandates.
#include <algorithm>

#include "reader/statements/scene.hpp"

namespace mithaq::reader {

void find_other_statements(Scene&) {}

}  // namespace mithaq::reader
