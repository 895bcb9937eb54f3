// mithaq consult: what it is given.
#pragma once

#include <string>
#include <vector>

#include "cli/commands/acting.hpp"

namespace mithaq::cli {

struct ConsultCommand {
  std::string action{};        // "open", "object", "status", …
  std::string consultation{};  // the id of one; of `rules` a rule set
  Acting acting{};
  std::string body{}, rule_set{}, application{}, zone{}, series{}, session{}, proposed_by{};
  std::vector<std::string> title{}, text{};  // a text, or "ar=…"
  std::vector<std::string> entitled{}, excluded{};
  std::string meeting{}, journal{}, letter{}, note{}, kind{};
  std::string until{}, offset{};  // local time; the zone is `zone`
  bool urgent = false;
  std::vector<std::string> with{}, present{};
  std::string by_consultation{};
  int number = 0;
  std::string only_state{};
  std::size_t limit = 100;
  std::string reader_zone{};
};

// The words of the command line behind `mithaq consult`.
void add_consult(CLI::App& consult, ConsultCommand& command);
int run_consult(Session& session, const ConsultCommand& command);

}  // namespace mithaq::cli
