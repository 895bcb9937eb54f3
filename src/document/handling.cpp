#include "document/handling.hpp"

namespace mithaq::document {

std::string_view name_of(Tlp tlp) {
  switch (tlp) {
    case Tlp::clear:
      return "TLP:CLEAR";
    case Tlp::green:
      return "TLP:GREEN";
    case Tlp::amber:
      return "TLP:AMBER";
    case Tlp::amber_strict:
      return "TLP:AMBER+STRICT";
    case Tlp::red:
      return "TLP:RED";
  }
  return "TLP:RED";
}

std::optional<Tlp> tlp_named(std::string_view name) {
  for (const Tlp tlp : {Tlp::clear, Tlp::green, Tlp::amber, Tlp::amber_strict, Tlp::red}) {
    if (name_of(tlp) == name) return tlp;
  }
  return std::nullopt;
}

}  // namespace mithaq::document
