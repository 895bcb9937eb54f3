// mithaq body …, mithaq meeting …: bodies, their calendars and their meetings.
#pragma once

#include <string>
#include <vector>

#include "cli/commands/acting.hpp"
#include "cli/session.hpp"

namespace CLI {
class App;
}

namespace mithaq::cli {

struct MeetingCommand {
  std::string action{};
  std::string id{};    // of a meeting; of a body for `plan`
  std::string when{};  // local time in the body's zone: 2026-03-26T10:00
  std::string ends{}, zone{}, offset{};
  std::string title{}, place{}, rule{}, text{};
  std::string body{}, from{}, to{};
  int year = 0;
  std::vector<std::string> delegations{};  // invited by a decision
  std::string decision{};
  std::vector<std::string> names{};  // who comes
  std::vector<std::string> items{};  // of an agenda
  bool adopt = false, object = false, withdraw = false;
  std::string chairperson{};
  int number = 0, item = 0, speech = 0;
  std::string group{};
  std::vector<std::string> aligned{};
  bool reply = false, point_of_order = false, with_waiting = false;
  std::string next{};
  std::string file{}, output{};
  Acting acting{};
};

struct BodyCommand {
  std::string action{};
  std::string id{};
  int year = 0;
};

// The subcommands with their options.
void add_meeting_actions(CLI::App& app, MeetingCommand& command);
void add_body_actions(CLI::App& app, BodyCommand& command);

int run_meeting(Session& session, const MeetingCommand& command);
int run_body(Session& session, const BodyCommand& command);

}  // namespace mithaq::cli
