// What goes wrong: one exception type for what stops a request, one check for bugs.
//
// What people expect to see (a doubt, a refusal) is a value, never an exception: see ARCHITECTURE.md,
// "What crosses every folder".
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace mithaq {

// A kind exists only if some caller acts differently on it: exit codes in cli/, HTTP statuses in server/.
//   no_space  the disk is full, or a limit on it is reached: nothing of what was to be written is there
enum class ErrorKind { invalid_input, not_found, conflict, forbidden, unavailable, no_space, corrupt, bug };

// The name of a kind as it stands in messages and logs, e.g. "invalid_input".
std::string_view name_of(ErrorKind kind);

// Stops the current request. The message is for a person: what happened, to what, and what to do.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  ErrorKind kind() const { return kind_; }

 private:
  ErrorKind kind_;
};

// Our own promise, checked in every build.
//   throws   Error{bug} naming the promise if it is broken
//   example  expect(sorted(entries), "entries in time order");
void expect(bool promise, std::string_view what);

}  // namespace mithaq
