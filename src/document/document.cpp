#include "document/document.hpp"

namespace mithaq::document {

std::string_view name_of(Handling handling) {
  switch (handling) {
    case Handling::clear:
      return "TLP:CLEAR";
    case Handling::green:
      return "TLP:GREEN";
    case Handling::amber:
      return "TLP:AMBER";
    case Handling::amber_strict:
      return "TLP:AMBER+STRICT";
    case Handling::red:
      return "TLP:RED";
  }
  return "TLP:RED";
}

}  // namespace mithaq::document
