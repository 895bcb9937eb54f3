// mithaq secondment: missions, what States second to them, rosters.
#pragma once

#include <string>
#include <vector>

#include "cli/commands/acting.hpp"
#include "cli/session.hpp"

namespace mithaq::cli {

struct SecondmentCommand {
  std::string action = "missions";
  std::string mission{};  // MISSION-2026-001
  std::string kind{}, title{}, country{}, from{}, to{}, election_day{}, invitation{};
  std::vector<std::string> organizations{}, languages{}, regions{};
  int long_term = 0, short_term = 0, staff = 0;
  std::string paper{}, note{};
  std::string day{}, speaks{}, region{};  // of the roster
  Acting acting{};
};

// The subcommands and their options.
void add_secondment_options(CLI::App& command, SecondmentCommand& secondment);
int run_secondment(Session& session, const SecondmentCommand& command);

}  // namespace mithaq::cli
