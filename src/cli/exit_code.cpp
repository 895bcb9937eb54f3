#include "cli/exit_code.hpp"

namespace mithaq::cli {

int exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid_input:
      return kExitUsage;
    case ErrorKind::not_found:
      return kExitNotFound;
    case ErrorKind::conflict:
      return kExitConflict;
    case ErrorKind::forbidden:
      return kExitForbidden;
    case ErrorKind::unavailable:
    case ErrorKind::no_space:
      return kExitUnavailable;
    case ErrorKind::corrupt:
      return kExitCorrupt;
    case ErrorKind::bug:
      return kExitBug;
  }
  return kExitBug;
}

}  // namespace mithaq::cli
