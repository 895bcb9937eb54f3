// Runs a helper program on some bytes, within limits, in a process of its own.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mithaq::reader {

struct HelperLimits {
  std::size_t memory_bytes = std::size_t{1} << 30;  // address space; not enforced under a sanitizer
  int cpu_seconds = 600;
  // Without output for so long, it is stopped. Helpers write as soon as a page is done.
  int silence_seconds = 30;
  int seconds = 1800;  // in all
  std::size_t output_bytes = 256u << 20;
};

struct HelperRun {
  enum class Outcome { finished, missing, timed_out, crashed, too_much_output };
  Outcome outcome = Outcome::finished;
  int exit_code = 0;  // if it finished
  std::string output{};
  std::string what{};  // for a message: "stopped by signal 11", "took more than 30 seconds for a page"
};

// The folder of the helper programs: `given`, else the one that the environment names in MITHAQ_HELPERS, else
// the running program's own folder or ../libexec/mithaq beside it.
std::string find_helper(const std::string& given, const std::string& program);

// Starts a program with `input` on its standard input and waits for it.
//
// The program runs with no environment but OMP_THREAD_LIMIT=1, no files but the three standard ones (errors
// go nowhere), no right to write files or gain privileges, in its own process group, which is killed as a
// whole; it dies with the thread that started it. May be called from several threads at once.
//   program  path; Outcome::missing if it cannot be started
HelperRun run_helper(const std::string& program, const std::vector<std::string>& arguments,
                     std::string_view input, const HelperLimits& limits = {});

}  // namespace mithaq::reader
