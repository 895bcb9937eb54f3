#include "reader/formats/helper_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace mithaq::reader {

namespace {

// A file descriptor that closes itself.
class File {
 public:
  explicit File(int number = -1) : number_(number) {}
  ~File() { close(); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int number() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }
  void set(int number) {
    close();
    number_ = number;
  }

 private:
  int number_;
};

void limit(int resource, rlim_t most) {
  const rlimit both{most, most};
  ::setrlimit(static_cast<__rlimit_resource>(resource), &both);
}

// In the child, between fork and exec: only calls that are safe there.
[[noreturn]] void become(const char* program, char* const* arguments, int input, int output, int nothing,
                         const HelperLimits& limits, pid_t parent) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(126);  // the parent died before it could be told
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (::dup2(input, 0) < 0 || ::dup2(output, 1) < 0 || ::dup2(nothing, 2) < 0) ::_exit(126);
#ifdef SYS_close_range
  if (::syscall(SYS_close_range, 3U, ~0U, 0U) != 0)
#endif
    for (int number = 3; number < 1024; ++number) ::close(number);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  limit(RLIMIT_AS, limits.memory_bytes);
#endif
  limit(RLIMIT_CPU, static_cast<rlim_t>(limits.cpu_seconds));
#if !defined(__SANITIZE_THREAD__)  // which keeps tables of its own in a file
  limit(RLIMIT_FSIZE, 0);
#endif
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NOFILE, 64);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  char one_thread[] = "OMP_THREAD_LIMIT=1";
  char* environment[] = {one_thread, nullptr};
  ::execve(program, arguments, environment);
  ::_exit(127);
}

// The bytes as a file that the child can read and seek in, without a pipe that both could wait for.
bool put_into_memory(File& file, std::string_view bytes) {
  file.set(::memfd_create("mithaq-input", MFD_CLOEXEC));
  if (file.number() < 0) return false;
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(file.number(), bytes.data(), std::min<std::size_t>(bytes.size(), 1 << 24));
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return ::lseek(file.number(), 0, SEEK_SET) == 0;
}

}  // namespace

std::string find_helper(const std::string& given, const std::string& program) {
  namespace fs = std::filesystem;
  if (!given.empty()) return (fs::path(given) / program).string();
  if (const char* folder = std::getenv("MITHAQ_HELPERS"); folder != nullptr && *folder != 0) {
    return (fs::path(folder) / program).string();
  }
  std::error_code error;
  const fs::path own = fs::read_symlink("/proc/self/exe", error).parent_path();
  const fs::path beside = own / program;
  const fs::path installed = own.parent_path() / "libexec" / "mithaq" / program;
  if (!fs::exists(beside, error) && fs::exists(installed, error)) return installed.string();
  return beside.string();
}

HelperRun run_helper(const std::string& program, const std::vector<std::string>& arguments,
                     std::string_view input, const HelperLimits& limits) {
  using Clock = std::chrono::steady_clock;
  HelperRun run;
  if (::access(program.c_str(), X_OK) != 0) {
    run.outcome = HelperRun::Outcome::missing;
    run.what = program + " is not there";
    return run;
  }
  File in, out_read, out_write, nothing(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  int ends[2];
  if (!put_into_memory(in, input) || nothing.number() < 0 || ::pipe2(ends, O_CLOEXEC) != 0) {
    run.outcome = HelperRun::Outcome::missing;
    run.what = std::string("the system gives no room for a helper: ") + std::strerror(errno);
    return run;
  }
  out_read.set(ends[0]);
  out_write.set(ends[1]);
  // Everything the child needs is made before the fork: memory may not be asked for after it.
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) {
    run.outcome = HelperRun::Outcome::missing;
    run.what = std::string("no process could be started: ") + std::strerror(errno);
    return run;
  }
  if (child == 0) {
    become(program.c_str(), pointers.data(), in.number(), out_write.number(), nothing.number(), limits,
           parent);
  }
  ::setpgid(child, child);  // as the child does: whichever comes first
  out_write.close();
  in.close();

  const auto begin = Clock::now();
  auto last_output = begin;
  bool stopped = false;
  std::array<char, 1 << 16> buffer;
  for (;;) {
    const auto now = Clock::now();
    const auto until = std::min(last_output + std::chrono::seconds(limits.silence_seconds),
                                begin + std::chrono::seconds(limits.seconds));
    if (now >= until) {
      run.outcome = HelperRun::Outcome::timed_out;
      run.what =
          "it took more than " +
          std::to_string(until == begin + std::chrono::seconds(limits.seconds) ? limits.seconds
                                                                               : limits.silence_seconds) +
          " seconds";
      stopped = true;
      break;
    }
    pollfd wait{out_read.number(), POLLIN, 0};
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - now).count() + 1;
    const int ready = ::poll(&wait, 1, static_cast<int>(std::min<long long>(left, 60'000)));
    if (ready < 0 && errno != EINTR) break;
    if (ready <= 0) continue;
    const ssize_t got = ::read(out_read.number(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    last_output = Clock::now();
    if (run.output.size() + static_cast<std::size_t>(got) > limits.output_bytes) {
      run.outcome = HelperRun::Outcome::too_much_output;
      run.what = "it gave more than " + std::to_string(limits.output_bytes >> 20) + " MB of text";
      stopped = true;
      break;
    }
    run.output.append(buffer.data(), static_cast<std::size_t>(got));
  }
  // It may have closed its output and go on; nothing of it may outlive this call.
  int status = 0;
  if (!stopped) {
    // A helper that has closed its output ends at once; give it a moment before it is killed.
    for (int each = 0; each < 200; ++each) {
      if (::waitpid(child, &status, WNOHANG) == child) {
        ::kill(-child, SIGKILL);
        if (WIFEXITED(status)) {
          run.exit_code = WEXITSTATUS(status);
          if (run.exit_code == 126 || run.exit_code == 127) {
            run.outcome = HelperRun::Outcome::missing;
            run.what = program + " cannot be started";
          }
        } else {
          run.outcome = HelperRun::Outcome::crashed;
          const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
          if (signal == SIGXCPU || signal == SIGKILL) run.outcome = HelperRun::Outcome::timed_out;
          run.what = "stopped by signal " + std::to_string(signal);
        }
        return run;
      }
      ::usleep(each < 20 ? 500 : 10'000);
    }
    run.outcome = HelperRun::Outcome::timed_out;
    run.what = "it did not end";
  }
  ::kill(-child, SIGKILL);
  ::kill(child, SIGKILL);
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return run;
}

}  // namespace mithaq::reader
