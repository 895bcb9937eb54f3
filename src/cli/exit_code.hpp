// What the command ends with, for scripts. The manual page lists them.
#pragma once

#include "base/error.hpp"

namespace mithaq::cli {

enum ExitCode : int {
  kExitOk = 0,
  kExitNothingFound = 1,  // the question was understood and the answer is empty
  kExitUsage = 2,         // the command line or an input is wrong
  kExitSomeRefused = 3,   // files were read, others were refused
  kExitNotFound = 4,      // no such file, record, document or name
  kExitConflict = 5,      // another process is writing, or a name means several things
  kExitForbidden = 6,
  kExitUnavailable = 7,  // disk full, read-only, a helper program is missing
  kExitCorrupt = 8,      // verify found something wrong, or a file is not a record
  kExitBug = 70,
};

int exit_code(ErrorKind kind);

}  // namespace mithaq::cli
