// mithaq fund, mithaq call: what they are given.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/commands/acting.hpp"

namespace mithaq::cli {

struct FundCommand {
  std::string action{};   // "open", "pledge", …
  std::string subject{};  // a fund, a pledge or a project
  Acting acting{};
  std::string amount{}, to_amount{};  // "25000.00 EUR"
  std::string day{}, reference{}, note{}, reason{};
  std::string contributor{}, organization{}, currency{}, rates_per{};
  std::vector<std::string> title{}, description{}, report{};  // a text, or "ar=…"
  std::vector<std::string> themes{}, beneficiaries{}, budget{};
  std::string implementer{}, from{}, to{}, source{}, rate{};
  std::string charged{}, purpose{}, nomination{}, what{}, to_project{};
  std::vector<std::string> lines{};  // "bank_charges=5.00 EUR", "expenditure/PF-2026-001=…"
  std::int64_t transaction = 0;
  bool settles = false;
  std::string file{}, as{}, output{};
};
void add_fund(CLI::App& fund, FundCommand& command);
int run_fund(Session& session, const FundCommand& command);

struct CallCommand {
  std::string action{};
  std::string call{};
  Acting acting{};
  std::string kind{}, state{}, organization{}, project{}, place{}, duty{};
  std::vector<std::string> title{}, description{}, report{}, criteria{}, documents{};  // criteria: "ID=TEXT"
  std::vector<std::string> statuses{}, states{}, reasons{};                            // reasons: "ID=TEXT"
  std::string until{}, zone{}, offset{}, from{}, to{}, day{}, reason{}, roster_until{};
  std::string name{}, function{}, contact{}, outcome{}, post{};
  std::int64_t nomination = 0;
  int places = 0, per_state = 0, order = 0, preference = 0;
  bool report_due = false;
};
void add_call(CLI::App& call, CallCommand& command);
int run_call(Session& session, const CallCommand& command);

}  // namespace mithaq::cli
