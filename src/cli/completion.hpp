// Completion of commands and options in a shell, made from the command line itself.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace mithaq::cli {

//   shell  "bash", "zsh" or "fish"
std::string completion_script(const CLI::App& app, const std::string& shell);

}  // namespace mithaq::cli
