// The command `mithaq`: finds its surroundings and hands over to the command line.
//
// The only file that knows the real clock, the environment and the terminal.
#include <malloc.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "base/instant.hpp"
#include "cli/arguments.hpp"
#include "cli/exit_code.hpp"

namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// data/: $MITHAQ_DATA, else installed beside the program (../share/mithaq), else the source folder it was
// built from.
fs::path find_data() {
  if (const std::string set = environment("MITHAQ_DATA"); !set.empty()) return set;
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  const fs::path installed = program.parent_path().parent_path() / "share" / "mithaq";
  if (!failed && fs::is_directory(installed, failed)) return installed;
  return MITHAQ_SOURCE_DATA;
}

// The built page: $MITHAQ_PAGE, else installed beside the tables, else built in the source folder.
fs::path find_page() {
  if (const std::string set = environment("MITHAQ_PAGE"); !set.empty()) return set;
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  const fs::path installed = program.parent_path().parent_path() / "share" / "mithaq" / "page";
  if (!failed && fs::is_directory(installed, failed)) return installed;
  return fs::path(MITHAQ_SOURCE_DATA).parent_path() / "web" / "dist";
}

// The real time, or the one of $MITHAQ_CLOCK ("2026-01-01T00:00:00Z", or with milliseconds), so that tests
// repeat.
mithaq::record::Clock find_clock() {
  const std::string set = environment("MITHAQ_CLOCK");
  if (!set.empty()) {
    if (const auto fixed = mithaq::parse_instant(set)) return [fixed = *fixed] { return fixed; };
  }
  return [] {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  };
}

std::size_t terminal_columns() {
  if (const int set = std::atoi(environment("COLUMNS").c_str()); set >= 20)
    return static_cast<std::size_t>(set);
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) return size.ws_col;
  return 100;
}

// The language of headings and messages, unless --lang says it: that of the surroundings, else English.
std::string find_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string set = environment(name);
    if (!set.empty()) return set.starts_with("ar") ? "ar" : set.starts_with("ru") ? "ru" : "en";
  }
  return "en";
}

}  // namespace

int main(int count, char** words) {
  // Loading data/ takes and gives back some megabytes again and again; keeping them for the next table saves
  // a fifth of the time to start, which went into new pages.
  ::mallopt(M_MMAP_THRESHOLD, 8 << 20);
  ::mallopt(M_TRIM_THRESHOLD, 16 << 20);
  ::mallopt(M_TOP_PAD, 1 << 20);
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  try {
    mithaq::cli::Surroundings surroundings;
    surroundings.data = find_data();
    surroundings.page = find_page();
    surroundings.record =
        environment("MITHAQ_RECORD").empty() ? "mithaq.record" : environment("MITHAQ_RECORD");
    surroundings.key = environment("MITHAQ_KEY");
    surroundings.user = environment("USER").empty() ? "unnamed" : environment("USER");
    surroundings.language = find_language();
    surroundings.terminal_columns = terminal_columns();
    surroundings.terminal = ::isatty(STDIN_FILENO) != 0 && ::isatty(STDOUT_FILENO) != 0;
    surroundings.clock = find_clock();
    const int code =
        mithaq::cli::run_command_line(count, words, surroundings, std::cin, std::cout, std::cerr);
    std::cout.flush();
    if (!std::cout) {
      std::cerr << "mithaq: the output could not be written whole\n";
      return mithaq::cli::kExitUnavailable;
    }
    return code;
  } catch (const std::exception& error) {
    std::cerr << "mithaq: this should not have happened: " << error.what() << '\n';
    return mithaq::cli::kExitBug;
  }
}
