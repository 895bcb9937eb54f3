// mithaq exchange: the yearly exchanges of information, corrections, visits and quotas.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/commands/acting.hpp"
#include "cli/session.hpp"

namespace mithaq::cli {

struct ExchangeCommand {
  std::string action = "calendar";
  std::string subject{};  // aemi-2026, VISIT-2026-0003
  int year = 0;           // 0: this one
  std::string symbol{}, document{}, note{}, reason{}, text{}, day{};
  std::optional<int> units{};
  std::vector<std::string> stationed{};  // "DEU=60"
  int number = 0;                        // of a version or a question
  std::string kind{}, state{}, host{}, unit{}, enters{}, left{}, purpose{};
  int hours = 0;
  std::vector<std::string> with{};
  std::string as{};      // csv or xlsx
  std::string output{};  // a file; empty: standard output
  Acting acting{};
};

// The subcommands and their options.
void add_exchange_options(CLI::App& command, ExchangeCommand& exchange);
int run_exchange(Session& session, const ExchangeCommand& command);

}  // namespace mithaq::cli
