#include "cli/completion.hpp"

#include <CLI/CLI.hpp>
#include <sstream>

namespace mithaq::cli {

namespace {

std::vector<std::string> options_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

// One completion function for bash; zsh takes it through bashcompinit.
std::string bash_script(const CLI::App& app) {
  std::ostringstream out;
  std::vector<std::string> names;
  for (const CLI::App* command : commands_of(app)) names.push_back(command->get_name());
  out << "_mithaq() {\n  local current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]}\n"
      << "  if [ \"$COMP_CWORD\" = 1 ]; then COMPREPLY=($(compgen -W '" << joined(names) << " "
      << joined(options_of(app)) << "' -- \"$current\")); return; fi\n  case $command in\n";
  for (const CLI::App* command : commands_of(app)) {
    std::vector<std::string> words = options_of(*command);
    for (const CLI::App* part : commands_of(*command)) words.push_back(part->get_name());
    out << "    " << command->get_name() << ") COMPREPLY=($(compgen -W '" << joined(words) << " "
        << joined(options_of(app)) << "' -- \"$current\")) ;;\n";
  }
  out << "  esac\n  [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- \"$current\"))\n}\n"
      << "complete -o filenames -F _mithaq mithaq\n";
  return out.str();
}

std::string quoted_for_fish(const std::string& text) {
  std::string out = "'";
  for (const char letter : text) out += letter == '\'' ? std::string("\\'") : std::string(1, letter);
  return out + "'";
}

std::string fish_script(const CLI::App& app) {
  std::ostringstream out;
  for (const CLI::App* command : commands_of(app)) {
    out << "complete -c mithaq -n __fish_use_subcommand -a " << command->get_name() << " -d "
        << quoted_for_fish(command->get_description()) << '\n';
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) {
        out << "complete -c mithaq -n '__fish_seen_subcommand_from " << command->get_name() << "' -l " << name
            << " -d " << quoted_for_fish(option->get_description()) << '\n';
      }
    }
  }
  return out.str();
}

}  // namespace

std::string completion_script(const CLI::App& app, const std::string& shell) {
  if (shell == "fish") return fish_script(app);
  const std::string script = bash_script(app);
  return shell == "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" + script : script;
}

}  // namespace mithaq::cli
