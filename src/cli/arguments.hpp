// The command line of `mithaq`: what may be written, and which function it leads to.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

#include "record/entry.hpp"

namespace mithaq::cli {

// What main() knows of the outside world.
struct Surroundings {
  std::filesystem::path data{};  // the folder data/
  std::filesystem::path page{};  // default of --page: the folder of the built page
  std::string record{};          // default of --record
  std::string key{};             // default of --key
  std::string user{};            // default of --by
  std::string language{};        // "ar", "en" or "ru": default of --lang
  std::size_t terminal_columns = 100;
  bool terminal = false;
  record::Clock clock{};
};

// Understands the words after the program's name and carries the command out.
//   returns  an exit code (exit_code.hpp)
int run_command_line(int count, const char* const* words, const Surroundings& surroundings, std::istream& in,
                     std::ostream& out, std::ostream& err);

}  // namespace mithaq::cli
