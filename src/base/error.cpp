#include "base/error.hpp"

namespace mithaq {

std::string_view name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid_input:
      return "invalid_input";
    case ErrorKind::not_found:
      return "not_found";
    case ErrorKind::conflict:
      return "conflict";
    case ErrorKind::forbidden:
      return "forbidden";
    case ErrorKind::unavailable:
      return "unavailable";
    case ErrorKind::no_space:
      return "no_space";
    case ErrorKind::corrupt:
      return "corrupt";
    case ErrorKind::bug:
      return "bug";
  }
  return "bug";
}

void expect(bool promise, std::string_view what) {
  if (!promise) throw Error(ErrorKind::bug, "broken promise: " + std::string(what));
}

}  // namespace mithaq
