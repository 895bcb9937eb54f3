// Who acts, and for whom: users are not States.
#pragma once

#include <string>

namespace mithaq::service {

struct ActingPerson {
  std::string by{};            // "account:" and its id; from the command line, a name
  std::string on_behalf_of{};  // the organization or State for which they act, by its id; empty for nobody
};

}  // namespace mithaq::service
