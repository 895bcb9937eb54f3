// mithaq status, mithaq debate, mithaq home: what they are given.
#pragma once

#include <string>
#include <vector>

#include "cli/commands/acting.hpp"

namespace mithaq::cli {

struct StatusCommand {
  std::string action{};  // "apply", "circulate", "list", "register", …
  std::string application{};
  Acting acting{};
  std::string organization{}, status{}, signed_by{}, dated{}, document{};
  std::vector<std::string> letter{}, text{};  // a text, or "ar=…"
  std::string factor{}, day{}, consultation{};
  std::string until{}, zone{}, offset{};  // local time
  std::vector<std::string> with{};
  std::string at{}, state{};
};

struct DebateCommand {
  std::string action{};  // "open", "note", "list", …
  std::string debate{};  // its id, or that of an agenda item
  Acting acting{};
  std::string body{}, item{}, presidency{}, meeting{}, document{}, organization{}, role{}, day{}, symbol{},
      decision{};
  std::vector<std::string> title{}, text{}, name{}, office{}, statuses{};
  std::string speaker{}, until{}, zone{}, offset{};
  bool declines = false;
  int session = 0;
};

struct HomeCommand {
  std::string delegation{};
  std::string zone{};
};

// The words of the command line behind each.
void add_status(CLI::App& status, StatusCommand& command);
void add_debate(CLI::App& debate, DebateCommand& command);

int run_status(Session& session, const StatusCommand& command);
int run_debate(Session& session, const DebateCommand& command);
int run_home(Session& session, const HomeCommand& command);

}  // namespace mithaq::cli
